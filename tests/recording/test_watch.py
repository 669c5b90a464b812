"""The watchdog on a virtual clock: what it takes for deafness, how soon it says so, and the hole that it leaves."""

from datetime import UTC, datetime, timedelta

import pytest

from meetings.recording import Recorder
from meetings.recording.holes import HoleCause, holes
from meetings.recording.receiver import Receiver
from meetings.recording.transport import transport
from meetings.recording.watch import PAUSE_NS, Watch
from meetings.recording.writer import Ill
from recording.test_receiver import AES, ANN, BEN, BOT, KEY, opus
from recording.voices import MS, SILENCE, Room, Speaker

ANSWER = b"\x00\x02\x00\x46" + bytes(70)
SECOND = 1000 * MS
START = datetime(2026, 3, 1, 19, tzinfo=UTC)


class Scene:
    """A room, its receiver, watch and recorder, and a clock; members speak a packet every 20 ms."""

    def __init__(self, folder) -> None:
        self.start = self.now = 1_000 * SECOND
        self.folder, self.troubles = folder, []
        self.recorder = Recorder(folder, clock=lambda: self.now, wall=lambda: START, on_trouble=self.note)
        self.room = Room(BOT)
        self.room.join(BOT, ANN, BEN)
        self.receiver = Receiver(self.room.opener())
        self.receiver.sink = self.recorder.hear
        self.watch = Watch(self.receiver)
        self.key = transport(AES, KEY)
        self.sealing = self.key
        self.asked = self.repairs = 0
        self.answering = True
        self.connect()

    def note(self, trouble) -> None:
        self.troubles.append((trouble.ill, (self.now - self.start) / SECOND))

    def connect(self) -> None:
        self.receiver.begin(None)
        self.receiver.begin(self.key)
        self.watch.begin(self.now)
        self.recorder.listening(present=True)
        self.speakers = {ANN: Speaker(self.key, 11), BEN: Speaker(self.key, 12)}
        for user, speaker in self.speakers.items():
            self.receiver.speaks(user, speaker.ssrc, self.now)

    def come(self, datagram: bytes) -> None:
        self.watch.came(datagram, self.now)
        self.receiver.receive(datagram, self.now)

    def speak(self, *users: int, seconds: float, sealed=None, repair: bool = False) -> None:
        """Let time pass while these speak; `sealed` makes a frame of a packet instead of the member's own key."""
        for n in range(round(seconds * 50)):
            self.now += 20 * MS
            for user in users:
                encrypt = (sealed or {}).get(user, self.room.members[user].encrypt)
                self.come(self.speakers[user].datagram(encrypt(opus(n))))
            if self.watch.must_ask(self.now):
                self.asked += 1
                if self.answering:
                    self.come(ANSWER)
            self.receiver.tick(self.now)
            self.recorder.deaf(self.watch.deaf_since(self.now))
            if repair and self.watch.despairs(self.now):
                self.repairs += 1
                self.recorder.listening(present=False)
                self.connect()
            self.recorder.tick()

    def holes(self) -> list[tuple[HoleCause, float, float]]:
        self.recorder.close()
        return [
            (hole.cause, (hole.start - START).total_seconds(), (hole.end - START).total_seconds())
            for hole in holes(self.folder)
        ]


@pytest.fixture
def scene(tmp_path) -> Scene:
    return Scene(tmp_path)


def lost(packet: bytes) -> bytes:
    """A frame under keys that nobody here has."""
    return b"\x78" + bytes(60) + b"\x01" * 12 + b"\x01\x0e\xfa\xfa"


def test_all_is_well_while_voices_are_kept_and_while_nobody_speaks(scene):
    scene.speak(ANN, BEN, seconds=5)
    scene.speak(seconds=30)
    scene.speak(BEN, seconds=5)
    assert (scene.troubles, scene.holes()) == ([], [])


def test_a_server_is_asked_only_while_nothing_comes(scene):
    scene.speak(ANN, seconds=10)
    assert scene.asked == 0
    scene.speak(seconds=10)
    assert scene.asked == 20


def test_lost_keys_are_told_within_three_seconds_and_the_hole_has_its_length(scene):
    scene.speak(ANN, seconds=2)
    scene.speak(ANN, seconds=6, sealed={ANN: lost})
    scene.speak(ANN, seconds=4)
    (told, at), (healed, again) = scene.troubles
    assert (told, healed) == (Ill.UNHEARD, Ill.HEARD)
    assert 2 < at <= 2 + 3
    assert 8 < again < 9.1
    ((cause, start, end),) = scene.holes()
    assert cause is HoleCause.DEAF
    assert (start, end) == (pytest.approx(2.02), pytest.approx(again))


def test_one_member_who_cannot_be_heard_is_noticed_among_others_who_are(scene):
    scene.speak(ANN, BEN, seconds=2)
    scene.speak(ANN, BEN, seconds=4, sealed={ANN: lost})
    assert [told for told, _ in scene.troubles] == [Ill.UNHEARD]
    assert scene.recorder.packets_recorded == 400


def test_injected_silence_is_no_sign_of_being_heard(scene):
    scene.speak(ANN, seconds=1)
    for _ in range(6):
        scene.speak(ANN, seconds=0.5, sealed={ANN: lost})
        scene.come(scene.speakers[ANN].datagram(SILENCE))
    assert [told for told, _ in scene.troubles] == [Ill.UNHEARD]


def test_a_transport_key_that_no_longer_fits_is_noticed(scene):
    scene.speak(ANN, seconds=1)
    scene.speakers[ANN].transport = transport(AES, bytes(32))
    scene.speak(ANN, seconds=3)
    assert [told for told, _ in scene.troubles] == [Ill.UNHEARD]
    assert scene.troubles[0][1] <= 1 + 3


def test_a_server_that_no_longer_answers_is_noticed_though_nobody_is_known_to_speak(scene):
    scene.speak(seconds=5)
    scene.answering = False
    scene.speak(seconds=4)
    scene.answering = True
    scene.speak(seconds=3)
    (told, at), (healed, again) = scene.troubles
    assert (told, healed) == (Ill.UNHEARD, Ill.HEARD)
    assert 5 < at <= 5 + 3
    ((cause, start, end),) = scene.holes()
    assert cause is HoleCause.DEAF
    assert 4.4 < start < 5.1
    assert end == pytest.approx(again)


def test_a_server_that_never_answers_is_not_suspected(scene):
    scene.answering = False
    scene.speak(ANN, seconds=2)
    scene.speak(seconds=60)
    assert scene.troubles == []


def test_a_handful_of_frames_that_nobody_can_open_is_no_alarm(scene):
    scene.speak(ANN, seconds=0.4, sealed={ANN: lost})
    scene.speak(seconds=20)
    scene.speak(ANN, seconds=0.4, sealed={ANN: lost})
    scene.speak(seconds=20)
    assert (scene.troubles, scene.holes()) == ([], [])


def test_a_new_connection_is_made_and_ever_more_seldom_where_it_does_not_help(scene):
    scene.speak(ANN, seconds=PAUSE_NS / SECOND)
    scene.speak(ANN, seconds=200, sealed={ANN: lost}, repair=True)
    assert scene.repairs == 4  # at once, then after 20, 40 and 80 s
    scene.speak(ANN, seconds=200, repair=True)
    scene.speak(ANN, seconds=2, sealed={ANN: lost}, repair=True)
    assert scene.repairs == 5  # once all went well, at once again


def test_a_kill_while_deaf_leaves_one_hole_from_the_first_word_unheard(scene, tmp_path):
    scene.speak(ANN, seconds=2)
    scene.speak(ANN, BEN, seconds=4, sealed={ANN: lost})
    scene.recorder.holes()  # all is on the disk now; the process ends here
    again = Recorder(tmp_path, clock=lambda: 0, wall=lambda: START + timedelta(seconds=30))
    again.listening(present=True)
    (hole,) = again.close().holes
    assert (hole.cause, hole.start, hole.end) == (
        HoleCause.DEAF,
        START + timedelta(seconds=2.02),
        START + timedelta(seconds=30),
    )
    scene.recorder.close()


def test_absence_too_is_told_when_it_lasts(scene):
    scene.recorder.listening(present=False)
    scene.now += SECOND
    scene.recorder.tick()
    scene.recorder.listening(present=True)
    scene.recorder.tick()
    assert scene.troubles == []
    scene.recorder.listening(present=False)
    scene.now += 2 * SECOND
    scene.recorder.tick()
    scene.recorder.listening(present=True)
    scene.recorder.tick()
    assert [ill for ill, _ in scene.troubles] == [Ill.UNHEARD, Ill.HEARD]
