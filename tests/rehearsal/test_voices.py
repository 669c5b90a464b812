"""The two stories that ship: an evening rich enough to rehearse on, spoken so that it can be heard."""

import re
from pathlib import Path

import av
import icalendar
import pytest

from meetings.domain.values import Choice, Role
from meetings.domain.voting import BallotCast, BallotOpened
from meetings.rehearsal.scenario import STORIES, Scenario, load
from meetings.rehearsal.steps import Act, Arrive, Ask, Leave, Overlap, Say

ROOT = Path(__file__).parents[2]
AGENDAS = {"fr": ROOT / "examples" / "conseil-lunel.ics", "en": ROOT / "examples" / "council-en.ics"}
MEGABYTE = 1_000_000


@pytest.fixture(scope="module", params=["fr", "en"])
def story(request: pytest.FixtureRequest) -> Scenario:
    return load(STORIES[request.param])


def numbered(lang: str) -> list[list[str]]:
    """The numbered lines of each event's description."""
    calendar = icalendar.Calendar.from_ical(AGENDAS[lang].read_bytes())
    return [re.findall(r"^\d\. .+$", str(event["DESCRIPTION"]), re.MULTILINE) for event in calendar.walk("VEVENT")]


def test_the_story_is_long_enough_and_not_too_long(story: Scenario) -> None:
    assert 92 <= story.speech_seconds <= 105
    pauses = [step for step in story.steps if not isinstance(step, Say)]
    overlapped = [step.over.line.seconds for step in story.steps if isinstance(step, Say) and step.over]
    assert story.speech_seconds - sum(overlapped) + 0.25 * len(pauses) < 115


def test_a_council_with_six_voices_plays_it(story: Scenario) -> None:
    assert len(story.members) >= 6
    assert len({member.voice for member in story.members}) == len(story.members)
    assert len({line.member for line in story.lines}) >= 4
    assert [member.role for member in story.members].count(Role.SECRETARY) == 1
    assert story.chair in story.at_opening


def test_the_story_goes_through_every_item_of_its_example_calendar(story: Scenario) -> None:
    walked = sum(act.name == "next" for act in story.acts)
    assert all(len(items) == walked == 8 for items in numbered(story.lang))
    spoken = [line.item for line in story.lines]
    assert spoken == sorted(spoken, key=lambda item: item or 0)
    assert set(spoken) == set(range(1, 9))


def test_three_items_are_debated_by_several_members(story: Scenario) -> None:
    voices = {item: {line.member for line in story.lines if line.item == item} for item in range(1, 9)}
    assert sum(len(members) >= 3 for members in voices.values()) >= 3


def test_everybody_named_on_the_agenda_sits_in_the_council(story: Scenario) -> None:
    names = {member.name for member in story.members}
    for items in numbered(story.lang):
        assert {re.findall(r"\(([^(,]+)(?:, [^)]*)?\)$", item)[0] for item in items} <= names


def test_three_hands_are_raised_one_of_them_natively(story: Scenario) -> None:
    hands = [act for act in story.acts if act.name in {"raise", "request"}]
    assert sorted(isinstance(hand.way, Ask) for hand in hands) == [False, False, True]


def test_two_voices_overlap_once_for_a_second(story: Scenario) -> None:
    overlaps = [step for step in story.steps if isinstance(step, Say) and step.over]
    assert len(overlaps) == 1
    (step,) = overlaps
    assert isinstance(step.over, Overlap)
    assert step.line.seconds - step.over.after > 1
    assert step.line.member != step.over.line.member


def test_one_public_and_one_secret_vote_are_cast_by_all_present(story: Scenario) -> None:
    present = {member.key for member in story.at_opening}
    ballots: list[tuple[bool, set[str], set[str], list[str | None]]] = []
    for step in story.steps:
        match step:
            case Arrive(member):
                present.add(member)
            case Leave(member):
                present.discard(member)
            case Act(events=(BallotOpened(secret=secret), *_)):
                ballots.append((secret, set(present), set(), []))
            case Act(by=member, events=(BallotCast(mark=choice), *_)):
                ballots[-1][2].add(member)
                ballots[-1][3].append(choice)
    assert sorted(secret for secret, *_ in ballots) == [False, True]
    assert all(entitled == voted for _, entitled, voted, _ in ballots)
    assert set(ballots[0][3]) == set(Choice) - {Choice.OUT}
    assert sum(act.name == "close" for act in story.acts) == 2


def test_one_member_comes_late_and_one_leaves_early(story: Scenario) -> None:
    assert [type(step) for step in story.steps if isinstance(step, Arrive | Leave)] == [Arrive, Leave]
    (late,) = [step.member for step in story.steps if isinstance(step, Arrive)]
    (gone,) = [step.member for step in story.steps if isinstance(step, Leave)]
    assert late != gone
    assert late in {line.member for line in story.lines}


def test_the_packets_last_as_long_as_the_sound_they_hold(story: Scenario) -> None:
    for line in story.lines:
        with av.open(str(line.audio)) as container:
            (stream,) = container.streams.audio
            assert (stream.rate, stream.channels) == (48_000, 1)
            samples = sum(frame.samples for frame in container.decode(stream))
        assert line.seconds - 0.04 <= samples / 48_000 <= line.seconds, line.audio.name


def test_every_file_is_a_line_and_all_together_are_small() -> None:
    shipped = set((STORIES["fr"].parent / "audio").rglob("*.ogg"))
    used = {line.audio for path in STORIES.values() for line in load(path).lines}
    assert {path.resolve() for path in shipped} == {path.resolve() for path in used}
    assert sum(path.stat().st_size for path in shipped) < 1.5 * MEGABYTE
