"""A short meeting while something goes wrong: the power, the network, the disk, the speech model."""

import asyncio
import re
from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest
from evenings import (
    DOWN,
    SCRIPT,
    BadNetwork,
    FullDisk,
    PowerCut,
    Unheard,
    bad_network,
    full_disk,
    power_cut,
    unheard,
)
from traces import answered, gaps, logged, packets

from meetings.domain.values import Choice, Outcome, Tally
from meetings.i18n import translator
from meetings.rehearsal.loopback.faults import NEVER, Faults
from meetings.rehearsal.scenario import load

pytestmark = [pytest.mark.slow, pytest.mark.rehearsal, pytest.mark.timeout(400)]

Result = PowerCut | BadNetwork | FullDisk | Unheard | BaseException
ROUGH = {"loss": 0.03, "jitter": 0.06, "duplicates": 0.02, "padding": 24, "late_mls": 0.3}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Every evening, three at a time: each is mostly people speaking, and two cores can follow three."""

    async def play() -> list[Result]:
        out = tmp_path_factory.mktemp("evenings")
        first = (
            power_cut(out / "cut-stage", "stage"),
            bad_network(out / "net-voice", "voice", Faults(**ROUGH, withhold_speaking=NEVER)),
            full_disk(out / "disk"),
        )
        second = (
            power_cut(out / "cut-voice", "voice"),
            bad_network(out / "net-stage", "stage", Faults(**ROUGH)),
            unheard(out / "unheard"),
        )
        return [result for three in (first, second) for result in await asyncio.gather(*three, return_exceptions=True)]

    names = ("cut-stage", "net-voice", "disk", "cut-voice", "net-stage", "unheard")
    return dict(zip(names, asyncio.run(play()), strict=True))


def result(results: dict[str, Result], name: str) -> Result:
    if isinstance(found := results[name], BaseException):
        raise found
    return found


@pytest.fixture(params=["stage", "voice"])
def cut(results: dict[str, Result], request: pytest.FixtureRequest) -> PowerCut:
    return result(results, f"cut-{request.param}")


@pytest.fixture(params=["stage", "voice"])
def network(results: dict[str, Result], request: pytest.FixtureRequest) -> BadNetwork:
    return result(results, f"net-{request.param}")


@pytest.fixture
def disk(results: dict[str, Result]) -> FullDisk:
    return result(results, "disk")


@pytest.fixture
def without_model(results: dict[str, Result]) -> Unheard:
    return result(results, "unheard")


def keys() -> dict[str, str]:
    return {member.key: member.name for member in load(SCRIPT).members}


def test_no_act_that_was_answered_is_lost_to_a_power_cut(cut: PowerCut) -> None:
    before, everything = (list(answered(steps, keys())) for steps in cut.steps)
    assert list(logged(cut.logs[0], cut.names)) == before
    assert list(logged(cut.logs[1], cut.names)) == everything
    assert cut.logs[1][: len(cut.logs[0])] == cut.logs[0]
    assert cut.chain_holds
    assert cut.answer_meanwhile == "refused"  # and so pressed again later, when it counted once


def test_the_urn_of_a_secret_vote_outlives_a_power_cut(cut: PowerCut) -> None:
    secret = next(ballot for ballot in cut.meeting.ballots.values() if ballot.secret)
    assert set(secret.votes.values()) == {None}
    assert secret.result
    assert (secret.result.tally, secret.result.outcome) == (Tally(3, 0, 1), Outcome.ADOPTED)
    public = next(ballot for ballot in cut.meeting.ballots.values() if not ballot.secret)
    assert Counter(public.votes.values()) == {Choice.FOR: 3, Choice.AGAINST: 1}


def test_the_recording_lacks_the_downtime_and_nothing_else(cut: PowerCut) -> None:
    ((start, end),) = cut.meeting.recording.holes
    # She was speaking, so the last sign of life is a packet: they come every 20 ms and are on the disk within 50 ms.
    assert cut.killed - timedelta(seconds=0.5) < start < cut.killed
    assert cut.killed + timedelta(seconds=DOWN) < end < cut.back + timedelta(seconds=0.5)
    missing = [runs for heard in packets(cut.recording).values() if (runs := gaps(heard))]
    ((only,),) = missing
    assert only == cut.summary.packets_sent - cut.summary.packets_recorded
    # The room's keys change for us once we are in it: the packets until then are the only others that lack.
    assert timedelta(milliseconds=20 * only) < end - start + timedelta(seconds=2)


def test_what_was_said_before_the_power_cut_is_transcribed_and_the_minutes_say_what_lacks(cut: PowerCut) -> None:
    recording = cut.meeting.recording
    assert recording.transcribed.keys() == recording.utterances.keys()
    broken_off = max(one.start for one in recording.utterances.values() if one.end <= cut.killed)
    (start, end), *_ = recording.holes
    said = [key for key, one in recording.utterances.items() if one.start == broken_off]
    assert any(cut.words[key] for key in said)
    assert any(one.start > start for one in recording.utterances.values())
    assert set(cut.summary.lines_lost) <= {line.text for line in load(SCRIPT).lines if "17-" in line.audio.name}
    words = translator("fr")("minutes.gap", start="", end="").split("de")[0]
    assert cut.minutes.count(words) == 1
    assert end.astimezone().strftime("min %S") in cut.minutes.replace("\u00a0", " ").split(words)[1]


def test_every_word_is_captioned_whoever_was_killed(cut: PowerCut) -> None:
    captions = " ".join(re.findall(r"\w+", cut.captions))
    said = [" ".join(re.findall(r"\w+", text)) for text in cut.words.values() if text]
    assert len(said) >= 6
    assert [text for text in said if text not in captions] == []
    assert "…" not in cut.captions  # nothing provisional is left
    assert "Claire Martin" in cut.captions


def test_boards_are_edited_after_a_power_cut_not_posted_again(cut: PowerCut) -> None:
    before, after = cut.messages
    assert before.keys() < after.keys()
    (new,) = (words for message, words in after.items() if message not in before)
    assert translator("fr")("discord.notice.drafted") in new


def test_every_line_stands_in_its_place_on_a_bad_network(network: BadNetwork) -> None:
    summary = network.summary
    assert (summary.lines_placed, summary.lines, summary.lines_lost) == (6, 6, ())
    assert summary.wer <= 0.35
    assert (summary.votes, summary.hands, summary.holes) == (2, 2, ())
    assert network.struck["lost"] > 0.015 * network.struck["packets_out"]
    assert network.struck["duplicated"] > 0.01 * network.struck["packets_out"]
    assert 0.9 * summary.packets_sent < summary.packets_recorded < summary.packets_sent


def test_a_full_disk_keeps_what_it_has_and_the_meeting_goes_on(disk: FullDisk) -> None:
    recorded = disk.recording
    assert recorded.damaged == 0
    assert [(track.lost, track.malformed) for track in recorded.tracks] == [(0, 0)]
    assert recorded.tracks[0].voice > 4.5  # Louise's words under item 1
    assert disk.summary.packets_recorded < disk.summary.packets_sent / 2
    assert (disk.summary.votes, disk.summary.items, disk.chain_holds) == (2, 3, True)
    # Words were taken from memory while there was one: what was said as the recorder closed is told to be missing.
    assert set(disk.summary.lines_lost) <= {load(SCRIPT).lines[-1].text}
    assert disk.minutes.count("non transcrits") == len(disk.summary.lines_lost)


def test_a_full_disk_is_told_to_the_chair_and_in_the_minutes(disk: FullDisk) -> None:
    told = translator("fr")("discord.trouble.disk-full")
    (message,) = (words for words in disk.messages.values() if told in words)
    assert message.startswith(f"<@{disk.meeting.chair}> ")
    ((start, end),) = disk.meeting.recording.holes
    assert disk.filled - timedelta(seconds=2) < start < disk.filled + timedelta(seconds=1)
    assert end == disk.meeting.adjourned
    assert disk.minutes.count("L’enregistrement est interrompu") == 1


def test_a_meeting_without_a_speech_model_gets_its_words_later(without_model: Unheard) -> None:
    assert without_model.summary.packets_recorded == without_model.summary.packets_sent
    said, spoken = without_model.spoken, len(without_model.spoken)
    # A line during which the machine stood still for 0.8 s is two utterances, less than a second apart; lines are not.
    halves = [b for a, b in combinations(said, 2) if a.member == b.member and b.start - a.end < timedelta(seconds=1)]
    assert spoken - len(halves) == without_model.summary.lines == 6
    assert without_model.minutes.count("non transcrits") == spoken
    assert without_model.status == 0
    assert str(spoken) in without_model.said
    assert [heard.model for heard in without_model.words] == ["base"] * spoken
    assert "non transcrits" not in without_model.new_minutes
    assert "garder une place devant la pharmacie" in without_model.new_minutes
