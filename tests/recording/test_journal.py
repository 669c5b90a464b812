"""The journal: what is written is read, and a cut at any byte costs nothing before it."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.recording import journal
from meetings.recording.journal import Beat, Deaf, End, Heard, Listening, Lost, damage, segments

ANCHOR = datetime(2026, 3, 1, 19, 0, 0, 123456, tzinfo=UTC)
times = st.integers(-(2**40), 2**62)
packets = st.builds(
    Heard,
    user_id=st.integers(1, 2**64 - 1),
    ssrc=st.integers(0, 2**32 - 1),
    seq=st.integers(0, 65_535),
    timestamp=st.integers(0, 2**32 - 1),
    arrival_ns=times,
    opened_ns=times,
    opus=st.binary(min_size=1, max_size=1300),
)
notes = st.one_of(
    st.builds(Beat, times),
    st.builds(Listening, times, st.booleans()),
    st.builds(Lost, times, times, st.integers(0, 2**32 - 1)),
    st.builds(Deaf, times, st.booleans()),
    st.builds(End, times),
)


def record(entry) -> bytes:
    return journal.packet(entry, 0) if isinstance(entry, Heard) else journal.note(entry)


def read(path) -> list:
    return [entry for segment in segments(path.parent) for entry in segment.entries()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(packets | notes, max_size=12))
def test_what_is_written_is_read(tmp_path, entries):
    path = tmp_path / "0001.journal"
    path.write_bytes(journal.head(ANCHOR) + b"".join(map(record, entries)))
    (segment,) = segments(tmp_path)
    assert segment.anchor == ANCHOR
    assert list(segment.entries()) == entries
    assert damage(segment) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(entries=st.lists(packets | notes, min_size=1, max_size=5), data=st.data())
def test_a_cut_at_any_byte_leaves_every_whole_record(tmp_path, entries, data):
    path = tmp_path / "0001.journal"
    records = [record(entry) for entry in entries]
    whole = journal.head(ANCHOR) + b"".join(records)
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    kept, room = [], cut - len(journal.head(ANCHOR))
    for entry, written in zip(entries, records, strict=True):
        room -= len(written)
        if room < 0:
            break
        kept.append(entry)
    assert read(path) == kept
    if segments(tmp_path):
        left = cut - len(journal.head(ANCHOR)) - sum(map(len, records[: len(kept)]))
        assert damage(segments(tmp_path)[0]) == left


def test_every_cut_of_a_small_journal(tmp_path):
    path = tmp_path / "0001.journal"
    entries = [Heard(7, 1, n, n, n, n, bytes([n]) * n) for n in range(1, 6)]
    whole = journal.head(ANCHOR) + b"".join(map(record, entries))
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        assert read(path) == entries[: len(read(path))]
    assert read(path) == entries


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_is_noticed_and_nothing_wrong_is_read(tmp_path, at, bit):
    path = tmp_path / "0001.journal"
    entries = [Heard(7, 1, n, n, n, n, bytes([n]) * 50) for n in range(10)]
    whole = bytearray(journal.head(ANCHOR) + b"".join(map(record, entries)))
    whole[at % len(whole)] ^= 1 << bit
    path.write_bytes(whole)
    found = read(path)
    assert found == entries[: len(found)]
    assert len(found) < len(entries)


def test_segments_come_in_the_order_of_the_runs_and_foreign_files_are_left_out(tmp_path):
    for number in (2, 10, 1):
        (tmp_path / f"{number:04d}.journal").write_bytes(journal.head(ANCHOR))
    (tmp_path / "0003.journal").write_bytes(b"")
    (tmp_path / "0004.journal").write_bytes(b"not a journal at all")
    (tmp_path / "notes.txt").write_text("x")
    assert [segment.path.stem for segment in segments(tmp_path)] == ["0001", "0002", "0010"]


def test_an_absent_folder_holds_no_segments(tmp_path):
    assert segments(tmp_path / "absent") == []


def test_a_record_of_a_later_kind_is_passed_over(tmp_path):
    future = journal._framed(bytes([200]) + b"whatever")
    (tmp_path / "0001.journal").write_bytes(journal.head(ANCHOR) + future + journal.note(Beat(5)))
    assert read(tmp_path / "0001.journal") == [Beat(5)]


@pytest.mark.parametrize("origin", [0, 10**18])
def test_times_count_from_the_segments_head(tmp_path, origin):
    packet = Heard(7, 1, 2, 3, origin + 4, origin + 5, b"\x78")
    (tmp_path / "0001.journal").write_bytes(journal.head(ANCHOR) + journal.packet(packet, origin))
    assert read(tmp_path / "0001.journal") == [packet._replace(arrival_ns=4, opened_ns=5)]
