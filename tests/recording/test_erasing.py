"""A voice taken out of a recording: not a packet of it is left, and everything else is as it was."""

from datetime import UTC, datetime

from meetings.recording import holes, journal, render
from meetings.recording.erasing import PART, erase
from meetings.recording.journal import Beat, End, Listening, segments
from meetings.recording.rtp import Heard
from meetings.recording.utterances import speeches
from recording.voices import MS, beeps, spurt

ANCHOR = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)


def write(folder, *packets, tail: bytes = b"", number: int = 1) -> bytes:
    stream = sorted((packet for row in packets for packet in row), key=lambda packet: packet.opened_ns)
    body = journal.note(Listening(0, present=True)) + b"".join(journal.packet(packet, 0) for packet in stream)
    content = journal.head(ANCHOR) + body + tail
    (folder / f"{number:04d}.journal").write_bytes(content)
    return content


def voices(folder) -> dict[int, list[Heard]]:
    found: dict[int, list[Heard]] = {}
    for segment in segments(folder):
        for entry in segment.entries():
            if isinstance(entry, Heard):
                found.setdefault(entry.user_id, []).append(entry)
    return found


def test_the_voice_goes_and_the_others_are_as_they_were(tmp_path):
    mine, theirs = spurt(7, 0, 0, beeps(3.0)), spurt(8, 0, 500, beeps(3.0, hz=300.0))
    write(tmp_path, mine, theirs)
    write(tmp_path, theirs, number=2)
    untouched = (tmp_path / "0002.journal").read_bytes()
    before = voices(tmp_path)[8]
    render(tmp_path, tmp_path / "tracks")
    other = (tmp_path / "tracks/8.ogg").read_bytes()
    assert erase(tmp_path, 7) == len(mine)
    assert voices(tmp_path) == {8: before}
    assert {speech.utterance.user_id for speech in speeches(tmp_path)} == {8}
    assert not (tmp_path / "tracks/7.ogg").exists()
    assert (tmp_path / "tracks/8.ogg").read_bytes() == other
    assert (tmp_path / "0002.journal").read_bytes() == untouched
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not any(packet.opus in left for packet in mine if len(packet.opus) > 20)
    render(tmp_path, tmp_path / "again")
    assert (tmp_path / "again/8.ogg").read_bytes() == other
    assert erase(tmp_path, 7) == 0


def test_the_holes_stay_where_they_were(tmp_path):
    """A kill left the voice's last packet as the last sign of life."""
    write(tmp_path, spurt(7, 0, 0, beeps(3.0)))
    second = journal.head(ANCHOR.replace(minute=1)) + journal.note(Listening(0, present=True))
    (tmp_path / "0002.journal").write_bytes(second + journal.note(Beat(900 * MS)) + journal.note(End(1000 * MS)))
    before = holes(tmp_path)
    assert len(before) == 1
    erase(tmp_path, 7)
    assert holes(tmp_path) == before


def test_a_damaged_end_goes_with_it_and_what_a_kill_left_is_cleared(tmp_path):
    mine = spurt(7, 0, 0, beeps(1.0))
    write(tmp_path, mine, tail=journal.packet(mine[3], 0)[:-5])
    (tmp_path / f"0001.journal{PART}").write_bytes(mine[3].opus)
    erase(tmp_path, 7)
    assert [path.name for path in tmp_path.iterdir()] == ["0001.journal"]
    assert mine[3].opus not in (tmp_path / "0001.journal").read_bytes()
