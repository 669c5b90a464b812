"""A member's side of DAVE: one davey session, what it answers the voice gateway, and when it is safe to speak."""

import asyncio
import logging
from typing import Any

import davey

from meetings.rehearsal.loopback.transport import SILENCE

log = logging.getLogger(__name__)

EXECUTE_TRANSITION, TRANSITION_READY, PREPARE_EPOCH = 22, 23, 24
EXTERNAL_SENDER, KEY_PACKAGE, PROPOSALS, COMMIT_WELCOME = 25, 26, 27, 28
ANNOUNCE_COMMIT, WELCOME, INVALID_COMMIT = 29, 30, 31

Answer = tuple[int, bytes | dict[str, Any]]
"""Opcode and what goes with it: bytes for binary opcodes."""


class Encryption:
    """Feed it what the gateway says; send what it answers. `secured` is set while frames can be encrypted."""

    def __init__(self, version: int, user_id: int, channel_id: int) -> None:
        self._identity = (user_id, channel_id)
        self._session = davey.DaveSession(version, user_id, channel_id) if version else None
        self.secured = asyncio.Event()
        self.members = frozenset[int]()
        """Who shares the keys, as this member sees it."""
        if self._session is None:
            self.secured.set()

    def key_package(self) -> list[Answer]:
        """What a client sends once op 4 named a DAVE version."""
        if self._session is None:
            return []
        return [(KEY_PACKAGE, bytes(self._session.get_serialized_key_package()))]

    def heed(self, op: int, payload: bytes) -> list[Answer]:
        """Answer a binary message. One that cannot be followed is answered by op 31 and a fresh start."""
        if self._session is None:
            return []
        transition = int.from_bytes(payload[:2]) if op in {ANNOUNCE_COMMIT, WELCOME} else 0
        try:
            answers = self._process(op, payload, transition)
        except ValueError as problem:
            log.info("user %d cannot follow op %d: %s", self._identity[0], op, problem)
            # A second external sender changes nothing; whoever lost the group's thread asks to be added anew.
            answers = (
                [] if op == EXTERNAL_SENDER else [(INVALID_COMMIT, {"transition_id": transition}), *self._restart()]
            )
        self._look()
        return answers

    def prepare_epoch(self, data: dict[str, Any]) -> list[Answer]:
        """Op 24: epoch 1 means a new group."""
        return self._restart() if data["epoch"] == 1 else []

    def encrypt(self, packet: bytes) -> bytes:
        """An Opus packet as it goes into RTP. Only while `secured`."""
        if self._session is None:
            return packet
        return bytes(self._session.encrypt_opus(packet))

    def decrypt(self, user_id: int, payload: bytes) -> bytes | None:
        """The Opus packet that `user_id` sent, or None where the keys do not open it."""
        if self._session is None or payload == SILENCE:
            return payload
        try:
            return bytes(self._session.decrypt(user_id, davey.MediaType.audio, payload))
        except ValueError:
            return None

    def _process(self, op: int, payload: bytes, transition: int) -> list[Answer]:
        session = self._session
        if session is None:
            return []
        if op == EXTERNAL_SENDER:
            session.set_external_sender(payload)
        elif op == PROPOSALS:
            kind = davey.ProposalsOperationType.revoke if payload[0] else davey.ProposalsOperationType.append
            if answer := session.process_proposals(kind, payload[1:]):
                return [(COMMIT_WELCOME, bytes(answer.commit) + bytes(answer.welcome or b""))]
        elif op in {ANNOUNCE_COMMIT, WELCOME}:
            (session.process_commit if op == ANNOUNCE_COMMIT else session.process_welcome)(payload[2:])
            if transition:
                return [(TRANSITION_READY, {"transition_id": transition})]
        return []

    def _restart(self) -> list[Answer]:
        if self._session:
            self._session.reinit(self._session.protocol_version, *self._identity)
        self._look()
        return self.key_package()

    def _look(self) -> None:
        if self._session and self._session.ready:
            self.members = frozenset(map(int, self._session.get_user_ids()))
            self.secured.set()
        elif self._session:
            self.members = frozenset()
            self.secured.clear()
