"""Opus packets leave an Ogg file as they were encoded."""

import struct
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.recording.packets import NotOggOpusError, opus_packets

SHARED = Path(__file__).parents[2] / "../shared/data/speech"
TWENTY_MS = b"\x48"
"""Table of contents of a 20 ms wideband SILK packet."""


def encode(path: Path, milliseconds: int = 20, seconds: float = 1.0) -> None:
    time = np.arange(int(48000 * seconds)) / 48000
    tone = (8000 * np.sin(2 * np.pi * 330 * time)).astype(np.int16).reshape(1, -1)
    with av.open(str(path), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=48000, layout="mono")
        stream.codec_context.options = {"frame_duration": str(milliseconds)}
        frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
        frame.sample_rate = 48000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


def demuxed(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux() if packet.size]


def page(lacing: bytes, body: bytes, flags: int = 0) -> bytes:
    return b"OggS" + struct.pack("<BBqIIIB", 0, flags, 0, 1, 0, 0, len(lacing)) + lacing + body


def pages(packets: list[bytes], segments: int) -> bytes:
    """Packets laced over pages of at most so many segments: long ones continue on the next page."""
    lacing = b"".join(bytes([255] * (len(packet) // 255) + [len(packet) % 255]) for packet in packets)
    data, at, written = b"".join(packets), 0, b""
    for start in range(0, len(lacing), segments):
        part = lacing[start : start + segments]
        continued = start > 0 and lacing[start - 1] == 255
        written += page(part, data[at : at + sum(part)], flags=continued)
        at += sum(part)
    return written


def test_what_ffmpeg_muxed_comes_out_as_ffmpeg_demuxes_it(tmp_path: Path):
    path = tmp_path / "tone.ogg"
    encode(path)
    packets = opus_packets(path)
    assert packets == demuxed(path)
    assert len(packets) in {50, 51}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/speech absent")
def test_recorded_prompts():
    for path in sorted(SHARED.glob("*.ogg"))[:20]:
        assert opus_packets(path) == demuxed(path)


@given(st.lists(st.binary(min_size=1, max_size=900), max_size=8), st.integers(1, 6))
def test_packets_may_span_pages(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], segments: int):
    packets = [TWENTY_MS + body for body in bodies]
    path = tmp_path_factory.mktemp("ogg") / "pages.ogg"
    path.write_bytes(pages([b"OpusHead", b"OpusTags", *packets], segments))
    assert opus_packets(path) == packets


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "OpusHead"),
        (b"RIFF....WAVE" + bytes(40), "no Ogg page at byte 0"),
        (pages([b"OpusHead", b"OpusTags", TWENTY_MS * 90], 5)[:-1], "cut"),
        (pages([b"OpusHead", b"OpusTags", TWENTY_MS * 90], 5)[:40], "no Ogg page|cut"),
        (pages([b"\x80theora", b"more"], 5), "OpusHead"),
        (pages([b"OpusHead", b"OpusTags", b"\x58 60 ms"], 5), "60 ms, where"),
    ],
)
def test_other_files_are_refused_by_name(tmp_path: Path, content: bytes, problem: str):
    path = tmp_path / "file.ogg"
    path.write_bytes(content)
    with pytest.raises(NotOggOpusError, match=problem) as refusal:
        opus_packets(path)
    assert str(path) in str(refusal.value)
