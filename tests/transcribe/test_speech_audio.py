from io import BytesIO

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe import speech
from transcribe.audio import RATE, decode
from transcribe.errors import AudioUnreadable


def tone(seconds):
    return (0.3 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def test_a_recorded_tone_comes_back_with_its_length_pitch_and_level(ogg):
    heard = decode(ogg(tone(2.0)))
    assert heard.dtype == np.float32
    assert len(heard) / RATE == pytest.approx(2.0, abs=0.05)
    assert np.argmax(np.abs(np.fft.rfft(heard))) * RATE / len(heard) == pytest.approx(440, abs=2)
    assert np.sqrt(np.mean(heard**2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.1)


def test_a_file_cut_off_in_mid_write_gives_what_stands_before_the_cut(ogg):
    whole = ogg(tone(10.0))
    assert 2.0 < len(decode(whole[: len(whole) // 2])) / RATE < 9.0


@pytest.mark.parametrize("silences", [(0,), (3, 0.5, 0.02, 2), (0.3, 4), (5,)])
def test_the_silence_of_a_packet_track_is_read_sample_for_sample_as_if_it_were_decoded(ogg, silences):
    parts = [part for seconds in silences for part in (np.zeros(int(seconds * RATE), np.float32), tone(0.4))]
    track = ogg(np.concatenate([*parts, np.zeros(RATE, np.float32)]))
    with av.open(BytesIO(track)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        frames = [*container.decode(audio=0), None]
        plain = [out.to_ndarray().reshape(-1) for frame in frames for out in resampler.resample(frame)]
    assert np.array_equal(decode(track), np.concatenate(plain))


@pytest.mark.parametrize("junk", [b"", b"OggS", b"not audio at all" * 50, bytes(4000)])
def test_what_is_no_audio_is_a_typed_error(junk):
    with pytest.raises(AudioUnreadable, match=r"cannot be decoded|holds no sound"):
        decode(junk)


def test_silence_noise_and_hum_hold_no_speech():
    rng = np.random.default_rng(7)
    clock = np.arange(20 * RATE) / RATE
    assert speech.spans(np.zeros(20 * RATE, np.float32)) == []
    assert speech.spans((0.05 * rng.standard_normal(20 * RATE)).astype(np.float32)) == []
    assert speech.spans((0.2 * np.sin(2 * np.pi * 50 * clock)).astype(np.float32)) == []


def test_recorded_speech_is_found_for_most_of_its_length(clips):
    for clip in [clip for clip in clips if clip.seconds > 3][:6]:
        assert speech.seconds(speech.spans(decode(clip.audio))) > 0.6 * clip.seconds


@given(st.lists(st.integers(1, 400), max_size=20), st.integers(50, 500))
def test_cuts_cover_the_whole_audio_in_order_and_keep_the_limit(gaps, limit):
    edges = np.cumsum(gaps).tolist()
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    length = (edges[-1] if edges else 0) + 10
    pieces = speech.cuts(spans, length, limit)
    assert [start for start, _ in pieces] == [0, *(end for _, end in pieces[:-1])]
    assert pieces[-1][1] == length
    assert all(0 < end - start <= limit for start, end in pieces)


def test_a_cut_falls_into_a_pause_where_there_is_one():
    assert speech.cuts([(0, 80), (90, 150)], 150, 100) == [(0, 85), (85, 150)]
