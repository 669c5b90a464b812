"""What an Opus packet says about itself without being decoded (RFC 6716, section 3)."""

RATE = 48_000  # samples a second; every Opus clock in RTP and Ogg runs at it
SILENCE = b"\xf8\xff\xfe"  # a 20 ms CELT frame of silence; Discord sends five when a speaker stops

_LONGEST = 5760  # samples: 120 ms, the most one packet may hold (RFC 6716, 3.4 [R5])
_FRAME = (480, 960, 1920, 2880) * 3 + (480, 960) * 2 + (120, 240, 480, 960) * 4  # samples by TOC config (3.1, table 2)
_FRAMES = (1, 2, 2)  # by TOC code; code 3 counts in its second byte
_SILENCES = ((960, 0xF8), (480, 0xF0), (240, 0xE8), (120, 0xE0))


def duration(packet: bytes) -> int:
    """Length of a packet in samples at 48 kHz; 0 when it is malformed."""
    if not packet:
        return 0
    code = packet[0] & 3
    if code < 3:
        frames = _FRAMES[code]
    elif len(packet) > 1:
        frames = packet[1] & 0x3F
    else:
        return 0
    samples = _FRAME[packet[0] >> 3] * frames
    return samples if samples <= _LONGEST else 0


def is_silent(packet: bytes) -> bool:
    """Whether a packet carries no voice: Discord's silence, or a DTX frame (RFC 6716, 2.1.9: one or two bytes)."""
    return packet == SILENCE or len(packet) <= 2


def missing(like: bytes) -> bytes:
    """A lost packet of the kind of `like`: its TOC byte alone, for which a decoder conceals (RFC 7845, section 4)."""
    return bytes([like[0] & 0xFC])


def missing_duration(like: bytes) -> int:
    """Length of `missing(like)` in samples: one frame."""
    return _FRAME[like[0] >> 3]


def silence(samples: int) -> list[tuple[bytes, int, int]]:
    """Silent packets, each with its length and how many, that fill `samples` to the last 120 (2.5 ms) below."""
    filler: list[tuple[bytes, int, int]] = []
    for length, toc in _SILENCES:
        count, samples = divmod(samples, length)
        filler.append((bytes([toc]) + SILENCE[1:], length, count))
    return filler
