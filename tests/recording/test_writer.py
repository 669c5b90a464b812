"""The journal's writer against real refusals: a full disk (a limit on file size), one that stands still (a pipe)."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from meetings.recording import journal
from meetings.recording import writer as writer_module
from meetings.recording.journal import Beat, Heard, Lost, segments
from meetings.recording.recorder import Recorder
from meetings.recording.writer import Ill, JournalWriter
from recording.voices import heard

FULL = textwrap.dedent(
    """
    import resource, sys, time
    from pathlib import Path
    from meetings.recording.recorder import Recorder
    from recording.voices import heard

    folder, troubles = Path(sys.argv[1]), []
    recorder = Recorder(folder, on_trouble=troubles.append)

    def until(condition):
        for _ in range(400):
            recorder.tick()
            if condition():
                return
            time.sleep(0.02)
        raise SystemExit("in vain")

    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
    for n in range(200):
        recorder.hear(heard(7, n, 0, bytes([0x78]) + bytes(150))._replace(arrival_ns=recorder.clock()))
    until(lambda: troubles)
    before = (folder / "0001.journal").stat().st_size
    print(len(troubles), troubles[0].ill, troubles[0].over, before)
    for n in range(200, 250):
        recorder.hear(heard(7, n, 0, bytes([0x78]) + bytes(150))._replace(arrival_ns=recorder.clock()))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    if sys.argv[2] == "recovers":
        until(lambda: len(troubles) > 1)
        summary = recorder.close()
        print(len(troubles), troubles[1].over, troubles[1].lost, summary.complete, summary.lost, summary.packets)
    else:
        import os, signal
        os.kill(os.getpid(), signal.SIGKILL)
    """
)


def run(folder, ending: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["tests", "."])}
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", FULL, str(folder), ending], capture_output=True, text=True, env=environment, timeout=60
    )


def test_a_disk_that_fills_up_is_told_keeps_what_it_has_and_takes_the_rest_once_there_is_room(tmp_path):
    done = run(tmp_path, "recovers")
    assert done.returncode == 0, done.stderr
    refused, recovered = done.stdout.splitlines()
    assert refused == "1 disk-refuses False 20000"
    assert recovered == "2 True 0 True 0 {7: 250}"
    (segment,) = segments(tmp_path)
    assert [entry.seq for entry in segment.entries() if isinstance(entry, Heard)] == list(range(250))


def test_what_a_full_disk_took_stays_readable_when_the_process_dies_on_it(tmp_path):
    done = run(tmp_path, "dies")
    assert done.returncode == -signal.SIGKILL, done.stderr
    (segment,) = segments(tmp_path)
    kept = [entry.seq for entry in segment.entries() if isinstance(entry, Heard)]
    assert kept == list(range(len(kept)))
    assert 90 < len(kept) < 200


@pytest.fixture
def standing_disk(tmp_path):
    """A writer whose file takes nothing until the returned `read` drains it: a pipe in the file's place."""
    reading, writing = os.pipe()
    os.set_blocking(writing, True)
    clock = time.monotonic_ns
    start = clock()
    writer = JournalWriter(tmp_path / "0001.journal", b"HEAD", lambda: clock() - start, limit=500_000)
    os.dup2(writing, writer._fd)
    os.close(writing)
    yield writer, reading
    os.close(reading)


def test_a_disk_that_stands_still_never_holds_up_the_caller_and_memory_stays_bounded(standing_disk):
    writer, reading = standing_disk
    record = bytes(1000)
    began = time.perf_counter()
    taken = sum(writer.append(record) for _ in range(5000))
    assert time.perf_counter() - began < 1.0
    assert 480 <= taken < 5000
    assert writer.lost == 5000 - taken
    received = bytearray()
    os.set_blocking(reading, False)
    for _ in range(500):
        try:
            received += os.read(reading, 1 << 20)
        except BlockingIOError:
            if writer.flush(0.01):
                break
    news = writer.news()
    assert news[-1].ill is Ill.DISK_RECOVERED
    assert news[-1].lost == writer.lost
    assert received.count(record) <= taken


def test_a_disk_that_stands_still_is_told_while_it_does(standing_disk, monkeypatch):
    monkeypatch.setattr(writer_module, "SLOW_S", 0.1)
    writer, reading = standing_disk
    record = bytes(1000)
    assert all(writer.append(record) for _ in range(400))
    told = []
    assert _until(lambda: told.extend(writer.news()) or told)
    assert [trouble.ill for trouble in told] == [Ill.DISK_SLOW]
    assert writer.lost == 0
    received = b""
    os.set_blocking(reading, False)
    while len(received) < 4 + 400_000:
        try:
            received += os.read(reading, 1 << 20)
        except BlockingIOError:
            time.sleep(0.001)
    assert received.count(record) == 400
    assert _until(lambda: told.extend(writer.news()) or len(told) > 1)
    assert [trouble.ill for trouble in told] == [Ill.DISK_SLOW, Ill.DISK_RECOVERED]


def test_what_overflows_while_the_disk_stands_still_is_a_hole_in_the_journal(tmp_path):
    """A FIFO stands in the journal's place; what comes through is the journal's very bytes."""
    now = [0]
    reading, writing = os.pipe()
    writer = JournalWriter(tmp_path / "0001.journal", _head(), lambda: now[0], limit=300_000)
    assert writer.flush(5.0)
    kept = (tmp_path / "0001.journal").read_bytes()
    os.dup2(writing, writer._fd)
    os.close(writing)
    packets = [journal.packet(heard(7, n, 20 * n, bytes(1000)), 0) for n in range(1000)]
    taken = []
    for n, packet in enumerate(packets):
        now[0] = n * 20_000_000
        taken.append(writer.append(packet))
    assert taken[0]
    assert not taken[-1]
    os.set_blocking(reading, False)
    while not writer.flush(0.01) or writer._queued:
        with suppress(BlockingIOError):
            kept += os.read(reading, 1 << 20)
    assert writer.close()
    with suppress(BlockingIOError):
        kept += os.read(reading, 1 << 20)
    os.close(reading)
    (tmp_path / "0001.journal").write_bytes(kept)
    (segment,) = segments(tmp_path)
    entries = [entry for entry in segment.entries() if not isinstance(entry, Beat)]
    assert [entry.seq for entry in entries if isinstance(entry, Heard)] == [n for n in range(1000) if taken[n]]
    (hole,) = [entry for entry in entries if isinstance(entry, Lost)]
    first = taken.index(False)
    assert (hole.from_ns, hole.to_ns, hole.packets) == (first * 20_000_000, 999 * 20_000_000, taken.count(False))


def test_packets_the_disk_did_not_take_leave_a_record_of_their_time(tmp_path):
    now = [0]
    writer = JournalWriter(tmp_path / "0001.journal", _head(), lambda: now[0], limit=400)
    now[0] = 5
    assert not writer.append(bytes(500))
    now[0] = 9
    assert not writer.append(bytes(500))
    assert writer.flush(5.0)
    assert writer.close()
    (segment,) = segments(tmp_path)
    assert list(segment.entries()) == [Lost(5, 9, 2)]


def test_a_beat_is_left_each_second_without_any_packet(tmp_path):
    now = [0]
    writer = JournalWriter(tmp_path / "0001.journal", _head(), lambda: now[0])
    for second in (1, 2, 3):
        now[0] = second * 1_000_000_000
        assert _until(lambda second=second: (tmp_path / "0001.journal").stat().st_size >= len(_head()) + 15 * second)
    writer.close()
    (segment,) = segments(tmp_path)
    assert [entry.at_ns for entry in segment.entries() if isinstance(entry, Beat)] == [10**9, 2 * 10**9, 3 * 10**9]


def test_two_runs_never_share_a_file(tmp_path):
    first, second = Recorder(tmp_path), Recorder(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0001.journal", "0002.journal"]
    first.close()
    second.close()


def _head() -> bytes:
    return journal.head(datetime(2026, 3, 1, tzinfo=UTC))


def _until(condition) -> bool:
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()
