"""The council: the only writer. Every surface asks it; it decides, writes, and wakes who draws."""

import asyncio
import gc
import logging
import uuid
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from meetings.domain import commands as c
from meetings.domain.decide import decide
from meetings.domain.erasure import MemberErased
from meetings.domain.events import Event, Recorded
from meetings.domain.marks import spelled
from meetings.domain.meeting import Meeting, after, fold
from meetings.domain.refusals import Refusal
from meetings.domain.rules import CGCT, Rules
from meetings.domain.values import MeetingId, Slip
from meetings.domain.voting import BallotCast, BallotClosed, BallotOpened
from meetings.log import sealing
from meetings.log.feed import Feed
from meetings.log.sealing import Paper, Secret
from meetings.log.store import ConflictError, Log, NotWrittenError

logger = logging.getLogger(__name__)

COMPLETED = (c.OpenBallot, c.NextRound, c.CloseBallot)
"""Commands that are decided upon more than they say."""

AGAIN = 2.0
"""Seconds until a log that could not be written is asked again."""

T = TypeVar("T")


class Written(tuple[Recorded, ...]):
    """What came of a command, as it lies in the log; beside it, for who asked alone, the receipts of a secret vote.

    Receipts are in the order of the votes: the voter's own, then those of whom they represent, one a vote of weight.
    They are written nowhere but inside the sealed papers: who does not note them now cannot ask again.
    """

    receipts: tuple[str, ...] = ()

    @classmethod
    def with_receipts(cls, news: Iterable[Recorded], receipts: Iterable[str]) -> "Written":
        """Events, and the receipts that go with them."""
        written = cls(news)
        written.receipts = tuple(receipts)
        return written


Answer = Written | Refusal


@dataclass(frozen=True, slots=True)
class _Asked:
    """A command that waits for its answer."""

    command: c.Command
    answer: "asyncio.Future[Answer]"

    def settle(self, answer: Answer | Exception) -> None:
        """Give the answer, unless nobody waits for it any more."""
        if self.answer.done():
            return
        if isinstance(answer, Exception):
            self.answer.set_exception(answer)
            self.answer.exception()  # seen: who asked may have given up meanwhile
        else:
            self.answer.set_result(answer)


class Council:
    """Meetings in memory, drawn from the log; commands in one order, each durable before it is answered.

    Commands that come while others are being written are then decided and written together: one sync serves them all.
    Who writes minutes, or takes somebody out of them, holds `papers`.
    """

    def __init__(self, log: Log, rules: Rules = CGCT) -> None:
        self.log, self.rules, self.feed = log, rules, Feed()
        self.papers = asyncio.Lock()
        self._meetings: dict[MeetingId, Meeting] = {}
        self._acts: dict[MeetingId, set[str]] = defaultdict(set)
        self._waiting: deque[_Asked] = deque()
        self._writer: asyncio.Task[None] | None = None
        with _undisturbed():
            for meeting in log.meetings():
                self._meetings[meeting] = fold(meeting, self._noted(meeting, log.history(meeting)))

    def _noted(self, meeting: MeetingId, history: Iterable[Recorded]) -> Iterator[Recorded]:
        """The same events, their acts noted as done."""
        acts = self._acts[meeting]
        for recorded in history:
            acts.add(recorded.cause)
            yield recorded

    def meeting(self, meeting: MeetingId) -> Meeting:
        """The meeting's present state; an unplanned one where the log says nothing."""
        return self._meetings.get(meeting) or Meeting(meeting)

    def meetings(self) -> list[Meeting]:
        """Every meeting in the log."""
        return list(self._meetings.values())

    def has(self, meeting: MeetingId, cause: str) -> bool:
        """Whether the log has what this act brought about."""
        return cause in self._acts.get(meeting, ())

    async def handle(self, command: c.Command) -> Answer:
        """What came of a command, already in the log; nothing (an empty tuple) for an act the log has already.

        Raises NotWrittenError when the log cannot be written: then nothing happened.
        """
        asked = _Asked(command, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write(), name="council")
        return await asked.answer  # a caller who gives up ends the waiting alone: what was asked goes its way

    async def look(self) -> bool:
        """Read what other processes wrote, for who only watches; whether there was anything."""
        known = await asyncio.to_thread(self.log.meetings)
        return await self._catch_up(known)

    async def reread(self, meeting: MeetingId) -> None:
        """Draw a meeting anew from the log, out of which texts were taken."""
        state = await asyncio.to_thread(lambda: fold(meeting, self.log.history(meeting)))
        while news := await asyncio.to_thread(self.log.read, meeting, state.seq):
            state = after(state, news)
        if state.seq >= self.meeting(meeting).seq:
            self._meetings[meeting] = state

    async def _write(self) -> None:
        while self._waiting:
            asked = self._together()
            try:
                answers = await self._commit([one.command for one in asked])
            except Exception as error:  # whatever it is, who asked must hear that nothing happened
                answers = [error] * len(asked)
            for one, answer in zip(asked, answers, strict=True):
                one.settle(answer)

    def _together(self) -> list[_Asked]:
        """Those who wait, up to a closing, which is counted from the log and so waits for all before it to be there."""
        together = [self._waiting.popleft()]
        closing = isinstance(together[0].command, c.CloseBallot)
        while self._waiting and not closing and not isinstance(self._waiting[0].command, c.CloseBallot):
            together.append(self._waiting.popleft())
        return together

    async def _commit(self, commands: Sequence[c.Command]) -> Sequence[Answer | Exception]:
        """Decide in order, each upon the one before, and write what follows: all of it or none.

        Where another process wrote to the log meanwhile, its events are read and everything is decided again, so that
        nobody's act is lost or counted twice, and nobody is refused upon old news.
        """
        while True:
            batch = _Batch(self)
            answers = [
                batch.take(*await self._completed(command)) if isinstance(command, COMPLETED) else batch.take(command)
                for command in commands
            ]
            if await self._catch_up(batch.refused - batch.changed.keys()):
                continue
            try:
                await self._keep(batch)
            except ConflictError:
                if not await self._catch_up({command.meeting for command in commands}) and not batch.numbered:
                    raise
                continue  # a decision's number may have been taken by another meeting's: the next one is
            return answers

    async def _keep(self, batch: "_Batch") -> None:
        if batch.news:
            await asyncio.to_thread(self.log.append, batch.news, batch.papers, batch.secrets)
            self._meetings |= batch.changed
            for meeting, cause in batch.acts:
                self._acts[meeting].add(cause)
            self.feed.ring()

    async def _catch_up(self, meetings: Iterable[MeetingId]) -> bool:
        """Read what another process wrote to these meetings, and say whether there was anything."""
        found = False
        for meeting in meetings:
            state = self.meeting(meeting)
            if news := await asyncio.to_thread(self.log.read, meeting, state.seq):
                self._meetings[meeting] = after(state, self._noted(meeting, news))
                found = True
                if any(isinstance(one.event, MemberErased) for one in news):
                    await self.reread(meeting)
        if found:
            self.feed.ring()
        return found

    async def _completed(self, command: c.Command) -> tuple[c.Command, Secret | None]:
        """An opening needs a key and a seed, a closing what only the log knows: the urn and the decision's number."""
        match command:
            case c.OpenBallot() | c.NextRound():
                secret = sealing.made(command.ballot)
                return replace(command, key=secret.key, commitment=secret.commitment), secret
            case c.CloseBallot(ballot=ballot):
                slips = await asyncio.to_thread(self.log.urn, ballot)
                seed = await asyncio.to_thread(self.log.seed, ballot)
                number = await asyncio.to_thread(self.log.next_decision, command.at.year)
                return replace(command, slips=slips, seed=seed, decision=number), None
        return command, None


class _Batch:
    """What several commands bring about, before any of it is written."""

    def __init__(self, council: Council) -> None:
        self._council = council
        self.changed: dict[MeetingId, Meeting] = {}
        self.refused: set[MeetingId] = set()
        self.acts: set[tuple[MeetingId, str]] = set()
        self.news: list[Recorded] = []
        self.papers: list[Paper] = []
        self.secrets: list[Secret] = []

    @property
    def numbered(self) -> bool:
        """Whether a decision is given a number, which another meeting may take at the same instant."""
        return any(isinstance(one.event, BallotClosed) and one.event.decision for one in self.news)

    def take(self, command: c.Command, secret: Secret | None = None) -> Answer | Exception:
        """What comes of a command after those taken before; `secret` is of the ballot that it opens."""
        state = self.changed.get(command.meeting) or self._council.meeting(command.meeting)
        if self._council.has(state.id, command.cause) or (state.id, command.cause) in self.acts:
            return Written()
        try:
            decision = decide(state, command, self._council.rules)
        except Exception as error:  # a mistake of ours over one command must not cost the others theirs
            return error
        if isinstance(decision, Refusal):
            self.refused.add(state.id)
            return decision
        return self._keep(state, command, decision, secret)

    def _keep(self, state: Meeting, command: c.Command, decision: list[Event], secret: Secret | None) -> Written:
        news = _recorded(state, command, decision)
        self.changed[state.id] = after(state, news)
        self.acts.add((state.id, news[0].cause))
        self.news += news
        if secret and any(isinstance(event, BallotOpened) and (event.key or event.commitment) for event in decision):
            self.secrets.append(secret)
        papers = _papers(state, command, decision)
        self.papers += papers
        return Written.with_receipts(news, (paper.slip.receipt for paper in papers if paper.key))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Build much that will stay, without Python's looking again and again for what of it could go.

    In the end all of it counts as old: else the next look would go through all of it, a good part of what it took.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


async def insist(write: Callable[[], Awaitable[T]]) -> T:
    """What `write` gives once the log takes it. For what the house itself notes: a full disk must not end it."""
    while True:
        try:
            return await write()
        except NotWrittenError as refusal:
            logger.warning("the log cannot be written (%s); asking again", refusal.orig)
            await asyncio.sleep(AGAIN)


def _recorded(state: Meeting, command: c.Command, decision: list[Event]) -> tuple[Recorded, ...]:
    cause = command.cause or uuid.uuid4().hex
    return tuple(
        Recorded(command.meeting, seq, command.at, command.by, cause, event)
        for seq, event in enumerate(decision, state.seq + 1)
    )


def _papers(state: Meeting, command: c.Command, decision: list[Event]) -> list[Paper]:
    """The mark goes into the urn where the event does not say it, as many papers as the vote has weight."""
    sealed = [event for event in decision if isinstance(event, BallotCast) and event.mark is None]
    if not sealed or not isinstance(command, c.CastVote):
        return []
    ballot = state.ballots[command.ballot]
    mark = spelled(ballot.form, ballot.places, command.mark) or command.mark
    return [
        Paper(ballot.id, ballot.key, Slip(sealing.receipt() if ballot.key else "", mark))
        for event in sealed
        for _ in range(event.weight)
    ]
