"""The parts of a meeting: an event that a part does not say it heeds changes nothing in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.domain.conduct import ClosedSessionAsked, Suspended
from meetings.domain.debate import FloorGiven, HandRaised
from meetings.domain.events import Arrived, Convened, Event, ItemOpened, Left, Opened, Planned, Recorded
from meetings.domain.meeting import PARTS, Meeting, evolve
from meetings.domain.presence import Excused, QuorumLost
from meetings.domain.tape import RecordingStarted
from meetings.domain.values import MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.domain.voting import ProxyAccepted, ProxyGiven

ID, AT = MeetingId("m"), datetime(2026, 11, 22, 18, tzinfo=UTC)
ANNE, BILAL, CHLOE, DORA = map(MemberId, "1234")
ITEMS = (PlannedItem(1, "Bancs"), PlannedItem(2, "Jardin"))
ROSTER = tuple(Seat(one, Role.CHAIR if one == ANNE else Role.MEMBER) for one in (ANNE, BILAL, CHLOE, DORA))
LIVELY: tuple[Event, ...] = (
    Planned("Conseil", "Séance", AT, AT + timedelta(hours=1), "1", "stage", "fr", ITEMS, ROSTER),
    Convened(),
    *map(Arrived, (ANNE, BILAL, CHLOE)),
    Excused(DORA),
    ProxyGiven(DORA, ANNE),
    ProxyAccepted(DORA),
    Opened(3, 3),
    ItemOpened(1),
    RecordingStarted(),
    HandRaised(BILAL),
    HandRaised(ANNE),
    FloorGiven(BILAL, 60),
    ClosedSessionAsked(CHLOE),
    QuorumLost(2, 3),
    Suspended(),
)
"""Something of everything is going on: nearly any event would change the part that heeds it."""


def recorded(seq: int, event: Event) -> Recorded:
    return Recorded(ID, seq, AT + timedelta(seconds=seq), ANNE, "", event)


MIDDLE = reduce(evolve, [recorded(seq, event) for seq, event in enumerate(LIVELY, 1)], Meeting(ID))


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
def test_what_a_part_does_not_heed_leaves_it_as_it_is(kind: type[Event]) -> None:
    deaf = [getattr(MIDDLE, name) for name, part in PARTS.items() if kind not in part.HEEDS]

    @settings(max_examples=3)
    @given(st.from_type(kind))
    def unchanged(event: Event) -> None:
        about = replace(event, member=BILAL) if hasattr(event, "member") else event
        assert all(part.evolve(recorded(99, about)) is part for part in deaf)

    unchanged()


def test_what_a_part_heeds_reaches_it() -> None:
    after = evolve(MIDDLE, recorded(99, Left(BILAL)))
    assert BILAL not in after.attendance.present
    assert after.floor.speaker is None
    assert after.gavel is MIDDLE.gavel
