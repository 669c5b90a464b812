"""What goes wrong once: actions a test takes against one user's voice connection."""

from meetings.rehearsal.loopback.dave import DeliveryService, Op
from meetings.rehearsal.loopback.participant import Participant
from meetings.rehearsal.loopback.switchboard import Switchboard
from meetings.rehearsal.loopback.voice_gateway import REASONS

SERVER_CRASHED = 4015
NOWHERE = b"\x00\x4d"
"""A transition id nobody announced."""


class Sabotage:
    """Each method happens at once, as seen by the client it is done to."""

    def __init__(self, switchboard: Switchboard, participant: Participant) -> None:
        self._switchboard, self._participant = switchboard, participant

    def drop(self) -> None:
        """Cut the websocket's TCP connection without a close frame; the session may be resumed."""
        self._participant.abort()

    def close(self, code: int) -> None:
        """Close the websocket: 4015 leaves the session to be resumed, any other code ends it."""
        if code == SERVER_CRASHED:
            self._participant.close(code, REASONS[code])
            self._switchboard.lose(self._participant)
        else:
            self._switchboard.end(self._participant, code, REASONS.get(code, ""))

    def cut_media(self) -> None:
        """No datagram passes any more, either way, until a new session; the websocket lives on and says nothing."""
        self._switchboard.cut(self._participant)

    def second_external_sender(self) -> None:
        """Op 25 once more, which libraries refuse for a group they are already in."""
        self._keys().send_external_sender(self._participant.user_id)

    def bad_proposals(self) -> None:
        """Op 27 whose proposals are no MLS."""
        self._participant.send(Op.PROPOSALS, b"\x00\x05hello")

    def bad_commit(self) -> None:
        """Op 29 whose commit is no MLS."""
        self._participant.send(Op.ANNOUNCE_COMMIT, NOWHERE + b"\x00\x01\x00\x01nonsense")

    def repeat_keys(self) -> None:
        """The last commit or welcome once more, as a careless resume repeats it."""
        self._participant.repeat_last({Op.ANNOUNCE_COMMIT, Op.WELCOME})

    def recreate_group(self) -> None:
        """Op 24 with epoch 1 to everyone in the call."""
        self._keys().recreate()

    def _keys(self) -> DeliveryService:
        keys = self._switchboard.call(self._participant).keys
        if keys is None:
            raise LookupError("DAVE is not spoken in this call")
        return keys
