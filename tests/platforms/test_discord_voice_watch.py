"""The watchdog over the loopback's sockets: deafness is told, mended by a new connection, and left as a hole."""

import asyncio

import davey
import pytest
from voice_house import ANN, BEN, said, until

from meetings.recording import HoleCause, Ill, Recorder, watch


@pytest.fixture
async def watched(house, monkeypatch):
    """The house with a bot that records, a member who has been heard, and little patience with a new connection."""
    monkeypatch.setattr(watch, "PAUSE_NS", 2_000_000_000)
    house.recorder.close()
    house.troubles = []
    house.recorder = Recorder(house.folder, on_trouble=lambda trouble: house.troubles.append(trouble.ill))
    await house.stay()
    await house.enter(ANN)
    await house.secured(ANN)
    sent = await house.voices[ANN].say(said(0, 10))
    await until(lambda: house.total() == sent.packets)
    return house


async def heard_again(house) -> None:
    before = house.total()
    await until(lambda: house.troubles[-1:] == [Ill.HEARD])
    await until(lambda: house.server.voice.connected(house.bot.user.id))
    await house.secured(ANN)
    await until(lambda: house.total() > before)


async def conclude(house, speaking: asyncio.Task):
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)
    await house.go()
    (hole,) = [hole for hole in house.recorder.close().holes if hole.cause is HoleCause.DEAF]
    assert house.troubles == [Ill.UNHEARD, Ill.HEARD]
    assert (hole.end - hole.start).total_seconds() >= 1.0
    return hole


async def test_lost_keys_are_told_and_mended(watched):
    state = watched.client._connection
    speaking = asyncio.create_task(watched.voices[ANN].say(said(100, 1000)))
    await until(lambda: watched.total() > 30)
    state.dave_session = davey.DaveSession(1, watched.bot.user.id, watched.channel("voice").id)
    await until(lambda: watched.troubles == [Ill.UNHEARD])
    await heard_again(watched)
    await conclude(watched, speaking)


async def test_a_media_path_that_died_is_told_and_mended_though_the_websocket_lives(watched):
    watched.sabotage().cut_media()
    speaking = asyncio.create_task(watched.voices[ANN].say(said(100, 1000)))
    await until(lambda: watched.troubles == [Ill.UNHEARD])
    await heard_again(watched)
    await conclude(watched, speaking)


async def test_a_member_whom_nobody_can_hear_costs_the_others_one_new_connection(watched, caplog):
    ben = await watched.enter(BEN)
    await watched.secured(ANN, BEN)
    ben._encryption.encrypt = lambda packet: packet + b"\x0e\xfa\xfa"
    sent = asyncio.gather(watched.voices[ANN].say(said(100, 200)), ben.say(said(1000, 200)))
    await until(lambda: watched.troubles[:1] == [Ill.UNHEARD])
    await sent
    await watched.go()
    holes = watched.recorder.close().holes
    assert {hole.cause for hole in holes} == {HoleCause.DEAF}
    assert sum("mended" in record.getMessage() for record in caplog.records) == 1
    assert watched.kept(BEN) == []
    assert len(watched.kept(ANN)) > 100
