"""How gateway payloads travel: plain, zlib documents, zlib-stream, zstd-stream (Events, Gateway, Compressing Data)."""

import json
import zlib
from collections.abc import Callable
from typing import TypeAlias

from meetings.rehearsal.loopback.world import Wire

Encoder: TypeAlias = Callable[[Wire], str | bytes]

WORTH_COMPRESSING = 1024  # payload compression is optional payload by payload
ZSTD_HEADER = b"\x28\xb5\x2f\xfd\x00\x58"  # RFC 8878 3.1.1: magic number, no flags, a window of 2 MiB
ZSTD_BLOCK = 128 * 1024


def dumps(payload: Wire) -> str:
    """JSON without spaces."""
    return json.dumps(payload, separators=(",", ":"), ensure_ascii=False)


def payload_zlib(payload: Wire) -> str | bytes:
    """`compress: true` in IDENTIFY: a large payload is a zlib document of its own, a small one is text."""
    text = dumps(payload)
    return zlib.compress(text.encode()) if len(text) > WORTH_COMPRESSING else text


def zlib_stream() -> Encoder:
    """One zlib context a connection; each message ends in the sync flush 00 00 ff ff."""
    context = zlib.compressobj()

    def encode(payload: Wire) -> bytes:
        return context.compress(dumps(payload).encode()) + context.flush(zlib.Z_SYNC_FLUSH)

    return encode


def zstd_stream() -> Encoder:
    """One Zstandard frame a connection, in raw blocks (RFC 8878 3.1.1.2.2): every decoder reads it."""
    opened = False

    def encode(payload: Wire) -> bytes:
        nonlocal opened
        data = dumps(payload).encode()
        blocks = [data[at : at + ZSTD_BLOCK] for at in range(0, len(data), ZSTD_BLOCK)]
        head = b"" if opened else ZSTD_HEADER
        opened = True
        return head + b"".join((len(block) << 3).to_bytes(3, "little") + block for block in blocks)

    return encode


def encoder(compress: str | None) -> Encoder:
    """The encoder a connection's `compress` query asks for; an unknown one is ignored."""
    streams: dict[str | None, Callable[[], Encoder]] = {"zlib-stream": zlib_stream, "zstd-stream": zstd_stream}
    return streams[compress]() if compress in streams else dumps
