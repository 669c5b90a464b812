"""Which user is in which call, behind which SSRC and which address."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Iterator

from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.loopback.participant import Participant
from meetings.rehearsal.loopback.transport import Cipher
from meetings.rehearsal.loopback.voice_call import Call
from meetings.rehearsal.loopback.voice_sessions import Sessions, VoiceSession

RESUME_WINDOW = 10.0
"""Seconds a session survives its websocket."""


class Switchboard:
    """The voice server's state, shared by its websockets and its UDP socket."""

    def __init__(self, sessions: Sessions, faults: Faults) -> None:
        self.sessions = sessions
        self.faults = faults
        self.stats: Counter[str] = Counter()
        self.udp_address = ("", 0)
        self._calls: dict[tuple[int, int], Call] = {}
        self._participants: dict[int, Participant] = {}
        self._by_ssrc: dict[int, Participant] = {}
        self._by_address: dict[tuple[str, int], Participant] = {}
        self._ssrcs = itertools.count(1001)
        self._known: set[tuple[int, str]] = set()

    def __iter__(self) -> Iterator[Participant]:
        return iter(list(self._participants.values()))

    def participant(self, user_id: int) -> Participant | None:
        """The user's session, whether or not a websocket carries it at the moment."""
        return self._participants.get(user_id)

    def by_ssrc(self, ssrc: int) -> Participant | None:
        """Who was given this SSRC."""
        return self._by_ssrc.get(ssrc)

    def by_address(self, address: tuple[str, int]) -> Participant | None:
        """Who sends from here."""
        return self._by_address.get(address)

    def call(self, participant: Participant) -> Call:
        """The call of this participant's channel."""
        session = participant.session
        key = (session.channel_id, session.dave)
        if key not in self._calls:
            self._calls[key] = Call(*key, self.faults, self.stats)
        return self._calls[key]

    def admit(self, session: VoiceSession, *, numbered: bool) -> Participant:
        """A new session with a new SSRC; an older one of the same user ends."""
        if older := self.participant(session.user_id):
            self.end(older, 4006, "Session is no longer valid.")
        participant = Participant(session, next(self._ssrcs), self.faults, numbered=numbered)
        self._participants[session.user_id] = self._by_ssrc[participant.ssrc] = participant
        self._known.add((session.user_id, session.session_id))
        return participant

    def knew(self, user_id: int, session_id: str) -> bool:
        """Whether this session was once admitted here."""
        return (user_id, session_id) in self._known

    def enter(self, participant: Participant, mode: str) -> None:
        """The handshake is done: media may flow in this transport mode."""
        participant.cipher = Cipher(mode, participant.key)
        self.call(participant).enter(participant)

    def locate(self, participant: Participant, address: tuple[str, int]) -> None:
        """From now on the participant sends and receives at `address`."""
        self._forget_address(participant)
        participant.address = address
        participant.last_datagram = asyncio.get_running_loop().time()
        self._by_address[address] = participant

    def lose(self, participant: Participant) -> None:
        """The websocket broke: wait a while for a resume before the others hear of it."""
        participant.detach()
        later = asyncio.get_running_loop().call_later
        participant.given_up = later(RESUME_WINDOW, self.end, participant, 4009, "Session timed out.")

    def end(self, participant: Participant, code: int, reason: str) -> None:
        """Close with `code` and forget the session: the user has left the call."""
        if self._participants.get(participant.user_id) is participant:
            del self._participants[participant.user_id]
            self.cut(participant)
            participant.close(code, reason)
            self.call(participant).leave(participant)

    def cut(self, participant: Participant) -> None:
        """Neither its datagrams nor its discovery are known any more."""
        self._by_ssrc.pop(participant.ssrc, None)
        self._forget_address(participant)
        participant.address = None

    def _forget_address(self, participant: Participant) -> None:
        if participant.address and self._by_address.get(participant.address) is participant:
            del self._by_address[participant.address]
