"""One-time links: the bot sends one to a member by direct message, and who opens it is that member.

A link is signed (HMAC, itsdangerous) with a secret of the data folder and dies with its use or its hour. Opening a
link is not using it: chat programs fetch what they are sent, so only the button on its page does.
"""

import hashlib
import hmac
import os
import secrets
import time
from datetime import timedelta
from pathlib import Path
from typing import Literal

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from meetings.domain.values import MemberId

LIFETIME = timedelta(minutes=30)
KEY, USED = "pages.key", "pages.used"
"""In the data folder: the secret (mode 600), and a folder with an empty file a link used."""


class LinkRefusedError(Exception):
    """A link that lets nobody in: `code` is forged, expired or used."""

    def __init__(self, code: Literal["forged", "expired", "used"]) -> None:
        super().__init__(code)
        self.code = code


class Links:
    """Makes and checks links; several processes may at once. Raises OSError where the folder cannot be written."""

    def __init__(self, folder: Path, lifetime: timedelta = LIFETIME) -> None:
        self._used, self._lifetime = folder / USED, lifetime
        self._signer = URLSafeTimedSerializer(secret(folder, "link"), signer_kwargs={"digest_method": hashlib.sha256})

    def make(self, member: MemberId) -> str:
        """A token that lets this member in once."""
        return str(self._signer.dumps([member, secrets.token_hex(8)]))

    def address(self, url: str, member: MemberId) -> str:
        """The link to send, under the pages' own address."""
        return f"{url.rstrip('/')}/enter/{self.make(member)}"

    def look(self, token: str) -> MemberId:
        """Whom a token would let in. Raises LinkRefusedError."""
        return self._read(token)[0]

    def redeem(self, token: str) -> MemberId:
        """Whom a token lets in, now and never again. Raises LinkRefusedError."""
        member, nonce = self._read(token)
        self._used.mkdir(mode=0o700, exist_ok=True)
        self._forget()
        try:
            (self._used / nonce).touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            raise LinkRefusedError("used") from None
        return member

    def _read(self, token: str) -> tuple[MemberId, str]:
        try:
            member, nonce = self._signer.loads(token, max_age=int(self._lifetime.total_seconds()))
        except SignatureExpired:
            raise LinkRefusedError("expired") from None
        except BadSignature:
            raise LinkRefusedError("forged") from None
        if (self._used / nonce).exists():
            raise LinkRefusedError("used")
        return MemberId(member), nonce

    def _forget(self) -> None:
        """Links that are dead by their hour need no file."""
        for file in self._used.iterdir():
            if time.time() - file.stat().st_mtime > 2 * self._lifetime.total_seconds():
                file.unlink(missing_ok=True)


def secret(folder: Path, purpose: str) -> str:
    """A key of its own for each purpose, from the folder's secret, which is made at first need. Raises OSError."""
    path = folder / KEY
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        part = folder / f"{KEY}.{os.getpid()}.{secrets.token_hex(4)}"
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:  # noqa: PTH123
            file.write(secrets.token_hex(32))
        try:
            os.link(part, path)  # whole or not at all, and the first of two wins
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return hmac.new(path.read_bytes(), purpose.encode(), hashlib.sha256).hexdigest()
