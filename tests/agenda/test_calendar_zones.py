"""No time is ever without a zone, whatever a TZID says."""

import pytest
from icsfiles import calendar, codes, event, read_all, starts

CUSTOM = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:20001029T030000
TZOFFSETFROM:+0400
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20000326T020000
TZOFFSETFROM:+0300
TZOFFSETTO:+0400
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE"""


def one(tzid: str, *parts: str, when: str = "20261208T183000") -> str:
    return calendar(*parts, event(f'DTSTART;TZID="{tzid}":{when}'))


@pytest.mark.parametrize(
    ("tzid", "start", "zone", "problems"),
    [
        ("Europe/Paris", "18:30:00+01:00", "Europe/Paris", []),
        ("europe/lisbon", "18:30:00+00:00", "Europe/Lisbon", []),
        ("America/Los Angeles", "18:30:00-08:00", "America/Los_Angeles", []),
        ("/mozilla.org/20050126_1/Europe/Brussels", "18:30:00+01:00", "Europe/Brussels", []),
        ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "18:30:00-03:00", None, []),
        ("Romance Standard Time", "18:30:00+01:00", "Europe/Paris", []),
        ("(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris", "18:30:00+01:00", "Europe/Paris", ["zone-guessed"]),
        ("(UTC+00:00) Dublin, Édimbourg, Lisbonne, Londres", "18:30:00+00:00", "Europe/Dublin", ["zone-guessed"]),
        ("(UTC-03:00) Brasília", "18:30:00-03:00", "UTC-03:00", ["zone-guessed"]),
        ("Heure de la mairie", "18:30:00+01:00", "Europe/Paris", ["zone-unknown"]),
        ("../../etc/passwd", "18:30:00+01:00", "Europe/Paris", ["zone-unknown"]),
        ("Europe", "18:30:00+01:00", "Europe/Paris", ["zone-unknown"]),
    ],
)
def test_names_of_zones(tzid, start, zone, problems):
    reading = read_all(one(tzid))
    (found,) = reading.occurrences
    assert found.start.isoformat() == f"2026-12-08T{start}"
    assert found.zone == (zone or "America/Argentina/Buenos_Aires")
    assert codes(reading) == problems


def test_an_unknown_name_is_resolved_from_the_file_in_winter_and_summer():
    name = "Fuseau de la presqu'île"
    winter = read_all(one(name, CUSTOM.format(name=name)))
    summer = read_all(one(name, CUSTOM.format(name=name), when="20270708T183000"))
    assert starts(winter) + starts(summer) == ["2026-12-08T18:30:00+03:00", "2027-07-08T18:30:00+04:00"]
    assert winter.occurrences[0].zone == name
    assert codes(winter) == []


def test_a_zone_of_one_file_is_unknown_to_the_next():
    read_all(one("Nulle part", CUSTOM.format(name="Nulle part")))
    assert codes(read_all(one("Nulle part"))) == ["zone-unknown"]


def test_the_name_of_a_real_zone_cannot_be_redefined():
    assert starts(read_all(one("Europe/Paris", CUSTOM.format(name="Europe/Paris")))) == ["2026-12-08T18:30:00+01:00"]


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=NEVER", "FREQ=DAILY;INTERVAL=0"]
)
def test_a_hostile_zone_is_refused(rule):
    zone = CUSTOM.format(name="Piège").replace("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", rule)
    reading = read_all(one("Piège", zone))
    assert starts(reading) == ["2026-12-08T18:30:00+01:00"]
    assert codes(reading) == ["zone-refused", "zone-unknown"]


def test_floating_times_take_the_councils_zone():
    reading = read_all(calendar(event("DTSTART:20260708T183000", "DTEND:20260708T200000")))
    assert starts(reading) == ["2026-07-08T18:30:00+02:00"]
    assert "floating" in codes(reading)


def test_floating_times_take_the_zone_the_calendar_declares():
    reading = read_all(calendar("X-WR-TIMEZONE:America/Montreal", event("DTSTART:20261208T183000")))
    assert starts(reading) == ["2026-12-08T18:30:00-05:00"]
    assert codes(reading) == []


def test_utc_is_shown_as_the_councils_clocks_show_it():
    (found,) = read_all(calendar(event("DTSTART:20261208T173000Z", "DTEND:20261208T190000Z"))).occurrences
    assert (found.start.isoformat(), found.zone) == ("2026-12-08T18:30:00+01:00", "Europe/Paris")
    assert found.start_utc.isoformat() == "2026-12-08T17:30:00+00:00"
    assert found.end_utc.isoformat() == "2026-12-08T19:00:00+00:00"


def test_a_series_in_utc_follows_the_summer_time_of_the_declared_zone():
    weekly = event("DTSTART:20261019T163000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
    declared = read_all(calendar("X-WR-TIMEZONE:Europe/Paris", weekly))
    assert starts(declared) == ["2026-10-19T18:30:00+02:00", "2026-10-26T18:30:00+01:00"]


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("20270327T183000", "2027-03-27T18:30:00+01:00"),
        ("20270328T013000", "2027-03-28T01:30:00+01:00"),
        ("20270328T023000", "2027-03-28T03:30:00+02:00"),  # skipped: the offset before the gap counts (RFC 5545)
        ("20270328T033000", "2027-03-28T03:30:00+02:00"),
        ("20261025T013000", "2026-10-25T01:30:00+02:00"),
        ("20261025T023000", "2026-10-25T02:30:00+02:00"),  # twice: the first one is meant (RFC 5545)
        ("20261025T033000", "2026-10-25T03:30:00+01:00"),
    ],
)
def test_both_nights_of_the_time_change_in_paris(written, start):
    assert starts(read_all(one("Europe/Paris", when=written))) == [start]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("20270325T183000", ["2027-03-25T18:30:00+01:00", "2027-04-01T18:30:00+02:00"]),
        ("20261022T183000", ["2026-10-22T18:30:00+02:00", "2026-10-29T18:30:00+01:00"]),
    ],
)
def test_a_weekly_meeting_keeps_its_hour_across_the_time_change(first, expected):
    reading = read_all(calendar(event(f"DTSTART;TZID=Europe/Paris:{first}", "RRULE:FREQ=WEEKLY;COUNT=2")))
    assert starts(reading) == expected


def test_a_meeting_over_the_time_change_lasts_one_hour_less_by_the_clock():
    (found,) = read_all(
        calendar(event("DTSTART;TZID=Europe/Paris:20270328T010000", "DTEND;TZID=Europe/Paris:20270328T040000"))
    ).occurrences
    assert (found.end_utc - found.start_utc).total_seconds() == 2 * 3600
