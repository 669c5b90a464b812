"""One voice in two microphones is told from two people who talk at once."""

from itertools import combinations

import numpy as np
import pytest

from transcribe.audio import RATE, decode
from transcribe.echoes import Sound, echoes, fingerprint, joined

SECONDS = 4.0


def voice(seed, seconds=SECONDS):
    """Something like speech: syllables of changing pitch through changing formants, with pauses."""
    rng = np.random.default_rng(seed)
    parts = []
    while sum(map(len, parts)) < seconds * RATE:
        time = np.arange(int(rng.uniform(0.09, 0.28) * RATE)) / RATE
        pitch, formants = rng.uniform(90, 240), rng.uniform([300, 800, 2000], [800, 2200, 3400])
        harmonics = np.arange(1, int(4000 / pitch)) * pitch
        weights = sum(np.exp(-(((harmonics - one) / 180) ** 2)) for one in formants)
        syllable = (weights[:, None] * np.sin(2 * np.pi * harmonics[:, None] * time)).sum(axis=0)
        parts += [syllable * np.hanning(len(time)) * rng.uniform(0.2, 1), np.zeros(int(rng.uniform(0.02, 0.15) * RATE))]
    whole = np.concatenate(parts)[: int(seconds * RATE)]
    return (0.5 * whole / np.abs(whole).max()).astype(np.float32)


def again(samples, *, delay, level=0.3, above=2_500.0, noise=15.0, seed=0):
    """As another microphone has it: later, fainter, through a filter and a room, in its own noise (dB under it)."""
    rng = np.random.default_rng(seed)
    room = np.exp(-np.arange(RATE // 5) / 700) * rng.standard_normal(RATE // 5)
    room[0] = 4
    heard = np.convolve(np.concatenate([np.zeros(int(delay * RATE)), samples]), room)[
        : len(samples) + int(delay * RATE)
    ]
    spectrum = np.fft.rfft(heard)
    spectrum /= 1 + (np.fft.rfftfreq(len(heard), 1 / RATE) / above) ** 2
    heard = np.fft.irfft(spectrum, len(heard))
    heard *= level * np.abs(samples).max() / np.abs(heard).max()
    own = rng.standard_normal(len(heard)) * np.sqrt((heard**2).mean()) * 10 ** (-noise / 20)
    return (heard + own).astype(np.float32)


def sound(track, start, samples):
    return Sound(track, start, fingerprint(samples))


@pytest.mark.parametrize("delay", [0.02, 0.09, 0.18, 0.3])
@pytest.mark.parametrize("noise", [8.0, 25.0])
def test_a_voice_is_recognised_however_late_and_faint(delay, noise):
    for seed in range(4):
        said = voice(seed)
        pair = [sound("anne", 10.0, said), sound("paul", 10.0, again(said, delay=delay, noise=noise, seed=seed))]
        found = echoes(pair)
        assert list(found) == [1]
        assert found[1].of == 0
        assert found[1].lag == pytest.approx(delay, abs=0.04)
        assert list(echoes(pair[::-1])) == [0]


def test_the_louder_stands_even_where_it_came_later():
    said = voice(1)
    faint = again(said, delay=0.0, level=0.1)
    late = sound("paul", 10.1, said)
    assert list(echoes([sound("anne", 10.0, faint), late])) == [0]


def test_of_two_as_loud_the_earlier_stands():
    said = voice(2)
    assert list(echoes([sound("anne", 10.2, said), sound("paul", 10.0, said)])) == [0]


def test_two_who_talk_at_once_are_two():
    sounds = [sound(f"member {seed}", 10.0 + 0.1 * (seed % 7), voice(seed)) for seed in range(24)]
    assert echoes(sounds) == {}


def test_who_says_something_in_the_echo_keeps_the_words():
    said = voice(3)
    own = np.concatenate([again(said, delay=0.1)[: int(SECONDS * RATE)], 0.3 * voice(4)])
    assert echoes([sound("anne", 10.0, said), sound("paul", 10.0, own)]) == {}


def test_what_repeats_two_utterances_of_one_voice_repeats_the_voice():
    said = [voice(7), voice(8)]
    whole = np.concatenate([said[0], np.zeros(RATE, np.float32), said[1]])
    parts = [sound("anne", 15.0, said[1]), sound("anne", 10.0, said[0])]
    far = sound("paul", 10.0, again(whole, delay=0.1))
    assert list(echoes([far, joined(parts)])) == [0]
    assert echoes([far, parts[0]]) == echoes([far, parts[1]]) == {}
    assert joined(parts[:1]).print.tolist() == parts[0].print.tolist()


def test_what_is_not_at_the_same_time_or_on_one_track_is_no_echo():
    said = voice(5)
    assert echoes([sound("anne", 10.0, said), sound("paul", 12.0, said)]) == {}
    assert echoes([sound("anne", 10.0, said), sound("anne", 10.0, said)]) == {}


def test_three_microphones_in_one_room_have_one_voice():
    said = voice(6)
    heard = [said, again(said, delay=0.05, level=0.4, seed=1), again(said, delay=0.12, level=0.1, seed=2)]
    found = echoes([sound(name, 10.0, one) for name, one in zip("abc", heard, strict=True)])
    assert set(found) == {1, 2}


def test_recorded_people_who_talk_at_once_are_two(clips):
    some = [clip for clip in clips if 2 < clip.seconds < 6][::4]
    said = [sound(clip.name, 0.1 * (at % 9), decode(clip.audio)) for at, clip in enumerate(some)]
    assert len(list(combinations(said, 2))) > 300
    assert echoes(said) == {}
