"""Packets into time: order, wraps, both kinds of senders, losses, and indifference to how often time is told."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.recording.timeline import Placed, Timeline
from recording.voices import FRAME, MS, heard

VOICE = b"\x78" + bytes(40)  # CELT, 20 ms


def place(packets, *, ticks=(), origin=0) -> list[Placed]:
    timeline = Timeline(origin)
    placed = []
    for packet in packets:
        placed += timeline.push(packet)
        for tick in ticks:
            if tick <= packet.opened_ns:
                placed += timeline.tick(tick)
    return placed + timeline.flush()


def test_a_spurt_is_placed_by_rtp_time_not_by_its_jittered_arrival():
    jitter = random.Random(1)
    packets = [heard(1, n, 100 + 20 * n + jitter.uniform(0, 60), VOICE) for n in range(50)]
    starts = [packet.start for packet in place(packets)]
    assert [b - a for a, b in itertools.pairwise(starts)] == [FRAME] * 49
    assert starts[0] == pytest.approx(0.1 * 48_000, abs=0.06 * 48_000)


@given(first=st.integers(0, 65_535), stamp=st.integers(0, 2**32 - 1), seed=st.integers(0, 99))
def test_counters_wrap_and_order_is_restored(first, stamp, seed):
    packets = [heard(1, first + n, 20 * n, bytes([0x78, n]), timestamp=stamp + FRAME * n) for n in range(60)]
    order = sorted(
        packets[1:], key=lambda packet: packet.arrival_ns + random.Random(f"{seed}{packet.seq}").uniform(0, 100 * MS)
    )
    placed = place([packets[0], *(p._replace(opened_ns=p.arrival_ns + 100 * MS) for p in order)])
    assert [packet.opus[1] for packet in placed] == list(range(60))
    assert [packet.start for packet in placed] == [FRAME * n for n in range(60)]
    assert sum(packet.lost for packet in placed) == 0


@pytest.mark.parametrize("frozen", [True, False])
def test_a_pause_keeps_its_length_whether_or_not_the_senders_clock_ran(frozen):
    pause = 3000
    later = FRAME * 50 + (0 if frozen else pause * 48)
    packets = [heard(1, n, 20 * n, VOICE) for n in range(50)]
    packets += [heard(1, 50 + n, 1000 + pause + 20 * n, VOICE, timestamp=later + FRAME * n) for n in range(50)]
    placed = place(packets)
    assert placed[50].start == pytest.approx(48 * (1000 + pause), abs=2)
    assert placed[-1].start - placed[50].start == 49 * FRAME


def test_small_disagreement_of_the_clocks_does_not_tear_a_spurt():
    packets = [heard(1, n, 20 * n * 1.004, VOICE) for n in range(600)]  # 48 ms apart after 12 s
    starts = [packet.start for packet in place(packets)]
    assert {b - a for a, b in itertools.pairwise(starts)} == {FRAME}


def test_a_jump_of_the_senders_clock_is_not_believed():
    packets = [heard(1, n, 20 * n, VOICE) for n in range(10)]
    packets += [heard(1, n, 20 * n, VOICE, timestamp=FRAME * n + 48_000 * 3600) for n in range(10, 20)]
    assert place(packets)[-1].start == FRAME * 19


def test_a_lost_packet_is_waited_for_then_told():
    timeline = Timeline(0)
    packets = [heard(1, n, 20 * n, VOICE) for n in range(40)]
    placed = timeline.push(packets[0]) + timeline.tick(400 * MS)
    for packet in [*packets[1:5], *packets[7:]]:
        placed += timeline.push(packet)
    assert [p.lost for p in placed] == [0] * 5 + [2] + [0] * 32
    assert placed[5].start == 7 * FRAME
    assert timeline.push(packets[5]) == []
    assert timeline.counts["late"] == 1


def test_a_sender_that_counts_anew_is_followed():
    packets = [heard(1, 40_000 + n, 20 * n, VOICE) for n in range(10)]
    packets += [heard(1, 20_000 + n, 1000 + 20 * n, VOICE) for n in range(10)]
    placed = place(packets)
    assert len(placed) == 20
    assert sum(packet.lost for packet in placed) == 0


def test_a_rejoin_with_a_new_ssrc_goes_on_behind_the_old():
    packets = [heard(1, n, 20 * n, VOICE, ssrc=5) for n in range(10)]
    packets += [heard(1, 9000 + n, 700 + 20 * n, VOICE, ssrc=6) for n in range(10)]
    placed = place(packets)
    assert placed[10].start == 48 * 700
    assert placed[10].lost == 0


def test_what_is_not_opus_is_counted_and_takes_no_time():
    timeline = Timeline(0)
    assert timeline.push(heard(1, 0, 0, b"\xff\x3f")) + timeline.flush() == []
    assert timeline.counts["malformed"] == 1


wild = st.lists(
    st.tuples(
        st.integers(0, 65_535), st.integers(0, 2**32 - 1), st.integers(0, 5000), st.integers(1, 3), st.booleans()
    ),
    max_size=40,
)


@settings(max_examples=200)
@given(packets=wild, ticks=st.lists(st.integers(0, 5000), max_size=20))
def test_any_packets_are_placed_without_overlap_and_the_same_however_often_time_is_told(packets, ticks):
    stream = [
        heard(1, seq, at, VOICE if voiced else b"\xf8\xff\xfe", timestamp=stamp, ssrc=ssrc)
        for seq, stamp, at, ssrc, voiced in sorted(packets, key=lambda packet: packet[2])
    ]
    calm = place(stream)
    timeline, restless = Timeline(0), []
    for packet in stream:
        for tick in sorted(tick * MS for tick in ticks if tick * MS <= packet.opened_ns):
            restless += timeline.tick(tick)
        restless += timeline.push(packet)
    assert restless + timeline.flush() == calm
    assert all(a.start + a.samples <= b.start for a, b in itertools.pairwise(calm))
    assert all(packet.lost >= 0 for packet in calm)
