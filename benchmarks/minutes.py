"""A long meeting's minutes in every format: three hours, forty speakers, three thousand utterances.

Its words are those of the debates in `debates/`, over and over, each with a number of its own; the substance of each
item stands under it and all that was said in the annex. Seconds are of processor time.

.venv/bin/python -m benchmarks.minutes
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.substance import debates
from meetings.domain.events import Adjourned, Arrived, Convened, ItemOpened, Opened, Planned, Recorded
from meetings.domain.meeting import fold
from meetings.domain.rules import CGCT
from meetings.domain.tape import UtteranceRecorded
from meetings.domain.values import MeetingId, MemberId, PlannedItem, Role, Seat, UtteranceId
from meetings.log.store import Words
from meetings.minutes import Minutes, compose, render, to_json

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
ID = MeetingId("long")
SPEAKERS, UTTERANCES, ITEMS, SECONDS = 40, 3000, 12, 3.6
LIMIT = 10_000_000
"""Bytes of a message on Discord, without boosts."""


def long_meeting() -> Minutes:
    members = [MemberId(str(number)) for number in range(1, SPEAKERS + 1)]
    roster = tuple(Seat(one, Role.CHAIR if one == "1" else Role.MEMBER) for one in members)
    items = tuple(PlannedItem(number, f"Point {number}") for number in range(1, ITEMS + 1))
    plan = Planned("Conseil", "Séance", START, START, "1", "stage", "fr", items, roster, rules=CGCT)
    happened: list[tuple[float, object]] = [(0, plan), (0, Convened()), *((0, Arrived(one)) for one in members)]
    happened.append((0, Opened(SPEAKERS, SPEAKERS // 2 + 1)))
    words = {}
    said = [one.text for debate in debates() for one in debate.sentences if debate.lang == "fr"]
    for number in range(UTTERANCES):
        at, key = SECONDS * number, UtteranceId(f"u{number}")
        if number % (UTTERANCES // ITEMS) == 0:
            happened.append((at, ItemOpened(number // (UTTERANCES // ITEMS) + 1)))
        since = START + timedelta(seconds=at)
        spoken = UtteranceRecorded(key, members[number % SPEAKERS], since, since + timedelta(seconds=3))
        happened.append((at + 3, spoken))
        words[key] = Words(key, f"{said[number % len(said)]} C'est la remarque {number}.", "fr")
    happened.append((SECONDS * UTTERANCES, Adjourned()))
    log = [
        Recorded(ID, seq, START + timedelta(seconds=at), None, "", event)  # type: ignore[arg-type]
        for seq, (at, event) in enumerate(happened, 1)
    ]
    return compose(fold(ID, log), words, {one: f"Membre Numéro {one}" for one in members})


def timed(name: str, make: Callable[[], bytes]) -> None:
    begun = time.process_time()
    size = len(make())
    verdict = "fits a message" if size < LIMIT else "is linked instead"
    print(f"{name:10} {time.process_time() - begun:6.1f} s {size / 1e6:7.2f} MB, {verdict}")


def main() -> None:
    begun = time.process_time()
    minutes = long_meeting()
    kept = sum(len(section.substance) for section in minutes.sections)
    print(f"{'compose':10} {time.process_time() - begun:6.1f} s, {kept} sentences of substance")
    timed("json", lambda: to_json(minutes).encode())
    timed("markdown", lambda: render.markdown(minutes).encode())
    timed("html", lambda: render.html(minutes).encode())
    timed("docx", lambda: render.docx(minutes))
    timed("odt", lambda: render.odt(minutes))
    timed("pdf", lambda: render.pdf(minutes))


if __name__ == "__main__":
    main()
