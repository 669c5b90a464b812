"""The recorder's ear on Discord: a real discord.py bot on the loopback server, over its sockets, with real DAVE."""

import asyncio
import time

import pytest
from voice_house import AES, ANN, BEN, CLO, XCHACHA, said, until

from meetings.platforms.discord import voice
from meetings.platforms.discord.voice import RecordingClient
from meetings.recording import Recorder, check, utterances
from meetings.recording.holes import HoleCause
from meetings.rehearsal.loopback.faults import NEVER


@pytest.mark.parametrize("mode", [AES, XCHACHA])
async def test_a_voice_channel_under_dave_loses_nothing_of_speakers_who_overlap(house, mode, monkeypatch):
    monkeypatch.setattr(RecordingClient, "supported_modes", (mode,))
    house.faults.padding = 7
    await house.record()
    ann, ben, clo = [await house.enter(user) for user in (ANN, BEN, CLO)]
    await house.secured(ANN, BEN, CLO)
    assert house.client.mode == mode
    began = await asyncio.gather(ann.say(said(0, 60)), ben.say(said(1000, 60)), clo.say(said(2000, 40)))
    await until(lambda: house.total() == sum(one.packets for one in began))
    await until(lambda: len(house.utterances) == 3)
    summary = house.finish()
    assert summary.packets == house.sent
    assert house.kept(ANN) == said(0, 60)
    assert house.kept(BEN) == said(1000, 60)
    assert house.kept(CLO) == said(2000, 40)
    assert summary.network["padding"] == summary.network["transport"] == summary.network["expired"] == 0
    clock = time.time() - time.monotonic()
    starts = {utterance.user_id: utterance.start.timestamp() for utterance in house.utterances}
    for user, speech in zip((ANN, BEN, CLO), began, strict=True):
        assert starts[user] == pytest.approx(clock + speech.started, abs=0.1)


@pytest.mark.parametrize("mode", [AES, XCHACHA])
async def test_a_stage_is_not_encrypted_end_to_end_and_loses_nothing_either(house, mode, monkeypatch):
    monkeypatch.setattr(RecordingClient, "supported_modes", (mode,))
    await house.record("stage")
    ann, ben = await house.enter(ANN, "stage"), await house.enter(BEN, "stage")
    assert house.client._connection.dave_protocol_version == 0
    sent = await asyncio.gather(ann.say(said(0, 50)), ben.say(said(1000, 50)))
    await until(lambda: house.total() == sum(one.packets for one in sent))
    summary = house.finish()
    assert summary.packets == house.sent
    assert (house.kept(ANN), house.kept(BEN)) == (said(0, 50), said(1000, 50))


@pytest.mark.parametrize("frozen", [True, False])
async def test_a_member_who_comes_back_goes_on_in_the_same_track(house, frozen):
    await house.record()
    ann = await house.enter(ANN, frozen_timestamps=frozen)
    await house.secured(ANN)
    first = await ann.say(said(0, 30))
    await until(lambda: len(house.utterances) == 1)
    await house.leave(ANN)
    ann = await house.enter(ANN, frozen_timestamps=frozen)
    await house.secured(ANN)
    second = await ann.say(said(30, 30))
    await until(lambda: house.total() == first.packets + second.packets)
    house.finish()
    assert house.kept(ANN) == said(0, 60)
    (track,) = check(house.folder).tracks
    assert track.packets == 70
    one, two = utterances(house.folder)
    assert (two.start - one.start).total_seconds() == pytest.approx(second.started - first.started, abs=0.1)


async def test_a_commit_that_comes_late_costs_no_packet(house):
    await house.record()
    ann, ben = await house.enter(ANN), await house.enter(BEN)
    await house.secured(ANN, BEN)
    house.faults.late_mls, house.faults.late_mls_user = 0.5, house.bot.user.id
    speaking = asyncio.gather(ann.say(said(0, 120)), ben.say(said(1000, 120)))
    await until(lambda: house.total() > 40)
    await house.enter(CLO)
    sent = await speaking
    await until(lambda: house.total() == sum(one.packets for one in sent))
    summary = house.finish()
    assert (house.kept(ANN), house.kept(BEN)) == (said(0, 120), said(1000, 120))
    assert summary.network["held"] > 10
    assert summary.network["expired"] == 0


async def test_without_op_5_the_key_says_who_speaks(house):
    house.faults.withhold_speaking = NEVER
    await house.record()
    ann, ben = await house.enter(ANN), await house.enter(BEN)
    await house.secured(ANN, BEN)
    sent = await asyncio.gather(ann.say(said(0, 40)), ben.say(said(1000, 40)))
    await until(lambda: house.total() == sum(one.packets for one in sent))
    summary = house.finish()
    assert (house.kept(ANN), house.kept(BEN)) == (said(0, 40), said(1000, 40))
    assert summary.network["attributed_by_key"] == 2


async def test_on_a_stage_a_late_op_5_is_waited_for(house):
    house.faults.withhold_speaking = 1.5
    await house.record("stage")
    ann, ben = await house.enter(ANN, "stage"), await house.enter(BEN, "stage")
    sent = await asyncio.gather(ann.say(said(0, 20)), ben.say(said(1000, 20)))
    await until(lambda: house.total() == sum(one.packets for one in sent))
    house.finish()
    assert (house.kept(ANN), house.kept(BEN)) == (said(0, 20), said(1000, 20))


async def test_on_a_stage_without_op_5_the_only_one_who_may_speak_is_the_speaker(house):
    house.faults.withhold_speaking = NEVER
    await house.record("stage")
    ann = await house.enter(ANN, "stage")
    sent = await ann.say(said(0, 20))
    await until(lambda: house.total() == sent.packets)
    assert house.finish().network["attributed_by_elimination"] == 1


@pytest.mark.slow
async def test_a_bad_network_costs_only_what_it_lost(house):
    await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    house.faults.loss, house.faults.jitter, house.faults.duplicates = 0.03, 0.06, 0.05
    sent = await ann.say(said(0, 150))
    await asyncio.sleep(house.faults.jitter)
    lost = house.server.voice.stats["lost"]
    await until(lambda: house.total() == sent.packets - lost)
    await until(lambda: len(house.utterances) == 1)
    summary = house.finish()
    assert lost > 0
    assert summary.network["duplicates"] > 0
    (track,) = check(house.folder).tracks
    assert track.packets == sent.packets - lost
    assert track.late == 0
    assert set(house.kept(ANN)) <= set(said(0, 150))


@pytest.mark.slow
@pytest.mark.parametrize("break_", ["drop", "crash"])
async def test_a_torn_websocket_is_resumed_while_the_audio_goes_on(house, break_):
    client = await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    speaking = asyncio.create_task(ann.say(said(0, 150)))
    await until(lambda: house.total() > 20)
    house.sabotage().drop() if break_ == "drop" else house.sabotage().close(4015)
    await until(lambda: client._connection.resumes == 1)
    sent = await speaking
    await until(lambda: house.total() == sent.packets)
    ben = await house.enter(BEN)  # and the group's keys still follow
    await house.secured(ANN, BEN)
    again = await ben.say(said(1000, 20))
    await until(lambda: house.total() == sent.packets + again.packets)
    summary = house.finish()
    assert house.kept(ANN) == said(0, 150)
    assert house.kept(BEN) == said(1000, 20)
    assert summary.holes == []


async def test_a_session_that_ended_is_begun_anew_and_the_hole_is_told(house):
    client = await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    first = await ann.say(said(0, 20))
    await until(lambda: house.total() == first.packets)
    began = time.monotonic()
    house.sabotage().close(4006)
    await until(lambda: not client.is_connected())
    await until(client.is_connected)
    assert time.monotonic() - began < 4.0
    await house.secured(ANN)
    sent = await ann.say(said(20, 20))
    await until(lambda: house.total() == first.packets + sent.packets)
    summary = house.finish()
    assert house.kept(ANN) == said(0, 40)
    (hole,) = summary.holes
    assert hole.cause is HoleCause.AWAY
    assert (hole.end - hole.start).total_seconds() < 4.0


@pytest.mark.parametrize("blow", ["bad_proposals", "bad_commit", "second_external_sender", "recreate_group"])
async def test_a_failed_mls_message_ends_nothing(house, blow):
    client = await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    getattr(house.sabotage(), blow)()
    ben = await house.enter(BEN)
    await house.secured(ANN, BEN)
    assert client._connection.poller_lives
    sent = await asyncio.gather(ann.say(said(0, 30)), ben.say(said(1000, 30)))
    await until(lambda: house.total() == sum(one.packets for one in sent))
    house.finish()
    assert (house.kept(ANN), house.kept(BEN)) == (said(0, 30), said(1000, 30))


async def test_a_dead_poller_is_noticed_and_replaced(house):
    client = await house.record()
    await house.enter(ANN)
    await house.secured(ANN)
    client._connection._runner.cancel()
    await until(lambda: not client.is_connected())
    await until(client.is_connected)
    await house.secured(ANN)
    sent = await house.voices[ANN].say(said(0, 20))
    await until(lambda: house.total() == sent.packets)
    house.finish()
    assert house.kept(ANN) == said(0, 20)


async def test_keepalives_keep_the_audio_coming(house, monkeypatch):
    monkeypatch.setattr(voice, "_KEEPALIVE_S", 0.2)
    house.faults.idle_cut = 0.6
    await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    await until(lambda: house.server.voice.stats["keepalives"] >= 5)
    sent = await ann.say(said(0, 20))
    await until(lambda: house.total() == sent.packets)


async def test_a_move_to_a_stage_leaves_the_stale_dave_session_alone(house):
    client = await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    first = await ann.say(said(0, 20))
    await until(lambda: house.total() == first.packets)
    await house.leave(ANN)
    await client.move_to(house.channel("stage"))
    await until(lambda: client.is_connected() and client.channel.id == house.channel("stage").id)
    ann = await house.enter(ANN, "stage")
    second = await ann.say(said(20, 20))
    await until(lambda: house.total() == first.packets + second.packets)
    house.finish()
    assert house.kept(ANN) == said(0, 40)


async def test_who_throws_the_recorder_out_finds_it_back_in_the_same_recording(house):
    await house.stay()
    thrown = house.client
    ann = await house.enter(ANN)
    await house.secured(ANN)
    first = await ann.say(said(0, 20))
    await until(lambda: house.total() == first.packets)
    await house.guild.me.move_to(None)
    await until(thrown.gone.is_set)
    await until(lambda: house.guild.voice_client is not None and house.guild.voice_client.is_connected())
    house.client = house.guild.voice_client
    assert house.client is not thrown
    await house.secured(ANN)
    second = await ann.say(said(20, 20))
    await until(lambda: house.total() == first.packets + second.packets)
    await house.go()
    assert house.guild.voice_client is None
    summary = house.recorder.close()
    assert house.kept(ANN) == said(0, 40)
    (hole,) = summary.holes
    assert hole.cause is HoleCause.AWAY


async def test_nobody_who_declined_is_kept(house):
    house.recorder.close()
    declined = {BEN}
    house.recorder = Recorder(house.folder, may_record=lambda user: user not in declined)
    await house.record()
    ann, ben = await house.enter(ANN), await house.enter(BEN)
    await house.secured(ANN, BEN)
    sent, refused = await asyncio.gather(ann.say(said(0, 20)), ben.say(said(1000, 20)))
    await until(lambda: house.recorder.network["heard"] == sent.packets + refused.packets)
    declined.add(ANN)  # in the middle of the meeting, and it holds from the very next packet
    late = await ann.say(said(2000, 20))
    await until(lambda: house.recorder.network["heard"] == sent.packets + refused.packets + late.packets)
    summary = house.finish()
    assert summary.declined == refused.packets + late.packets
    assert summary.packets == {ANN: sent.packets}
    written = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
    assert all(packet in written for packet in said(0, 20))
    assert not any(packet in written for packet in said(1000, 20) + said(2000, 20))


@pytest.mark.parametrize("mode", [AES, XCHACHA])
async def test_it_can_be_heard_too(house, mode, monkeypatch):
    monkeypatch.setattr(RecordingClient, "supported_modes", (mode,))
    client = await house.channel("voice").connect(cls=RecordingClient)
    ann, heard = await house.enter(ANN), []
    ann.on_heard = heard.append
    await house.secured(ANN)
    await client.ws.speak()
    for packet in said(0, 10):
        client.send_audio_packet(packet, encode=False)
        await asyncio.sleep(0.02)
    await until(lambda: [one.opus for one in heard] == said(0, 10))
    assert {one.user_id for one in heard} == {house.bot.user.id}


async def test_what_it_says_ends_when_it_leaves_and_it_does_not_come_back_to_close_its_microphone(house):
    client, heard = await house.record(), []
    ann = await house.enter(ANN)
    ann.on_heard = heard.append
    await house.secured(ANN)
    saying = asyncio.create_task(client.say(said(0, 500)))
    await until(lambda: len(heard) > 5)
    leaving = asyncio.create_task(client.disconnect(force=True))
    assert await saying is False
    await client.mute(on=False)
    await leaving
    await house.guild.query_members(user_ids=[ANN])  # answered after all that was asked before
    assert house.bot.user.id not in house.server.world.guild.voice_states
    assert [one.opus for one in heard] == said(0, len(heard))


async def test_a_listener_that_fails_ends_no_recording(house):
    house.recorder.close()
    refused = []

    def refuse(utterance) -> None:
        refused.append(utterance)
        if len(refused) == 1:
            raise ValueError("not now")

    house.recorder = Recorder(house.folder, on_utterance=refuse)
    await house.record()
    ann = await house.enter(ANN)
    await house.secured(ANN)
    for start in (0, 20):
        await ann.say(said(start, 20))
        await until(lambda start=start: len(refused) == start // 20 + 1)
    house.finish()
    assert house.kept(ANN) == said(0, 40)
