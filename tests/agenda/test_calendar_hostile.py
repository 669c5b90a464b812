"""No bytes whatever bring anything but a reading or a typed error, and no time without a zone."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icsfiles import NOW, PARIS, ROOT, calendar, event

from agenda import CalendarError, plan, read
from agenda.words import error as say_error
from agenda.words import problem as say_problem

SEED = (ROOT / "examples/conseil-lunel.ics").read_bytes()
LINES = st.sampled_from(
    [
        *(
            "BEGIN:VEVENT",
            "END:VEVENT",
            "BEGIN:VCALENDAR",
            "END:VCALENDAR",
            "BEGIN:VTIMEZONE",
            "END:VTIMEZONE",
            "TZID:X",
        ),
        *("BEGIN:VALARM", "END:VALARM", "BEGIN:STANDARD", "END:STANDARD", "TZOFFSETTO:+0100", "TZOFFSETFROM:-9900"),
        *(
            "UID:a",
            "UID:b",
            "SEQUENCE:1",
            "SEQUENCE:-1",
            "STATUS:CANCELLED",
            "X-WR-TIMEZONE:Mars/Phobos",
            "METHOD:CANCEL",
        ),
        *(
            "DTSTART:20261208T183000",
            "DTSTART:20261208T183000Z",
            "DTSTART;VALUE=DATE:20261208",
            "DTSTART;TZID=X:20261208T183000",
        ),
        *("DTEND:20261208", "DTEND:00010101T000000Z", "DTEND:99991231T235959Z", "DURATION:-P1D", "DURATION:P99999W"),
        *(
            "DTSTART:00010101T000000",
            "DTSTART:99991231T235959",
            "DTSTART;TZID=X:00010101T000000Z",
            "DTSTART:20261208T1830",
        ),
        *(
            "RRULE:FREQ=DAILY",
            "RRULE:FREQ=WEEKLY;UNTIL=20270101",
            "RRULE:FREQ=YEARLY;COUNT=-1",
            "RRULE:FREQ=DAILY;BYDAY=9MO",
        ),
        *(
            "RRULE:FREQ=MONTHLY;BYSETPOS=99;BYDAY=MO",
            "RRULE:FREQ=SECONDLY",
            "RRULE:",
            "RRULE:FREQ=YEARLY;BYYEARDAY=366",
        ),
        *(
            "EXDATE:20261209T183000Z",
            "EXDATE;VALUE=DATE:20261209",
            "RDATE;VALUE=PERIOD:20261210T183000Z/PT1H",
            "RDATE:",
        ),
        *(
            "RECURRENCE-ID:20261209T183000",
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20261210T183000Z",
            "RECURRENCE-ID:19000101",
        ),
        *(
            "SUMMARY;LANGUAGE=fr:Séance",
            "DESCRIPTION:- a (10 min)\\n- b",
            "X-ALT-DESC:<ul><li>a",
            " suite",
            ":",
            "\x00",
            '"',
        ),
    ]
)


def survives(data: bytes | str) -> None:
    """Read everything there is and say everything about it."""
    reading, error = None, None
    try:
        reading = read(data, zone=PARIS, now=NOW, cancelled=True)
    except CalendarError as caught:
        error = caught
    assert error is None or (say_error(error, "fr") and say_error(error, "en"))
    for one in reading.occurrences if reading else ():
        assert one.start.utcoffset() is not None
        assert one.end.utcoffset() is not None
        assert one.start <= one.end
        assert plan(one).items
    for problem in reading.problems if reading else ():
        assert say_problem(problem, "fr")
        assert say_problem(problem, "en")


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_any_bytes(data):
    survives(data)


@given(st.lists(LINES, max_size=40))
@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_of_plausible_lines(lines):
    survives("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n" + "\r\n".join(lines))


@given(st.data())
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_calendar(data):
    damaged = bytearray(SEED)
    for _ in range(data.draw(st.integers(1, 8))):
        position = data.draw(st.integers(0, len(damaged) - 1))
        if data.draw(st.booleans()):
            damaged[position] = data.draw(st.integers(0, 255))
        else:
            del damaged[position : position + data.draw(st.integers(1, 60))]
    survives(bytes(damaged))


def many(count: int, *lines: str) -> str:
    return calendar(*[event(*lines, uid=f"{n}@test") for n in range(count)])


START = "DTSTART;TZID=Europe/Paris:20261208T183000"
SECONDS = 2
"""Of one processor, that a file may take."""

BOMBS = {
    "every second": lambda: many(500, START, "RRULE:FREQ=SECONDLY"),
    "a day that never comes": lambda: many(20, START, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "never in step": lambda: many(100, START, "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO"),
    "since the year 1": lambda: many(100, "DTSTART:00010101T000000Z", "RRULE:FREQ=DAILY"),
    "for ever long": lambda: many(100, START, "DURATION:P3000W", "RRULE:FREQ=DAILY"),
    "8 times a day": lambda: many(100, START, "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(8)))),
    "24 times a day": lambda: many(100, START, "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24)))),
    "many exceptions": lambda: many(
        1, START, "RRULE:FREQ=DAILY", *["EXDATE:" + ",".join(["20261209T183000Z"] * 2000)] * 30
    ),
    "many begins": lambda: "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 100_000,
    "deep nesting": lambda: (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + "BEGIN:X\r\n" * 50_000 + "END:VEVENT\r\nEND:VCALENDAR"
    ),
    "a line of megabytes": lambda: calendar(event(START, "DESCRIPTION:" + "x;" * 2_000_000)),
    "an attached film": lambda: calendar(event(START, "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 8_000_000)),
    "bad lines": lambda: calendar(event(START, "DESCRIPTION:x", *["pas une propriété"] * 100_000)),
    "many moves": lambda: calendar(
        event(START, "RRULE:FREQ=DAILY"),
        *[
            event(START, f"RECURRENCE-ID;RANGE=THISANDFUTURE:2026{m:02}{d:02}T173000Z")
            for m in range(1, 13)
            for d in range(1, 29)
        ],
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_not_go_off(name):
    data = BOMBS[name]()
    began = time.process_time()
    survives(data)
    assert time.process_time() - began < SECONDS
