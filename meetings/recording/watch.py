"""Watches a voice connection: notices that it has gone deaf, and says when to begin another.

Deaf is a connection on which somebody's voice comes and cannot be opened, or on which nothing comes at all any more.
The second shows only where the server answers when it is asked; it is asked whenever nothing else comes.
"""

from meetings.recording.receiver import Receiver

ASK_NS = 500_000_000  # how often a server of which nothing comes is asked for a sign of life
DEAD_NS = 2_000_000_000  # after which one that used to answer and does not is out of reach
PAUSE_NS = 10_000_000_000  # how long a new connection may take to find its keys; doubled when it does not help


class Watch:
    """Times are nanoseconds on the receiver's clock. `came` may be called from the network's thread."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._begun = self._came = self._asked = 0
        self._answers = False
        self._pause = PAUSE_NS

    def begin(self, now_ns: int) -> None:
        """A new connection stands."""
        self._begun = self._came = self._asked = now_ns
        self._answers = False

    def came(self, datagram: bytes, now_ns: int) -> None:
        """Something came; what is not RTP (version 2) is an answer."""
        self._came = now_ns
        if datagram[:1] < b"\x80" or datagram[:1] >= b"\xc0":
            self._answers = True

    def must_ask(self, now_ns: int) -> bool:
        """Whether to ask the server for a sign of life, now."""
        if now_ns - max(self._came, self._asked) < ASK_NS:
            return False
        self._asked = now_ns
        return True

    def deaf_since(self, now_ns: int) -> int | None:
        """Since when; None when all is well."""
        if self._answers and now_ns - self._came > DEAD_NS:
            return self._came
        return self._receiver.unheard_since(now_ns)

    def despairs(self, now_ns: int) -> bool:
        """Whether to begin another connection, now; ever more seldom while that does not help."""
        age = now_ns - self._begun
        if self.deaf_since(now_ns) is None:
            self._pause = PAUSE_NS if age > self._pause else self._pause
            return False
        if age < self._pause:
            return False
        self._pause *= 2
        return True
