"""The DAVE delivery service of one call: who is in the MLS group, who enters and goes, whose commit wins.

Follows the whitepaper (https://daveprotocol.com, sections on proposals, commits and the voice gateway's opcodes). It
neither knows sockets nor waits: it sends through a callback and asks for time through another.
"""

import logging
from collections import Counter
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from meetings.rehearsal.loopback import external_sender, mls
from meetings.rehearsal.loopback.dave_group import Batch, Group, Seat
from meetings.rehearsal.loopback.external_sender import ExternalSender
from meetings.rehearsal.loopback.mls_wire import integer

log = logging.getLogger(__name__)

BATCH = 0.05
"""Seconds proposals wait for company. Unbatched, 25 simultaneous joins never form a group."""
PATIENCE = 2.0
"""Seconds until a transition executes without the last ready, or an unanswered batch is taken back."""


class Op(IntEnum):
    """Voice gateway opcodes of DAVE."""

    PREPARE_TRANSITION = 21
    EXECUTE_TRANSITION = 22
    TRANSITION_READY = 23
    PREPARE_EPOCH = 24
    EXTERNAL_SENDER = 25
    KEY_PACKAGE = 26
    PROPOSALS = 27
    COMMIT_WELCOME = 28
    ANNOUNCE_COMMIT = 29
    WELCOME = 30
    INVALID_COMMIT = 31


Payload = bytes | dict[str, Any]
Send = Callable[[int, Op, Payload], None]
"""User, opcode, payload: bytes for binary opcodes, `d` for those in JSON."""
Later = Callable[[float, Callable[[], None]], object]
"""Run something in so many seconds, as `loop.call_later` does."""


class DeliveryService:
    """One call's group. Feed it what clients send; it raises `MalformedMessage` and changes nothing if that is bad.

    A user is *waiting* with a key package until a commit adds it, then *seated*. A leaf whose user is seated no
    longer (gone, rejoined, or flagging an invalid commit) is removed with the next batch.
    """

    def __init__(self, channel_id: int, send: Send, later: Later, stats: Counter[str] | None = None) -> None:
        self._group = Group(integer(8, channel_id))
        self._sender = ExternalSender()
        self._send, self._later = send, later
        self.stats = Counter() if stats is None else stats
        self._connected: set[int] = set()
        self._waiting: dict[int, Seat] = {}
        self._seated: dict[int, Seat] = {}
        self._batch: Batch | None = None
        self._flush_due = False
        self._transitions: dict[int, set[int]] = {}
        self._last_transition = 0

    @property
    def epoch(self) -> int:
        """The group's epoch; 0 while there is no group."""
        return self._group.epoch

    @property
    def members(self) -> frozenset[int]:
        """The users who share the group's present keys."""
        return frozenset(self._seated)

    def join(self, user_id: int) -> None:
        """A DAVE client connected: it needs the external sender before anything else."""
        self._connected.add(user_id)
        self.send_external_sender(user_id)

    def send_external_sender(self, user_id: int) -> None:
        """Op 25."""
        self._send(user_id, Op.EXTERNAL_SENDER, self._sender.package())

    def leave(self, user_id: int) -> None:
        """A client went; whoever stays alone starts over, so that nobody keeps a group to themselves."""
        self._connected.discard(user_id)
        self._waiting.pop(user_id, None)
        self._unseat(user_id)
        self._settle()

    def key_package(self, user_id: int, data: bytes) -> None:
        """Op 26. Replaces an earlier package; a member that sends one wants to be added anew."""
        package = mls.KeyPackage.decode(data)
        package.check(user_id)
        self._unseat(user_id)
        self._waiting[user_id] = Seat(user_id, package)
        self._settle()

    def invalid(self, user_id: int) -> None:
        """Op 31: the user could not follow a commit or welcome and is removed, then added with its next package."""
        self.stats["invalid_commits"] += 1
        self._unseat(user_id)
        self._settle()

    def ready(self, user_id: int, transition: int) -> None:
        """Op 23; the last one executes the transition."""
        waited_for = self._transitions.get(transition)
        if waited_for is not None:
            waited_for.discard(user_id)
            if not waited_for:
                self._execute(transition)

    def commit(self, user_id: int, data: bytes) -> None:
        """Op 28. The first valid commit of the epoch wins; any other is dropped, as the whitepaper has it."""
        commit, welcome = mls.decode_commit_welcome(data)
        batch, seat = self._batch, (self._seated if self.epoch else self._waiting).get(user_id)
        if batch is None or seat is None:
            self._drop(user_id, "nothing is in flight for its sender")
        elif problem := self._group.objection(commit, seat) or batch.objection(commit, welcome, seat):
            self._drop(user_id, problem)
        else:
            self._batch = None
            self._apply(seat, batch, commit, welcome)
            self._settle()

    def _drop(self, user_id: int, problem: str) -> None:
        log.debug("commit of user %d dropped: %s", user_id, problem)
        self.stats["commits_dropped"] += 1

    def recreate(self) -> None:
        """Give the group up and have everyone start another: op 24 with epoch 1."""
        self._reset(set(self._connected))

    def _unseat(self, user_id: int) -> None:
        self._seated.pop(user_id, None)
        for transition in list(self._transitions):
            self.ready(user_id, transition)

    def _settle(self) -> None:
        present = {seat.user_id for seat in self._group.leaves if seat and seat.user_id in self._connected}
        if self.epoch and (len(present) < 2 or not self._seated):
            self._reset(present)
        elif not self._flush_due:
            self._flush_due = True
            self._later(BATCH, self._flush)

    def _reset(self, users: set[int]) -> None:
        self._group, self._batch = Group(self._group.group_id), None
        self._seated.clear()
        self._transitions.clear()
        self.stats["groups_reset"] += 1
        for user_id in users:
            self._waiting.pop(user_id, None)
            self._send(user_id, Op.PREPARE_EPOCH, {"protocol_version": 1, "epoch": 1, "transition_id": 0})
            self._send(user_id, Op.PREPARE_TRANSITION, {"protocol_version": 1, "transition_id": 0})
        self._settle()

    def _flush(self) -> None:
        self._flush_due = False
        if self._batch is None:
            batch = self._next_batch() if self.epoch else self._first_batch()
            if batch.sent:
                self._dispatch(batch)

    def _first_batch(self) -> Batch:
        batch = Batch()
        if len(self._waiting) < 2:
            return batch
        adds = {seat: self._sender.add(self._group.group_id, 0, seat.package) for seat in self._waiting.values()}
        batch.adds = {proposal.reference: seat for seat, proposal in adds.items()}
        batch.sent = {seat: [proposal for other, proposal in adds.items() if other is not seat] for seat in adds}
        return batch

    def _next_batch(self) -> Batch:
        batch, proposals = Batch(), []
        for leaf, seat in enumerate(self._group.leaves):
            if seat and self._seated.get(seat.user_id) is not seat:
                proposals.append(proposal := self._sender.remove(self._group.group_id, self.epoch, leaf))
                batch.removes[proposal.reference] = leaf
        for seat in self._waiting.values():
            proposals.append(proposal := self._sender.add(self._group.group_id, self.epoch, seat.package))
            batch.adds[proposal.reference] = seat
        if proposals:
            batch.sent = dict.fromkeys(self._seated.values(), proposals)
        return batch

    def _dispatch(self, batch: Batch) -> None:
        self._batch = batch
        for seat, proposals in batch.sent.items():
            self._send(seat.user_id, Op.PROPOSALS, external_sender.append(proposals))
        self._later(PATIENCE, lambda: self._take_back(batch))

    def _take_back(self, batch: Batch) -> None:
        if self._batch is batch:
            self._batch = None
            self.stats["batches_revoked"] += 1
            for seat, proposals in batch.sent.items():
                if seat.user_id in self._connected:
                    self._send(seat.user_id, Op.PROPOSALS, external_sender.revoke(proposals))
            self._settle()

    def _apply(self, author: Seat, batch: Batch, commit: mls.Commit, welcome: mls.Welcome | None) -> None:
        transition = self._begin_transition() if self.epoch else 0
        if not self.epoch:
            self._group.leaves = [author]
            self._seated[author.user_id] = self._waiting.pop(author.user_id)
        self._group.epoch += 1
        self.stats["commits"] += 1
        for user_id in self._seated:
            self._send(user_id, Op.ANNOUNCE_COMMIT, integer(2, transition) + commit.encode())
        for leaf in batch.removes.values():
            self._group.remove(leaf)
        for added in commit.references:
            if (seat := batch.adds.get(added)) and welcome:
                self._admit(seat, welcome, transition)
        if transition:
            self._await_ready(transition)

    def _admit(self, seat: Seat, welcome: mls.Welcome, transition: int) -> None:
        self._group.add(seat)
        own = welcome.reduced_to(seat.package.reference())
        # Who left, or came back with another package while the commit was under way, cannot use this welcome:
        # the leaf stays unseated and goes with the next batch.
        if own and self._waiting.get(seat.user_id) is seat:
            self._seated[seat.user_id] = self._waiting.pop(seat.user_id)
            self._send(seat.user_id, Op.WELCOME, integer(2, transition) + own.encode())

    def _begin_transition(self) -> int:
        self._last_transition = self._last_transition % 0xFFFF + 1
        return self._last_transition

    def _await_ready(self, transition: int) -> None:
        self._transitions[transition] = set(self._seated)
        self._later(PATIENCE, lambda: self._execute(transition))

    def _execute(self, transition: int) -> None:
        if self._transitions.pop(transition, None) is not None:
            self.stats["transitions"] += 1
            for user_id in list(self._seated):
                self._send(user_id, Op.EXECUTE_TRANSITION, {"transition_id": transition})
