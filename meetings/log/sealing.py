"""Secret ballots: a pair of keys a ballot, papers sealed on arrival, receipts that tell a paper to its voter alone.

A paper is sealed with the ballot's public key (X25519, XSalsa20-Poly1305: libsodium's sealed box,
https://doc.libsodium.org/public-key_cryptography/sealed_boxes) as the JSON of its receipt and mark, padded to one
length so that seals tell nothing by their size. Whoever has the private key opens it: until the closing it lies in the
log's `secrets`, on the same machine.
"""

import json
import secrets
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from meetings.domain.lot import Lot
from meetings.domain.values import BallotId, Mark, Slip

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of a receipt: 32, without those that are taken for another when read aloud."""

GROUPS, LENGTH = 4, 4
"""A receipt is four groups of four letters: 80 bits, so that no two are ever the same and none can be guessed."""

PADDED = 160
"""Bytes of a paper before it is sealed: more than the longest mark."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What the log keeps apart of a ballot until its closing: the private key, and the seed for a lot; hexadecimal."""

    ballot: BallotId
    private: str
    seed: str

    @property
    def key(self) -> str:
        """The public key, as the log publishes it at the opening."""
        return bytes(PrivateKey(bytes.fromhex(self.private)).public_key).hex()

    @property
    def commitment(self) -> str:
        """What is published of the seed at the opening."""
        return Lot(self.seed).commitment


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper for a ballot's urn, sealed with its public `key`; open where the ballot has none (older logs)."""

    ballot: BallotId
    key: str
    slip: Slip


def made(ballot: BallotId) -> Secret:
    """A new pair of keys and a new seed for a ballot."""
    return Secret(ballot, bytes(PrivateKey.generate()).hex(), secrets.token_hex(32))


def receipt() -> str:
    """A new receipt: `K7QF-2MXA-PT9D-3HWE`."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))


def seal(paper: Paper) -> str:
    """The paper as the urn holds it, in hexadecimal."""
    if not paper.key:
        return paper.slip.mark
    written = json.dumps([paper.slip.receipt, paper.slip.mark]).encode().ljust(PADDED)
    return SealedBox(PublicKey(bytes.fromhex(paper.key))).encrypt(written).hex()


def unsealed(private: str, content: str) -> Slip | None:
    """The paper that the urn holds; None where it was not sealed with this ballot's key."""
    if not private:
        return Slip("", Mark(content))
    try:
        receipt_, mark = json.loads(SealedBox(PrivateKey(bytes.fromhex(private))).decrypt(bytes.fromhex(content)))
    except (CryptoError, ValueError):
        return None
    return Slip(receipt_, Mark(mark))
