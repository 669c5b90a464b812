"""Minutes signed by who answers for them, and verified by anyone.

A signature is Ed25519 (RFC 8032) over the document's canonical bytes: its JSON in UTF-8, keys sorted, indented by two
spaces, with a newline at the end (`document.to_json`). The signed file holds the document, its SHA-256 and the
signatures; whoever has the file needs nothing else to verify it than to know whose the keys are.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from meetings.minutes.document import Minutes, to_json

PRIVATE = 0o600
"""Of a key's file: its owner alone reads it."""


class UnsignedError(Exception):
    """A file that is no signed document. `code`: not-json, not-signed; `path` is the file."""

    def __init__(self, code: str, path: Path) -> None:
        super().__init__(f"{path}: {code}")
        self.code, self.path = code, path


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, in which office, when (ISO 8601), with which public key; key and signature in hexadecimal."""

    role: Literal["chair", "secretary"]
    name: str
    at: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a signed file proves: each signature with whether it holds, and whether the file's own digest does."""

    digest: str
    whole: bool
    signatures: tuple[tuple[Signature, bool], ...]

    @property
    def holds(self) -> bool:
        """Whether chair and secretary signed this very document."""
        roles = {signature.role for signature, good in self.signatures if good}
        return self.whole and roles == {"chair", "secretary"} and all(good for _, good in self.signatures)


def canonical(minutes: Minutes) -> bytes:
    """The bytes that are signed."""
    return to_json(minutes).encode()


def key_of(folder: Path, member: str) -> SigningKey:
    """An officer's key, made at the first use, in a file that its owner alone can read. Raises OSError, ValueError."""
    path = folder / f"{member}.key"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f"{member}.key.part"
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as file:
            file.write(bytes(SigningKey.generate()).hex())
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # never over a key that is there
        draft.unlink()
    return SigningKey(bytes.fromhex(path.read_text("ascii")))


def signed(content: bytes, key: SigningKey) -> tuple[str, str]:
    """The public key and the signature, in hexadecimal."""
    return bytes(key.verify_key).hex(), key.sign(content).signature.hex()


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sealed(minutes: Minutes, signatures: Iterable[Signature]) -> str:
    """The document and its signatures as one file of JSON."""
    content = canonical(minutes)
    whole = {
        "document": json.loads(content),
        "sha256": digest(content),
        "signatures": [asdict(signature) for signature in signatures],
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def verify(path: Path) -> Verdict:
    """Examine a signed file, of this version or another. Raises OSError, UnsignedError."""
    try:
        whole: Any = json.loads(path.read_bytes())
    except ValueError as error:
        raise UnsignedError("not-json", path) from error
    try:
        content = (json.dumps(whole["document"], ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()
        signatures = [Signature(**one) for one in whole["signatures"]]
        claimed = whole["sha256"]
    except (KeyError, TypeError) as error:
        raise UnsignedError("not-signed", path) from error
    found = digest(content)
    return Verdict(found, found == claimed, tuple((one, _good(one, content)) for one in signatures))


def moment(at: datetime) -> str:
    """An instant as a signature states it."""
    return at.isoformat(timespec="seconds")


def _good(signature: Signature, content: bytes) -> bool:
    try:
        VerifyKey(bytes.fromhex(signature.key)).verify(content, bytes.fromhex(signature.signature))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
