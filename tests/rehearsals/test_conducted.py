"""A whole rehearsal of a session conducted: recess, closed doors, an item postponed, the gavel handed over."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from evenings import AGENDA, HERE

from meetings.domain.agenda import Fate
from meetings.domain.interludes import Kind
from meetings.domain.meeting import Meeting, fold
from meetings.i18n import translator
from meetings.recording.journal import segments
from meetings.recording.rtp import Heard
from meetings.rehearsal.order import Order
from meetings.rehearsal.rehearsal import Rehearsal
from meetings.rehearsal.scenario import Scenario, load
from meetings.rehearsal.steps import Say
from meetings.rehearsal.summary import Summary
from meetings.rehearsal.view import View

pytestmark = [pytest.mark.slow, pytest.mark.rehearsal, pytest.mark.timeout(400)]

CHANNELS = ("stage", "voice")


@dataclass(frozen=True)
class Played:
    """What a rehearsal of `conduct.toml` left."""

    scenario: Scenario
    meeting: Meeting
    summary: Summary
    minutes: str
    recordings: Path
    out: Path


async def play(out: Path, channel: str) -> Played:
    script = HERE / "conduct.toml"
    order = Order(out, AGENDA, script, channel, quiet=True)
    async with Rehearsal(order, load(script), AGENDA, View(translator("fr"), quiet=True)) as rehearsal:
        await rehearsal.play()
        await rehearsal.minutes()
        await rehearsal.go_home()
        meeting = rehearsal.log.meetings()[0]
        state = fold(meeting, rehearsal.log.read(meeting))
        summary = rehearsal.summary()
        minutes = (out / "minutes.md").read_text("utf-8").replace("\u00a0", " ").replace("\u202f", " ")
        return Played(load(script), state, summary, minutes, out / "recordings" / meeting, out)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    async def all_at_once() -> list[Played]:
        folder = tmp_path_factory.mktemp("conduct")
        for channel in CHANNELS:
            (folder / channel).mkdir()
        return await asyncio.gather(*(play(folder / channel, channel) for channel in CHANNELS))

    return dict(zip(CHANNELS, asyncio.run(all_at_once()), strict=True))


@pytest.fixture(params=CHANNELS)
def played(both: dict[str, Played], request: pytest.FixtureRequest) -> Played:
    return both[request.param]


def test_the_session_went_as_the_story_has_it(played: Played) -> None:
    meeting = played.meeting
    assert [one.kind for one in meeting.interludes.all] == [Kind.RECESS, Kind.CLOSED]
    assert all(one.until for one in meeting.interludes.all)
    assert [item.fate for item in meeting.items] == [None, Fate.POSTPONED, None]
    assert len(meeting.gavel.handings) == 2
    assert meeting.presiding == meeting.gavel.handings[-1].member


def test_every_public_line_is_in_its_place_and_no_private_one_anywhere(played: Played) -> None:
    assert played.summary.lines_placed == played.summary.lines == 2
    private = [step.line for step in played.scenario.steps if isinstance(step, Say) and step.line.private]
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


def test_the_minutes_tell_it(played: Played) -> None:
    for words in (
        "La séance est suspendue de",
        "reporte à la prochaine séance le point 2",
        "Ce point est reporté à la prochaine séance.",
        "Claire Martin confie la présidence de la séance à Thomas Morel.",
        "Huis clos demandé par Paul Girard, Nadia Benali et Louise Garnier ; le vote a lieu sans débat.",
        "Le conseil siège à huis clos de",
        "Claire Martin reprend la présidence de la séance.",
    ):
        assert words in played.minutes
    assert "très bonne remarque" not in played.minutes
