from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe import packing, speech
from transcribe.audio import RATE
from transcribe.engine import BATCH
from transcribe.words import Word, settled


@given(st.lists(st.tuples(st.sampled_from(["fr", "en"]), st.integers(300, 3_000)), max_size=60))
def test_every_piece_is_in_one_batch_with_its_like(found):
    kinds, sizes = [kind for kind, _ in found], [size for _, size in found]
    made = packing.batches(kinds, sizes)
    assert sorted(index for batch in made for index in batch) == list(range(len(found)))
    for batch in made:
        assert len(batch) <= BATCH
        assert len({kinds[index] for index in batch}) == 1
        assert max(sizes[index] for index in batch) <= packing.MATCHED * min(sizes[index] for index in batch)


def test_speakers_who_spoke_as_long_are_heard_together():
    sizes = [700, 1500, 700, 1500] * 4
    assert [len(batch) for batch in packing.batches(["fr"] * 16, sizes)] == [8, 8]


@given(st.integers(1, 27 * RATE))
def test_a_window_holds_the_sound_and_its_margin_and_little_more(length):
    window = packing.frames(length)
    needed = length / packing.FRAME + packing.MARGIN
    assert window % 2 == 0
    assert min(needed, packing.FULL) <= window <= min(needed + 2, packing.FULL)


def test_pieces_of_a_long_speech_keep_their_place_and_leave_silence_out():
    samples = np.zeros(60 * RATE, np.float32)
    found = [(0, 20 * RATE), (21 * RATE, 25 * RATE), (58 * RATE, 59 * RATE)]
    made = list(packing.pieces(3, samples, found, "fr", "", False))
    assert [span for piece in made for span in _placed(piece)] == found
    assert all(piece.job == 3 and len(piece.samples) <= packing.LONGEST for piece in made)
    assert made[0].room() == 8 * len(made[0].samples) // RATE + 12


def _placed(piece):
    return [(piece.start + start, piece.start + end) for start, end in piece.voiced]


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 60)), max_size=12), st.integers(0, 50))
def test_utterances_hold_all_speech_in_order_and_do_not_overlap(turns, rest):
    found, at = [], 0
    for pause, voice in turns:
        found.append((at + pause * RATE // 10, at + (pause + voice) * RATE // 10))
        at = found[-1][1]
    said = speech.utterances(found, at + rest * RATE // 10, 27 * RATE)
    assert all(left[1] <= right[0] for left, right in pairwise(said))
    assert all(sum(start <= a and b <= end for start, end in said) == 1 for a, b in found)
    assert all(end - start <= 27 * RATE for start, end in said)


def test_digital_silence_is_not_even_looked_at(monkeypatch):
    looked = []
    monkeypatch.setattr(speech, "get_speech_timestamps", lambda samples, _: looked.append(len(samples)) or [])
    samples = np.zeros(100 * RATE, np.float32)
    samples[50 * RATE : 51 * RATE] = 0.1
    assert speech.spans(samples) == []
    assert looked == [2 * RATE]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ((0.0, 0.9), (0.5, 0.9)),  # begun in the silence before the voice
        ((0.6, 1.8), (0.6, 1.0)),  # drawn out into the pause behind it
        ((1.2, 2.4), (2.0, 2.4)),
        ((0.6, 0.8), (0.6, 0.8)),
    ],
)
def test_a_word_neither_begins_nor_ends_in_silence(word, expected):
    (held,) = settled([Word("oui", *word, 0.9)], [(0.5, 1.0), (2.0, 3.0)])
    assert (held.start, held.end) == expected


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 2)), max_size=10))
def test_times_never_run_backwards(spans):
    words = [Word("oui", start, start + length, 0.9) for start, length in spans]
    assert all(word.start <= word.end for word in settled(words, [(1.0, 2.0), (4.0, 20.0)]))
