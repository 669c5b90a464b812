"""The evening on which everything happens, power cuts too: in French on a stage, in English in a voice channel."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader
from traces import answered, logged

from meetings.domain.agenda import Fate
from meetings.domain.events import Recorded
from meetings.domain.interludes import Kind
from meetings.domain.meeting import Meeting, fold
from meetings.domain.presence import QuorumLost, QuorumRegained
from meetings.domain.values import Form, Manner, Outcome, Why
from meetings.i18n import translator
from meetings.recording.journal import segments
from meetings.recording.rtp import Heard
from meetings.rehearsal.order import Order, example
from meetings.rehearsal.rehearsal import Rehearsal
from meetings.rehearsal.scenario import FULL, Scenario, load
from meetings.rehearsal.steps import Say
from meetings.rehearsal.summary import LIMIT, Summary
from meetings.rehearsal.view import View

pytestmark = [pytest.mark.slow, pytest.mark.rehearsal, pytest.mark.timeout(600)]

EVENINGS = {"fr": "stage", "en": "voice"}


@dataclass(frozen=True)
class Played:
    """What an evening left."""

    scenario: Scenario
    history: list[Recorded]
    meeting: Meeting
    names: dict[str, str]
    summary: Summary
    minutes: str
    holds: bool
    recordings: Path
    out: Path


async def play(out: Path, lang: str) -> Played:
    scenario = load(FULL[lang])
    order = Order(out, channel=EVENINGS[lang], lang=lang, full=True, quiet=True)
    async with Rehearsal(order, scenario, example(lang), View(translator(lang), quiet=True)) as rehearsal:
        await rehearsal.play()
        await rehearsal.minutes()
        await rehearsal.go_home()
        log = rehearsal.log
        meeting = log.meetings()[0]
        history = log.read(meeting)
        summary = rehearsal.summary()
        minutes = (out / "minutes.md").read_text("utf-8").replace("\u00a0", " ").replace("\u202f", " ")
        recordings = out / "recordings" / meeting
        holds = log.verify(meeting) is None
        state = fold(meeting, history)
        return Played(scenario, history, state, log.names(), summary, minutes, holds, recordings, out)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    async def all_at_once() -> list[Played]:
        folder = tmp_path_factory.mktemp("full")
        for lang in EVENINGS:
            (folder / lang).mkdir()
        return await asyncio.gather(*(play(folder / lang, lang) for lang in EVENINGS))

    return dict(zip(EVENINGS, asyncio.run(all_at_once()), strict=True))


@pytest.fixture(params=EVENINGS)
def played(both: dict[str, Played], request: pytest.FixtureRequest) -> Played:
    return both[request.param]


def test_what_the_members_did_stands_in_the_log_once_and_in_order(played: Played) -> None:
    names = {member.key: member.name for member in played.scenario.members}
    assert logged(played.history, played.names) == answered(played.scenario.steps, names)
    assert played.holds


def test_the_quorum_was_lost_and_regained_and_a_proxy_voted(played: Played) -> None:
    kinds = [type(one.event) for one in played.history]
    assert kinds.index(QuorumLost) < kinds.index(QuorumRegained)
    first = next(iter(played.meeting.ballots.values()))
    assert len(first.proxies) == 1
    assert first.manner is Manner.ROLL_CALL


def test_every_ballot_was_taken_as_the_members_asked_and_came_out(played: Played) -> None:
    roll, secret, doors, *rounds = played.meeting.ballots.values()
    assert (roll.secret, secret.secret, doors.secret) == (False, True, False)
    assert (secret.manner, len(secret.slips)) == (Manner.SECRET, 6)
    assert [ballot.round for ballot in rounds] == [1, 2, 3]
    assert {ballot.form for ballot in rounds} == {Form.APPOINTMENT}
    results = [ballot.result for ballot in played.meeting.ballots.values()]
    assert all(results)
    assert [result.why for result in results[3:] if result][:2] == [Why.NEXT_ROUND, Why.NEXT_ROUND]
    assert results[-1]
    assert (results[-1].outcome, results[-1].elected) == (Outcome.CHOSEN, (1,))
    assert len(played.summary.decisions) == 4


def test_the_session_was_conducted_as_the_story_has_it(played: Played) -> None:
    meeting = played.meeting
    assert [one.kind for one in meeting.interludes.all] == [Kind.RECESS, Kind.CLOSED]
    assert [item.fate for item in meeting.items if item.fate] == [Fate.POSTPONED]
    assert len(meeting.gavel.handings) == 2
    assert meeting.adjourned


def test_every_public_line_is_in_its_place_whatever_was_killed(played: Played) -> None:
    summary = played.summary
    assert summary.lines_placed == summary.lines == len(played.scenario.lines)
    assert summary.wer <= LIMIT
    assert len(summary.holes) == 2


def test_what_was_said_behind_closed_doors_is_nowhere(played: Played) -> None:
    private = [line for step in played.scenario.steps if isinstance(step, Say) for line in step.lines if line.private]
    assert private
    doors = played.meeting.interludes.all[1]
    assert doors.until
    heard = [
        segment.moment(entry.arrival_ns)
        for segment in segments(played.recordings)
        for entry in segment.entries()
        if isinstance(entry, Heard)
    ]
    assert heard
    assert [at for at in heard if doors.since <= at < doors.until] == []
    said = {packet for line in private for packet in line.packets if len(packet) > 40}
    for path in played.out.rglob("*"):
        if path.is_file():
            kept = path.read_bytes()
            assert not any(packet in kept for packet in said), path


TOLD = {
    "fr": (
        "le quorum n’est plus atteint",
        "le quorum est de nouveau atteint",
        "L’appel nominal a été demandé par",
        "Le scrutin secret a été demandé par",
        "(par Nadia Benali)",
        "La séance est suspendue de",
        "reporte à la prochaine séance le point 4",
        "Le conseil siège à huis clos de",
        "confie la présidence de la séance à Thomas Morel",
        "il faut un tour 2",
        "Règlement d’une longue soirée",
    ),
    "en": (
        "The roll call was asked for by",
        "The secret ballot was asked for by",
        "(by Emma Clark)",
        "behind closed doors",
        "Tom Fisher",
        "quorum is",
        "round 2",
    ),
}


def test_the_minutes_tell_it(played: Played) -> None:
    assert [words for words in TOLD[played.scenario.lang] if words not in played.minutes] == []
    pdf = " ".join("\n".join(page.extract_text() for page in PdfReader(played.out / "minutes.pdf").pages).split())
    assert all(decision in pdf for decision in played.summary.decisions)
