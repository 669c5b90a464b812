"""Faults do what they say, no more, and members live with them."""

import asyncio
import struct
from dataclasses import replace
from itertools import pairwise

import pytest
from loopback_voice import STAGE, VOICE, Certificates, Ear, Loopback, speech, until

from meetings.rehearsal.cast.voice import SILENCE_FRAMES, MemberVoice
from meetings.rehearsal.loopback import transport
from meetings.rehearsal.loopback.faults import NEVER, Faults
from meetings.rehearsal.loopback.transport import AES, SILENCE, Cipher, Rtp, UndecryptableError
from meetings.rehearsal.loopback.voice import VoiceServer


def wire(member: MemberVoice) -> list[bytes]:
    """Every datagram the member's socket takes in from now on, as it comes."""
    media, datagrams = member._media, []
    assert media
    take = media.datagram_received
    media._transport._protocol.datagram_received = lambda data, addr: (datagrams.append(data), take(data, addr))
    return datagrams


async def say(member: MemberVoice, count: int, seed: int = 0) -> None:
    await member.say(speech(count, seed))


async def test_loss_is_counted_and_repeatable(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    loopback.faults.loss = 0.3
    await say(first, 40)
    await until(lambda: loopback.server.stats["packets_in"] == 45)
    lost = loopback.server.stats["lost"]
    drawn = Faults(loss=0.3)
    assert lost == sum(drawn.loses() for _ in range(45)) > 5
    assert loopback.server.stats["packets_out"] == 45 - lost
    await until(lambda: second.packets_received == 45 - lost)


async def test_duplicates_come_twice(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    loopback.faults.duplicates = 1.0
    ear = Ear(second)
    await say(first, 5)
    await until(lambda: second.packets_received == 20)
    assert ear.opus() == [packet for packet in speech(5) for _ in range(2)]


async def test_jitter_makes_packets_overtake_each_other(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    loopback.faults.jitter = 0.1
    ear = Ear(second)
    await say(first, 40)
    await until(lambda: second.packets_received == 45)
    numbers = [heard.sequence for heard in ear.heard]
    assert any((later - earlier) & 0xFFFF > 0x8000 for earlier, later in pairwise(numbers))
    assert sorted(ear.opus()) == sorted(speech(40))


@pytest.mark.parametrize("channel", [VOICE, STAGE])
@pytest.mark.parametrize(("padding", "extension"), [(0, True), (0, False), (7, True), (255, False)])
async def test_padding_and_extension_lie_inside_the_ciphertext(
    loopback: Loopback, channel: int, padding: int, extension: bool
):
    loopback.faults.padding, loopback.faults.header_extension = padding, extension
    loopback.faults.sender_reports = False
    first, second = await loopback.join_both(channel)
    ear, datagrams = Ear(second), wire(second)
    await say(first, 3)
    await until(lambda: len(ear.heard) == 3)
    assert ear.opus() == speech(3)
    audio = [each for each in datagrams if len(each) > 8]
    assert {(bool(each[0] & 0x20), bool(each[0] & 0x10)) for each in audio} == {(padding > 0, extension)}
    for each in audio if extension else ():
        assert each[12:16] == struct.pack(">HH", 0xBEDE, 1)


async def test_sender_reports_come_between_and_are_dropped(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    datagrams = wire(second)
    await say(first, 40)
    await until(lambda: second.packets_received == 45)
    reports = [each for each in datagrams if len(each) > 8 and transport.is_rtcp(each)]
    assert len(reports) == loopback.server.stats["sender_reports"] == 1
    assert (reports[0][1], int.from_bytes(reports[0][4:8])) == (200, first.ssrc)


async def test_speaking_comes_late_or_never(loopback: Loopback):
    loopback.faults.withhold_speaking = 0.4
    first, second = await loopback.join_both(STAGE)
    ear = Ear(second)
    await say(first, 5)
    await until(lambda: second.packets_received == 10)
    assert (second.operations[5], ear.heard) == (0, [])
    await until(lambda: second.operations[5] == 1)
    loopback.faults.withhold_speaking = NEVER
    await say(second, 5)
    third = await loopback.join(STAGE)
    assert first.operations[5] == 0
    await until(lambda: third.operations[5] == 1)


async def test_late_mls_for_one_user(loopback: Loopback):
    first, second = await loopback.join_both(VOICE)
    loopback.faults.late_mls, loopback.faults.late_mls_user = 0.5, next(iter(loopback.gateway.sessions))
    third = await loopback.join(VOICE)
    await until(lambda: len(second.members) == len(third.members) == 3)
    assert len(first.members) == 2
    await until(lambda: len(first.members) == 3)


async def test_idle_receivers_are_cut_off(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    second._media._beat.cancel()
    await asyncio.sleep(0.15)
    loopback.faults.idle_cut = 0.1
    await say(first, 3)
    await until(lambda: loopback.server.stats["idle_cut"] == 3 + SILENCE_FRAMES)
    assert second.packets_received == 0
    second._media._transport.sendto(bytes(8))
    await until(lambda: loopback.server.stats["keepalives"] > 2)
    loopback.faults.idle_cut = 5.0
    await say(first, 3)
    await until(lambda: second.packets_received == 3 + SILENCE_FRAMES)


@pytest.mark.parametrize("channel", [VOICE, STAGE])
async def test_the_server_makes_silence_when_a_source_goes_quiet(loopback: Loopback, channel: int):
    loopback.faults.silence_when_quiet = True
    first, second = await loopback.join_both(channel)
    ear = Ear(second)
    payloads: list[bytes] = []
    hear = second._media._hear
    second._media._hear = lambda packet: (payloads.append(packet.payload), hear(packet))
    await first._announce(1)
    await until(lambda: second.operations[5] == 1)
    for packet in speech(3):
        first._media.send(first._encryption.encrypt(packet))
    await until(lambda: second.packets_received == 3 + 5)
    assert payloads[3:] == [SILENCE] * 5
    for packet in speech(3, seed=9):
        first._media.send(first._encryption.encrypt(packet))
    await until(lambda: len(ear.heard) == 6)
    assert (ear.heard[3].sequence - ear.heard[2].sequence) & 0xFFFF == 6


async def test_a_dropped_websocket_is_resumed_while_audio_flows(loopback: Loopback):
    first, second = await loopback.join_both(VOICE)
    user_id = next(iter(loopback.gateway.sessions))
    ear = Ear(second)
    speaking = asyncio.create_task(say(first, 40))
    await until(lambda: len(ear.heard) > 5)
    loopback.server.sabotage(user_id).drop()
    await speaking
    await until(lambda: loopback.server.stats["resumed"] == 1)
    await until(lambda: len(ear.heard) == 40)
    third = await loopback.join(VOICE)
    await until(lambda: len(first.members) == len(third.members) == 3)
    assert second.operations[13] == 0


@pytest.mark.parametrize("code", [4006, 4014, 4022])
async def test_a_closed_session_ends_a_member_in_mid_sentence(loopback: Loopback, code: int):
    first, second = await loopback.join_both(STAGE)
    speaking = asyncio.create_task(first.say(speech(100)))
    await until(lambda: second.packets_received > 5)
    loopback.server.sabotage(next(iter(loopback.gateway.sessions))).close(code)
    assert (await first.wait_closed()).code == code
    assert 5 < (await speaking).packets < 100
    assert not first.connected
    with pytest.raises(ConnectionError, match=str(code)):
        await first.say(speech(1))
    await until(lambda: second.operations[13] == 1)


async def test_a_crashed_server_is_resumed(loopback: Loopback):
    first, second = await loopback.join_both(VOICE)
    loopback.server.sabotage(next(iter(loopback.gateway.sessions))).close(4015)
    await until(lambda: loopback.server.stats["resumed"] == 1)
    ear = Ear(second)
    await say(first, 3)
    await until(lambda: len(ear.heard) == 3)


@pytest.mark.parametrize("trouble", ["bad_proposals", "bad_commit", "second_external_sender", "recreate_group"])
async def test_a_disturbed_group_finds_together_again(loopback: Loopback, trouble: str):
    first, second = await loopback.join_both(VOICE)
    third = await loopback.join(VOICE)
    await until(lambda: len(first.members) == len(second.members) == len(third.members) == 3)
    commits = loopback.server.stats["commits"]
    getattr(loopback.server.sabotage(next(iter(loopback.gateway.sessions))), trouble)()
    if trouble != "second_external_sender":
        await until(lambda: loopback.server.stats["commits"] > commits)
    await until(lambda: len(first.members) == len(second.members) == len(third.members) == 3)
    ears = Ear(second), Ear(third)
    await say(first, 3)
    await until(lambda: all(len(ear.heard) == 3 for ear in ears))


async def test_another_voice_server_takes_over(loopback: Loopback, certificates: Certificates):
    before = await loopback.join_both(VOICE)
    users = list(loopback.gateway.sessions)
    other = VoiceServer(loopback.gateway, certificates.tls, loopback.faults)
    await other.start()
    moved = []
    for member, user_id in zip(before, users, strict=True):
        await loopback.server.dismiss(user_id)
        assert (await member.wait_closed()).code == 4014
        credentials = replace(loopback.credentials(VOICE, user_id), endpoint=other.endpoint)
        moved.append(await MemberVoice.connect(credentials, ca=loopback.ca))
    await until(lambda: all(len(member.members) == 2 for member in moved))
    ear = Ear(moved[1])
    await say(moved[0], 3)
    await until(lambda: len(ear.heard) == 3)
    for member in moved:
        await member.close()
    await other.stop()


async def test_audio_without_op_5_is_forwarded_for_a_moment_then_ends_the_session(loopback: Loopback, monkeypatch):
    monkeypatch.setattr("meetings.rehearsal.loopback.udp.UNANNOUNCED_GRACE", 0.2)
    first, second = await loopback.join_both(STAGE)
    first._media.send(b"one")
    await until(lambda: second.packets_received == 1)
    await asyncio.sleep(0.25)
    first._media.send(b"two")
    assert (await first.wait_closed()).code == 4020
    assert second.packets_received == 1


async def test_what_is_no_audio_of_its_sender_is_counted_and_dropped(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    stats = loopback.server.stats
    media = first._media
    media._transport.sendto(b"\x80\x78" + bytes(40))
    await until(lambda: stats["undecryptable"] == 1)
    media._transport.sendto(Rtp(1, 2, 999, b"mine?").pack(media.cipher))
    await until(lambda: stats["foreign_ssrc"] == 1)
    await say(first, 1)
    await until(lambda: second.packets_received == 1 + SILENCE_FRAMES)


def test_packets_that_contradict_themselves_do_not_open():
    cipher = Cipher(AES, bytes(32))
    padded = Rtp(1, 2, 3, b"payload").pack(cipher, padding=4)
    assert Rtp.unpack(padded, cipher).payload == b"payload"
    too_much = Rtp(1, 2, 3, b"\xff").pack(cipher)
    header = bytes((too_much[0] | 0x20,)) + too_much[1:12]
    with pytest.raises(UndecryptableError, match="exceed"):
        Rtp.unpack(cipher.seal(header, b"\xff"), cipher)
    for junk in (b"", b"\x80", bytes(100)):
        with pytest.raises(UndecryptableError):
            Rtp.unpack(junk, cipher)


async def test_a_camera_sends_video_and_retransmissions_beside_the_voice(loopback: Loopback):
    loopback.faults.camera, loopback.faults.sender_reports = True, False
    first, second = await loopback.join_both(STAGE)
    datagrams = wire(second)
    await say(first, 3)
    await until(lambda: second.packets_received == 3 * (3 + SILENCE_FRAMES))
    kinds = [(each[1], int.from_bytes(each[8:12])) for each in datagrams if len(each) > 8]
    voice, video, again = (transport.OPUS, first.ssrc), (transport.VIDEO, first.ssrc + 1), transport.RETRANSMISSION
    assert kinds == [voice, video, (again, first.ssrc + 1)] * (3 + SILENCE_FRAMES)


async def test_a_cut_media_path_is_silent_both_ways_while_the_websocket_lives(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    user_id = list(loopback.gateway.sessions)[1]
    loopback.server.sabotage(user_id).cut_media()
    strangers = loopback.server.stats["strangers"]
    await say(first, 3)
    await say(second, 3)
    await until(lambda: loopback.server.stats["strangers"] >= strangers + 3 + SILENCE_FRAMES)
    assert (first.packets_received, second.packets_received) == (0, 0)
    assert second.connected


async def test_keys_that_are_repeated_make_a_member_start_over(loopback: Loopback):
    first, second = await loopback.join_both(VOICE)
    told = second.operations[29] + second.operations[30]
    loopback.server.sabotage(list(loopback.gateway.sessions)[1]).repeat_keys()
    await until(lambda: second.operations[29] + second.operations[30] > told)
    await until(lambda: loopback.server.stats["invalid_commits"] == 1)
    await until(lambda: len(first.members) == len(second.members) == 2)
