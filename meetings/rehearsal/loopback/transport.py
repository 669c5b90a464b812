"""RTP and its transport encryption as Discord's voice servers speak them.

RTP is RFC 3550; the `_rtpsize` modes are described at https://docs.discord.com/developers/topics/voice-connections
(Transport Encryption Modes): fixed header, CSRCs and the extension's four-byte preamble stay in the clear and are
authenticated; extension body, payload and padding are encrypted; a 32-bit nonce follows the ciphertext.
"""

import struct
from dataclasses import dataclass, replace
from typing import Self

import nacl.bindings
import nacl.exceptions
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AES = "aead_aes256_gcm_rtpsize"
XCHACHA = "aead_xchacha20_poly1305_rtpsize"
MODES = (AES, XCHACHA)
"""The modes Discord still offers, the preferred one first."""
OPUS, VIDEO, RETRANSMISSION = 0x78, 0x65, 0x66
"""Payload types Discord's clients use: 120 for Opus, 101 and 102 for H.264 and its retransmission."""
SENDER_REPORT = 200
SILENCE = b"\xf8\xff\xfe"
SAMPLES = 960
"""RTP clock ticks of a 20 ms packet; the clock runs at 48 kHz."""
FRAME = 0.02
_PADDED, _EXTENDED = 0x20, 0x10


class UndecryptableError(Exception):
    """A packet that its key does not open or whose structure contradicts itself."""


class Cipher:
    """One session's transport key in one mode, with the nonce counter of its sending side."""

    def __init__(self, mode: str, key: bytes) -> None:
        if mode not in MODES:
            raise ValueError(f"{mode!r} is none of {', '.join(MODES)}")
        self.mode = mode
        self._key, self._nonce = key, 0
        self._aes = AESGCM(key) if mode == AES else None

    def seal(self, header: bytes, body: bytes) -> bytes:
        """`header` in the clear, `body` encrypted under it, the nonce."""
        self._nonce = (self._nonce + 1) & 0xFFFFFFFF
        nonce = self._nonce.to_bytes(4)
        if self._aes:
            return header + self._aes.encrypt(nonce + bytes(8), body, header) + nonce
        sealed = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(body, header, nonce + bytes(20), self._key)
        return header + sealed + nonce

    def open(self, packet: bytes, header_size: int) -> bytes:
        """The decrypted body behind `header_size` bytes; raises `UndecryptableError`."""
        header, body, nonce = packet[:header_size], packet[header_size:-4], packet[-4:]
        try:
            if self._aes:
                return self._aes.decrypt(nonce + bytes(8), body, header)
            return nacl.bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body, header, nonce + bytes(20), self._key)
        except (InvalidTag, nacl.exceptions.CryptoError, ValueError) as problem:
            raise UndecryptableError(f"{len(packet)} bytes do not open in mode {self.mode}") from problem


@dataclass(frozen=True, slots=True)
class Rtp:
    """One media packet without its wrapping: no padding, no extension, payload not yet DAVE-decrypted."""

    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    payload_type: int = OPUS
    """With the marker bit, as in the header's second byte."""

    def pack(self, cipher: Cipher, *, extension: bytes = b"", padding: int = 0) -> bytes:
        """The packet on the wire; `extension` is the body of a one-byte header extension, whole 32-bit words."""
        flags = 0x80 | (_EXTENDED if extension else 0) | (_PADDED if padding else 0)
        header = struct.pack(">BBHII", flags, self.payload_type, self.sequence, self.timestamp, self.ssrc)
        if extension:
            header += struct.pack(">HH", 0xBEDE, len(extension) // 4)
        tail = bytes(padding - 1) + bytes((padding,)) if padding else b""
        return cipher.seal(header, extension + self.payload + tail)

    @classmethod
    def unpack(cls, packet: bytes, cipher: Cipher) -> Self:
        """Undo `pack`, whoever packed; raises `UndecryptableError`."""
        if len(packet) < 12 + 4 or packet[0] >> 6 != 2:
            raise UndecryptableError(f"{len(packet)} bytes are no RTP packet")
        size = 12 + 4 * (packet[0] & 0x0F) + (4 if packet[0] & _EXTENDED else 0)
        body = cipher.open(packet, size)
        start = 4 * int.from_bytes(packet[size - 2 : size]) if packet[0] & _EXTENDED else 0
        end = len(body) - (body[-1] if packet[0] & _PADDED and body else 0)
        if start > end:
            raise UndecryptableError("header extension and padding exceed the packet")
        kind, sequence, timestamp, ssrc = struct.unpack_from(">xBHII", packet)
        return cls(sequence, timestamp, ssrc, body[start:end], kind)

    def shifted(self, packets: int) -> "Rtp":
        """The same packet with its sequence number moved on."""
        return replace(self, sequence=(self.sequence + packets) & 0xFFFF) if packets else self


def is_rtcp(packet: bytes) -> bool:
    """True for RTCP, by the second byte's range of RFC 5761 section 4."""
    return len(packet) > 1 and 192 <= packet[1] <= 223


def sender_report(cipher: Cipher, ssrc: int, wall: float, timestamp: int, packets: int, octets: int) -> bytes:
    """An encrypted RTCP sender report (RFC 3550 section 6.4.1) without report blocks; `wall` is Unix time."""
    seconds, fraction = divmod(wall + 2_208_988_800, 1)
    header = struct.pack(">BBHI", 0x80, SENDER_REPORT, 6, ssrc)
    counts = (timestamp, packets & 0xFFFFFFFF, octets & 0xFFFFFFFF)
    return cipher.seal(header, struct.pack(">IIIII", int(seconds), int(fraction * 2**32), *counts))


def discovery_request(ssrc: int) -> bytes:
    """IP discovery, 74 bytes."""
    return struct.pack(">HHI66x", 1, 70, ssrc)


def discovery_reply(ssrc: int, host: str, port: int) -> bytes:
    """The answer to IP discovery: the address the server sees."""
    return struct.pack(">HHI64sH", 2, 70, ssrc, host.encode("ascii"), port)


def discovered(reply: bytes) -> tuple[str, int]:
    """Host and port out of a discovery reply."""
    host, port = struct.unpack_from(">64sH", reply, 8)
    return host.split(b"\0")[0].decode("ascii"), port
