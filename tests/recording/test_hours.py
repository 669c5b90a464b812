"""Four hours of a meeting in seconds: what is kept, in which order, and how far the tracks stray from the clock."""

import random

import pytest

from meetings.recording import Recorder, check
from meetings.recording.journal import Heard, segments
from meetings.recording.receiver import Receiver
from meetings.recording.transport import transport
from recording.test_receiver import AES, KEY, Stage, opus
from recording.voices import FRAME, MS, Speaker

MEMBERS = range(201, 206)
HOURS = 4


@pytest.mark.slow
def test_four_hours_lose_nothing_and_keep_their_time(tmp_path):
    """Five speakers, clocks that run up to 100 ppm wrong, numbers that wrap, one who comes back with another SSRC."""
    now, chance = [10**12], random.Random(11)
    begun = now[0]
    recorder = Recorder(tmp_path, clock=lambda: now[0])
    receiver = Receiver(Stage(*MEMBERS))
    receiver.sink = recorder.hear
    key = transport(AES, KEY)
    receiver.begin(key)
    speakers = {user: Speaker(key, user - 200, seq=0xFFFF - chance.randrange(900)) for user in MEMBERS}
    for user, speaker in speakers.items():
        speaker.counter, speaker.timestamp = 0xFFFFFFFF - 200, chance.randrange(1 << 32)
        receiver.speaks(user, speaker.ssrc, now[0])
    said = dict.fromkeys(MEMBERS, 0)
    spurts = 0
    while now[0] - begun < HOURS * 3600 * 1000 * MS:
        user = chance.choice(MEMBERS)
        speaker, pause = speakers[user], chance.uniform(20, 120)
        if spurts == 100:
            receiver.left(user, now[0])
            speaker = speakers[user] = Speaker(key, 77, counter=speaker.counter)
            receiver.speaks(user, 77, now[0])
        skew = 1 + (user - 203) * 50e-6
        for _ in range(chance.randrange(30, 120)):
            now[0] += round(20 * MS * skew)
            receiver.receive(speaker.datagram(opus(said[user] & 0xFFFF)), now[0])
            said[user] += 1
        speaker.seq = (speaker.seq + 400 * (user == 201)) & 0xFFFF  # packets that never came
        speaker.timestamp = (speaker.timestamp + round(pause * 48_000) * (user % 2)) & 0xFFFFFFFF  # or it stands still
        now[0] += round(pause * 1000 * MS)
        receiver.tick(now[0])
        recorder.deaf(receiver.unheard_since(now[0]))
        recorder.tick()
        spurts += 1
    summary = recorder.close()
    assert summary.packets == said
    assert summary.utterances == spurts
    assert (summary.holes, summary.network["expired"], summary.network["duplicates"]) == ([], 0, 0)
    (segment,) = segments(tmp_path)
    kept = {user: [] for user in MEMBERS}
    for entry in segment.entries():
        if isinstance(entry, Heard):
            kept[entry.user_id].append(int.from_bytes(entry.opus[1:3]))
    assert all(kept[user] == [n & 0xFFFF for n in range(said[user])] for user in MEMBERS)
    for track in check(tmp_path).tracks:
        assert (track.packets, track.late, track.malformed) == (said[track.user_id], 0, 0)
        assert track.voice == pytest.approx(said[track.user_id] * FRAME / 48_000)
        assert track.alignment < 0.25
