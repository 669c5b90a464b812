"""What a calendar says, and when."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from icsfiles import NOW, PARIS, ROOT, calendar, codes, event, read_all, starts

from agenda import CalendarError, next_meeting, read

MONTHLY = ("DTSTART;TZID=Europe/Paris:20261013T183000", "DTEND;TZID=Europe/Paris:20261013T200000", "SUMMARY:Conseil")


def test_an_event_and_all_it_says():
    reading = read_all(
        calendar(
            event(
                *MONTHLY,
                "SEQUENCE:3",
                "STATUS:TENTATIVE",
                r"LOCATION:Salle des Caladons\, Lunel",
                "URL:https://lunel.example/seances/12",
                r"DESCRIPTION:Ordre du jour :\n1. Budget\; dépenses",
                "X-ALT-DESC;FMTTYPE=text/html:<p>Ordre du jour</p>",
            )
        )
    )
    (found,) = reading.occurrences
    assert found.uid == "one@test"
    assert found.recurrence_id is None
    assert (found.start.isoformat(), found.end.isoformat()) == (
        "2026-10-13T18:30:00+02:00",
        "2026-10-13T20:00:00+02:00",
    )
    assert (found.all_day, found.zone, found.status, found.sequence) == (False, "Europe/Paris", "TENTATIVE", 3)
    assert (found.summary, found.location) == ("Conseil", "Salle des Caladons, Lunel")
    assert found.url == "https://lunel.example/seances/12"
    assert found.description == "Ordre du jour :\n1. Budget; dépenses"
    assert found.html == "<p>Ordre du jour</p>"
    assert reading.problems == ()


def test_overrides_exceptions_and_additions_of_a_series():
    reading = read_all(
        calendar(
            event(
                *MONTHLY,
                "SEQUENCE:1",
                "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=5",
                "EXDATE;TZID=Europe/Paris:20261110T183000",
                "RDATE;TZID=Europe/Paris:20261120T183000",
            ),
            event(
                "RECURRENCE-ID;TZID=Europe/Paris:20261208T183000",
                "DTSTART;TZID=Europe/Paris:20261215T190000",
                "SEQUENCE:4",
                "SUMMARY:Conseil (déplacé)",
            ),
        )
    )
    assert [(one.start.isoformat()[:16], one.recurrence_id, one.sequence) for one in reading.occurrences] == [
        ("2026-10-13T18:30", "2026-10-13T16:30:00+00:00", 1),
        ("2026-11-20T18:30", "2026-11-20T17:30:00+00:00", 1),
        ("2026-12-15T19:00", "2026-12-08T17:30:00+00:00", 4),
        ("2027-01-12T18:30", "2027-01-12T17:30:00+00:00", 1),
        ("2027-02-09T18:30", "2027-02-09T17:30:00+00:00", 1),
    ]
    assert reading.occurrences[2].summary == "Conseil (déplacé)"


def test_this_and_future_moves_what_follows_and_each_keeps_its_identity():
    reading = read_all(
        calendar(
            event(*MONTHLY, "RRULE:FREQ=WEEKLY;COUNT=4"),
            event(
                "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20261020T183000",
                "DTSTART;TZID=Europe/Paris:20261020T200000",
                "DTEND;TZID=Europe/Paris:20261020T210000",
            ),
        )
    )
    assert [start[5:16] for start in starts(reading)] == ["10-13T18:30", "10-20T20:00", "10-27T20:00", "11-03T20:00"]
    assert [one.recurrence_id for one in reading.occurrences] == [
        "2026-10-13T16:30:00+00:00",
        "2026-10-20T16:30:00+00:00",
        "2026-10-27T17:30:00+00:00",
        "2026-11-03T17:30:00+00:00",
    ]


def test_cancelled_instances_are_absent_unless_asked_for():
    text = calendar(
        event(*MONTHLY, "RRULE:FREQ=WEEKLY;COUNT=3"),
        event(
            "RECURRENCE-ID;TZID=Europe/Paris:20261020T183000",
            "DTSTART;TZID=Europe/Paris:20261020T183000",
            "STATUS:CANCELLED",
        ),
    )
    assert [start[5:10] for start in starts(read_all(text))] == ["10-13", "10-27"]
    everything = read_all(text, cancelled=True).occurrences
    assert [one.cancelled for one in everything] == [False, True, False]


def test_a_later_calendar_in_the_file_may_cancel_an_earlier_one():
    text = calendar("METHOD:REQUEST", event(*MONTHLY, "SEQUENCE:1")) + calendar(
        "METHOD:CANCEL", event(*MONTHLY, "SEQUENCE:2")
    )
    assert starts(read_all(text)) == []
    assert [one.status for one in read_all(text, cancelled=True).occurrences] == ["CANCELLED"]


def test_the_higher_sequence_of_one_uid_counts():
    text = calendar(
        event("DTSTART:20261209T173000Z", "SEQUENCE:2", "SUMMARY:Nouvelle"),
        event("DTSTART:20261208T173000Z", "SEQUENCE:1", "SUMMARY:Ancienne"),
    )
    assert [one.summary for one in read_all(text).occurrences] == ["Nouvelle"]


def test_days_alone_are_days():
    (found,) = read_all(calendar(event("DTSTART;VALUE=DATE:20261211", "SUMMARY:Fête"))).occurrences
    assert found.all_day
    assert (found.start.isoformat(), found.end.isoformat()) == (
        "2026-12-11T00:00:00+01:00",
        "2026-12-12T00:00:00+01:00",
    )


def test_a_duration_gives_the_end():
    (found,) = read_all(calendar(event("DTSTART;TZID=Europe/Paris:20261208T183000", "DURATION:PT1H30M"))).occurrences
    assert found.end - found.start == timedelta(minutes=90)


def test_several_calendars_in_one_file():
    text = calendar(event("DTSTART:20261208T173000Z")) + calendar(event("DTSTART:20261209T173000Z", uid="two@test"))
    assert len(read_all(text).occurrences) == 2


def test_events_outside_any_calendar_are_read():
    reading = read_all(event("DTSTART:20261208T173000Z"))
    assert len(reading.occurrences) == 1
    assert codes(reading) == ["no-envelope"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("SUMMARY:Sans date",), "no-start"),
        (("DTSTART:demain soir",), "bad-value"),
        (("DTSTART:P1D",), "bad-value"),
        (("DTSTART:20261399T183000Z",), "bad-value"),
    ],
)
def test_a_bad_event_never_hides_the_good_ones(lines, code):
    reading = read_all(calendar(event(*lines), event("DTSTART:20261208T173000Z", uid="two@test")))
    assert [one.uid for one in reading.occurrences] == ["two@test"]
    assert code in codes(reading)
    assert "no-start" in codes(reading)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("RRULE:FREQ=SOUVENT", "bad-value"),
        ("RRULE:FREQ=SECONDLY", "rule-sub-daily"),
        ("RRULE:FREQ=MINUTELY;COUNT=3", "rule-sub-daily"),
        ("RRULE:FREQ=HOURLY", "rule-sub-daily"),
        ("RRULE:FREQ=DAILY;BYHOUR=8,9,10,11;BYMINUTE=0,10,20,30,40,50;BYSECOND=0,30", "rule-sub-daily"),
        ("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "rule-never"),
        ("RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO", "rule-never"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=30", "rule-never"),
        ("RRULE:FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31", "rule-never"),
        ("RRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "rule-never"),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "rule-never"),
        ("RRULE:FREQ=DAILY;INTERVAL=0", "rule-bad"),
        ("DURATION:une heure", "bad-value"),
        ("EXDATE:hier", "bad-value"),
        ("SEQUENCE:deux", "bad-value"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_the_event_kept(line, code):
    reading = read_all(calendar(event("DTSTART:20261208T173000Z", line)))
    assert starts(reading) == ["2026-12-08T18:30:00+01:00"]
    assert codes(reading)[0] == code


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["2024-02-29", "2028-02-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["2024-02-29", "2024-03-31"]),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;COUNT=2", ["2024-02-29", "2028-02-29"]),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TH;COUNT=2", ["2024-02-29", "2024-03-07"]),
        ("FREQ=YEARLY;INTERVAL=200;BYDAY=TH;BYWEEKNO=9;COUNT=1", ["2024-02-29"]),
    ],
)
def test_rare_rules_are_still_worked_out(rule, expected):
    text = calendar(event("DTSTART:20240229T120000Z", f"RRULE:{rule}"))
    reading = read(
        text, zone=PARIS, start=datetime(2024, 1, 1, tzinfo=UTC), end=datetime(2032, 1, 1, tzinfo=UTC), now=NOW
    )
    assert [start[:10] for start in starts(reading)] == expected
    assert codes(reading) == []


def test_an_end_before_the_start_is_read_the_other_way_round():
    reading = read_all(calendar(event("DTSTART:20261208T190000Z", "DTEND:20261208T173000Z")))
    (found,) = reading.occurrences
    assert (found.start_utc.hour, found.end_utc.hour) == (17, 19)
    assert codes(reading) == ["ends-before-start"]


def test_an_event_without_uid_gets_the_same_one_each_time():
    text = calendar(event("DTSTART:20261208T173000Z", uid=None), event("DTSTART:20261209T173000Z", uid=None))
    first, second = read_all(text), read_all(text)
    assert [one.uid for one in first.occurrences] == [one.uid for one in second.occurrences]
    assert len({one.uid for one in first.occurrences}) == 2
    assert codes(first) == ["no-uid", "no-uid"]


def test_without_a_window_the_year_around_now_is_read():
    text = calendar(event("DTSTART:20000104T173000Z", "RRULE:FREQ=WEEKLY"))
    reading = read(text, zone=PARIS, now=NOW)
    assert len(reading.occurrences) in {104, 105}
    assert all(abs(one.start - NOW) < timedelta(days=366) for one in reading.occurrences)
    assert all(
        later.start - earlier.start <= timedelta(days=7, hours=1) for earlier, later in pairwise(reading.occurrences)
    )


def test_without_a_window_an_old_calendar_is_read_whole_and_said_to_be_old():
    reading = read(calendar(event("DTSTART:20190108T173000Z")), zone=PARIS, now=NOW)
    assert starts(reading) == ["2019-01-08T18:30:00+01:00"]
    assert codes(reading) == ["no-future-event"]


def test_the_window_is_capped():
    text = calendar(event("DTSTART:20260101T173000Z", "RRULE:FREQ=MONTHLY"))
    reading = read(
        text, zone=PARIS, start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(9999, 1, 1, tzinfo=UTC), now=NOW
    )
    assert len(reading.occurrences) == 121
    assert codes(reading) == ["window-cut"]


def test_the_number_of_occurrences_is_capped():
    series = [event("DTSTART:20260101T173000Z", "RRULE:FREQ=DAILY", uid=f"{n}@test") for n in range(16)]
    single = event("DTSTART:20261208T173000Z", "DTEND:20261208T183000Z", uid="last@test")
    reading = read_all(calendar(*series, single))
    assert len(reading.occurrences) == 11_001
    assert "last@test" in {one.uid for one in reading.occurrences}
    assert codes(reading) == ["too-many-occurrences"]


def test_the_work_is_capped_and_every_event_still_stands():
    series = [event("DTSTART:19000101T173000Z", "RRULE:FREQ=DAILY;BYDAY=MO", uid=f"{n}@test") for n in range(30)]
    single = event("DTSTART:20261208T173000Z", uid="last@test")
    reading = read_all(calendar(*series, single))
    assert "too-much-work" in codes(reading)
    assert "last@test" in {one.uid for one in reading.occurrences}


def test_problems_are_counted_after_the_first_ones():
    reading = read_all(calendar(*[event("SUMMARY:x", uid=f"{n}@test") for n in range(300)]))
    assert len(reading.problems) == 201
    assert reading.problems[-1].code == "more-problems"
    assert reading.problems[-1].fields == {"count": 100}


def test_the_next_meeting_is_neither_over_nor_cancelled_nor_a_whole_day():
    text = calendar(
        event("DTSTART;VALUE=DATE:20261123", uid="day@test"),
        event("DTSTART:20261124T173000Z", "STATUS:CANCELLED", uid="off@test"),
        event("DTSTART:20261121T173000Z", uid="over@test"),
        event("DTSTART:20261122T083000Z", "DTEND:20261122T100000Z", uid="running@test"),
        event("DTSTART:20261201T173000Z", uid="later@test"),
    )
    reading = read_all(text, cancelled=True)
    assert next_meeting(reading, NOW).uid == "running@test"
    assert next_meeting(reading, NOW + timedelta(hours=2)).uid == "later@test"
    with pytest.raises(CalendarError) as caught:
        next_meeting(reading, NOW + timedelta(days=60))
    assert caught.value.code == "no-future-event"


def test_a_calendar_without_events_is_read_and_said_to_have_none():
    reading = read_all(calendar("BEGIN:VTODO", "UID:x", "DTSTART:20261208T173000Z", "END:VTODO"))
    assert reading.occurrences == ()
    assert codes(reading) == ["no-event"]


@pytest.mark.parametrize(
    ("name", "zone", "moved"),
    [("conseil-lunel.ics", "Europe/Paris", "2026-12-15T18:30:00+01:00"), ("council-en.ics", "Europe/London", None)],
)
def test_the_examples_read_without_a_problem(name, zone, moved):
    reading = read_all((ROOT / "examples" / name).read_bytes())
    assert reading.problems == ()
    assert {one.zone for one in reading.occurrences} == {zone}
    assert len(reading.occurrences) == 16
    assert moved is None or moved in starts(reading)
