"""The Ogg/Opus muxer: pages by RFC 3533 read back by hand, files by FFmpeg."""

import io
import struct

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.recording import opus
from meetings.recording.ogg import OggOpusWriter, crc
from recording.voices import beeps, decode


def slow_crc(data: bytes) -> int:
    """The checksum as RFC 3533 describes it, bit by bit."""
    value = 0
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = ((value << 1) ^ 0x04C11DB7) & 0xFFFFFFFF if value & 0x80000000 else value << 1
    return value


@given(st.binary(max_size=200))
def test_the_checksum_is_that_of_the_rfc(data):
    assert crc(data) == slow_crc(data)


def pages(ogg: bytes) -> list[tuple[int, int, int, list[bytes]]]:
    """Header type, granule position, serial and packets of each page; packets may not span pages here."""
    found, at = [], 0
    while at < len(ogg):
        magic, version, flags, granule, serial, number, checksum, count = struct.unpack_from("<4sBBqIIIB", ogg, at)
        lacing = ogg[at + 27 : at + 27 + count]
        end = at + 27 + count + sum(lacing)
        bare = ogg[at : at + 22] + bytes(4) + ogg[at + 26 : end]
        assert (magic, version, number, checksum) == (b"OggS", 0, len(found), crc(bare))
        packets, body, size = [], at + 27 + count, 0
        for value in lacing:
            size += value
            if value < 255:
                packets.append(ogg[body : body + size])
                body, size = body + size, 0
        assert size == 0, "a packet spans pages"
        found.append((flags, granule, serial, packets))
        at = end
    return found


@given(
    st.lists(st.binary(min_size=1, max_size=1300) | st.sampled_from([bytes(255), bytes(510), bytes(254)]), max_size=120)
)
def test_every_packet_comes_back_whole_in_order_and_counted(packets):
    file = io.BytesIO()
    writer = OggOpusWriter(file, 2**63 + 5, {"SPEAKER": "Zoé"})
    for packet in packets:
        writer.packet(packet, 960)
    writer.close()
    head, tags, *body = pages(file.getvalue())
    assert head[0] == 2
    assert head[3][0][:8] == b"OpusHead"
    assert tags[3][0][:8] == b"OpusTags"
    assert "SPEAKER=Zoé".encode() in tags[3][0]
    assert [packet for page in body for packet in page[3]] == packets
    assert [page[0] for page in body] == [0] * (len(body) - 1) + [4]
    assert body[-1][1] == 960 * len(packets)
    assert {page[2] for page in [head, tags, *body]} == {5}


def test_a_packet_too_large_for_a_page_is_refused():
    writer = OggOpusWriter(io.BytesIO(), 1)
    writer.packet(bytes(255 * 255 - 1), 960)
    with pytest.raises(ValueError, match="does not fit"):
        writer.packet(bytes(255 * 255), 960)


def test_ffmpeg_reads_tags_and_length():
    file = io.BytesIO()
    writer = OggOpusWriter(file, 1, {"SPEAKER": "42"})
    for packet in beeps(2.0):
        writer.packet(packet, 960)
    writer.close()
    with av.open(io.BytesIO(file.getvalue())) as container:
        assert container.streams.audio[0].metadata["SPEAKER"] == "42"
        assert container.duration == pytest.approx(2_000_000, abs=20_000)
    assert len(decode(file.getvalue())) == 48_000 * 2


@pytest.mark.parametrize("samples", [120, 240, 480, 960, 960 * 7 + 600])
def test_filler_is_silent_and_as_long_as_it_says(samples):
    file = io.BytesIO()
    writer = OggOpusWriter(file, 1)
    for packet, length, count in opus.silence(samples + 119):
        assert opus.duration(packet) == length
        writer.packet(packet, length, count)
    writer.close()
    pcm = decode(file.getvalue())
    assert len(pcm) == writer.samples == samples
    assert abs(pcm).max() < 1e-3


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 130)), max_size=12))
def test_packets_given_at_once_are_written_as_one_by_one(rows):
    at_once, one_by_one = io.BytesIO(), io.BytesIO()
    together, singly = OggOpusWriter(at_once, 1), OggOpusWriter(one_by_one, 1)
    for size, count in rows:
        together.packet(bytes(size), 960, count)
        for _ in range(count):
            singly.packet(bytes(size), 960)
    together.close()
    singly.close()
    assert at_once.getvalue() == one_by_one.getvalue()


def test_durations_follow_the_table_of_contents():
    for packet in beeps(0.5):
        assert opus.duration(packet) == 960
    assert opus.duration(b"") == 0
    assert opus.duration(b"\xff") == 0  # code 3 without its count
    assert opus.duration(b"\xff\x3f") == 0  # 63 frames of 20 ms: over 120 ms
    assert opus.duration(b"\x1b\x02") == 5760  # two frames of 60 ms
    assert opus.duration(b"\xf9ab") == 1920
    assert opus.duration(b"\xe0a") == 120


@given(st.binary(max_size=60))
def test_durations_never_raise(packet):
    assert 0 <= opus.duration(packet) <= 5760
