"""RTP as Discord sends it: what is read, what is refused, and that nothing raises."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.recording.rtp import Fault, Header, parse, payload


def datagram(*, first: int = 0x80, second: int = 0x78, csrc: int = 0, words: int | None = None) -> bytes:
    extension = b"" if words is None else struct.pack(">HH", 0xBEDE, words)
    fixed = struct.pack(">BBHII", first | csrc | (0 if words is None else 0x10), second, 7, 960, 42)
    return fixed + bytes(4 * csrc) + extension + b"sealed"


@pytest.mark.parametrize("csrc", [0, 1, 15])
@pytest.mark.parametrize("words", [None, 0, 1, 300])
def test_the_clear_part_counts_csrcs_and_the_extensions_preamble(csrc, words):
    header = parse(datagram(csrc=csrc, words=words))
    assert isinstance(header, Header)
    assert header.size == 12 + 4 * csrc + (0 if words is None else 4)
    assert (header.seq, header.timestamp, header.ssrc, header.extension) == (7, 960, 42, 4 * (words or 0))


@pytest.mark.parametrize(
    ("bytes_", "fault"),
    [
        (b"", Fault.SHORT),
        (bytes(8), Fault.SHORT),  # the keepalive's echo
        (b"\x00\x02\x00\x46" + bytes(70), Fault.VERSION),  # the answer to IP discovery
        (datagram(second=200), Fault.RTCP),
        (datagram(second=201), Fault.RTCP),
        (datagram(second=101), Fault.PAYLOAD_TYPE),  # video
        (datagram(second=0x80 | 102), Fault.PAYLOAD_TYPE),
        (datagram(csrc=0)[:11], Fault.SHORT),
        (bytes([0x8F]) + datagram()[1:], Fault.SHORT),  # announces 15 CSRCs and has none
        (bytes([0x90]) + datagram()[1:14], Fault.SHORT),
    ],
)
def test_what_is_not_voice_is_named(bytes_, fault):
    assert parse(bytes_) is fault


def test_a_marked_packet_is_voice():
    assert isinstance(parse(datagram(second=0x80 | 120)), Header)


@given(
    frame=st.binary(min_size=1, max_size=1300),
    words=st.none() | st.integers(0, 40),
    padding=st.integers(0, 255),
    filler=st.randoms(use_true_random=False),
)
def test_padding_and_extension_come_off_inside_the_ciphertext(frame, words, padding, filler):
    extension = filler.randbytes(4 * (words or 0))
    tail = filler.randbytes(padding - 1) + bytes([padding]) if padding else b""
    header = parse(datagram(first=0x80 | (0x20 if padding else 0), words=words))
    assert payload(header, extension + frame + tail) == frame


@pytest.mark.parametrize(
    ("body", "padded", "extension", "fault"),
    [
        (b"", True, 0, Fault.PADDING),
        (b"abc\x00", True, 0, Fault.PADDING),
        (b"abc\x05", True, 0, Fault.PADDING),
        (b"abc", False, 4, Fault.EXTENSION),
        (b"abcd\x02\x02", True, 8, Fault.EXTENSION),
        (b"abcd\x00\x02", True, 4, Fault.EMPTY),  # a bandwidth probe
        (b"", False, 0, Fault.EMPTY),
    ],
)
def test_bodies_that_hold_no_frame_are_named(body, padded, extension, fault):
    assert payload(Header(12, padded, extension, 0, 0, 0), body) is fault


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_hostile_bytes_never_raise(wire, body):
    header = parse(wire)
    assert isinstance(header, Header | Fault)
    if isinstance(header, Header):
        assert header.size <= len(wire)
        assert isinstance(payload(header, body), bytes)
