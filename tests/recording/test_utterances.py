"""Utterances: where they begin and end, how long ones are cut, and that the journal gives the same ones as the ear."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.recording import journal
from meetings.recording.errors import Code, RecordingError
from meetings.recording.utterances import Segmenter, speeches, utterance_audio, utterances
from recording.voices import FRAME, MS, SILENCE, beeps, decode, heard, onsets, spurt

ANCHOR = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)
VOICE = b"\x78" + bytes(40)


def cut(packets, *, until_ms: float = 0) -> list:
    segmenter = Segmenter(ANCHOR)
    over = [speech for packet in packets for speech in segmenter.push(packet)]
    if until_ms:
        over += segmenter.tick(int(until_ms * MS))
    return [speech.utterance for speech in over + segmenter.finish()]


def ms(moment: datetime) -> int:
    return (moment - ANCHOR) // timedelta(milliseconds=1)


def test_a_pause_of_eight_tenths_ends_an_utterance_and_a_shorter_one_does_not():
    packets = spurt(7, 0, 1000, (VOICE,) * 50) + spurt(7, 50, 2790, (VOICE,) * 50) + spurt(7, 100, 4590, (VOICE,) * 25)
    first, second = cut(packets)
    assert (ms(first.start), ms(first.end), first.packets) == (1000, 3790, 100)
    assert (ms(second.start), ms(second.end), second.packets) == (4590, 5090, 25)
    assert first.id == "20260301T190001000Z-7"
    assert not first.short
    assert not second.continues


def test_silence_neither_begins_nor_ends_nor_prolongs_an_utterance():
    packets = spurt(
        7, 0, 0, (SILENCE,) * 10 + (VOICE,) * 20 + (SILENCE,) * 5 + (VOICE,) * 20 + (SILENCE,) * 60 + (VOICE,) * 20
    )
    first, second = cut(packets)
    assert (ms(first.start), ms(first.end), first.packets) == (200, 1100, 45)
    assert ms(second.start) == 2300


def test_an_utterance_is_over_as_soon_as_the_pause_is_and_not_before():
    segmenter = Segmenter(ANCHOR)
    segmenter.push(heard(7, 0, 0, VOICE))
    assert segmenter.tick(400 * MS) == []
    assert segmenter.tick(818 * MS) == []
    assert len(segmenter.tick(821 * MS)) == 1
    assert segmenter.finish() == []


def test_a_short_one_is_kept_and_flagged():
    (utterance,) = cut(spurt(7, 0, 0, (VOICE,) * 14))
    assert utterance.short
    (utterance,) = cut(spurt(7, 0, 0, (VOICE,) * 15))
    assert not utterance.short


def test_a_long_one_is_cut_at_its_quietest_packet_near_the_end():
    packets = [VOICE] * 3000
    packets[1150] = b"\x78" + bytes(5)
    packets[700] = b"\x78" + bytes(2)  # quieter, but too early
    parts = cut(spurt(7, 0, 0, tuple(packets)))
    assert [part.packets for part in parts[:1]] == [1151]
    assert [part.continues for part in parts] == [False, True, True]
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert sum(part.packets for part in parts) == 3000
    assert all(part.end - part.start <= timedelta(seconds=25) for part in parts)


def test_speakers_who_talk_at_once_have_each_their_own():
    mixed = sorted(
        spurt(7, 0, 0, (VOICE,) * 50) + spurt(8, 0, 500, (VOICE,) * 50), key=lambda packet: packet.arrival_ns
    )
    first, second = cut(mixed)
    assert (first.user_id, ms(first.start), ms(first.end)) == (7, 0, 1000)
    assert (second.user_id, ms(second.start), ms(second.end)) == (8, 500, 1500)


def test_losses_are_counted():
    packets = spurt(7, 0, 0, (VOICE,) * 50)
    (utterance,) = cut(packets[:20] + packets[23:])
    assert (utterance.packets, utterance.lost) == (47, 3)


spurts = st.lists(
    st.tuples(
        st.sampled_from([7, 8]), st.integers(0, 8000), st.integers(1, 60), st.integers(0, 3), st.integers(0, 700)
    ),
    min_size=1,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(said=spurts, ticks=st.lists(st.integers(0, 12_000), max_size=60))
def test_the_journal_gives_the_same_utterances_as_the_live_ear(tmp_path, said, ticks):
    packets, seq = [], {7: 0, 8: 0}
    for user, start, count, lost, delay in said:
        row = spurt(user, seq[user], start, (VOICE,) * count)
        seq[user] += count
        packets += [packet._replace(opened_ns=packet.arrival_ns + delay * MS) for packet in row[:1] + row[1 + lost :]]
    packets.sort(key=lambda packet: packet.opened_ns)
    live, due = [], sorted(ticks)
    segmenter = Segmenter(ANCHOR, 0)
    for packet in packets:
        while due and due[0] * MS <= packet.opened_ns:
            live += segmenter.tick(due.pop(0) * MS)
        live += segmenter.push(packet)
    live += [speech for tick in due for speech in segmenter.tick(tick * MS)]
    live += segmenter.finish()
    path = tmp_path / "0001.journal"
    path.write_bytes(journal.head(ANCHOR) + b"".join(journal.packet(packet, 0) for packet in packets))
    again = list(speeches(tmp_path))
    key = lambda speech: speech.utterance.id  # noqa: E731
    assert sorted(again, key=key) == sorted(live, key=key)
    assert len({speech.utterance.id for speech in again}) == len(again)
    assert sum(u.packets for u in utterances(tmp_path)) <= len(packets)


def test_the_audio_of_an_utterance_stands_alone(tmp_path):
    said = spurt(7, 0, 700, beeps(2.0)) + spurt(7, 100, 5000, beeps(1.0))
    other = spurt(8, 0, 700, beeps(2.0, hz=900))
    packets = sorted(said + other, key=lambda packet: packet.arrival_ns)
    (tmp_path / "0001.journal").write_bytes(journal.head(ANCHOR) + b"".join(journal.packet(p, 0) for p in packets))
    first, _, second = utterances(tmp_path)
    pcm = decode(utterance_audio(tmp_path, first))
    assert len(pcm) == FRAME * first.packets
    assert onsets(pcm) == pytest.approx([0.0, 1.0], abs=0.02)
    assert len(decode(utterance_audio(tmp_path, second))) == FRAME * second.packets


def test_an_utterance_the_journal_does_not_hold_is_refused(tmp_path):
    (utterance,) = cut(spurt(7, 0, 0, (VOICE,) * 14))
    with pytest.raises(RecordingError) as refusal:
        utterance_audio(tmp_path, utterance)
    assert refusal.value.code is Code.UNKNOWN_UTTERANCE


def test_what_is_being_said_is_known_before_it_is_over_and_only_while_it_is_said():
    segmenter = Segmenter(ANCHOR)
    packets = spurt(7, 0, 1000, (VOICE,) * 50) + spurt(8, 0, 1500, (VOICE,) * 50)
    for packet in sorted(packets, key=lambda one: one.opened_ns):
        segmenter.push(packet)
    ann, ben = (speech.utterance for speech in segmenter.open(2000 * MS))
    assert (ann.user_id, ms(ann.start), ms(ann.end)) == (7, 1000, 2000)
    assert (ben.user_id, ms(ben.start), ms(ben.end)) == (8, 1500, 2500)
    assert [speech.utterance for speech in segmenter.open(2450 * MS) if not speech.rests] == [ben]
    assert [speech.utterance for speech in segmenter.open(2450 * MS) if speech.rests] == [
        ann
    ]  # draws breath, or is done
    assert [speech.utterance for speech in segmenter.open(2799 * MS)] == [ann, ben]
    assert [speech.utterance for speech in segmenter.open(2800 * MS)] == [ben]  # and the other's utterance is over
    over = [speech.utterance for speech in segmenter.finish()]
    assert [one.id for one in over] == [ann.id, ben.id]


def test_who_says_that_they_stop_rests_at_once_and_others_when_nothing_came_for_a_while():
    segmenter = Segmenter(ANCHOR)

    def rests(at_ms: float) -> list[bool]:
        return [speech.rests for speech in segmenter.open(int(at_ms * MS))]

    for packet in spurt(7, 0, 0, (VOICE,) * 50 + (SILENCE,) * 2):
        segmenter.push(packet)
    assert rests(1040) == [False]
    segmenter.push(heard(7, 52, 1040, SILENCE))
    assert rests(1040) == [True]
    for packet in spurt(7, 53, 1400, (VOICE,) * 10):
        segmenter.push(packet)
    assert rests(1600) == [False]
    assert rests(1890) == [False]
    assert rests(1900) == [True]


def test_nobody_rests_while_packets_wait_for_a_missing_one():
    segmenter = Segmenter(ANCHOR)
    packets = spurt(7, 0, 0, (VOICE,) * 60)
    for packet in packets[:40] + packets[41:]:
        segmenter.push(packet)
    (speech,) = segmenter.open(1180 * MS)
    assert (speech.rests, speech.utterance.packets) == (False, 40)  # 380 ms later: the missing one may still come


@settings(max_examples=60, deadline=None)
@given(said=spurts, at=st.integers(0, 12_000))
def test_an_utterance_that_rests_and_is_not_gone_on_with_is_over_as_it_was(said, at):
    packets, seq = [], {7: 0, 8: 0}
    for user, start, count, _, _ in said:
        packets += spurt(user, seq[user], start, (VOICE,) * count + (SILENCE,) * 5)
        seq[user] += count + 5
    packets.sort(key=lambda packet: packet.opened_ns)
    segmenter = Segmenter(ANCHOR)
    for packet in packets:
        if packet.opened_ns <= at * MS:
            segmenter.push(packet)
    segmenter.tick(at * MS)
    resting = [speech for speech in segmenter.open(at * MS) if speech.rests]
    over = {speech.utterance.id: speech for speech in segmenter.tick((at + 20_000) * MS)}
    for speech in resting:
        assert over[speech.utterance.id] == speech._replace(rests=False)
        assert over[speech.utterance.id].audio() == speech.audio()
