"""A spoken line's audio: an Ogg/Opus file of 20 ms packets, as a voice connection sends them."""

from pathlib import Path

import av
from av.error import FFmpegError

PACKET_SECONDS = 0.02


class SpokenError(ValueError):
    """The file holds no Opus that can be sent as it is; the message says why, without naming the file."""


def packets(path: Path) -> tuple[bytes, ...]:
    """The file's Opus packets, 20 ms each, in order.

    Raises FileNotFoundError, or SpokenError where the file is not Ogg/Opus with 20 ms a packet.
    """
    found = _demuxed(path)
    if not found:
        raise SpokenError("it holds no sound")
    if wrong := next((packet for packet in found if packet_ms(packet) != 1000 * PACKET_SECONDS), None):
        raise SpokenError(f"its Opus packets last {packet_ms(wrong):g} ms, not 20 ms")
    return found


def packet_ms(packet: bytes) -> float:
    """How long an Opus packet sounds, by its first byte, the TOC (RFC 6716, sections 3.1 and 3.2)."""
    config, code = packet[0] >> 3, packet[0] & 3
    if config < 12:
        frame = (10.0, 20.0, 40.0, 60.0)[config % 4]
    elif config < 16:
        frame = (10.0, 20.0)[config % 2]
    else:
        frame = (2.5, 5.0, 10.0, 20.0)[config % 4]
    count = packet[1] & 0x3F if len(packet) > 1 else 0
    return frame * (1, 2, 2, count)[code]


def _demuxed(path: Path) -> tuple[bytes, ...]:
    try:
        with av.open(str(path)) as container:
            codecs = [stream.codec_context.name for stream in container.streams]
            if container.format.name != "ogg" or codecs not in (["opus"], ["libopus"]):
                raise SpokenError("it is not an Ogg/Opus file of one track")
            return tuple(bytes(packet) for packet in container.demux() if packet.size)
    except FileNotFoundError:
        raise
    except FFmpegError as refused:
        raise SpokenError("it is not an Ogg/Opus file of one track") from refused
