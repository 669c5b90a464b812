"""The media session of one channel: who is in it, who learns of whom, and its DAVE group where it has one."""

import asyncio
from collections import Counter
from collections.abc import Iterator

from meetings.rehearsal.loopback.dave import DeliveryService, Op, Payload
from meetings.rehearsal.loopback.faults import NEVER, Faults
from meetings.rehearsal.loopback.participant import Participant

SPEAKING, CLIENTS_CONNECT, CLIENT_DISCONNECT = 5, 11, 13


class Call:
    """Participants whose handshake is done. `keys` is None where DAVE is not spoken, as on stages."""

    def __init__(self, channel_id: int, dave: int, faults: Faults, stats: Counter[str]) -> None:
        self.participants: dict[int, Participant] = {}
        self._faults = faults
        later = asyncio.get_running_loop().call_later
        self.keys = DeliveryService(channel_id, self._send, later, stats) if dave else None

    def enter(self, newcomer: Participant) -> None:
        """Introduce the newcomer and those present to each other: op 11, and op 5 of who has spoken."""
        present = list(self.others(newcomer))
        if present:
            newcomer.send(CLIENTS_CONNECT, {"user_ids": [str(other.user_id) for other in present]})
        for other in present:
            other.send(CLIENTS_CONNECT, {"user_ids": [str(newcomer.user_id)]})
            if other.announced:
                newcomer.send(SPEAKING, speaking(other))
        self.participants[newcomer.user_id] = newcomer
        if self.keys:
            self.keys.join(newcomer.user_id)

    def leave(self, participant: Participant) -> None:
        """Op 13 to everyone else, and new keys."""
        if self.participants.get(participant.user_id) is participant:
            del self.participants[participant.user_id]
            for other in self.participants.values():
                other.send(CLIENT_DISCONNECT, {"user_id": str(participant.user_id)})
            if self.keys:
                self.keys.leave(participant.user_id)

    def others(self, participant: Participant) -> Iterator[Participant]:
        """Everyone else in the call."""
        return (other for other in self.participants.values() if other is not participant)

    def announce(self, speaker: Participant) -> None:
        """Op 5, once a user, as late as the faults say."""
        delay = self._faults.withhold_speaking
        if speaker.announced or delay == NEVER:
            return
        if delay:
            asyncio.get_running_loop().call_later(delay, self._broadcast_speaking, speaker)
        else:
            self._broadcast_speaking(speaker)

    def _broadcast_speaking(self, speaker: Participant) -> None:
        if not speaker.announced and self.participants.get(speaker.user_id) is speaker:
            speaker.announced = True
            for other in self.others(speaker):
                other.send(SPEAKING, speaking(speaker))

    def _send(self, user_id: int, op: Op, data: Payload) -> None:
        if participant := self.participants.get(user_id):
            participant.send(op, data)


def speaking(participant: Participant) -> dict[str, object]:
    """The `d` of op 5 about a participant."""
    return {"user_id": str(participant.user_id), "ssrc": participant.ssrc, "speaking": participant.speaking}
