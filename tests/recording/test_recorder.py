"""The recorder: what it keeps, whom it never keeps, what it says, and that a kill costs a twentieth of a second."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import timedelta

import pytest

from meetings.recording import Recorder, check, utterance_audio, utterances
from meetings.recording.errors import Code, RecordingError
from meetings.recording.holes import HoleCause
from meetings.recording.journal import Heard, segments
from recording.voices import MS, SILENCE, beeps, decode, spurt

VOICE = b"\x78" + bytes(40)


class Clock:
    """Nanoseconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 10**15

    def __call__(self) -> int:
        return self.now


def say(recorder: Recorder, clock: Clock, user: int, packets, seq: int = 0) -> None:
    for packet in spurt(user, seq, 0, tuple(packets)):
        recorder.hear(packet._replace(arrival_ns=clock.now, opened_ns=clock.now))
        clock.now += 20 * MS


def test_utterances_come_from_tick_alone_with_their_audio(tmp_path):
    clock, said = Clock(), []
    recorder = Recorder(tmp_path, clock=clock, on_utterance=said.append)
    say(recorder, clock, 7, beeps(1.0, on=1.0))
    recorder.tick()
    assert said == []
    clock.now += 1000 * MS
    assert said == []
    recorder.tick()
    (utterance,) = said
    assert utterance.user_id == 7
    assert utterance.end - utterance.start == timedelta(seconds=1)
    fresh = recorder.fresh(utterance.id)
    assert len(decode(fresh)) == 48_000
    recorder.close()
    assert utterances(tmp_path) == said
    assert utterance_audio(tmp_path, utterance) == fresh
    assert recorder.fresh("of another meeting") is None


def test_who_declined_is_never_written(tmp_path):
    clock = Clock()
    secret = b"\x78" + b"a very secret thing" * 3
    recorder = Recorder(tmp_path, clock=clock, may_record=lambda user: user != 8)
    say(recorder, clock, 7, [VOICE] * 20)
    say(recorder, clock, 8, [secret] * 20)
    summary = recorder.close()
    assert (summary.packets, summary.declined) == ({7: 20}, 20)
    assert b"secret" not in (tmp_path / "0001.journal").read_bytes()
    assert [track.user_id for track in check(tmp_path).tracks] == [7]


def test_consent_withdrawn_holds_from_the_next_packet(tmp_path):
    clock, willing = Clock(), {7}
    recorder = Recorder(tmp_path, clock=clock, may_record=willing.__contains__)
    say(recorder, clock, 7, [VOICE] * 5)
    willing.clear()
    say(recorder, clock, 7, [VOICE] * 5, seq=5)
    assert recorder.packets_recorded == 5
    recorder.close()


def test_packets_from_many_threads_are_all_kept(tmp_path):
    recorder = Recorder(tmp_path)

    def talk(user: int) -> None:
        for packet in spurt(user, 0, 0, (VOICE,) * 500):
            recorder.hear(packet._replace(arrival_ns=recorder.clock(), opened_ns=recorder.clock()))

    talkers = [threading.Thread(target=talk, args=(user,)) for user in range(1, 9)]
    for talker in talkers:
        talker.start()
    for talker in talkers:
        talker.join()
    summary = recorder.close()
    assert summary.packets == dict.fromkeys(range(1, 9), 500)
    assert summary.complete
    (segment,) = segments(tmp_path)
    times = [entry.opened_ns for entry in segment.entries() if isinstance(entry, Heard)]
    assert len(times) == 4000
    assert times == sorted(times)


def test_closing_ends_open_utterances_and_nothing_is_kept_afterwards(tmp_path):
    clock, said = Clock(), []
    recorder = Recorder(tmp_path, clock=clock, on_utterance=said.append)
    say(recorder, clock, 7, [VOICE] * 20 + [SILENCE] * 5)
    summary = recorder.close()
    assert len(said) == summary.utterances == 1
    say(recorder, clock, 7, [VOICE] * 20, seq=25)
    assert check(tmp_path).tracks[0].packets == 25


def test_absence_is_a_hole(tmp_path):
    clock = Clock()
    recorder = Recorder(tmp_path, clock=clock)
    clock.now += 3000 * MS
    recorder.listening(present=True)
    for present, passed in ((False, 2000), (False, 0), (True, 4000)):
        clock.now += passed * MS
        recorder.listening(present=present)
    (hole,) = recorder.holes()
    assert (hole.cause, hole.end - hole.start) == (HoleCause.AWAY, timedelta(seconds=4))
    assert recorder.close().holes == [hole]


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordingError) as refusal:
        Recorder(tmp_path / "file" / "recording")
    assert refusal.value.code is Code.UNWRITABLE
    assert refusal.value.reason


KILLED = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from meetings.recording import Recorder
    from recording.voices import spurt

    recorder = Recorder(Path(sys.argv[1]))
    for packet in spurt(7, 0, 0, (b"\\x78" + bytes(40),) * 100_000):
        recorder.hear(packet._replace(arrival_ns=recorder.clock(), opened_ns=recorder.clock()))
        recorder.tick()
        print(packet.seq, flush=True)
        time.sleep(0.002)
    """
)


@pytest.mark.slow
def test_a_kill_costs_at_most_a_flush_and_the_next_run_knows_the_hole(tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["tests", "."])}
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as victim:  # noqa: S603
        for line in victim.stdout:
            if int(line) == 600:
                victim.send_signal(signal.SIGKILL)
                break
        last = max([600, *(int(line) for line in victim.stdout if line.endswith("\n"))])
    killed = time.time()
    kept = check(tmp_path).tracks[0].packets
    assert last + 1 - 100 <= kept <= last + 2
    recorder = Recorder(tmp_path)
    recorder.listening(present=True)
    back = time.time()
    (hole,) = recorder.close().holes
    assert hole.cause is HoleCause.STOPPED
    assert killed - 1.5 < hole.start.timestamp() < killed
    assert killed < hole.end.timestamp() <= back
