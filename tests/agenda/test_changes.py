"""Two readings of a calendar: what became of its meetings."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icsfiles import NOW, PARIS, calendar, event, read_all

from agenda import read
from agenda.changes import Comparison, compare

PLACE = "LOCATION:Salle des Caladons"
AGENDA = r"DESCRIPTION:Ordre du jour :\n1. Budget (10 min)\n2. Voirie"


def meeting(day: int, *lines: str, uid: str | None = None, hour: int = 18, month: int = 12) -> str:
    return event(
        f"DTSTART;TZID=Europe/Paris:2026{month:02}{day:02}T{hour:02}3000",
        f"DTEND;TZID=Europe/Paris:2026{month:02}{day:02}T{hour + 2:02}0000",
        "SUMMARY:Conseil",
        *lines,
        uid=uid or f"{day}@test",
    )


def compared(before: str, after: str) -> Comparison:
    return compare(read_all(before, cancelled=True), read_all(after, cancelled=True), NOW)


def said(comparison: Comparison) -> list[tuple[str, ...]]:
    """Each change in words: what, and the day before and after."""
    return [
        ("+".join(one.what), *(f"{end.start:%d %Hh%M}" if end else "-" for end in (one.before, one.after)))
        for one in comparison.changes
    ]


KNOWN = [meeting(day, PLACE, AGENDA) for day in (8, 9, 10, 11)]


@pytest.mark.parametrize(
    ("first", "what"),
    [
        (meeting(8, PLACE, AGENDA), []),
        (meeting(8, PLACE, AGENDA, "SEQUENCE:7", "DTSTAMP:20261120T120000Z"), []),
        (meeting(8, PLACE, AGENDA, hour=19), [("moved", "08 18h30", "08 19h30")]),
        (meeting(15, PLACE, AGENDA, uid="8@test"), [("moved", "08 18h30", "15 18h30")]),
        (meeting(8, "LOCATION:Mairie", AGENDA), [("moved", "08 18h30", "08 18h30")]),
        (meeting(8, PLACE, AGENDA + r"\n3. Bancs"), [("agenda", "08 18h30", "08 18h30")]),
        (meeting(8, PLACE, AGENDA.replace("10 min", "15 min")), [("agenda", "08 18h30", "08 18h30")]),
        (meeting(8, PLACE, AGENDA + r"\n\nCordialement"), [("details", "08 18h30", "08 18h30")]),
        (meeting(8, PLACE, AGENDA, "URL:https://lunel.example/8"), [("details", "08 18h30", "08 18h30")]),
        (meeting(9, PLACE, uid="8@test"), [("moved+agenda", "08 18h30", "09 18h30")]),
        (meeting(8, PLACE, AGENDA, "STATUS:CANCELLED"), [("cancelled", "08 18h30", "08 18h30")]),
        ("", [("cancelled", "08 18h30", "-")]),
        (
            meeting(8, PLACE, AGENDA) + "\r\n" + meeting(20, uid="new@test"),
            [("added", "-", "20 18h30")],
        ),
        (meeting(8, PLACE, AGENDA) + "\r\n" + meeting(20, "STATUS:CANCELLED", uid="new@test"), []),
    ],
)
def test_what_became_of_a_meeting(first, what):
    found = compared(calendar(*KNOWN), calendar(first, *KNOWN[1:]))
    assert said(found) == what
    assert (found.missing, found.stale) == ((), ())


def test_a_title_without_an_agenda_is_no_agenda():
    found = compared(calendar(meeting(8)), calendar(meeting(8).replace("Conseil", "Conseil extraordinaire")))
    assert said(found) == [("details", "08 18h30", "08 18h30")]


def test_a_meeting_called_off_and_on_again_is_added():
    off = calendar(meeting(8, "STATUS:CANCELLED"), meeting(9))
    assert said(compared(off, calendar(meeting(8), meeting(9)))) == [("added", "08 18h30", "08 18h30")]


def test_what_is_over_changes_no_more():
    before = calendar(meeting(3, month=11), meeting(8))
    assert said(compared(before, calendar(meeting(8)))) == []
    assert said(compared(before, calendar(meeting(4, uid="3@test", month=11), meeting(8)))) == []
    assert said(compared(calendar(meeting(8)), before)) == []


SERIES = ("DTSTART;TZID=Europe/Paris:20261201T183000", "DTEND;TZID=Europe/Paris:20261201T200000", "SUMMARY:Conseil")
OVERRIDE = "RECURRENCE-ID;TZID=Europe/Paris:20261208T183000"


def test_one_instance_of_a_series_moves_and_another_is_called_off():
    series = event(*SERIES, "RRULE:FREQ=WEEKLY;COUNT=4")
    moved = event(OVERRIDE, "DTSTART;TZID=Europe/Paris:20261209T190000", "DURATION:PT90M", "SUMMARY:Conseil")
    assert said(compared(calendar(series), calendar(series, moved))) == [("moved", "08 18h30", "09 19h00")]
    off = event(OVERRIDE, "DTSTART;TZID=Europe/Paris:20261208T183000", "STATUS:CANCELLED", "SUMMARY:Conseil")
    assert said(compared(calendar(series), calendar(series, off))) == [("cancelled", "08 18h30", "08 18h30")]
    without = event(*SERIES, "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Paris:20261208T183000")
    assert said(compared(calendar(series), calendar(without))) == [("cancelled", "08 18h30", "-")]


def test_a_series_moved_as_a_whole_is_moved_and_not_called_off():
    series = calendar(event(*SERIES, "RRULE:FREQ=WEEKLY;COUNT=3"))
    later = calendar(event(*(line.replace("1201T", "1203T") for line in SERIES), "RRULE:FREQ=WEEKLY;COUNT=3"))
    assert said(compared(series, later)) == [
        ("moved", "01 18h30", "03 18h30"),
        ("moved", "08 18h30", "10 18h30"),
        ("moved", "15 18h30", "17 18h30"),
    ]


def test_a_meeting_that_becomes_a_series_stays_the_same():
    found = compared(calendar(event(*SERIES)), calendar(event(*SERIES, "RRULE:FREQ=WEEKLY;COUNT=2")))
    assert said(found) == [("added", "-", "08 18h30")]


def decidim(uid: str, day: int, number: int, *lines: str) -> str:
    return meeting(day, f"URL:https://participons.example/meetings/{number}", *lines, uid=uid)


def test_where_uids_are_random_the_url_is_the_meeting():
    before = calendar(decidim("a", 8, 1, AGENDA), decidim("b", 9, 2), decidim("c", 10, 3), decidim("z", 14, 5))
    after = calendar(decidim("d", 15, 1, AGENDA), decidim("e", 9, 2), decidim("f", 11, 4), decidim("y", 14, 5))
    assert said(compared(before, after)) == [
        ("moved", "08 18h30", "15 18h30"),
        ("cancelled", "10 18h30", "-"),
        ("added", "-", "11 18h30"),
    ]


def test_a_url_that_meetings_share_is_nobodys():
    link = "URL:https://visio.example/conseil"
    before = calendar(meeting(8, link, uid="a"), meeting(9, link, uid="b"), meeting(10, link, uid="c"))
    after = calendar(meeting(15, link, uid="d"), meeting(9, link, uid="b"), meeting(10, link, uid="c"))
    assert said(compared(before, after)) == [("cancelled", "08 18h30", "-"), ("added", "-", "15 18h30")]


@pytest.mark.parametrize(
    ("known", "coming", "stale"),
    [
        (("SEQUENCE:2",), ("SEQUENCE:1",), True),
        (("SEQUENCE:2",), ("SEQUENCE:2",), False),
        (("SEQUENCE:2",), ("SEQUENCE:3",), False),
        ((), (), False),
        (("SEQUENCE:2", "LAST-MODIFIED:20261101T100000Z"), ("SEQUENCE:0", "LAST-MODIFIED:20261102T100000Z"), False),
        (("SEQUENCE:2", "LAST-MODIFIED:20261101T100000Z"), ("SEQUENCE:0", "LAST-MODIFIED:20261101T100000Z"), True),
        (("LAST-MODIFIED:20261103T100000Z",), ("LAST-MODIFIED:20261102T100000Z",), True),
    ],
)
def test_an_older_state_changes_nothing(known, coming, stale):
    before, after = calendar(meeting(8, *known), meeting(9)), calendar(meeting(15, *coming, uid="8@test"), meeting(9))
    found = compared(before, after)
    assert said(found) == ([] if stale else [("moved", "08 18h30", "15 18h30")])
    assert [one.uid for one in found.stale] == (["8@test"] if stale else [])
    assert [one.start.day for one in found.known.occurrences] == ([8, 9] if stale else [9, 15])


@pytest.mark.parametrize(("kept", "cancelled", "missing"), [(3, 1, 0), (2, 2, 0), (1, 0, 3), (0, 0, 4)])
def test_more_than_half_gone_is_an_accident_and_not_a_cancellation(kept, cancelled, missing):
    found = compared(calendar(*KNOWN), calendar(*KNOWN[:kept]))
    assert [one[0] for one in said(found)] == ["cancelled"] * cancelled
    assert len(found.missing) == missing
    assert len(found.known.occurrences) == 4 - cancelled
    assert said(compare(found.known, read_all(calendar(*KNOWN[: 4 - cancelled])), NOW)) == []


def test_called_off_in_so_many_words_is_no_accident():
    off = [meeting(day, PLACE, AGENDA, "STATUS:CANCELLED") for day in (8, 9, 10, 11)]
    assert [one[0] for one in said(compared(calendar(*KNOWN), calendar(*off)))] == ["cancelled"] * 4


def test_what_a_cut_file_lacks_is_not_cancelled():
    whole = calendar(*KNOWN)
    found = compared(whole, whole[: whole.index("BEGIN:VEVENT", whole.index("10@test"))])
    assert said(found) == []
    assert [one.uid for one in found.missing] == ["11@test"]


def test_an_event_that_became_unreadable_is_not_cancelled_while_another_is():
    broken = event("DTSTART:demain", uid="8@test")
    found = compared(calendar(*KNOWN), calendar(broken, *KNOWN[1:3]))
    assert said(found) == [("cancelled", "11 18h30", "-")]
    assert [one.uid for one in found.missing] == ["8@test"]


def test_an_event_that_was_always_broken_keeps_no_other_from_being_cancelled():
    broken = event("SUMMARY:Sans date", uid=None)
    assert said(compared(calendar(broken, *KNOWN), calendar(broken, *KNOWN[:3]))) == [("cancelled", "11 18h30", "-")]


def test_beyond_the_window_nothing_is_cancelled():
    before = read_all(calendar(*KNOWN))
    until = datetime(2026, 12, 10, tzinfo=UTC)
    after = read(calendar(*KNOWN), zone=PARIS, start=NOW, end=until, now=NOW)
    assert len(after.occurrences) == 2
    assert said(compare(before, after, NOW)) == []


DAYS = st.lists(st.integers(1, 28), min_size=1, max_size=6, unique=True)


@given(before=DAYS, after=DAYS, hours=st.lists(st.integers(9, 20), min_size=28, max_size=28))
def test_changes_lead_from_the_known_to_the_new(before, after, hours):
    first = read_all(calendar(*(meeting(day) for day in before)))
    second = read_all(calendar(*(meeting(day, hour=hours[day - 1]) for day in after)))
    found = compare(first, second, NOW)
    state = {one.uid: one for one in first.occurrences}
    for change in found.changes:
        if change.after is None:
            del state[change.before.uid]
        else:
            state[change.after.uid] = change.after
    assert set(state.values()) == set(found.known.occurrences)
    assert bool(found.missing) == (2 * len(set(before) - set(after)) > len(before))
    assert compare(found.known, found.known, NOW + timedelta(seconds=1)).changes == ()
