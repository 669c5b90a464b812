"""The part of Messaging Layer Security (RFC 9420) a DAVE delivery service reads and writes.

The server never holds a group secret: it reads key packages and commits, splits welcomes, and signs proposals. Only
ciphersuite 2 (MLS_128_DHKEMP256_AES128GCM_SHA256_P256) and basic credentials occur (DAVE whitepaper, MLS Parameters).
Every structure is strict and canonical: `decode` raises `MalformedMessage` on anything `encode` would not write.
"""

import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from meetings.rehearsal.loopback.mls_wire import MalformedMessage, Reader, integer, vector

MLS10 = 1
CIPHERSUITE = 2
BASIC = 1
PUBLIC_MESSAGE = 1
KEY_PACKAGE_MESSAGE = 5
MEMBER, EXTERNAL = 1, 2
PROPOSAL, COMMIT = 2, 3
BY_REFERENCE = 2
FROM_KEY_PACKAGE, FROM_UPDATE, FROM_COMMIT = 1, 2, 3
FOREVER = (0, 2**64 - 1)
SIGNATURE = ec.ECDSA(hashes.SHA256())


def reference(label: str, value: bytes) -> bytes:
    """RefHash of RFC 9420 section 5.2, SHA-256."""
    return hashlib.sha256(vector(f"MLS 1.0 {label}".encode()) + vector(value)).digest()


def signed_content(label: str, content: bytes) -> bytes:
    """SignContent of RFC 9420 section 5.1.2: what is really signed."""
    return vector(f"MLS 1.0 {label}".encode()) + vector(content)


def verify(public_key: bytes, label: str, content: bytes, signature: bytes) -> None:
    """Check an ECDSA P-256 signature by an uncompressed point; raises `MalformedMessage` when it does not hold."""
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
        key.verify(signature, signed_content(label, content), SIGNATURE)
    except (InvalidSignature, ValueError) as problem:
        raise MalformedMessage(f"{label}: the signature does not hold") from problem


@dataclass(frozen=True, slots=True)
class LeafNode:
    """A member's leaf (RFC 9420 section 7.2) with a basic credential."""

    encryption_key: bytes
    signature_key: bytes
    identity: bytes
    capabilities: tuple[bytes, ...]
    """Versions, ciphersuites, extensions, proposals, credentials: five opaque vectors."""
    source: int
    lifetime: tuple[int, int] | None
    """`not_before`, `not_after` of a leaf from a key package."""
    parent_hash: bytes | None
    """Only in a leaf from a commit."""
    extensions: bytes
    signature: bytes

    @property
    def user_id(self) -> int:
        """The Discord user: the identity as a big-endian 64-bit number."""
        return int.from_bytes(self.identity)

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Take one leaf from `reader`."""
        encryption_key, signature_key = reader.vector(), reader.vector()
        reader.expect(2, BASIC, "credential type")
        identity = reader.vector()
        if len(identity) != 8:
            raise MalformedMessage(f"identity of {len(identity)} bytes, not a user id of 8")
        capabilities = tuple(reader.vector() for _ in range(5))
        source = reader.integer(1)
        if source not in {FROM_KEY_PACKAGE, FROM_UPDATE, FROM_COMMIT}:
            raise MalformedMessage(f"leaf node source {source}")
        lifetime = (reader.integer(8), reader.integer(8)) if source == FROM_KEY_PACKAGE else None
        parent_hash = reader.vector() if source == FROM_COMMIT else None
        return cls(
            encryption_key=encryption_key,
            signature_key=signature_key,
            identity=identity,
            capabilities=capabilities,
            source=source,
            lifetime=lifetime,
            parent_hash=parent_hash,
            extensions=reader.vector(),
            signature=reader.vector(),
        )

    def unsigned(self) -> bytes:
        """The leaf up to its signature; for a key package's leaf this is LeafNodeTBS."""
        return b"".join(
            (
                vector(self.encryption_key),
                vector(self.signature_key),
                integer(2, BASIC),
                vector(self.identity),
                *map(vector, self.capabilities),
                integer(1, self.source),
                *(integer(8, bound) for bound in self.lifetime or ()),
                b"" if self.parent_hash is None else vector(self.parent_hash),
                vector(self.extensions),
            )
        )

    def encode(self) -> bytes:
        """The leaf as it travels."""
        return self.unsigned() + vector(self.signature)


@dataclass(frozen=True, slots=True)
class KeyPackage:
    """How a pending member may be added (RFC 9420 section 10)."""

    init_key: bytes
    leaf: LeafNode
    extensions: bytes
    signature: bytes

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read op 26's payload: an MLSMessage as the whitepaper says, or the bare package libdave and davey send."""
        reader = Reader(data)
        reader.expect(2, MLS10, "protocol version")
        if (next_field := reader.integer(2)) == KEY_PACKAGE_MESSAGE:
            reader.expect(2, MLS10, "protocol version")
            next_field = reader.integer(2)
        if next_field != CIPHERSUITE:
            raise MalformedMessage(f"ciphersuite {next_field}, not {CIPHERSUITE}")
        init_key = reader.vector()
        package = cls(init_key, LeafNode.read(reader), extensions=reader.vector(), signature=reader.vector())
        reader.end("key package")
        return package

    def unsigned(self) -> bytes:
        """KeyPackageTBS."""
        head = integer(2, MLS10) + integer(2, CIPHERSUITE)
        return head + vector(self.init_key) + self.leaf.encode() + vector(self.extensions)

    def encode(self) -> bytes:
        """The bare key package."""
        return self.unsigned() + vector(self.signature)

    def reference(self) -> bytes:
        """KeyPackageRef: how a welcome names this package."""
        return reference("KeyPackage Reference", self.encode())

    def check(self, user_id: int) -> None:
        """The voice gateway's validation (DAVE whitepaper, Key Packages); raises `MalformedMessage`."""
        if self.leaf.user_id != user_id:
            raise MalformedMessage(f"key package of user {self.leaf.user_id} sent by user {user_id}")
        if self.leaf.lifetime != FOREVER:
            raise MalformedMessage("key package lifetime is not the maximum span")
        verify(self.leaf.signature_key, "LeafNodeTBS", self.leaf.unsigned(), self.leaf.signature)
        verify(self.leaf.signature_key, "KeyPackageTBS", self.unsigned(), self.signature)


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit in a PublicMessage (RFC 9420 sections 6.2 and 12.4) that only refers to proposals."""

    group_id: bytes
    epoch: int
    sender_leaf: int
    authenticated_data: bytes
    references: tuple[bytes, ...]
    path: tuple[LeafNode, bytes] | None
    """The committer's new leaf and the opaque nodes above it."""
    signature: bytes
    confirmation_tag: bytes
    membership_tag: bytes

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Take one commit from `reader`; a proposal carried inline, which DAVE forbids, is malformed."""
        reader.expect(2, MLS10, "protocol version")
        reader.expect(2, PUBLIC_MESSAGE, "wire format")
        group_id, epoch = reader.vector(), reader.integer(8)
        reader.expect(1, MEMBER, "sender type")
        sender_leaf, authenticated_data = reader.integer(4), reader.vector()
        reader.expect(1, COMMIT, "content type")
        references = _references(Reader(reader.vector()))
        has_path = reader.integer(1)
        if has_path > 1:
            raise MalformedMessage(f"presence byte {has_path}")
        path = (LeafNode.read(reader), reader.vector()) if has_path else None
        return cls(
            group_id=group_id,
            epoch=epoch,
            sender_leaf=sender_leaf,
            authenticated_data=authenticated_data,
            references=references,
            path=path,
            signature=reader.vector(),
            confirmation_tag=reader.vector(),
            membership_tag=reader.vector(),
        )

    def encode(self) -> bytes:
        """The MLSMessage that op 29 carries."""
        return b"".join(
            (
                integer(2, MLS10) + integer(2, PUBLIC_MESSAGE),
                vector(self.group_id) + integer(8, self.epoch),
                integer(1, MEMBER) + integer(4, self.sender_leaf),
                vector(self.authenticated_data) + integer(1, COMMIT),
                vector(b"".join(integer(1, BY_REFERENCE) + vector(each) for each in self.references)),
                b"\x00" if self.path is None else b"\x01" + self.path[0].encode() + vector(self.path[1]),
                vector(self.signature) + vector(self.confirmation_tag) + vector(self.membership_tag),
            )
        )


def _references(reader: Reader) -> tuple[bytes, ...]:
    found = []
    while reader.left:
        reader.expect(1, BY_REFERENCE, "proposal or reference")
        found.append(reader.vector())
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What new members need to enter the group (RFC 9420 section 12.4.3.1)."""

    secrets: tuple[tuple[bytes, bytes, bytes], ...]
    """KeyPackageRef, KEM output and ciphertext of each new member's group secrets."""
    group_info: bytes

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Take one welcome from `reader`."""
        reader.expect(2, CIPHERSUITE, "ciphersuite")
        entries, secrets = Reader(reader.vector()), []
        while entries.left:
            secrets.append((entries.vector(), entries.vector(), entries.vector()))
        return cls(tuple(secrets), reader.vector())

    def encode(self) -> bytes:
        """The bare welcome that ops 28 and 30 carry."""
        entries = b"".join(vector(part) for secret in self.secrets for part in secret)
        return integer(2, CIPHERSUITE) + vector(entries) + vector(self.group_info)

    def reduced_to(self, package: bytes) -> "Welcome | None":
        """The welcome with the secrets of one KeyPackageRef only, as the voice gateway hands it out."""
        own = tuple(secret for secret in self.secrets if secret[0] == package)
        return Welcome(own, self.group_info) if own else None


def decode_commit_welcome(data: bytes) -> tuple[Commit, Welcome | None]:
    """Read op 28's payload; raises `MalformedMessage`."""
    reader = Reader(data)
    commit = Commit.read(reader)
    welcome = Welcome.read(reader) if reader.left else None
    reader.end("commit and welcome")
    return commit, welcome
