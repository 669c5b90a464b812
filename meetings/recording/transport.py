"""The two transport encryptions of Discord's voice servers (Discord's page "Voice Connections").

Both seal the body of an RTP datagram, authenticate its clear part and append the four varying bytes of the nonce.
"""

import struct
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from nacl import bindings
from nacl.exceptions import CryptoError

_TAG = 16  # bytes, in both modes
_COUNTER = 4  # bytes of nonce on the wire, big-endian
_nonce = struct.Struct(">I").pack


class Transport(Protocol):
    """One transport key, in one mode."""

    def open(self, clear: int, datagram: bytes) -> bytes | None:
        """Decrypt what follows the first `clear` bytes; None when the key does not open it."""
        ...

    def seal(self, clear: bytes, body: bytes, counter: int) -> bytes:
        """The datagram of a clear part and a body, under the nonce that `counter` (32 bits) makes."""
        ...


class AesGcm:
    """`aead_aes256_gcm_rtpsize`."""

    def __init__(self, key: bytes) -> None:
        cipher = AESGCM(key)
        self._decrypt, self._encrypt = cipher.decrypt, cipher.encrypt
        self._rest = bytes(8)

    def open(self, clear: int, datagram: bytes) -> bytes | None:
        """See `Transport.open`."""
        if len(datagram) < clear + _TAG + _COUNTER:
            return None
        try:
            return self._decrypt(datagram[-_COUNTER:] + self._rest, datagram[clear:-_COUNTER], datagram[:clear])
        except InvalidTag:
            return None

    def seal(self, clear: bytes, body: bytes, counter: int) -> bytes:
        """See `Transport.seal`."""
        nonce = _nonce(counter)
        return clear + self._encrypt(nonce + self._rest, body, clear) + nonce


class XChaCha:
    """`aead_xchacha20_poly1305_rtpsize`."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._decrypt = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt
        self._rest = bytes(20)

    def open(self, clear: int, datagram: bytes) -> bytes | None:
        """See `Transport.open`."""
        if len(datagram) < clear + _TAG + _COUNTER:
            return None
        nonce = datagram[-_COUNTER:] + self._rest
        try:
            return self._decrypt(datagram[clear:-_COUNTER], datagram[:clear], nonce, self._key)
        except CryptoError:
            return None

    def seal(self, clear: bytes, body: bytes, counter: int) -> bytes:
        """See `Transport.seal`."""
        nonce = _nonce(counter)
        box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(body, clear, nonce + self._rest, self._key)
        return clear + box + nonce


# In order of preference: AES costs a quarter of XChaCha here.
MODES: dict[str, type[AesGcm] | type[XChaCha]] = {
    "aead_aes256_gcm_rtpsize": AesGcm,
    "aead_xchacha20_poly1305_rtpsize": XChaCha,
}


def transport(mode: str, key: bytes) -> Transport:
    """The transport of a mode named as Discord names it and a key of 32 bytes. Raises KeyError on an unknown mode."""
    return MODES[mode](key)
