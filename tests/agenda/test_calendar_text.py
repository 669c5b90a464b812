"""Whatever wrote the file, its lines are read."""

import codecs

import pytest
from icsfiles import calendar, codes, event, read_all

from agenda import CalendarError

MEETING = calendar(event("DTSTART;TZID=Europe/Paris:20261208T183000", "SUMMARY:Séance d'été – œuvre"))


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (MEETING.encode(), []),
        (codecs.BOM_UTF8 + MEETING.encode(), []),
        (MEETING.encode("utf-16"), ["utf16"]),
        (MEETING.encode("utf-16-be"), ["utf16"]),
        (MEETING.encode("cp1252"), ["not-utf8"]),
        (MEETING.replace("\r\n", "\n").encode(), []),
        (MEETING.replace("\r\n", "\r").encode(), []),
        (MEETING.replace("BEGIN:V", "begin:v").replace("DTSTART;TZID", "dtstart;tzid").encode(), []),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "windows", "lf", "cr", "lower-case"],
)
def test_encodings_and_line_ends(data, problems):
    reading = read_all(data)
    assert [one.summary for one in reading.occurrences] == ["Séance d'été – œuvre"]
    assert codes(reading) == problems


def test_a_fold_inside_a_character_is_joined_before_decoding():
    data = MEETING.encode().replace("é".encode(), b"\xc3\r\n \xa9", 1)
    assert read_all(data).occurrences[0].summary == "Séance d'été – œuvre"


@pytest.mark.parametrize(
    ("data", "code", "fields"),
    [
        (b"", "empty", {}),
        (b" \r\n\r\n", "empty", {}),
        (b"<!DOCTYPE html><html><body>404</body></html>", "not-calendar", {"kind": "html"}),
        (b'{"error": "not found"}', "not-calendar", {"kind": "json"}),
        (b"%PDF-1.7 ...", "not-calendar", {"kind": "pdf"}),
        (b"\x00\xff\xfe\x01", "not-calendar", {"kind": "other"}),
        (b"x" * 10_000_001, "too-large", {"megabytes": 10}),
        (MEETING.encode()[:120], "cut", {}),
    ],
    ids=["nothing", "blank", "html", "json", "pdf", "noise", "large", "cut"],
)
def test_what_is_no_calendar_is_named(data, code, fields):
    with pytest.raises(CalendarError) as caught:
        read_all(data)
    assert (caught.value.code, caught.value.fields) == (code, fields)


def test_a_cut_file_gives_what_is_whole():
    two = calendar(
        event("DTSTART:20261208T173000Z", "SUMMARY:Entière"),
        event("DTSTART:20261209T173000Z", "SUMMARY:Coupée", uid="two@test"),
    )
    reading = read_all(two[: two.index("Coupée") + 3])
    assert [one.summary for one in reading.occurrences] == ["Entière"]
    assert codes(reading) == ["event-cut", "cut"]
    assert reading.problems[0].place.uid == "two@test"
    assert reading.problems[0].place.line == 9


def test_only_the_end_is_missing():
    reading = read_all(MEETING.replace("END:VCALENDAR\r\n", ""))
    assert len(reading.occurrences) == 1
    assert codes(reading) == ["cut"]


def test_an_unescaped_line_break_stays_in_the_description():
    broken = calendar(event("DTSTART:20261208T173000Z", "DESCRIPTION:Ordre du jour", "- budget", "- travaux"))
    reading = read_all(broken)
    assert reading.occurrences[0].description == "Ordre du jour\n- budget\n- travaux"
    assert [(one.code, one.place.line) for one in reading.problems] == [("bad-line", 8), ("bad-line", 9)]


@pytest.mark.parametrize(
    "line", ["pas une propriété", "@@@", "X-NO-COLON", "DTSTART", "BEGIN", "END:VEVENT", "BEGIN:", ";;;:::"]
)
@pytest.mark.parametrize("place", ["VERSION:2.0\r\n", "END:VEVENT\r\n", "BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n"])
def test_a_bad_line_outside_the_events_costs_nothing(place, line):
    two = calendar(event("DTSTART:20261208T173000Z"), event("DTSTART:20261209T173000Z", uid="two@test"))
    reading = read_all(two.replace(place, f"{place}{line}\r\n"))
    assert len(reading.occurrences) == 2
