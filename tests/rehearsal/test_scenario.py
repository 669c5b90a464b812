"""A scenario file is read as a play, and what cannot be played is refused in one sentence that says where."""

import wave
from pathlib import Path

import av
import numpy as np
import pytest

from meetings.domain.refusals import Code
from meetings.domain.values import Role
from meetings.rehearsal.scenario import STORIES, Fault, ScenarioError, load
from meetings.rehearsal.steps import Act, Ask, Overlap, Press, Say, Slash, Who

FR = STORIES["fr"]
HEAD = """
lang = "fr"
council = "Conseil d'essai"
audio = "."
members = [
  {key = "anne", name = "Anne Roux", role = "chair", college = "habitants", voice = "claire"},
  {key = "bilal", name = "Bilal Haddad", role = "secretary", college = "habitants", voice = "julien"},
  {key = "chloe", name = "Chloé Petit", role = "member", college = "associations", voice = "nadia"},
]
"""
SAY_ANNE = '{do = "say", who = "anne", text = "Bonsoir.", audio = "line.ogg"}'
VOTE_ANNE = '{do = "vote", who = "anne", choice = "for"}'
SAY_BILAL = '{do = "say", who = "bilal", text = "Bonsoir.", audio = "line.ogg"}'


def sound(path: Path, frame_ms: str = "20") -> Path:
    """A second of a tone in Ogg/Opus."""
    with av.open(str(path), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=48_000, options={"frame_duration": frame_ms})
        stream.layout = "mono"
        tone = 0.1 * np.sin(np.arange(48_000) / 30).astype(np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(tone, format="flt", layout="mono")
        frame.sample_rate = 48_000
        for piece in (frame, None):
            container.mux(stream.encode(piece))
    return path


def written(folder: Path, *acts: str, head: str = HEAD, whole: bool = True) -> Path:
    """A scenario of these acts between `open` and `adjourn`, its one sound beside it."""
    if not (folder / "line.ogg").exists():
        sound(folder / "line.ogg")
    lines = ['{do = "open"}', *acts, '{do = "adjourn"}'] if whole else list(acts)
    path = folder / "evening.toml"
    path.write_text(head + "steps = [\n" + "".join(f"  {line},\n" for line in lines) + "]\n", "utf-8")
    return path


def refusal(path: Path) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    message = str(caught.value)
    assert path.name in message
    assert message.endswith(".")
    assert "\n" not in message
    return caught.value


def why(found: ScenarioError) -> Fault | Code:
    """What is wrong with the file, or what the council would answer."""
    return found.fields["refusal"].code if found.code is Fault.REFUSED else found.code


def test_every_act_is_read(tmp_path: Path) -> None:
    story = load(
        written(
            tmp_path,
            SAY_ANNE,
            '{do = "next"}',
            '{do = "arrive", who = "chloe"}',
            '{do = "raise", who = "bilal"}',
            '{do = "request", who = "chloe"}',
            '{do = "lower", who = "bilal"}',
            '{do = "give"}',
            '{do = "say", who = "chloe", text = "Bonjour.", audio = "line.ogg"}',
            '{do = "say", who = "anne", text = "Merci.", audio = "line.ogg", over = 0.5}',
            '{do = "give", who = "bilal"}',
            '{do = "take"}',
            '{do = "ballot", text = "Planter un arbre", secret = true}',
            '{do = "vote", who = "bilal", choice = "abstain"}',
            '{do = "close"}',
            '{do = "pause", seconds = 0.5}',
            '{do = "leave", who = "chloe"}',
        )
    )
    first, second, third = story.lines
    assert [step.name if isinstance(step, Act) else type(step).__name__ for step in story.steps] == [
        *("open", "Say", "next", "Arrive", "raise", "request", "lower", "give", "Say", "give", "take"),
        *("ballot", "vote", "close", "Pause", "Leave", "adjourn"),
    ]
    assert story.steps[8] == Say(second, Overlap(third, 0.5))
    assert [(act.by, act.way) for act in story.acts[2:8]] == [
        ("bilal", Press("hand:", ":raise")),
        ("chloe", Ask()),
        ("bilal", Press("hand:", ":lower")),
        ("anne", Slash("floor.give")),
        ("anne", Slash("floor.give", {"member": Who("bilal")})),
        ("anne", Slash("floor.take")),
    ]
    assert [type(event).__name__ for event in story.acts[6].events] == ["FloorTaken", "FloorGiven"]
    assert story.acts[8].way == Slash("ballot.open", {"motion": "Planter un arbre", "secret": True})
    assert [(line.member, line.text, line.item) for line in story.lines] == [
        ("anne", "Bonsoir.", None),
        ("chloe", "Bonjour.", 1),
        ("anne", "Merci.", 1),
    ]
    assert [member.key for member in story.at_opening] == ["anne", "bilal"]
    assert (story.chair.name, story.member("bilal").role) == ("Anne Roux", Role.SECRETARY)
    assert story.speech_seconds == pytest.approx(3 * len(first.packets) * 0.02)


@pytest.mark.parametrize(
    ("acts", "code", "step"),
    [
        (['{do = "give", who = "zoe"}'], Fault.UNKNOWN_MEMBER, 2),
        (['{do = "dance"}'], Fault.NOT_ONE_OF, 2),
        (['{who = "anne"}'], Fault.MISSING, 2),
        (['{do = "take", who = "anne"}'], Fault.UNKNOWN_KEY, 2),
        (['{do = "pause", seconds = "long"}'], Fault.WRONG_TYPE, 2),
        (['{do = "pause", seconds = -1}'], Fault.WRONG_TYPE, 2),
        (['{do = "pause", seconds = nan}'], Fault.WRONG_TYPE, 2),
        (['{do = "arrive", who = ["anne"]}'], Fault.WRONG_TYPE, 2),
        (['{do = "ballot", text = "Oui", secret = "no"}'], Fault.WRONG_TYPE, 2),
        (['{do = "say", who = "anne", text = " ", audio = "line.ogg"}'], Fault.WRONG_TYPE, 2),
        (['{do = "open"}'], Code.ALREADY_OPEN, 2),
        (['{do = "adjourn"}'], Fault.OVER, 3),
        (['{do = "leave", who = "bilal"}', '{do = "raise", who = "bilal"}'], Code.NOT_PRESENT, 3),
        (['{do = "leave", who = "anne"}', SAY_ANNE], Fault.ABSENT, 3),
        (['{do = "leave", who = "chloe"}', '{do = "arrive", who = "chloe"}'] * 2, None, None),
        (['{do = "arrive", who = "chloe"}'] * 2, Fault.PRESENT, 3),
        (['{do = "raise", who = "bilal"}'] * 2, Code.HAND_UP_ALREADY, 3),
        (['{do = "lower", who = "bilal"}'], Code.HAND_NOT_UP, 2),
        (['{do = "give", who = "bilal"}', '{do = "raise", who = "bilal"}'], Code.HAS_FLOOR_ALREADY, 3),
        (['{do = "give", who = "bilal"}'] * 2, Code.HAS_FLOOR_ALREADY, 3),
        (['{do = "give"}'], Code.QUEUE_EMPTY, 2),
        (['{do = "take"}'], Code.NO_SPEAKER, 2),
        ([SAY_BILAL], Fault.NO_FLOOR, 2),
        (['{do = "give", who = "bilal"}', '{do = "take"}', SAY_BILAL], Fault.NO_FLOOR, 4),
        ([SAY_ANNE.replace("}", ", over = 0.5}")], Fault.NOTHING_BELOW, 2),
        (
            ['{do = "give", who = "bilal"}', SAY_BILAL, SAY_ANNE.replace("}", ", over = 1.5}")],
            Fault.NOTHING_BELOW,
            4,
        ),
        (['{do = "vote", who = "anne", choice = "for"}'], Code.NO_SUCH_BALLOT, 2),
        (['{do = "close"}'], Code.NO_SUCH_BALLOT, 2),
        (['{do = "ballot", text = "Oui"}', '{do = "vote", who = "anne", choice = "yes"}'], Code.NO_SUCH_CHOICE, 3),
        (
            ['{do = "ballot", text = "Oui"}', *[VOTE_ANNE] * 2],
            Code.ALREADY_VOTED,
            4,
        ),
        (['{do = "ballot", text = "Oui"}'] * 2, Code.BALLOT_RUNNING, 3),
        (['{do = "ballot", text = "Oui"}', '{do = "next"}'], Code.BALLOT_RUNNING, 3),
        (['{do = "ballot", text = "Oui"}'], Code.BALLOT_RUNNING, 3),
        ([SAY_ANNE.replace("line.ogg", "none.ogg")], Fault.NO_AUDIO, 2),
        ([SAY_ANNE.replace("line.ogg", "evening.toml")], Fault.BAD_AUDIO, 2),
    ],
)
def test_an_act_that_cannot_be_is_refused_where_it_stands(
    tmp_path: Path, acts: list[str], code: Fault | Code | None, step: int | None
) -> None:
    path = written(tmp_path, *acts)
    if code is None:
        assert len(load(path).steps) == len(acts) + 2
        return
    found = refusal(path)
    assert (why(found), found.step, found.path) == (code, step, path)
    assert found.line is None or found.line == HEAD.count("\n") + 1 + (step or 0)


def test_the_sentence_names_the_member_and_the_line(tmp_path: Path) -> None:
    found = refusal(written(tmp_path, '{do = "raise", who = "bob"}'))
    assert str(found) == (
        "evening.toml, line 12, step 2: there is no member 'bob'; the members are anne, bilal, chloe."
    )
    assert found.fields == {"member": "bob", "known": "anne, bilal, chloe"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('role = "secretary"', 'role = "chair"', Fault.ROLE_COUNT),
        ('role = "secretary"', 'role = "mayor"', Fault.NOT_ONE_OF),
        ('key = "bilal"', 'key = "anne"', Fault.TWICE),
        ('lang = "fr"', 'lang = "eo"', Fault.NOT_ONE_OF),
        ('council = "Conseil d\'essai"', "", Fault.MISSING),
        ('audio = "."', 'audio = "."\nsound = 3', Fault.UNKNOWN_KEY),
        ("members = [", "members = 3\nothers = [", Fault.UNKNOWN_KEY),
        ('lang = "fr"', "lang = fr", Fault.SYNTAX),
    ],
)
def test_a_head_that_makes_no_council_is_refused(tmp_path: Path, old: str, new: str, code: Fault) -> None:
    assert old in HEAD
    assert refusal(written(tmp_path, head=HEAD.replace(old, new))).code is code


def test_a_story_has_a_beginning_and_an_end(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, '{do = "next"}', whole=False)).code is Fault.NOT_OPEN
    assert refusal(written(tmp_path, '{do = "open"}', whole=False)).code is Fault.NO_END
    assert refusal(written(tmp_path, whole=False)).code is Fault.NO_END


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.toml").code is Fault.NO_FILE
    (tmp_path / "latin.toml").write_bytes("council = 'Hémicycle'".encode("latin-1"))
    assert refusal(tmp_path / "latin.toml").code is Fault.UNREADABLE


def test_audio_that_cannot_be_sent_as_it_is_is_refused(tmp_path: Path) -> None:
    sound(tmp_path / "line.ogg", frame_ms="60")
    found = refusal(written(tmp_path, SAY_ANNE))
    assert (found.code, "60 ms" in str(found)) == (Fault.BAD_AUDIO, True)
    with wave.open(str(tmp_path / "line.ogg"), "wb") as other:
        other.setparams((1, 2, 48_000, 0, "NONE", ""))
        other.writeframes(bytes(96_000))
    assert refusal(written(tmp_path, SAY_ANNE)).code is Fault.BAD_AUDIO


def test_the_acts_that_conduct_a_session_are_read(tmp_path: Path) -> None:
    story = load(
        written(
            tmp_path,
            '{do = "next"}',
            '{do = "postpone", item = 2}',
            '{do = "recess"}',
            '{do = "raise", who = "chloe"}',
            '{do = "resume"}',
            '{do = "gavel", who = "bilal"}',
            SAY_BILAL,
            '{do = "next"}',
            '{do = "doors", who = "anne"}',
            '{do = "doors", who = "bilal"}',
            '{do = "vote", who = "bilal", choice = "for"}',
            '{do = "close"}',
            SAY_BILAL,
            '{do = "reopen"}',
            '{do = "gavel"}',
            SAY_ANNE,
        )
    )
    assert [(act.name, act.by) for act in story.acts] == [
        *(("open", "anne"), ("next", "anne"), ("postpone", "anne"), ("recess", "anne"), ("raise", "chloe")),
        *(("resume", "anne"), ("gavel", "anne"), ("next", "bilal"), ("doors", "anne"), ("doors", "bilal")),
        *(("vote", "bilal"), ("close", "bilal"), ("reopen", "bilal"), ("gavel", "anne"), ("adjourn", "anne")),
    ]
    said = [step.line for step in story.steps if isinstance(step, Say)]
    assert [(line.item, line.private) for line in said] == [(1, False), (3, True), (3, False)]
    assert len(story.lines) == 2


@pytest.mark.parametrize(
    ("acts", "fault"),
    [
        (['{do = "recess"}', '{do = "next"}'], Code.IN_RECESS),
        (['{do = "resume"}'], Code.NOT_IN_RECESS),
        (['{do = "reopen"}'], Code.NOT_PRIVATE),
        (['{do = "doors", who = "bilal"}', '{do = "doors", who = "bilal"}'], Code.NOTHING_CHANGED),
        (['{do = "doors", who = "anne"}', '{do = "give", who = "bilal"}'], Code.NO_DEBATE),
        (['{do = "doors", who = "anne"}', '{do = "close"}', '{do = "reopen"}'], Code.NOT_PRIVATE),
        (['{do = "gavel"}'], Code.NOTHING_CHANGED),
        (['{do = "gavel", who = "bilal"}', SAY_ANNE], Fault.NO_FLOOR),
        (['{do = "postpone", item = 2}', '{do = "postpone", item = 2}'], Code.ITEM_GONE),
        (['{do = "postpone", item = 0}'], Fault.WRONG_TYPE),
        (['{do = "ballot", text = "Oui ?"}', '{do = "recess"}'], Code.BALLOT_RUNNING),
    ],
)
def test_a_session_that_cannot_be_conducted_so_is_refused(tmp_path: Path, acts: list[str], fault: Fault | Code) -> None:
    assert why(refusal(written(tmp_path, *acts))) is fault
