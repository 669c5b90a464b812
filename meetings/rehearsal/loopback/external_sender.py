"""The voice gateway as the MLS external sender of its groups: the only one whose proposals DAVE clients accept."""

from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from meetings.rehearsal.loopback import mls
from meetings.rehearsal.loopback.mls_wire import integer, vector

ADD, REMOVE = 1, 3
APPEND, REVOKE = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A signed proposal as sent, and the reference by which commits name it."""

    message: bytes
    reference: bytes


class ExternalSender:
    """Signs Add and Remove proposals for one group (RFC 9420 section 12.1.8); index 0 of the group's senders."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def package(self) -> bytes:
        """Payload of op 25: signature key and basic credential."""
        point = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return vector(point) + integer(2, mls.BASIC) + vector(b"loopback voice gateway")

    def add(self, group_id: bytes, epoch: int, package: mls.KeyPackage) -> Proposal:
        """Propose that the owner of `package` enters."""
        return self._propose(group_id, epoch, integer(2, ADD) + package.encode())

    def remove(self, group_id: bytes, epoch: int, leaf: int) -> Proposal:
        """Propose that the member at leaf index `leaf` goes."""
        return self._propose(group_id, epoch, integer(2, REMOVE) + integer(4, leaf))

    def _propose(self, group_id: bytes, epoch: int, proposal: bytes) -> Proposal:
        sender = integer(1, mls.EXTERNAL) + integer(4, 0)
        framed = vector(group_id) + integer(8, epoch) + sender + vector(b"") + integer(1, mls.PROPOSAL) + proposal
        # An external sender's FramedContentTBS carries no group context, and its message no membership tag
        # (RFC 9420 sections 6.1 and 6.2): so the server can sign without knowing any secret.
        unsigned = integer(2, mls.MLS10) + integer(2, mls.PUBLIC_MESSAGE) + framed
        signature = vector(self._key.sign(mls.signed_content("FramedContentTBS", unsigned), mls.SIGNATURE))
        authenticated = integer(2, mls.PUBLIC_MESSAGE) + framed + signature
        return Proposal(unsigned + signature, mls.reference("Proposal Reference", authenticated))


def append(proposals: list[Proposal]) -> bytes:
    """Payload of op 27 that hands out proposals."""
    return APPEND + vector(b"".join(proposal.message for proposal in proposals))


def revoke(proposals: list[Proposal]) -> bytes:
    """Payload of op 27 that takes them back."""
    return REVOKE + vector(b"".join(vector(proposal.reference) for proposal in proposals))
