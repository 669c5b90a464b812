"""The floor under a council's rules: kinds of request, their order and its reasons, lists, limits."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.domain import commands as c
from meetings.domain.decide import decide
from meetings.domain.events import Planned, Recorded
from meetings.domain.meeting import Meeting, evolve, fold
from meetings.domain.order import Ahead, Heard, Order, Request
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import CGCT, SIMPLE, Criterion, FloorRules, Rules
from meetings.domain.scheduling import RosterRevised, RulesRevised
from meetings.domain.values import Kind, MeetingId, MemberId, PlannedItem, Role, Seat

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
ID = MeetingId("m")
CHAIR, ANNE, BILAL, CHLOE, DINA = (MemberId(name) for name in ("chair", "anne", "bilal", "chloe", "dina"))
EVERYTHING = tuple(Criterion)
SPEECHES = (Kind.SPEECH, Kind.PRO, Kind.CONTRA)


class Debate:
    """An open session on its first item, all present; Anne and Bilal are inhabitants, Chloé and Dina associations."""

    def __init__(self, rules: Rules | FloorRules = CGCT) -> None:
        self.rules = rules if isinstance(rules, Rules) else replace(CGCT, floor=rules)
        self.state, self.clock, self.log = Meeting(ID), START, list[Recorded]()
        colleges = {ANNE: "habitants", BILAL: "habitants", CHLOE: "associations", DINA: "associations"}
        roster = (Seat(CHAIR, Role.CHAIR), *(Seat(member, college=college) for member, college in colleges.items()))
        items = (PlannedItem(1, "Bancs"), PlannedItem(2, "Fête"))
        plan = Planned("Conseil", "Séance", START, START + timedelta(hours=2), "1", "stage", "fr", items, roster)
        self.do(c.Plan, plan=plan).do(c.Convene)
        for seat in roster:
            self.do(c.Arrive, member=seat.member)
        self.do(c.Open, CHAIR).do(c.NextItem, CHAIR)

    def ask(self, asked: type[c.Command], by: MemberId | None = None, wait: float = 1, **fields: object) -> Code | None:
        self.clock += timedelta(seconds=wait)
        outcome = decide(self.state, asked(meeting=ID, at=self.clock, by=by, **fields), self.rules)
        if isinstance(outcome, Refusal):
            return outcome.code
        for event in outcome:
            self.log.append(Recorded(ID, self.state.seq + 1, self.clock, by, "", event))
            self.state = evolve(self.state, self.log[-1])
        return None

    def do(self, asked: type[c.Command], by: MemberId | None = None, wait: float = 1, **fields: object) -> "Debate":
        assert self.ask(asked, by, wait, **fields) is None
        return self

    def raised(self, *members: MemberId, kind: Kind = Kind.SPEECH) -> "Debate":
        for member in members:
            self.do(c.RaiseHand, member, kind=kind)
        return self

    def spoke(self, member: MemberId, seconds: float = 10) -> "Debate":
        return self.do(c.GiveFloor, CHAIR, member=member).do(c.TakeFloor, CHAIR, wait=seconds)

    @property
    def queue(self) -> list[MemberId]:
        return [request.member for request in self.state.floor.queue]


def test_points_of_order_then_replies_then_arrival() -> None:
    debate = Debate().raised(BILAL).do(c.GiveFloor, CHAIR, member=ANNE)
    debate.raised(CHLOE, kind=Kind.REPLY).raised(DINA, kind=Kind.RULES)
    assert debate.queue == [DINA, CHLOE, BILAL]
    assert debate.state.floor.queue[1].to == ANNE
    assert debate.state.floor.why(BILAL) == (
        Ahead(DINA, Criterion.POINT_OF_ORDER),
        Ahead(CHLOE, Criterion.DIRECT_REPLY),
    )
    assert debate.state.floor.why(DINA) == ()


def test_who_asks_for_something_else_has_one_request_the_new_one() -> None:
    debate = Debate().raised(ANNE, BILAL).raised(BILAL, kind=Kind.VOTE)
    assert debate.queue == [BILAL, ANNE]
    assert debate.ask(c.RaiseHand, BILAL, kind=Kind.VOTE) is Code.HAND_UP_ALREADY
    assert fold(ID, debate.log) == debate.state


def test_a_reply_answers_a_speech_of_somebody_else_and_no_reply() -> None:
    debate = Debate()
    assert debate.ask(c.RaiseHand, BILAL, kind=Kind.REPLY) is Code.NOBODY_TO_ANSWER
    debate.spoke(ANNE)
    assert debate.ask(c.RaiseHand, ANNE, kind=Kind.REPLY) is Code.NOBODY_TO_ANSWER
    debate.raised(BILAL, kind=Kind.REPLY).do(c.GiveFloor, CHAIR)
    assert debate.ask(c.RaiseHand, ANNE, kind=Kind.REPLY) is Code.NO_REPLY_TO_REPLY
    debate.do(c.NextItem, CHAIR).do(c.TakeFloor, CHAIR)
    assert debate.ask(c.RaiseHand, CHLOE, kind=Kind.REPLY) is Code.NOBODY_TO_ANSWER


def test_a_kind_the_order_does_not_name_cannot_be_asked_for() -> None:
    debate = Debate(FloorRules()).spoke(ANNE)
    for kind in (Kind.REPLY, Kind.RULES, Kind.PRO, Kind.CONTRA):
        assert debate.ask(c.RaiseHand, BILAL, kind=kind) is Code.KIND_NOT_IN_RULES


def test_first_time_speakers_then_colleges_in_turn() -> None:
    debate = Debate(SIMPLE).spoke(ANNE).raised(ANNE, BILAL, CHLOE)
    assert debate.queue == [CHLOE, BILAL, ANNE]
    assert debate.state.floor.why(ANNE) == (Ahead(CHLOE, Criterion.FIRST_TIME), Ahead(BILAL, Criterion.FIRST_TIME))
    assert debate.state.floor.why(BILAL) == (Ahead(CHLOE, Criterion.COLLEGES),)
    debate.do(c.NextItem, CHAIR)
    assert debate.queue == [ANNE, CHLOE, BILAL]  # a new item, a new debate: by arrival, colleges in turn


def test_sides_take_turns_where_the_rules_say_so() -> None:
    debate = Debate(FloorRules(order=(Criterion.PRO_CONTRA, Criterion.ARRIVAL)))
    debate.raised(ANNE, BILAL, kind=Kind.PRO).raised(CHLOE, DINA, kind=Kind.CONTRA)
    assert debate.queue == [ANNE, CHLOE, BILAL, DINA]


def test_a_closed_list_takes_points_of_order_alone_and_the_next_item_opens_it() -> None:
    debate = Debate().raised(ANNE).do(c.CloseList, CHAIR)
    assert debate.ask(c.CloseList, CHAIR) is Code.LIST_CLOSED
    assert debate.ask(c.RaiseHand, BILAL) is Code.LIST_CLOSED
    debate.raised(CHLOE, kind=Kind.CLOSURE)
    assert debate.queue == [CHLOE, ANNE]
    debate.do(c.ReopenList, CHAIR).raised(BILAL)
    assert debate.ask(c.ReopenList, CHAIR) is Code.LIST_OPEN
    debate.do(c.CloseList, CHAIR).do(c.NextItem, CHAIR).raised(DINA)
    assert not debate.state.floor.closed


def test_who_is_passed_over_waits_behind_all() -> None:
    debate = Debate().raised(ANNE, BILAL).do(c.SkipHand, CHAIR).raised(CHLOE)
    assert debate.queue == [BILAL, CHLOE, ANNE]
    assert debate.state.floor.why(ANNE) == (Ahead(BILAL, "skipped"), Ahead(CHLOE, "skipped"))
    assert debate.ask(c.SkipHand, CHAIR, member=ANNE) is Code.NOTHING_CHANGED
    assert debate.ask(c.SkipHand, CHAIR, member=DINA) is Code.HAND_NOT_UP


def test_a_speech_is_put_back_where_it_waited_and_its_time_counts_not() -> None:
    debate = Debate(SIMPLE)
    assert debate.ask(c.PutBack, CHAIR) is Code.NO_SPEECH
    debate.raised(ANNE, BILAL).do(c.GiveFloor, CHAIR).do(c.PutBack, CHAIR, wait=60)
    assert (debate.queue, debate.state.floor.speaker, debate.state.floor.turns) == ([ANNE, BILAL], None, ())
    debate.do(c.GiveFloor, CHAIR).do(c.TakeFloor, CHAIR).do(c.PutBack, CHAIR)
    assert debate.queue == [ANNE, BILAL]
    assert debate.state.floor.seconds() == {}
    debate.spoke(ANNE).do(c.Leave, member=ANNE)
    assert debate.ask(c.PutBack, CHAIR) is Code.NOT_PRESENT


def test_a_speech_has_its_limit_and_the_chair_is_told_once() -> None:
    debate = Debate(FloorRules(speech=60)).raised(ANNE).do(c.GiveFloor, CHAIR)
    begun = debate.clock
    assert debate.state.floor.speaker
    assert debate.state.floor.speaker.ends == begun + timedelta(seconds=60)
    assert debate.ask(c.NoteTimeUp, wait=30, member=ANNE) is Code.NOTHING_CHANGED
    debate.do(c.NoteTimeUp, wait=30, member=ANNE)
    assert debate.state.floor.speaker.member == ANNE  # nobody is cut off
    assert debate.ask(c.NoteTimeUp, wait=30, member=ANNE) is Code.NOTHING_CHANGED
    debate.do(c.ExtendSpeech, CHAIR, seconds=120)
    assert debate.state.floor.speaker
    assert debate.state.floor.speaker.ends == debate.clock + timedelta(seconds=120)
    assert not debate.state.floor.speaker.up
    assert debate.ask(c.NoteTimeUp, member=BILAL, wait=200) is Code.NOTHING_CHANGED


def test_the_rules_may_cut_and_without_a_limit_there_is_nothing_to_extend() -> None:
    debate = Debate(FloorRules(speech=60, cut=True)).do(c.GiveFloor, CHAIR, member=ANNE)
    debate.do(c.NoteTimeUp, wait=60, member=ANNE)
    assert debate.state.floor.speaker is None
    assert debate.ask(c.ExtendSpeech, CHAIR, seconds=60) is Code.NO_SPEAKER
    assert Debate().do(c.GiveFloor, CHAIR, member=ANNE).ask(c.ExtendSpeech, CHAIR, seconds=60) is Code.NO_LIMIT


def test_totals_of_a_member_and_of_a_college_end_with_the_item() -> None:
    order = (Criterion.POINT_OF_ORDER, Criterion.ARRIVAL)
    debate = Debate(FloorRules(order=order, member=90, college=120)).spoke(ANNE, 60)
    assert debate.state.floor.left(ANNE) == 30
    assert debate.state.floor.left(BILAL) == 60
    assert debate.state.floor.left(CHLOE) == 90
    assert debate.state.floor.left(CHAIR) == 90  # of no college
    debate.raised(ANNE).do(c.GiveFloor, CHAIR)
    assert debate.state.floor.speaker
    assert debate.state.floor.speaker.ends == debate.clock + timedelta(seconds=30)
    debate.do(c.TakeFloor, CHAIR, wait=40)
    assert debate.ask(c.RaiseHand, ANNE) is Code.TIME_SPENT
    debate.spoke(BILAL, 20)
    assert debate.ask(c.RaiseHand, BILAL) is Code.COLLEGE_TIME_SPENT
    debate.raised(BILAL, kind=Kind.RULES)
    assert debate.state.floor.seconds() == {ANNE: 100, BILAL: 20}
    debate.do(c.NextItem, CHAIR).raised(ANNE)


def test_chairs_acts_on_the_floor_are_the_chairs() -> None:
    debate = Debate().raised(ANNE)
    for kind, fields in ((c.SkipHand, {}), (c.PutBack, {}), (c.CloseList, {}), (c.ReopenList, {})):
        assert debate.ask(kind, BILAL, **fields) is Code.CHAIR_ONLY
    assert debate.ask(c.ExtendSpeech, BILAL, seconds=60) is Code.CHAIR_ONLY


# One order for one set of criteria, the same for whoever works it out; here naively, request by request.

members = st.integers(0, 11).map(lambda number: MemberId(f"member{number}"))
orders = st.permutations([each for each in Criterion if each is not Criterion.ARRIVAL]).flatmap(
    lambda each: st.integers(0, len(each)).map(lambda size: (*each[:size], Criterion.ARRIVAL))
)
colleges = st.dictionaries(members, st.sampled_from(["habitants", "associations"]))
queues = st.lists(
    st.tuples(members, st.sampled_from(Kind), st.booleans()), max_size=12, unique_by=lambda request: request[0]
).map(lambda all_: [Request(m, START, kind=k, seq=n, skipped=s) for n, (m, k, s) in enumerate(all_, 1)])
speeches = st.lists(st.tuples(members, st.sampled_from(Kind)), max_size=12)


def after(spoken: list[tuple[MemberId, Kind]], theirs: dict[MemberId, str]) -> Heard:
    heard = Heard()
    for member, kind in spoken:
        heard.hear(member, kind, theirs.get(member, ""))
    return heard


def key(one: Request, order: tuple[Criterion, ...], spoken: list[tuple[MemberId, Kind]], theirs: dict[MemberId, str]):
    debate = [(member, kind) for member, kind in spoken if not kind.value.startswith("point")]
    speech = one.kind in SPEECHES
    ranks = {
        Criterion.POINT_OF_ORDER: one.kind in SPEECHES or one.kind is Kind.REPLY,
        Criterion.DIRECT_REPLY: one.kind is not Kind.REPLY,
        Criterion.FIRST_TIME: speech and one.member in {member for member, _ in debate},
        Criterion.COLLEGES: speech
        and sum(theirs.get(member, "") == theirs.get(one.member, "") for member, _ in debate),
        Criterion.PRO_CONTRA: speech and sum(kind is one.kind for _, kind in debate),
        Criterion.ARRIVAL: one.seq,
    }
    return [("skipped", one.skipped), *((criterion, ranks[criterion]) for criterion in order)]


def naive(
    queue: list[Request], order: tuple[Criterion, ...], spoken: list[tuple[MemberId, Kind]], theirs: dict[MemberId, str]
) -> Iterator[tuple[Request, list[tuple[MemberId, object]]]]:
    """Each request in its place, with who is behind it and by which criterion."""
    left, spoken = list(queue), list(spoken)
    while left:
        keys = {one.member: key(one, order, spoken, theirs) for one in left}
        first = min(left, key=lambda one: [rank for _, rank in keys[one.member]])
        left.remove(first)
        behind = [
            (
                one.member,
                next(name for (name, a), (_, b) in zip(keys[first.member], keys[one.member], strict=True) if a != b),
            )
            for one in left
        ]
        yield first, behind
        spoken.append((first.member, first.kind))


@settings(max_examples=300, deadline=None)
@given(orders, colleges, queues, speeches, st.randoms(use_true_random=False))
def test_one_order_for_one_set_of_criteria_and_the_reasons_agree_with_it(
    criteria: tuple[Criterion, ...],
    theirs: dict[MemberId, str],
    queue: list[Request],
    spoken: list[tuple[MemberId, Kind]],
    dice: random.Random,
) -> None:
    order, expected = Order(criteria, theirs), list(naive(queue, criteria, spoken, theirs))
    shuffled = dice.sample(queue, len(queue))
    assert order.queue(shuffled, after(spoken, theirs)) == tuple(first for first, _ in expected)
    for place, (request, _) in enumerate(expected):
        reasons = order.why(request.member, shuffled, after(spoken, theirs))
        assert [reason.member for reason in reasons] == [first.member for first, _ in expected[:place]]
        told = [dict(behind)[request.member] for _, behind in expected[:place]]
        assert [reason.by for reason in reasons] == told


@settings(max_examples=60, deadline=None)
@given(orders, st.integers(0, 2**32))
def test_nobody_starves_while_everybody_else_asks_again_and_again(criteria: tuple[Criterion, ...], seed: int) -> None:
    """One waits; the three others take every chance the rules give to come first, but points of order."""
    dice, debate = random.Random(seed), Debate(FloorRules(order=criteria))
    for _ in range(dice.randrange(6)):
        debate.spoke(dice.choice([ANNE, BILAL, CHLOE, DINA]))
    debate.raised(DINA)
    for _ in range(60):
        for member in dice.sample([ANNE, BILAL, CHLOE], 3):
            debate.ask(c.RaiseHand, member, kind=dice.choice([Kind.REPLY, *SPEECHES]))
        debate.do(c.GiveFloor, CHAIR)
        if debate.state.floor.speaker and debate.state.floor.speaker.member == DINA:
            break
    assert debate.state.floor.speaker
    assert debate.state.floor.speaker.member == DINA


def test_five_hundred_hands_are_put_in_order_at_once() -> None:
    everybody = [MemberId(str(number)) for number in range(500)]
    queue = [Request(member, START, seq=n) for n, member in enumerate(everybody)]
    ordered = Order(EVERYTHING, {member: f"college {number % 5}" for number, member in enumerate(everybody)}).queue(
        queue, Heard()
    )
    first = Counter(int(request.member) % 5 for request in ordered[:250])
    assert set(first.values()) == {50}


def test_the_floor_goes_by_rules_and_colleges_revised_since_the_planning() -> None:
    limited, state = replace(CGCT, floor=replace(CGCT.floor, speech=90)), Debate().state
    seats = (Seat(CHAIR, Role.CHAIR), Seat(ANNE, college="associations"))
    for event in (RulesRevised(limited), RosterRevised(seats)):
        state = evolve(state, Recorded(ID, state.seq + 1, START, None, "", event))
    assert state.floor.rules.speech == state.rules.floor.speech == 90
    assert state.floor.colleges == {CHAIR: "", ANNE: "associations"}
