"""Members in calls over real sockets: what one says, the others hear, byte for byte."""

import asyncio
from itertools import pairwise

import pytest
from loopback_voice import STAGE, VOICE, Ear, Loopback, speech, until

from meetings.rehearsal.cast.voice import SILENCE_FRAMES, Heard
from meetings.rehearsal.loopback.transport import AES, SAMPLES, XCHACHA


@pytest.mark.parametrize("mode", [AES, XCHACHA])
@pytest.mark.parametrize("channel", [VOICE, STAGE])
async def test_two_members_hear_each_other(loopback: Loopback, mode: str, channel: int):
    first, second = await loopback.join_both(channel, modes=[mode])
    ears = Ear(first), Ear(second)
    said = await asyncio.gather(first.say(speech(15, seed=1)), second.say(speech(15, seed=2)))
    await until(lambda: first.packets_received == second.packets_received == 15 + SILENCE_FRAMES)
    assert ears[0].opus() == speech(15, seed=2)
    assert ears[1].opus() == speech(15, seed=1)
    assert [each.packets for each in said] == [first.packets_sent, second.packets_sent] == [20, 20]
    assert loopback.server.stats["packets_in"] == loopback.server.stats["packets_out"] == 40


async def test_a_stage_has_no_dave(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    await first.say(speech(2))
    await until(lambda: second.packets_received == 2 + SILENCE_FRAMES)
    assert not {op for op in second.operations if 21 <= op <= 31}
    assert loopback.server.stats["commits"] == 0


async def test_speech_keeps_its_pace(loopback: Loopback):
    first, second = await loopback.join_both()
    ear = Ear(second)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await first.say(speech(45))
    assert 0.95 <= loop.time() - began < 2.0
    await until(lambda: len(ear.heard) == 45)
    steps = {later.timestamp - earlier.timestamp & 0xFFFFFFFF for earlier, later in pairwise(ear.heard)}
    assert steps == {SAMPLES}


@pytest.mark.parametrize(("frozen", "least", "most"), [(True, 1, 1), (False, 20, 150)])
async def test_the_media_clock_in_pauses(loopback: Loopback, frozen: bool, least: int, most: int):
    first, second = await loopback.join_both(STAGE, frozen_timestamps=frozen)
    ear = Ear(second)
    await first.say(speech(2))
    await asyncio.sleep(0.5)
    await first.say(speech(2))
    await until(lambda: len(ear.heard) == 4)
    pause = (ear.heard[2].timestamp - ear.heard[1].timestamp) // SAMPLES - SILENCE_FRAMES
    assert least <= pause <= most


async def test_a_third_member_hears_from_its_welcome_on(loopback: Loopback):
    first, second = await loopback.join_both()
    speaking = asyncio.create_task(first.say(speech(60)))
    await until(lambda: second.packets_received > 5)
    third = await loopback.join()
    ear = Ear(third)
    await speaking
    await until(lambda: third.members == first.members)
    assert len(third.members) == 3
    assert len(ear.heard) > 20
    assert set(ear.opus()) <= set(speech(60))


async def test_twenty_five_join_at_once(loopback: Loopback):
    members = await asyncio.gather(*(loopback.join() for _ in range(25)))
    await until(lambda: all(len(member.members) == 25 for member in members), timeout=20)
    assert loopback.server.stats["commits"] <= 6
    ears = [Ear(member) for member in members]
    await members[0].say(speech(3))
    await until(lambda: all(len(ear.heard) == 3 for ear in ears[1:]))
    assert not ears[0].heard


async def test_who_leaves_is_announced_and_who_stays_gets_new_keys(loopback: Loopback):
    first, second = await loopback.join_both()
    third = await loopback.join()
    await until(lambda: len(third.members) == 3)
    await second.close()
    await until(lambda: len(first.members) == len(third.members) == 2)
    assert first.operations[13] == third.operations[13] == 1
    ear = Ear(third)
    await first.say(speech(3))
    await until(lambda: len(ear.heard) == 3)


async def test_who_comes_back_has_a_new_ssrc_and_is_heard(loopback: Loopback):
    first, second = await loopback.join_both()
    user_id = loopback.credentials().user_id
    returning = await loopback.join(user_id=user_id)
    ssrc = returning.ssrc
    await returning.close()
    returning = await loopback.join(user_id=user_id)
    assert returning.ssrc != ssrc
    await until(lambda: first.members == second.members == returning.members and len(first.members) == 3)
    ear = Ear(first)
    await returning.say(speech(3))
    await until(lambda: len(ear.opus(user_id)) == 3)


async def test_the_sole_member_starts_over_and_speaks_with_the_next_one(loopback: Loopback):
    first, second = await loopback.join_both()
    await second.close()
    await until(lambda: first.operations[24] == first.operations[21] == 1)
    third = await loopback.join()
    ear = Ear(third)
    await first.say(speech(3))
    await until(lambda: len(ear.heard) == 3)


async def test_who_is_suppressed_is_not_forwarded(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    user_id = next(iter(loopback.gateway.sessions))
    loopback.gateway.suppressed.add(user_id)
    await first.say(speech(3))
    await until(lambda: loopback.server.stats["suppressed"] == 3 + SILENCE_FRAMES)
    loopback.gateway.suppressed.clear()
    ear = Ear(second)
    await first.say(speech(3, seed=7))
    await until(lambda: len(ear.heard) == 3)
    assert ear.opus() == speech(3, seed=7)


async def test_calls_do_not_mix(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    elsewhere = await loopback.join(VOICE)
    await first.say(speech(3))
    await until(lambda: second.packets_received == 3 + SILENCE_FRAMES)
    assert elsewhere.packets_received == 0
    assert not elsewhere.operations[11]


async def test_speakers_are_told_apart(loopback: Loopback):
    members = [await loopback.join() for _ in range(4)]
    await until(lambda: all(len(member.members) == 4 for member in members))
    ear = Ear(members[0])
    await asyncio.gather(*(member.say(speech(10, seed)) for seed, member in enumerate(members[1:], 1)))
    await until(lambda: len(ear.heard) == 30)
    by_speaker: dict[int, list[Heard]] = {}
    for heard in ear.heard:
        by_speaker.setdefault(heard.user_id, []).append(heard)
    assert [[each.opus for each in by_speaker[user]] for user in sorted(by_speaker)] == [
        speech(10, seed) for seed in (1, 2, 3)
    ]


async def test_op_5_comes_once_a_user_and_to_newcomers(loopback: Loopback):
    first, second = await loopback.join_both(STAGE)
    await first.say(speech(1))
    await first.say(speech(1))
    third = await loopback.join(STAGE)
    await until(lambda: third.operations[5] == 1)
    assert second.operations[5] == 1
    assert first.operations[5] == 0


async def test_the_server_says_who_is_connected_and_who_has_keys(loopback: Loopback):
    who = loopback.credentials(VOICE)
    server = loopback.server
    assert (server.connected(who.user_id), server.secured(who.user_id)) == (False, False)
    first, _ = await loopback.join_both(VOICE)
    users = list(loopback.gateway.sessions)[1:]
    assert all(server.connected(user) and server.secured(user) for user in users)
    await server.dismiss(users[0])
    assert (await first.wait_closed()).code == 4014
    assert not server.connected(users[0])
    await server.dismiss(users[0])
    with pytest.raises(LookupError, match="has no voice session"):
        server.sabotage(users[0])


async def test_a_server_stops_with_members_in_it_and_twice(loopback: Loopback):
    first, second = await loopback.join_both(VOICE)
    await loopback.server.stop()
    assert {(await member.wait_closed()).code for member in (first, second)} == {1001}
    await loopback.server.stop()
