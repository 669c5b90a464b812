"""What bites who receives Discord's voice, one test a bite, over the loopback server's sockets."""

import asyncio
import time

import pytest
from voice_house import ANN, BEN, CLO, CROWD, SILENCE, said, until

from meetings.platforms.discord.voice import RecordingClient
from meetings.recording import check
from meetings.recording.holes import HoleCause
from meetings.rehearsal.loopback.voice import VoiceServer
from meetings.rehearsal.loopback.world import VoiceState


async def burst(house, user: int, packets: list[bytes]) -> int:
    """Send packets under the member's key in one go, without the silence that a client ends with."""
    speaker = house.voices[user]
    await speaker._announce(1)
    for packet in packets:
        speaker._media.send(speaker._encryption.encrypt(packet))
        await asyncio.sleep(0.005)
    return len(packets)


async def test_the_farewell_of_a_session_from_before_a_restart_is_no_news_of_the_new_one(house):
    """The place of the killed process is cleared just while its successor connects."""
    states = house.server.world.guild.voice_states
    earlier = VoiceState(house.bot.user.id, house.channel("voice").id, "earlier", "token", "ended")
    states[house.bot.user.id] = earlier
    connecting = asyncio.create_task(house.channel("voice").connect(cls=RecordingClient, self_mute=True))
    await until(lambda: states[house.bot.user.id] is not earlier)
    house.server.calls.announce(earlier)
    client = await asyncio.wait_for(connecting, 10)
    assert client.is_connected()
    await client.disconnect()


async def test_two_who_leave_at_once_wait_for_one_farewell(house):
    client = await house.channel("voice").connect(cls=RecordingClient, self_mute=True)
    await asyncio.wait_for(asyncio.gather(client.disconnect(force=True), client.disconnect(force=True)), 10)
    await until(lambda: house.bot.user.id not in house.server.world.guild.voice_states)


async def test_an_offer_that_is_lost_is_asked_for_again_soon(house, monkeypatch):
    monkeypatch.setattr("meetings.platforms.discord.voice._JOIN_S", 1.0)
    offer, lost = house.server.calls._offer_server, []
    monkeypatch.setattr(house.server.calls, "_offer_server", lambda state: offer(state) if lost else lost.append(state))
    await house.stay()
    await house.enter(ANN)
    await house.secured(ANN)
    await burst(house, ANN, said(0, 10))
    await until(lambda: house.total() == 10)
    assert len(lost) == 1


@pytest.mark.parametrize(("padding", "extension"), [(0, False), (1, True), (255, False)])
async def test_padding_and_extensions_cost_no_packet(house, padding, extension):
    house.faults.padding, house.faults.header_extension = padding, extension
    await house.record()
    await house.enter(ANN)
    await house.secured(ANN)
    await burst(house, ANN, said(0, 40))
    await until(lambda: house.total() == 40)
    house.finish()
    assert house.kept(ANN) == said(0, 40)


async def test_every_counter_wraps_unnoticed(house):
    await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    ann._media._sequence, ann._media._timestamp = 0xFFFF - 10, 0xFFFFFFFF - 960 * 20
    switchboard = house.server.voice._switchboard
    switchboard.participant(house.bot.user.id).cipher._nonce = 0xFFFFFFFF - 30
    switchboard.participant(ANN).cipher._nonce = 0xFFFFFFFF - 40
    ann._media.cipher._nonce = 0xFFFFFFFF - 40
    sent = await ann.say(said(0, 60))
    await until(lambda: house.total() == sent.packets)
    house.finish()
    assert house.kept(ANN) == said(0, 60)
    (track,) = check(house.folder).tracks
    assert (track.packets, track.lost) == (65, 0)
    assert track.voice == pytest.approx(65 * 0.02)
    assert track.length < 5.0


async def test_a_camera_is_not_taken_for_a_voice(house):
    house.faults.camera = True
    await house.record()
    await house.enter(ANN)
    await house.secured(ANN)
    await burst(house, ANN, said(0, 40))
    await until(lambda: house.total() == 40)
    await until(lambda: house.recorder.network["payload_type"] == 80)
    assert house.finish().packets == {ANN: 40}
    assert house.kept(ANN) == said(0, 40)


async def test_silence_that_the_server_makes_is_kept_without_a_key_and_leaves_no_gap(house):
    house.faults.silence_when_quiet = True
    await house.record()
    await house.enter(ANN)
    await house.secured(ANN)
    await burst(house, ANN, said(0, 10))
    await until(lambda: house.total() == 15)
    await burst(house, ANN, said(10, 10))
    await until(lambda: house.total() == 30)
    house.finish()
    assert house.kept(ANN) == said(0, 20)
    (track,) = check(house.folder).tracks
    assert (track.packets, track.lost) == (30, 0)


async def test_an_op_5_that_comes_after_the_voice_changes_nothing(house):
    house.faults.withhold_speaking = 0.3
    await house.record()
    ann, ben = await house.enter(ANN), await house.enter(BEN)
    await house.secured(ANN, BEN)
    sent = await asyncio.gather(ann.say(said(0, 30)), ben.say(said(1000, 30)))
    await until(lambda: house.total() == sum(one.packets for one in sent))
    summary = house.finish()
    assert (house.kept(ANN), house.kept(BEN)) == (said(0, 30), said(1000, 30))
    assert summary.network["attributed_by_key"] == 2
    assert summary.network["renamed"] == 0


async def test_who_stays_alone_with_the_recorder_gone_is_followed_by_the_next_group(house):
    await house.record()
    for start, user in enumerate((ANN, BEN)):
        await house.enter(user)
        await house.secured(user)
        await burst(house, user, said(100 * start, 20))
        await until(lambda start=start: house.total() == 20 * (start + 1))
        await house.leave(user)  # the bot is the group's sole member now: Discord has it begin another
        await until(lambda start=start: house.server.voice.stats["groups_reset"] > start)
    house.recorder.close()
    assert (house.kept(ANN), house.kept(BEN)) == (said(0, 20), said(100, 20))


@pytest.mark.slow
async def test_twenty_five_who_join_at_once_cost_no_packet_and_are_all_heard(house):
    await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    speaking = asyncio.create_task(ann.say(said(0, 150)))
    await asyncio.gather(*(house.enter(user) for user in CROWD))
    await house.secured(ANN, *CROWD)
    sent = await speaking
    crowd = await asyncio.gather(*(burst(house, user, said(user * 100, 10)) for user in CROWD))
    await until(lambda: house.total() == sent.packets + sum(crowd))
    summary = house.finish()
    assert house.kept(ANN) == said(0, 150)
    assert all(house.kept(user) == said(user * 100, 10) for user in CROWD)
    assert summary.network["expired"] == 0


@pytest.mark.slow
async def test_keys_that_change_on_a_shuffling_network_cost_no_packet(house):
    await house.record()
    ann, ben = await house.enter(ANN), await house.enter(BEN)
    await house.secured(ANN, BEN)
    house.faults.jitter = 0.08
    house.faults.late_mls, house.faults.late_mls_user = 0.2, house.bot.user.id
    speaking = asyncio.gather(ann.say(said(0, 200)), ben.say(said(1000, 200)))
    for _ in range(2):
        await house.enter(CLO)
        await house.secured(ANN, BEN, CLO)
        await house.leave(CLO)
        await house.secured(ANN, BEN)
    sent = await speaking
    await until(lambda: house.total() == sum(one.packets for one in sent))
    summary = house.finish()
    assert (sorted(house.kept(ANN)), sorted(house.kept(BEN))) == (said(0, 200), said(1000, 200))
    assert summary.network["expired"] == 0


async def test_a_commit_that_comes_twice_ends_nothing(house):
    client = await house.record()
    await house.enter(ANN)
    await house.secured(ANN)
    house.sabotage().repeat_keys()
    await until(lambda: client._connection.key_faults > 0 or house.server.voice.stats["invalid_commits"] > 0)
    await house.enter(BEN)
    await house.secured(ANN, BEN)
    await burst(house, ANN, said(0, 30))
    await until(lambda: house.total() == 30)
    house.finish()
    assert house.kept(ANN) == said(0, 30)


@pytest.mark.parametrize("code", [4009, 4014, 4017, 4022])
async def test_a_close_without_a_move_is_followed_by_a_new_session_in_the_same_recording(house, code):
    await house.stay()
    await house.enter(ANN)
    await house.secured(ANN)
    await burst(house, ANN, said(0, 10))
    await until(lambda: house.total() == 10)
    began = time.monotonic()
    house.sabotage().close(code)
    await until(lambda: not house.client.is_connected() or house.client._connection.deaf)
    await until(lambda: house.server.voice.connected(house.bot.user.id))
    await house.secured(ANN)
    assert time.monotonic() - began < 8.0
    await burst(house, ANN, said(10, 10))
    await until(lambda: house.total() == 20)
    await house.go()
    summary = house.recorder.close()
    assert house.kept(ANN) == said(0, 20)
    assert {hole.cause for hole in summary.holes} == {HoleCause.AWAY}


async def test_a_voice_server_that_moves_is_followed(house):
    client = await house.record()
    await house.enter(ANN)
    await house.secured(ANN)
    await burst(house, ANN, said(0, 10))
    await until(lambda: house.total() == 10)
    await house.leave(ANN)
    former, server = house.server.voice, house.server
    server.calls.voice = server.voice = VoiceServer(server.calls, server._certificates.context, server.faults)
    await server.voice.start()
    server.calls._offer_server(server.world.guild.voice_states[house.bot.user.id])
    await until(lambda: server.voice.connected(house.bot.user.id))
    await until(client.is_connected)
    await house.enter(ANN)
    await house.secured(ANN)
    await burst(house, ANN, said(10, 10))
    await until(lambda: house.total() == 20)
    summary = house.finish()
    assert house.kept(ANN) == said(0, 20)
    (hole,) = summary.holes
    assert (hole.end - hole.start).total_seconds() < 4.0
    await former.stop()


async def test_a_bot_that_is_moved_records_nothing_elsewhere_and_comes_back(house, monkeypatch):
    await house.stay()
    await house.enter(ANN)
    await house.enter(BEN, "stage")
    await house.secured(ANN)
    await burst(house, ANN, said(0, 10))
    await until(lambda: house.total() == 10)
    returning, unheard = house.client._connection.move_to, lambda: house.recorder.network["unheard"]

    async def return_late(*where) -> None:
        await until(unheard)  # else it may be home again before a word came
        await returning(*where)

    monkeypatch.setattr(house.client._connection, "move_to", return_late)
    talking = asyncio.create_task(burst(house, BEN, said(1000, 4000)))
    await house.guild.me.move_to(house.channel("stage"))
    await until(lambda: house.client.channel.id == house.channel("stage").id)
    await until(lambda: house.client.channel.id == house.channel("voice").id)
    await until(house.client.is_connected)
    await house.secured(ANN)
    await burst(house, ANN, said(10, 10))
    await until(lambda: house.total() >= 20)
    talking.cancel()
    await asyncio.gather(talking, return_exceptions=True)
    await house.go()
    summary = house.recorder.close()
    assert house.kept(ANN) == said(0, 20)
    assert house.kept(BEN) == []
    assert {hole.cause for hole in summary.holes} == {HoleCause.AWAY}


async def test_silence_before_the_first_word_names_nobody_wrongly(house):
    house.faults.withhold_speaking = 0.3
    await house.record()
    await house.enter(ANN)
    await house.enter(BEN)
    await house.secured(ANN, BEN)
    await asyncio.gather(
        burst(house, ANN, [SILENCE] * 3 + said(0, 10)), burst(house, BEN, [SILENCE] * 3 + said(1000, 10))
    )
    await until(lambda: house.total() == 26)
    assert house.finish().packets == {ANN: 13, BEN: 13}
    assert (house.kept(ANN), house.kept(BEN)) == (said(0, 10), said(1000, 10))
