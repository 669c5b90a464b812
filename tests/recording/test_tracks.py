"""Tracks drawn from the journal: aligned, concealed, the same each time; and the report on them."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from meetings.cli import app
from meetings.recording import check, journal, render
from meetings.recording.errors import Code, RecordingError
from meetings.recording.holes import Hole, HoleCause, holes
from meetings.recording.journal import Beat, Deaf, End, Listening, Lost
from recording.voices import FRAME, MS, SILENCE, beeps, decode, heard, onsets, spurt

ANCHOR = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)


def write(folder, *packets, number: int = 1, after: timedelta = timedelta(), notes: bytes = b"") -> None:
    stream = sorted((packet for row in packets for packet in row), key=lambda packet: packet.opened_ns)
    body = b"".join(journal.packet(packet, 0) for packet in stream)
    (folder / f"{number:04d}.journal").write_bytes(journal.head(ANCHOR + after) + body + notes)


def test_every_track_begins_with_the_recording_and_keeps_its_time(tmp_path):
    frozen = spurt(8, 0, 250, beeps(1.0)) + spurt(8, 50, 4000, beeps(1.0), timestamp=FRAME * 50)
    running = spurt(9, 0, 1500, beeps(1.0)) + spurt(9, 50, 6000, beeps(1.0), timestamp=48 * 4500)
    write(tmp_path, spurt(7, 0, 0, beeps(3.0)), frozen, running)
    paths = render(tmp_path, tmp_path / "tracks")
    assert sorted(paths) == [7, 8, 9]
    found = {user: onsets(decode(path.read_bytes())) for user, path in paths.items()}
    assert found[7] == pytest.approx([0.0, 1.0, 2.0], abs=0.03)
    assert found[8] == pytest.approx([0.25, 4.0], abs=0.03)
    assert found[9] == pytest.approx([1.5, 6.0], abs=0.03)


def test_jitter_loss_and_duplicates_move_no_onset(tmp_path):
    net = random.Random(5)
    packets = [p for p in spurt(7, 65_500, 300, beeps(12.0)) if net.random() > 0.03]
    packets = [p._replace(arrival_ns=p.arrival_ns + int(net.uniform(0, 60) * MS)) for p in packets]
    write(tmp_path, [p._replace(opened_ns=p.arrival_ns) for p in packets])
    pcm = decode(render(tmp_path, tmp_path / "tracks")[7].read_bytes())
    found = onsets(pcm)
    for n in range(12):
        assert min(abs(onset - (0.3 + n)) for onset in found) < 0.1
    (track,) = check(tmp_path).tracks
    assert track.lost == track.concealed == 600 - len(packets)
    assert track.length == pytest.approx(12.3, abs=0.1)
    assert track.late == track.malformed == 0


def test_drawing_again_gives_the_same_bytes(tmp_path):
    write(tmp_path, spurt(7, 0, 0, beeps(1.0)), spurt(8, 0, 500, beeps(1.0)))
    first = {user: path.read_bytes() for user, path in render(tmp_path, tmp_path / "a").items()}
    again = {user: path.read_bytes() for user, path in render(tmp_path, tmp_path / "b").items()}
    assert first == again
    assert [path.name for path in sorted((tmp_path / "a").iterdir())] == ["7.ogg", "8.ogg"]


def test_a_cut_journal_still_draws_what_it_holds(tmp_path):
    write(tmp_path, spurt(7, 0, 0, beeps(2.0)))
    path = tmp_path / "0001.journal"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert onsets(decode(render(tmp_path, tmp_path / "tracks")[7].read_bytes())) == pytest.approx([0.0], abs=0.03)
    assert check(tmp_path).damaged > 0


def test_a_second_run_goes_on_in_the_same_track_and_the_hole_is_told(tmp_path):
    listening = journal.note(Listening(0, True))
    write(tmp_path, spurt(7, 0, 0, beeps(1.0)), notes=listening)
    write(tmp_path, spurt(7, 0, 500, beeps(1.0)), number=2, after=timedelta(seconds=5), notes=listening)
    assert onsets(decode(render(tmp_path, tmp_path / "tracks")[7].read_bytes())) == pytest.approx([0.0, 5.5], abs=0.03)
    report = check(tmp_path)
    assert report.start == ANCHOR
    assert report.segments == 2
    (hole,) = report.holes
    assert (hole.cause, hole.end) == (HoleCause.STOPPED, ANCHOR + timedelta(seconds=5))
    assert report.tracks[0].packets == 100


def test_a_clock_set_back_between_two_runs_lays_none_over_the_other(tmp_path):
    write(tmp_path, spurt(7, 0, 0, beeps(3.0)))
    write(tmp_path, spurt(7, 0, 0, beeps(2.0)), number=2, after=timedelta(hours=-1))
    found = onsets(decode(render(tmp_path, tmp_path / "tracks")[7].read_bytes()))
    assert found == pytest.approx([0, 1, 2, 3, 4], abs=0.05)


def test_a_long_loss_is_silence_and_a_short_one_is_concealed(tmp_path):
    packets = spurt(7, 0, 0, beeps(4.0, period=4.0, on=3.9))
    write(tmp_path, packets[:50] + packets[53:90] + packets[140:])
    (track,) = check(tmp_path).tracks
    assert (track.lost, track.concealed, track.gaps) == (53, 3, 1)
    pcm = decode(render(tmp_path, tmp_path / "tracks")[7].read_bytes())
    assert abs(pcm[int(1.02 * 48_000) : int(1.04 * 48_000)]).max() > 0.1  # the decoder went on with the tone
    assert abs(pcm[int(2.2 * 48_000) : int(2.7 * 48_000)]).max() < 0.01


@pytest.mark.parametrize("late", [0, 120])
def test_alignment_says_how_far_packets_stand_from_their_arrival(tmp_path, late):
    packets = spurt(7, 0, 0, beeps(4.0))
    write(tmp_path, [p._replace(arrival_ns=p.arrival_ns + late * MS * (n % 10 == 5)) for n, p in enumerate(packets)])
    (track,) = check(tmp_path).tracks
    assert track.alignment == pytest.approx(late / 1000, abs=0.002)


def test_packets_that_waited_for_their_key_are_counted_and_stand_where_they_arrived(tmp_path):
    packets = spurt(7, 0, 0, beeps(2.0))
    write(tmp_path, [p._replace(opened_ns=max(p.opened_ns, 900 * MS)) if n >= 10 else p for n, p in enumerate(packets)])
    (track,) = check(tmp_path).tracks
    assert (track.packets, track.held, track.lost) == (100, 35, 0)
    assert track.alignment == 0


def test_killed_at_any_byte_the_tracks_hold_every_packet_before_it(tmp_path):
    said = sorted(spurt(7, 0, 0, beeps(0.4)) + spurt(8, 0, 130, beeps(0.3)), key=lambda packet: packet.arrival_ns)
    records = [journal.packet(packet, 0) for packet in said]
    whole = journal.head(ANCHOR) + b"".join(records)
    cuts = random.Random(3).sample(range(len(journal.head(ANCHOR)), len(whole) + 1), 60)
    for cut in cuts:
        (tmp_path / "0001.journal").write_bytes(whole[:cut])
        kept, room = [], cut - len(journal.head(ANCHOR))
        for packet, record in zip(said, records, strict=True):
            room -= len(record)
            if room < 0:
                break
            kept.append(packet)
        paths = render(tmp_path, tmp_path / "tracks")
        assert set(paths) == {packet.user_id for packet in kept}
        for user, path in paths.items():
            mine = [packet for packet in kept if packet.user_id == user]
            assert len(decode(path.read_bytes())) == round(mine[0].arrival_ns / MS) * 48 + FRAME * len(mine)


def test_the_command_says_what_each_track_lacks_and_why_there_are_holes(tmp_path):
    notes = b"".join(map(journal.note, [Listening(0, True), Deaf(2 * 10**9, True), Deaf(5 * 10**9, False)]))
    write(tmp_path, spurt(7, 0, 0, beeps(2.0)), notes=notes)
    with (tmp_path / "0001.journal").open("ab") as file:
        file.write(b"half a record")
    said = CliRunner().invoke(app, ["recording", "check", str(tmp_path)], catch_exceptions=False).stdout.splitlines()
    assert len(said) == 4
    assert "100" in said[1]
    assert "3.0 s" in said[2]
    assert "0:00:02" in said[2]
    report = json.loads(CliRunner().invoke(app, ["recording", "check", str(tmp_path), "--json"]).stdout)
    (track,) = report["tracks"]
    assert {"packets", "lost", "concealed", "held", "gaps", "alignment"} <= track.keys()
    assert [hole["cause"] for hole in report["holes"]] == ["deaf"]
    assert report["damaged"] == len(b"half a record")


def test_silence_and_what_is_not_opus_are_counted(tmp_path):
    write(tmp_path, [*spurt(7, 0, 0, (SILENCE,) * 5), heard(7, 5, 100, b"\xff\x3f")])
    (track,) = check(tmp_path).tracks
    assert (track.packets, track.malformed) == (5, 1)


def test_holes_say_why(tmp_path):
    def at(second: float) -> int:
        return int(second * 1e9)

    first = [Listening(at(1), True), Listening(at(5), False), Listening(at(8), True), Lost(at(9), at(10), 40)]
    second = [Listening(at(2), True), Listening(at(6), False), End(at(7))]
    write(tmp_path, notes=b"".join(map(journal.note, first)))
    write(tmp_path, number=2, after=timedelta(seconds=20), notes=b"".join(map(journal.note, second)))
    found = [
        (h.cause, (h.start - ANCHOR).total_seconds(), (h.end - ANCHOR).total_seconds(), h.packets)
        for h in check(tmp_path).holes
    ]
    assert found == [
        (HoleCause.AWAY, 5, 8, 0),
        (HoleCause.DISK, 9, 10, 40),
        (HoleCause.STOPPED, 10, 22, 0),
    ]
    assert holes(tmp_path, ANCHOR + timedelta(seconds=27)) == check(tmp_path).holes
    assert holes(tmp_path, ANCHOR + timedelta(seconds=40))[3:] == [
        Hole(ANCHOR + timedelta(seconds=26), ANCHOR + timedelta(seconds=40), HoleCause.AWAY)
    ]


def test_what_the_disk_never_took_is_a_hole_up_to_when_the_recording_should_have_ended(tmp_path):
    write(tmp_path, notes=journal.note(Listening(0, True)) + journal.note(Beat(5 * 10**9)))
    assert holes(tmp_path) == holes(tmp_path, ANCHOR + timedelta(seconds=6)) == []
    (hole,) = holes(tmp_path, ANCHOR + timedelta(seconds=60))
    assert (hole.start, hole.end) == (ANCHOR + timedelta(seconds=5), ANCHOR + timedelta(seconds=60))


def test_an_absent_recording_is_refused(tmp_path):
    for examine in (lambda: render(tmp_path, tmp_path / "tracks"), lambda: check(tmp_path)):
        with pytest.raises(RecordingError) as refusal:
            examine()
        assert refusal.value.code is Code.ABSENT
