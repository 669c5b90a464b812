"""The golden set: what people write in a calendar's description, and the items in it. All found, none invented."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from icsfiles import ROOT, calendar, event, read_all

from agenda import parse, plan

GOLDEN = tomllib.loads((Path(__file__).parent / "golden.toml").read_text(encoding="utf-8"))


def shown(item) -> str:
    parts = [
        item.title,
        item.minutes or "",
        item.rapporteur or "",
        item.kind or "",
        item.level if item.level > 1 else "",
    ]
    return "|".join(str(part) for part in parts).rstrip("|")


def meeting(description: str, start: str = "20261208T183000", end: str = "20261208T200000", *more: str):
    escaped = description.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    lines = (f"DTSTART;TZID=Europe/Paris:{start}", f"DTEND;TZID=Europe/Paris:{end}", f"DESCRIPTION:{escaped}", *more)
    return read_all(calendar(event(*lines, "SUMMARY:Conseil"))).occurrences[0]


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name):
    expected = GOLDEN[name]["items"]
    found = plan(meeting(GOLDEN[name]["text"]))
    if expected:
        assert [shown(item) for item in found.items] == expected
        assert "no-agenda" not in {problem.code for problem in found.problems}
    else:
        assert [item.title for item in found.items] == ["Conseil"]
        assert [problem.code for problem in found.problems] == ["no-agenda"]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("10 min", 10), ("10'", 10), ("10 mn", 10), ("10 minutes", 10), ("env. 10 min", 10), ("5-10 min", 10),
        ("1h", 60), ("1h30", 90), ("1 h 05", 65), ("2 heures", 120), ("1 hour 15 min", 75), ("une demi-heure", 30),
        ("half an hour", 30), ("¼ h", 15), ("durée : 20 min", 20), ("0 min", None), ("18h30", None), ("900 min", None),
    ],
)  # fmt: skip
def test_lengths_of_time(written, minutes):
    (item,) = parse(f"1. Budget ({written})")
    assert item.minutes == minutes


@pytest.mark.parametrize(
    ("line", "title", "rapporteur"),
    [
        ("Budget (Mme Diallo)", "Budget", "Mme Diallo"),
        ("Budget – M. Jean-Pierre L'Hôte", "Budget", "M. Jean-Pierre L'Hôte"),
        ("Budget - Anne de La Tour", "Budget", "Anne de La Tour"),
        ("Budget (Karim)", "Budget", "Karim"),
        ("Budget (10 min) - Karim", "Budget", "Karim"),
        ("Budget (Claire Martin et Paul Girard, vote)", "Budget", "Claire Martin et Paul Girard"),
        ("Budget (Claire Martin, présidente)", "Budget", "Claire Martin"),
        ("Budget, rapporteure : la commission des finances", "Budget", "la commission des finances"),
        ("Budget présenté par Paul Girard", "Budget", "Paul Girard"),
        ("Budget – Présentation", "Budget – Présentation", None),
        ("Saint-Just – Lunel", "Saint-Just – Lunel", None),
        ("Budget (suite)", "Budget (suite)", None),
        ("Convention (Ligue des droits) pour le stade", "Convention (Ligue des droits) pour le stade", None),
    ],
)
def test_who_reports(line, title, rapporteur):
    (item,) = parse(f"Ordre du jour :\n- {line}")
    assert (item.title, item.rapporteur) == (title, rapporteur)


def test_each_item_begins_when_the_one_before_ends():
    found = plan(meeting("1. A (10 min)\n  - a (4 min)\n  - b (6 min)\n2. B (20 min)\n3. C\n4. D"))
    minutes = [item.start / timedelta(minutes=1) if item.start is not None else None for item in found.items]
    assert minutes == [0, 0, 4, 10, 30, None]
    assert [item.number for item in found.items] == ["1", "1.1", "1.2", "2", "3", "4"]
    assert found.problems == ()


def test_a_clock_time_sets_the_start_again_after_an_unknown_length():
    found = plan(meeting("- Accueil\n- 19h00 : Budget (15 min)\n- Divers"))
    assert [item.start for item in found.items] == [timedelta(0), timedelta(minutes=30), timedelta(minutes=45)]


def test_a_plan_longer_than_the_meeting_is_reported():
    found = plan(meeting("1. A (1h)\n2. B (45 min)"))
    (problem,) = found.problems
    assert (problem.code, dict(problem.fields)) == ("plan-too-long", {"planned": 105, "length": 90})
    assert problem.place.uid == "one@test"


def test_items_outside_the_meeting_and_out_of_order_are_reported():
    found = plan(meeting("17h00 Installation\n18h30 Ouverture (40 min)\n19h00 Budget"))
    assert {(problem.code, problem.fields.get("number")) for problem in found.problems} >= {
        ("item-out-of-order", "3"),
        ("item-outside", "1"),
    }


def test_clock_times_are_the_councils_where_the_calendar_is_in_utc():
    text = calendar(
        event("DTSTART:20261208T173000Z", "DTEND:20261208T190000Z", r"DESCRIPTION:18h30 Accueil\n18h45 Budget")
    )
    found = plan(read_all(text).occurrences[0])
    assert [item.start for item in found.items] == [timedelta(0), timedelta(minutes=15)]


def test_an_item_after_midnight_belongs_to_the_evening():
    found = plan(meeting("23h00 Débat\n00h15 am Clôture\n- Fin", "20261208T230000", "20261209T010000"))
    assert found.items[0].start == timedelta(0)
    assert all(problem.code != "item-outside" for problem in found.problems)


def test_the_html_is_read_where_it_holds_more():
    html = "X-ALT-DESC;FMTTYPE=text/html:<ul><li>Budget</li><li>Voirie</li></ul>"
    found = plan(meeting("BudgetVoirie", "20261208T183000", "20261208T200000", html))
    assert [item.title for item in found.items] == ["Budget", "Voirie"]


def test_without_an_agenda_the_meeting_is_the_only_item():
    found = plan(meeting("Salle des Caladons"))
    assert [(item.number, item.title, item.minutes, item.start) for item in found.items] == [
        ("1", "Conseil", 90, timedelta(0))
    ]
    assert [problem.code for problem in found.problems] == ["no-agenda"]


def test_numbers_that_repeat_are_counted_anew():
    assert [item.number for item in parse("1. A\n1. B\n1. C")] == ["1", "2", "3"]


@pytest.mark.parametrize("name", ["conseil-lunel.ics", "council-en.ics"])
def test_the_examples_are_timed_to_the_minute(name):
    for occurrence in read_all((ROOT / "examples" / name).read_bytes()).occurrences:
        found = plan(occurrence)
        assert found.problems == ()
        assert [item.number for item in found.items] == list("12345678")
        assert [item.minutes for item in found.items] == [5, 15, 20, 10, 20, 10, 5, 5]
        assert found.items[-1].start == timedelta(minutes=85)
        assert all(item.rapporteur for item in found.items)
        assert [item.kind for item in found.items][:5] == ["information", "debate", "vote", "information", "debate"]


def test_the_page_for_secretaries_shows_an_agenda_that_is_read_as_it_says():
    page = (ROOT / "docs/calendar.md").read_text("utf-8")
    block = page[page.index("    Ordre du jour :") :].split("\n\n")[0]
    found = plan(meeting("\n".join(line[4:] for line in block.splitlines())))
    assert [shown(item) for item in found.items] == [
        "Approbation du compte rendu|5",
        "Piste cyclable de la gare|20|Nadia Benali|debate",
        "Budget participatif|30||vote",
        "critères||||2",
        "calendrier||||2",
        "Questions diverses",
    ]
    assert found.problems == ()
