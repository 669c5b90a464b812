"""RTP datagrams as Discord's voice servers send them (RFC 3550, section 5.1; Discord's page "Voice Connections").

Under the `rtpsize` transport modes the clear part of a datagram is the fixed header, the CSRC list and the four bytes
that announce an extension; it is also the associated data of the encryption. The extension's body and the padding lie
inside the ciphertext. No function here raises on hostile bytes: it answers with a `Fault`.
"""

import struct
from enum import StrEnum
from typing import NamedTuple

OPUS_PAYLOAD_TYPE = 120

_FIXED = 12  # bytes: V P X CC, M PT, sequence, timestamp, SSRC
_WORD = 4
_fields = struct.Struct(">HII").unpack_from
_length = struct.Struct(">H").unpack_from


class Fault(StrEnum):
    """Why a datagram carries no frame of voice."""

    SHORT = "short"
    VERSION = "version"  # not RTP: the answer to IP discovery, for one
    RTCP = "rtcp"
    PAYLOAD_TYPE = "payload_type"  # video, retransmissions
    TRANSPORT = "transport"  # the transport key does not open it
    PADDING = "padding"
    EXTENSION = "extension"
    EMPTY = "empty"  # padding alone, as in bandwidth probes


class Header(NamedTuple):
    """The clear part of a datagram. A tuple for speed: one is made for every packet."""

    size: int  # bytes of the datagram that are clear and authenticated
    padded: bool
    extension: int  # bytes of extension that open the decrypted body
    seq: int  # 16 bits
    timestamp: int  # 32 bits, samples at 48 kHz
    ssrc: int  # 32 bits


class Heard(NamedTuple):
    """One packet of one member's voice, ready to be kept. A tuple for speed: one is made for every packet."""

    user_id: int
    ssrc: int
    seq: int  # 16 bits, as on the wire
    timestamp: int  # 32 bits, samples at 48 kHz, as on the wire
    arrival_ns: int  # when it came, on the recorder's clock
    opened_ns: int  # when it could be decrypted and attributed; arrival_ns unless it had to be held
    opus: bytes


def parse(datagram: bytes) -> Header | Fault:
    """Read the clear part of a datagram."""
    if len(datagram) < _FIXED:
        return Fault.SHORT
    first, second = datagram[0], datagram[1]
    if first >> 6 != 2:
        return Fault.VERSION
    if 192 <= second <= 223:  # RFC 5761, section 4: how RTCP is told from RTP on one port
        return Fault.RTCP
    if second & 0x7F != OPUS_PAYLOAD_TYPE:
        return Fault.PAYLOAD_TYPE
    size = _FIXED + _WORD * (first & 0x0F)
    extension = 0
    if first & 0x10:
        size += _WORD
        if len(datagram) < size:
            return Fault.SHORT
        extension = _WORD * int(_length(datagram, size - 2)[0])
    elif len(datagram) < size:
        return Fault.SHORT
    return Header(size, bool(first & 0x20), extension, *_fields(datagram, 2))


def payload(header: Header, body: bytes) -> bytes | Fault:
    """The frame inside a decrypted body: without its padding and without its extension."""
    end = len(body)
    if header.padded:
        padding = body[-1] if body else 0
        if not 0 < padding <= end:
            return Fault.PADDING
        end -= padding
    if end < header.extension:
        return Fault.EXTENSION
    if end == header.extension:
        return Fault.EMPTY
    return body[header.extension : end]
