"""What people and programs are shown."""

import json
import sys

import pytest
from icsfiles import ROOT, calendar, event, read_all

from agenda import CalendarError
from agenda.show import render, show
from agenda.source import load

MEETING = event(
    "DTSTART;TZID=Europe/Paris:20261208T183000",
    "DTEND;TZID=Europe/Paris:20261208T200000",
    "SUMMARY:Conseil",
    "SEQUENCE:2",
    r"LOCATION:Salle des Caladons\, Lunel",
    "URL:https://lunel.example/12",
    r"DESCRIPTION:1. Budget (10 min) – vote (Nadia Benali)\n  - dépenses\n2. Voirie",
)


def test_the_json_is_exactly_this():
    reading = read_all(calendar(MEETING, event("DTSTART;VALUE=DATE:20261211", "SUMMARY:Fête", uid="day@test")))
    assert json.loads(json.dumps(show(reading))) == {
        "occurrences": [
            {
                "uid": "one@test",
                "recurrence_id": None,
                "start": "2026-12-08T18:30:00+01:00",
                "end": "2026-12-08T20:00:00+01:00",
                "all_day": False,
                "zone": "Europe/Paris",
                "summary": "Conseil",
                "location": "Salle des Caladons, Lunel",
                "url": "https://lunel.example/12",
                "status": "CONFIRMED",
                "sequence": 2,
                "items": [
                    {
                        "number": "1",
                        "title": "Budget",
                        "minutes": 10,
                        "rapporteur": "Nadia Benali",
                        "kind": "vote",
                        "level": 1,
                        "start": "2026-12-08T18:30:00+01:00",
                    },
                    {
                        "number": "1.1",
                        "title": "dépenses",
                        "minutes": None,
                        "rapporteur": None,
                        "kind": None,
                        "level": 2,
                        "start": "2026-12-08T18:30:00+01:00",
                    },
                    {
                        "number": "2",
                        "title": "Voirie",
                        "minutes": None,
                        "rapporteur": None,
                        "kind": None,
                        "level": 1,
                        "start": "2026-12-08T18:40:00+01:00",
                    },
                ],
            },
            {
                "uid": "day@test",
                "recurrence_id": None,
                "start": "2026-12-11",
                "end": "2026-12-12",
                "all_day": True,
                "zone": "Europe/Paris",
                "summary": "Fête",
                "location": None,
                "url": None,
                "status": "CONFIRMED",
                "sequence": 0,
                "items": [
                    {
                        "number": "1",
                        "title": "Fête",
                        "minutes": None,
                        "rapporteur": None,
                        "kind": None,
                        "level": 1,
                        "start": None,
                    }
                ],
            },
        ],
        "problems": [
            {
                "place": "événement day@test",
                "what": "Aucun ordre du jour n'a été trouvé pour « Fête » ; la réunion elle-même est le seul point.",
            }
        ],
    }


def test_items_across_the_time_change_keep_to_the_clock_on_the_wall():
    text = calendar(
        event(
            "DTSTART;TZID=Europe/Paris:20270328T010000",
            "DTEND;TZID=Europe/Paris:20270328T050000",
            r"DESCRIPTION:1. Nuit blanche (90 min)\n2. Aube",
        )
    )
    items = show(read_all(text))["occurrences"][0]["items"]
    assert [item["start"] for item in items] == ["2027-03-28T01:00:00+01:00", "2027-03-28T03:30:00+02:00"]


def test_people_read_it_in_their_language():
    broken = event("SUMMARY:Sans date", uid="two@test")
    reading = read_all(calendar(MEETING, broken))
    assert render(reading, language="fr").splitlines() == [
        "2026-12-08 18:30–20:00 Europe/Paris  Conseil",
        "  Salle des Caladons, Lunel",
        "  18:30 1. Budget  (10 min, vote, Nadia Benali)",
        "  18:30   1.1. dépenses",
        "  18:40 2. Voirie",
        "",
        "! événement two@test, ligne 14 : Cet événement n'a pas de date de début ; il est laissé de côté.",
    ]
    assert render(reading, language="en").splitlines()[-1] == (
        "! event two@test, line 14: This event has no start; it is left out."
    )


def test_cancelled_meetings_are_marked_where_they_are_shown():
    reading = read_all(
        calendar(event("DTSTART:20261208T173000Z", "SUMMARY:Conseil", "STATUS:CANCELLED")), cancelled=True
    )
    assert render(reading).splitlines()[0].endswith("Conseil  [CANCELLED]")


def test_a_series_says_what_is_wrong_once():
    reading = read_all(calendar(event("DTSTART:20261208T173000Z", "RRULE:FREQ=WEEKLY;COUNT=9", "SUMMARY:Permanence")))
    assert len(reading.occurrences) == 9
    assert len(show(reading)["problems"]) == 1


def test_load_reads_a_file_and_names_what_it_cannot_read(tmp_path):
    assert load(ROOT / "examples/conseil-lunel.ics").startswith(b"BEGIN:VCALENDAR")
    with pytest.raises(CalendarError) as absent:
        load(tmp_path / "absent.ics")
    assert (absent.value.code, absent.value.fields) == ("absent", {"path": str(tmp_path / "absent.ics")})
    with pytest.raises(CalendarError) as folder:
        load(tmp_path)
    assert folder.value.code == "unreadable"


@pytest.mark.skipif(sys.platform == "win32", reason="/dev/zero is a POSIX device")
def test_load_stops_at_the_limit():
    with pytest.raises(CalendarError) as caught:
        read_all(load(ROOT.__class__("/dev/zero")))
    assert caught.value.code == "too-large"
