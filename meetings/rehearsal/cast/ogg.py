"""Opus packets out of an Ogg file (RFC 3533, RFC 7845), as they were encoded."""

from collections.abc import Iterator
from pathlib import Path

CAPTURE = b"OggS"
PAGE_HEADER = 27
CONTINUED = 0x01
FRAME_SAMPLES = {"silk": (480, 960, 1920, 2880), "hybrid": (480, 960), "celt": (120, 240, 480, 960)}
"""Samples at 48 kHz by configuration, RFC 6716 section 3.1."""
TWENTY_MS = 960


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
        if samples(packet) != TWENTY_MS:
            raise NotOggOpusError(path, f"a packet of {samples(packet) / 48:g} ms, where Discord's clients send 20 ms")
    return packets[2:]


def samples(packet: bytes) -> int:
    """Samples at 48 kHz in one Opus packet, by its table of contents (RFC 6716 section 3.1); 0 for an empty one."""
    if not packet:
        return 0
    configuration, code = packet[0] >> 3, packet[0] & 3
    if configuration < 12:
        frame = FRAME_SAMPLES["silk"][configuration & 3]
    elif configuration < 16:
        frame = FRAME_SAMPLES["hybrid"][configuration & 1]
    else:
        frame = FRAME_SAMPLES["celt"][configuration & 3]
    return frame * (packet[1] & 0x3F if code == 3 and len(packet) > 1 else min(code, 1) + 1)


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
