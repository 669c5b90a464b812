"""The receive path on real transport keys and a real DAVE group: each pitfall of Discord's voice is a test."""

import random
from collections import Counter

import pytest

from meetings.recording.receiver import ELIMINATION_NS, FAREWELL_NS, FOREWORD_NS, HOLD_NS, NAMELESS_NS, Receiver
from meetings.recording.transport import MODES, transport
from recording.voices import MS, SILENCE, Room, Speaker

BOT, ANN, BEN, CLO = 100, 101, 102, 103
KEY = bytes(range(32))
AES = "aead_aes256_gcm_rtpsize"


def opus(number: int) -> bytes:
    return b"\x78" + number.to_bytes(2) + bytes(60)


class Ear:
    """A receiver, what it heard, and a clock."""

    def __init__(self, opener, mode: str = AES) -> None:
        self.opener = opener
        self.receiver = Receiver(opener)
        self.key = transport(mode, KEY)
        self.receiver.begin(None)
        self.receiver.begin(self.key)
        self.heard = []
        self.receiver.sink = self.heard.append
        self.now = 1_000_000 * MS

    def hear(self, datagram: bytes, after_ms: float = 20) -> None:
        self.now += int(after_ms * MS)
        self.receiver.receive(datagram, self.now)

    def wait(self, ns: int) -> None:
        self.now += ns
        self.receiver.tick(self.now)

    def named(self, user: int, ssrc: int) -> Speaker:
        self.receiver.speaks(user, ssrc, self.now)
        return Speaker(self.key, ssrc)

    def numbers(self, user: int) -> list[int]:
        return [int.from_bytes(h.opus[1:3]) for h in self.heard if h.user_id == user and h.opus != SILENCE]


class Stage:
    """An open room: nothing is encrypted end to end."""

    def __init__(self, *speakers: int) -> None:
        self.speakers = set(speakers)

    def active(self):
        return False

    def open(self, user_id, frame):
        raise AssertionError("a stage opens nothing")

    def proves(self, frame):
        return False

    def ordinal(self, frame):
        return 0

    def members(self):
        return self.speakers


@pytest.fixture
def room() -> Room:
    room = Room(BOT)
    room.join(BOT, ANN, BEN)
    return room


@pytest.fixture
def ear(room) -> Ear:
    return Ear(room.opener())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("padding", [0, 1, 7, 255])
@pytest.mark.parametrize("csrc", [0, 2])
def test_frames_come_through_transport_padding_extension_and_dave(room, mode, padding, csrc):
    ear = Ear(room.opener(), mode)
    ann = ear.named(ANN, 11)
    for n in range(20):
        ear.hear(ann.datagram(room.members[ANN].encrypt(opus(n)), padding=padding, csrc=csrc))
    assert [h.opus for h in ear.heard] == [opus(n) for n in range(20)]
    assert {(h.user_id, h.ssrc) for h in ear.heard} == {(ANN, 11)}
    assert ear.heard[10].seq == (65_530 + 10) & 0xFFFF
    assert all(h.opened_ns == h.arrival_ns for h in ear.heard)
    assert ear.receiver.counts == Counter(heard=20)


def test_what_is_no_voice_is_counted_by_its_cause(ear, room):
    ann = ear.named(ANN, 11)
    good = ann.datagram(room.members[ANN].encrypt(opus(1)))
    ear.hear(b"\x00\x02\x00\x46" + bytes(70))
    ear.hear(bytes(8))
    ear.hear(bytes([0x80, 200]) + bytes(40))
    ear.hear(ann.datagram(b"video", payload_type=101))
    ear.hear(good[:-1] + bytes([good[-1] ^ 1]))
    ear.hear(ann.datagram(b""))
    ear.hear(ann.datagram(b"", padding=200))
    causes = {"version": 1, "short": 1, "rtcp": 1, "payload_type": 1, "transport": 1, "empty": 2}
    assert ear.receiver.counts == Counter(causes)
    assert ear.heard == []


def test_nothing_is_opened_before_a_session_has_its_key(room):
    receiver = Receiver(room.opener())
    receiver.receive(Speaker(transport(AES, KEY), 1).datagram(b"x"), 0)
    assert receiver.counts == Counter(transport=1)


def test_duplicates_are_dropped_before_dave_sees_them(ear, room):
    ann = ear.named(ANN, 11)
    for n in range(30):
        datagram = ann.datagram(room.members[ANN].encrypt(opus(n)))
        ear.hear(datagram)
        ear.hear(datagram)
    assert ear.numbers(ANN) == list(range(30))
    assert ear.receiver.counts["duplicates"] == 30
    assert ear.receiver.held == 0


def test_the_same_sequence_number_is_new_after_a_whole_turn(ear, room):
    ann = ear.named(ANN, 11)
    for n in range(3):
        ann.seq = 500
        ear.hear(ann.datagram(room.members[ANN].encrypt(opus(n))))
        for _ in range(70_000 // 2048):  # what lies between moves the window on
            ann.seq = (ann.seq + 2047) & 0xFFFF
            ear.hear(ann.datagram(SILENCE))
    assert ear.numbers(ANN) == [0, 1, 2]


@pytest.mark.parametrize(("behind", "opens"), [(990, True), (1100, False)])
def test_a_packet_a_thousand_late_is_given_up_and_costs_no_other(ear, room, behind, opens):
    ann = ear.named(ANN, 11)
    datagrams = [ann.datagram(room.members[ANN].encrypt(opus(n))) for n in range(behind + 60)]
    for datagram in [datagrams[0], *datagrams[2 : behind + 2], datagrams[1], *datagrams[behind + 2 :]]:
        ear.hear(datagram)
    ear.wait(HOLD_NS)
    assert sorted(ear.numbers(ANN)) == [n for n in range(behind + 60) if opens or n != 1]
    assert ear.receiver.counts["expired"] == (not opens)


def test_silence_passes_without_a_key(ear):
    ann = ear.named(ANN, 11)
    ear.hear(ann.datagram(SILENCE))
    assert [h.opus for h in ear.heard] == [SILENCE]


def test_frames_ahead_of_a_late_commit_wait_in_order_and_none_is_lost(ear, room):
    ann, ben = ear.named(ANN, 11), ear.named(BEN, 12)
    said = [opus(n) for n in range(60)]
    for n in range(20):
        ear.hear(ann.datagram(room.members[ANN].encrypt(said[n])), 0)
        ear.hear(ben.datagram(room.members[BEN].encrypt(said[n])))
    room.deaf.add(BOT)
    room.join(CLO)  # Ann and Ben follow at once, the bot 500 ms later
    late = []
    for n in range(20, 45):
        late.append(ann.datagram(room.members[ANN].encrypt(said[n])))
        ear.hear(ben.datagram(room.members[BEN].encrypt(said[n])))
    late[0], late[1], late[2], late[24] = late[2], late[0], late[24], late[1]  # and the network shuffles them
    for datagram in late:
        ear.hear(datagram, 0)
    assert ear.numbers(ANN) == ear.numbers(BEN) == list(range(20))
    assert ear.receiver.held == 50
    ear.now += 10 * MS
    room.catch_up()
    ear.receiver.keys_changed(ear.now)
    for n in range(45, 60):
        ear.hear(ann.datagram(room.members[ANN].encrypt(said[n])), 0)
        ear.hear(ben.datagram(room.members[BEN].encrypt(said[n])))
    assert ear.numbers(ANN) == ear.numbers(BEN) == list(range(60))
    assert ear.receiver.counts["expired"] == 0
    held = [h for h in ear.heard if h.opened_ns != h.arrival_ns]
    assert len(held) == 50


def test_frames_shuffled_at_the_start_of_an_epoch_are_all_opened(ear, room):
    """davey refuses every nonce below the first it opened under a key, so the first must come first."""
    ann = ear.named(ANN, 11)
    shuffle = random.Random(4)
    for epoch in range(6):
        (room.join if epoch % 2 == 0 else room.leave)(CLO)
        ear.receiver.keys_changed(ear.now)
        frames = [ann.datagram(room.members[ANN].encrypt(opus(100 * epoch + n))) for n in range(8)]
        shuffle.shuffle(frames)
        for frame in frames:
            ear.hear(frame, 5)
        ear.wait(FOREWORD_NS)
        ear.wait(50 * MS)
    assert sorted(ear.numbers(ANN)) == [100 * epoch + n for epoch in range(6) for n in range(8)]


def test_a_lost_first_frame_of_an_epoch_delays_the_others_only_a_little(ear, room):
    ann = ear.named(ANN, 11)
    ear.receiver.keys_changed(ear.now)
    room.members[ANN].encrypt(opus(0))
    ear.hear(ann.datagram(room.members[ANN].encrypt(opus(1))))
    assert ear.numbers(ANN) == []
    ear.wait(FOREWORD_NS)
    assert ear.numbers(ANN) == [1]


def test_a_frame_no_key_ever_opens_is_given_up_after_a_second_and_holds_nobody_else(ear, room):
    ann, ben = ear.named(ANN, 11), ear.named(BEN, 12)
    ear.hear(ann.datagram(b"\x78 junk that is not encrypted"))
    ear.hear(ann.datagram(room.members[ANN].encrypt(opus(1))))
    ear.hear(ben.datagram(room.members[BEN].encrypt(opus(2))))
    assert (ear.numbers(ANN), ear.numbers(BEN)) == ([], [2])
    ear.wait(HOLD_NS)
    assert ear.numbers(ANN) == [1]
    assert ear.receiver.counts["expired"] == 1


def test_a_leavers_last_packets_are_opened_while_the_key_is_there(ear, room):
    ann = ear.named(ANN, 11)
    for n in range(5):
        ear.hear(ann.datagram(room.members[ANN].encrypt(opus(n))))
    under_way = ann.datagram(room.members[ANN].encrypt(opus(5)))
    ear.receiver.left(ANN, ear.now)
    ear.hear(under_way)
    room.leave(ANN)
    ear.receiver.keys_changed(ear.now)
    assert ear.numbers(ANN) == [0, 1, 2, 3, 4, 5]


def test_a_leavers_ssrc_is_forgotten_after_some_seconds(ear):
    ann = ear.named(ANN, 11)
    ear.receiver.left(ANN, ear.now)
    ear.wait(FAREWELL_NS // 2)
    ear.hear(ann.datagram(SILENCE))
    ear.wait(FAREWELL_NS)
    ear.hear(ann.datagram(SILENCE))
    assert len(ear.heard) == 1


def test_an_unnamed_ssrc_is_attributed_by_the_only_key_that_opens_it(ear, room):
    ann, ben = Speaker(ear.key, 11), Speaker(ear.key, 12)
    ear.hear(ann.datagram(SILENCE))
    for n in range(10):
        ear.hear(ann.datagram(room.members[ANN].encrypt(opus(n))))
        ear.hear(ben.datagram(room.members[BEN].encrypt(opus(50 + n))))
    assert ear.numbers(ANN) == list(range(10))
    assert ear.numbers(BEN) == list(range(50, 60))
    assert ear.receiver.counts["attributed_by_key"] == 2
    assert [h.user_id for h in ear.heard if h.opus == SILENCE] == [ANN]


def test_a_rejoin_without_op_5_is_attributed_again(ear, room):
    ann = ear.named(ANN, 11)
    ear.hear(ann.datagram(room.members[ANN].encrypt(opus(0))))
    ear.receiver.left(ANN, ear.now)
    room.leave(ANN)
    room.join(ANN)
    ear.receiver.keys_changed(ear.now)
    again = Speaker(ear.key, 31)
    for n in range(1, 4):
        ear.hear(again.datagram(room.members[ANN].encrypt(opus(n))))
    assert ear.numbers(ANN) == [0, 1, 2, 3]


def test_a_frame_that_passes_unencrypted_proves_nothing_about_its_sender(ear, room):
    session = room.members[BOT]._session
    session.set_passthrough_mode(True, 10)
    stranger = Speaker(ear.key, 66)
    ear.hear(stranger.datagram(opus(1)))
    ear.hear(stranger.datagram(b"\x78plain and by chance\xfa\xfa"))
    ear.wait(HOLD_NS)
    assert ear.heard == []


def test_a_new_session_voids_every_ssrc(ear, room):
    ear.named(ANN, 11)
    ear.receiver.begin(None)
    ear.receiver.begin(ear.key)
    ben = Speaker(ear.key, 11)  # the number is given to somebody else
    ear.hear(ben.datagram(room.members[BEN].encrypt(opus(3))))
    assert ear.numbers(BEN) == [3]
    assert ear.numbers(ANN) == []


def test_a_frame_that_waits_when_the_session_ends_is_counted_as_expired(ear):
    ann = ear.named(ANN, 11)
    ear.hear(ann.datagram(b"\x78 not to be opened"))
    ear.receiver.begin(None)
    assert ear.receiver.counts["expired"] == 1


def test_on_a_stage_packets_wait_for_their_name_however_late():
    ear = Ear(Stage(ANN, BEN))
    ann = Speaker(ear.key, 11)
    for n in range(100):
        ear.hear(ann.datagram(opus(n) if n % 5 else SILENCE), 40)
    assert ear.heard == []
    ear.receiver.speaks(ANN, 11, ear.now)
    assert len(ear.heard) == 100
    assert {h.user_id for h in ear.heard} == {ANN}
    assert [h.arrival_ns for h in ear.heard] == sorted(h.arrival_ns for h in ear.heard)


def test_on_a_stage_the_only_member_it_can_be_is_taken_for_the_sender():
    stage = Stage(ANN, BEN)
    ear = Ear(stage)
    ann, ben = ear.named(ANN, 11), Speaker(ear.key, 12)
    ear.hear(ann.datagram(opus(1)))
    ear.hear(ben.datagram(opus(2)))
    ear.wait(ELIMINATION_NS // 2)
    assert ear.numbers(BEN) == []
    ear.wait(ELIMINATION_NS)
    assert ear.numbers(BEN) == [2]
    assert ear.receiver.counts["attributed_by_elimination"] == 1


def test_on_a_stage_nobody_is_guessed_between_two():
    ear = Ear(Stage(ANN, BEN))
    ear.hear(Speaker(ear.key, 12).datagram(opus(2)))
    ear.wait(NAMELESS_NS)
    assert ear.heard == []
    assert ear.receiver.counts["expired"] == 1


def test_after_a_move_to_a_stage_the_stale_dave_session_is_not_asked(room):
    opener = room.opener()
    ear = Ear(opener)
    opener._state.dave_protocol_version = 0
    ann = ear.named(ANN, 11)
    ear.hear(ann.datagram(opus(9)))
    assert ear.numbers(ANN) == [9]


def test_a_corrected_name_holds_from_then_on(ear):
    ann = ear.named(ANN, 11)
    ear.hear(ann.datagram(SILENCE))
    ear.receiver.speaks(BEN, 11, ear.now)
    ear.hear(ann.datagram(SILENCE))
    assert [h.user_id for h in ear.heard] == [ANN, BEN]
    assert ear.receiver.counts["renamed"] == 1


def test_a_stream_of_junk_through_every_layer_never_raises(ear, room):
    junk = random.Random(7)
    ann = ear.named(ANN, 11)
    for n in range(2000):
        datagram = bytearray(ann.datagram(room.members[ANN].encrypt(opus(n))))
        for _ in range(junk.randrange(3)):
            datagram[junk.randrange(len(datagram))] = junk.randrange(256)
        ear.hear(bytes(datagram[: junk.choice([len(datagram), junk.randrange(len(datagram))])]), 1)
        frame = bytearray(room.members[ANN].encrypt(opus(n)))
        frame[junk.randrange(len(frame))] = junk.randrange(256)
        ear.hear(ann.datagram(bytes(frame)), 1)
        if n % 50 == 0:
            ear.wait(50 * MS)
    ear.wait(HOLD_NS)
    assert set(ear.numbers(ANN)) <= set(range(2000))
    assert ear.receiver.held == 0
