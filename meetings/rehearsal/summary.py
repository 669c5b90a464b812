"""What a rehearsal came to, in figures anyone can check again from the files it names."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from operator import eq
from pathlib import Path

from meetings.domain.debate import HandRaised
from meetings.domain.events import Posted, Recorded
from meetings.domain.meeting import Meeting, fold
from meetings.domain.values import MeetingId
from meetings.log.store import Log
from meetings.minutes.document import Minutes, from_json
from meetings.recording import check
from meetings.recording.announcement import announcement
from meetings.rehearsal.accuracy import Said, measure
from meetings.rehearsal.performance import Performance
from meetings.rehearsal.scenario import Scenario

LIMIT = 0.20
"""The word error rate a rehearsal may have."""

MINUTES, ANNOUNCED = "minutes", "announced:"
"""The surface on which the secretary is shown the draft; how those begin on which the recording is announced."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The rehearsal in figures.

    `wer` is word errors per word of the script; `lines_placed` of `lines` stand under their member and item, in order.
    Packets are RTP packets of the cast; those announced are the bot's, those heard what the chair had of them, each in
    its place. Seconds are wall-clock; memory is the largest resident size in MB. `holes` are seconds in which nothing
    was recorded.
    """

    held: bool
    channel: str
    lang: str
    model: str
    wer: float
    lines: int
    lines_placed: int
    lines_lost: tuple[str, ...]
    packets_sent: int
    packets_recorded: int
    packets_announced: int
    packets_heard: int
    utterances: int
    members: int
    items: int
    hands: int
    votes: int
    decisions: tuple[str, ...]
    holes: tuple[float, ...]
    meeting_seconds: float
    seconds_after_adjournment: float
    peak_memory_mb: float
    workers_peak_memory_mb: float
    files: dict[str, str]

    def to_json(self) -> dict[str, object]:
        """The figures, ready for JSON."""
        return asdict(self)


def summarize(cast: Performance, log: Log, meeting: MeetingId, folder: Path, files: dict[str, str]) -> Summary:
    """Read what the rehearsal left in `folder`: log, minutes, recording, run figures; and what the cast said and heard.

    Raises OSError.
    """
    scenario = cast.scenario
    history = log.read(meeting)
    state = fold(meeting, history)
    minutes = from_json(Path(files["json"]).read_bytes())
    heard = measure(_script(scenario), _minuted(minutes), scenario.lang)
    report = check(folder / "recordings" / meeting)
    announced = announcement("on")[scenario.lang] * sum(key.startswith(ANNOUNCED) for key in state.posted)
    cost = json.loads((folder / "run.json").read_text())
    held = heard.placed == heard.lines and heard.wer <= LIMIT
    return Summary(
        held=held,
        channel=cast.venue.kind,
        lang=scenario.lang,
        model=minutes.model or "",
        wer=round(heard.wer, 4),
        lines=heard.lines,
        lines_placed=heard.placed,
        lines_lost=heard.lost,
        packets_sent=cast.packets_sent,
        packets_recorded=sum(track.packets for track in report.tracks),
        packets_announced=len(announced),
        packets_heard=sum(map(eq, cast.heard, announced)),
        utterances=len(state.recording.utterances),
        members=len(state.attendance.ever_present()),
        items=sum(item.opened is not None for item in state.items),
        hands=sum(isinstance(recorded.event, HandRaised) for recorded in history),
        votes=sum(ballot.result is not None for ballot in state.ballots.values()),
        decisions=tuple(decision.number for decision in minutes.decisions),
        holes=tuple(round((end - start).total_seconds(), 2) for start, end in state.recording.holes),
        meeting_seconds=_length(state),
        seconds_after_adjournment=_wait(state, history),
        peak_memory_mb=round(cost["peak_memory"] / 1e6, 1),
        workers_peak_memory_mb=round(sum(cost["workers_peak_memory"]) / 1e6, 1),
        files=files,
    )


def _script(scenario: Scenario) -> list[Said]:
    return [Said(scenario.member(line.member).name, line.item, line.text) for line in scenario.lines]


def _minuted(minutes: Minutes) -> list[Said]:
    """The minutes' words, speech by speech."""
    return [
        Said(speech.speaker, section.plan.number if section.plan else None, passage.text or "")
        for section in minutes.sections
        for speech in section.speeches
        for paragraph in speech.paragraphs
        for passage in paragraph
    ]


def _length(state: Meeting) -> float:
    if state.opened is None or state.adjourned is None:
        return 0.0
    return round((state.adjourned - state.opened).total_seconds(), 1)


def _wait(state: Meeting, history: Sequence[Recorded]) -> float:
    """Seconds from the adjournment until the secretary had the draft of the minutes."""
    shown = [record.at for record in history if isinstance(record.event, Posted) and record.event.surface == MINUTES]
    if state.adjourned is None or not shown:
        raise ValueError("nobody has the minutes yet")
    return round((shown[0] - state.adjourned).total_seconds(), 2)
