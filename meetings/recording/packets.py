"""Opus packets out of an Ogg file (RFC 3533, RFC 7845), as they were encoded."""

from collections.abc import Iterator
from pathlib import Path

from meetings.recording.opus import RATE, duration

CAPTURE = b"OggS"
PAGE_HEADER = 27
CONTINUED = 0x01
PACKET_SECONDS = 0.02
"""What Discord's clients put into one packet."""


class NotOggOpusError(ValueError):
    """A file that holds no Opus in Ogg, or Opus in packets other than 20 ms."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path, self.problem = path, problem


def opus_packets(path: Path) -> list[bytes]:
    """The 20 ms Opus packets of an Ogg/Opus file, untouched.

    Raises `NotOggOpusError` if the file is cut, is not Ogg/Opus or has packets of another length; `OSError`.
    """
    packets = list(_packets(path, path.read_bytes()))
    if len(packets) < 2 or not packets[0].startswith(b"OpusHead") or not packets[1].startswith(b"OpusTags"):
        raise NotOggOpusError(path, "it does not begin with OpusHead and OpusTags")
    for packet in packets[2:]:
        if duration(packet) != PACKET_SECONDS * RATE:
            raise NotOggOpusError(path, f"a packet of {duration(packet) / 48:g} ms, where Discord's clients send 20 ms")
    return packets[2:]


def _packets(path: Path, data: bytes) -> Iterator[bytes]:
    unfinished = b""
    at = 0
    while at < len(data):
        header = data[at : at + PAGE_HEADER]
        if len(header) < PAGE_HEADER or not header.startswith(CAPTURE):
            raise NotOggOpusError(path, f"no Ogg page at byte {at}")
        lacing = data[at + PAGE_HEADER : at + PAGE_HEADER + header[26]]
        at += PAGE_HEADER + header[26]
        if at + sum(lacing) > len(data):
            raise NotOggOpusError(path, f"it is cut within the page before byte {at}")
        if not header[5] & CONTINUED:
            unfinished = b""
        for size in lacing:
            unfinished += data[at : at + size]
            at += size
            if size < 255:
                yield unfinished
                unfinished = b""
