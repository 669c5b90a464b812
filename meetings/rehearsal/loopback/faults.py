"""What the loopback's voice network may do wrong, on purpose and repeatably."""

import math
from dataclasses import dataclass, field
from random import Random

NEVER = math.inf


@dataclass(slots=True)
class Faults:
    """Impairments of the voice server; change a field at any time and it holds from the next packet on.

    The default is a clean network as Discord's is at its best: header extensions, no loss, no padding.
    """

    loss: float = 0.0
    """Share of packets not forwarded, 0 to 1, drawn for each receiver."""
    jitter: float = 0.0
    """Longest extra delay of a forwarded packet in seconds, drawn evenly; packets overtake one another."""
    duplicates: float = 0.0
    """Share of packets forwarded twice, 0 to 1."""
    padding: int = 0
    """Bytes of RTP padding (RFC 3550 section 5.1) put inside the ciphertext; 0 is none, 255 the most."""
    header_extension: bool = True
    """Forwarded packets carry a one-byte header extension (RFC 8285 section 4.2), as Discord's do."""
    sender_reports: bool = True
    """RTCP sender reports come between the packets; receivers must drop them."""
    late_mls: float = 0.0
    """Seconds by which ops 29 and 30 come late. What follows them on the same websocket waits behind them."""
    late_mls_user: int | None = None
    """The only user whose MLS messages are late; None: everyone's."""
    withhold_speaking: float = 0.0
    """Seconds by which op 5 comes late; `NEVER`: it does not come."""
    idle_cut: float | None = None
    """Seconds after which a receiver that sent nothing over UDP, keepalives included, gets nothing more."""
    silence_when_quiet: bool = False
    """Five frames of Opus silence, made by the server and so not DAVE-encrypted, follow when a source goes quiet."""
    camera: bool = False
    """Every packet of voice is followed by one of video and its retransmission, under the source's next SSRC."""
    random: Random = field(default_factory=lambda: Random(20260301))  # noqa: S311 - repeatable, no secret
    """The seeded source of every draw."""

    def mls_delay(self, user_id: int) -> float:
        """Seconds to hold an op 29 or 30 for this user."""
        return self.late_mls if self.late_mls_user in (None, user_id) else 0.0

    def loses(self) -> bool:
        """Draw: is this packet lost on its way to one receiver?"""
        return self.loss > 0 and self.random.random() < self.loss

    def doubles(self) -> bool:
        """Draw: does this packet arrive twice?"""
        return self.duplicates > 0 and self.random.random() < self.duplicates

    def delay(self) -> float:
        """Draw: seconds this packet comes late."""
        return self.random.random() * self.jitter if self.jitter > 0 else 0.0
