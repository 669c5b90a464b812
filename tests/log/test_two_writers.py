"""Two councils over one log, as when one process starts before another has ended: nothing lost, nothing twice."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import fold
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import BallotId, Choice, MeetingId, MemberId, PlannedItem, Role, Seat, Tally
from meetings.log.store import Log

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
ID, OTHER = MeetingId("m"), MeetingId("other")
MEMBERS = tuple(MemberId(f"member{number}") for number in range(20))
CHAIR, ANNE, BILAL, *_ = MEMBERS
END = START + timedelta(hours=1)
ROSTER = tuple(Seat(one, Role.CHAIR if one == CHAIR else Role.MEMBER) for one in MEMBERS)
PLAN = Planned("Conseil", "Séance", START, END, "1", "voice", "fr", (PlannedItem(1, "Bancs"),), ROSTER)


@pytest.fixture
async def pair(opened: Callable[[], Log]) -> tuple[Council, Council]:
    """Two councils; the first has opened a session of which the second, which was there before, has heard nothing."""
    first, second = Council(opened()), Council(opened())
    for meeting in (ID, OTHER):
        await first.handle(c.Plan(meeting=meeting, at=START, plan=PLAN))
        await first.handle(c.Convene(meeting=meeting, at=START))
        for member in MEMBERS:
            await first.handle(c.Arrive(meeting=meeting, at=START, member=member))
        await first.handle(c.Open(meeting=meeting, at=START, by=CHAIR))
    return first, second


def raising(member: MemberId, cause: str) -> c.RaiseHand:
    return c.RaiseHand(meeting=ID, at=START, by=member, cause=cause)


async def test_who_comes_second_decides_again_upon_what_the_first_wrote(pair: tuple[Council, Council]) -> None:
    first, second = pair
    assert isinstance(await first.handle(raising(ANNE, "1")), tuple)
    with second.feed.subscribe() as bell:
        bell.clear()
        (raised,) = await second.handle(raising(BILAL, "2"))  # type: ignore[misc]
        assert bell.is_set()
    assert second.meeting(ID).floor.place(BILAL) == 2
    assert raised.seq == first.meeting(ID).seq + 1
    assert await first.handle(raising(BILAL, "3")) == Refusal(Code.HAND_UP_ALREADY, {"place": 2})
    assert first.meeting(ID) == second.meeting(ID) == fold(ID, first.log.read(ID))


async def test_an_act_delivered_to_both_counts_once(pair: tuple[Council, Council]) -> None:
    first, second = pair
    answers = [await council.handle(raising(ANNE, "same")) for council in (first, second)]
    assert [len(answer) for answer in answers] == [1, 0]  # type: ignore[arg-type]
    assert [one.cause for one in first.log.read(ID)].count("same") == 1


async def test_nobody_is_refused_upon_old_news(pair: tuple[Council, Council]) -> None:
    first, second = pair
    for council in pair:
        assert isinstance(await council.handle(raising(ANNE, f"up {id(council)}")), tuple | Refusal)
    assert second.meeting(ID).floor.place(ANNE) == 1
    await first.handle(c.LowerHand(meeting=ID, at=START, by=ANNE))
    assert isinstance(await second.handle(raising(ANNE, "again")), tuple)
    assert await first.handle(raising(ANNE, "once more")) == Refusal(Code.HAND_UP_ALREADY, {"place": 1})


async def test_a_closing_counts_the_votes_that_the_other_took(pair: tuple[Council, Council]) -> None:
    first, second = pair
    for number, secret in enumerate((True, False), 1):
        ballot = BallotId(f"b{number}")
        opening = c.OpenBallot(meeting=ID, at=START, by=CHAIR, ballot=ballot, motion="M", secret=secret)
        assert isinstance(await first.handle(opening), tuple)
        votes = [c.CastVote(meeting=ID, at=START, by=one, ballot=ballot, mark=Choice.FOR) for one in MEMBERS]
        await asyncio.gather(*(pair[n % 2].handle(vote) for n, vote in enumerate(votes)))
        await second.handle(c.CloseBallot(meeting=ID, at=START, by=CHAIR, ballot=ballot))
        result = second.meeting(ID).ballots[ballot].result
        assert result
        assert (result.tally, result.decision) == (Tally(20), f"2026-00{number}")


async def test_votes_closed_at_the_same_instant_have_numbers_of_their_own(pair: tuple[Council, Council]) -> None:
    numbers: list[str] = []
    for name in range(8):
        keys = {meeting: BallotId(f"{meeting}{name}") for meeting in (ID, OTHER)}
        asked = list(zip(pair, keys.items(), strict=True))
        for council, (meeting, key) in asked:
            opening = c.OpenBallot(meeting=meeting, at=START, by=CHAIR, ballot=key, motion="M", secret=name % 2 == 0)
            assert isinstance(await council.handle(opening), tuple)
        closings = (
            council.handle(c.CloseBallot(meeting=meeting, at=START, by=CHAIR, ballot=key))
            for council, (meeting, key) in asked
        )
        await asyncio.gather(*closings)
        results = [council.meeting(meeting).ballots[key].result for council, (meeting, key) in asked]
        numbers += [result.decision for result in results if result]
    assert sorted(numbers) == [f"2026-{number:03}" for number in range(1, 17)]


async def test_a_crowd_at_both_doors_loses_nobody(pair: tuple[Council, Council]) -> None:
    chance = random.Random(3)
    acts = []
    for number in range(300):
        kind = chance.choice((c.RaiseHand, c.LowerHand))
        meeting = chance.choice((ID, OTHER))
        acts.append((number % 2, kind(meeting=meeting, at=START, by=chance.choice(MEMBERS), cause=f"act{number}")))
    answers = await asyncio.gather(*(pair[door].handle(command) for door, command in acts))
    written = Counter(one.cause for meeting in (ID, OTHER) for one in pair[0].log.read(meeting))
    done = {command.cause for (_, command), answer in zip(acts, answers, strict=True) if isinstance(answer, tuple)}
    assert len(done) > 50
    assert {cause for cause in written if cause.startswith("act")} == done
    assert {written[cause] for cause in done} == {1}
    for meeting in (ID, OTHER):
        assert pair[0].log.verify(meeting) is None
        assert [one.seq for one in pair[0].log.read(meeting)] == list(range(1, pair[0].log.read(meeting)[-1].seq + 1))
