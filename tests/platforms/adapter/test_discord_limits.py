"""A meeting of five hundred keeps within Discord's rate limits: the server never has to say so (429)."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from hall import CHAIR, MEMBERS, PAUL, SECRETARY, Hall, member, until

from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.limits import Limit, Limiter, Verdict
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.loopback.world import VoiceState

CROWD = [MemberSpec(PAUL + 100 + n, f"Membre {n}", ("Membre",)) for n in range(496)]
SEATED = [CHAIR, SECRETARY, PAUL, *(one.id for one in CROWD)]
"""Everybody who sits, but for one who does not come."""

pytestmark = [pytest.mark.slow]


@pytest.fixture
async def server(server: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackServer]:
    """The usual one aside, a server of five hundred members."""
    crowded = LoopbackServer("Conseil citoyen de Lunel", [*MEMBERS, *CROWD])
    await crowded.start()
    monkeypatch.setenv("SSL_CERT_FILE", crowded.describe()["ca"])
    yield crowded
    await crowded.stop()


def arrive(hall: Hall, user_id: int) -> None:
    """Somebody sits down in the audience of the stage."""
    world = hall.server.world
    state = VoiceState(user_id, hall.room, f"{user_id}", "token", "elsewhere", suppress=True)
    world.guild.voice_states[user_id] = state
    hall.server.hub.broadcast("VOICE_STATE_UPDATE", wire.voice_state(state, world))


async def press(hall: Hall, surface: str, shows: str, label: str, who: list[int]) -> None:
    """Many press the same button of a board within a moment."""
    board = await hall.board(surface, shows)
    (button,) = [button for button in board.buttons if button.label == label]
    told = hall.server.describe()
    tokens = {int(one["id"]): one["token"] for one in told["members"]}
    body = {
        "type": 3,
        "application_id": str(board.author_id),
        "guild_id": told["guild"],
        "channel_id": str(board.channel_id),
        "message_id": str(board.id),
        "session_id": "phone",
        "data": {"component_type": 2, "custom_id": button.custom_id},
    }
    async with aiohttp.ClientSession() as http:

        async def once(number: int, user_id: int) -> None:
            headers = {"Authorization": tokens[user_id]}
            sent = body | {"nonce": str(number)}
            async with http.post(f"{told['rest']}/interactions", json=sent, headers=headers) as reply:
                assert reply.status == 204

        for start in range(0, len(who), 25):  # people do not press in the same millisecond
            await asyncio.gather(*(once(number, user_id) for number, user_id in enumerate(who[start : start + 25])))
            await asyncio.sleep(0.05)


async def test_nobody_is_slowed_down_by_discord(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[str] = []
    take = Limiter.take

    def watched(limiter: Limiter, limit: Limit, route: str, who: str, major: str) -> Verdict:
        verdict = take(limiter, limit, route, who, major)
        refused.extend([] if verdict.allowed else [f"{limit.name} {route}"])
        return verdict

    monkeypatch.setattr(Limiter, "take", watched)
    await hall.plan()
    await hall.do(c.Convene)
    await hall.enter(CHAIR)
    for user_id in SEATED[1:]:
        arrive(hall, user_id)
    await until(lambda: len(hall.meeting.attendance.present) == len(SEATED), 30)
    chair = hall.phones[CHAIR]
    await chair.slash("séance ouvrir")
    await chair.slash("séance point")
    await press(hall, "session", "Séance ouverte", "Demander la parole", SEATED[1:101])
    await until(lambda: len(hall.meeting.floor.queue) == 100, 20)
    for _ in range(3):
        await chair.slash("parole donner")
        await chair.slash("parole retirer")
    await hall.put_to_the_vote("Oui ?")
    await press(hall, hall.ballot, "Vote public en cours", "Pour", SEATED)
    await until(lambda: len(next(iter(hall.meeting.ballots.values())).votes) == len(SEATED), 30)
    await chair.slash("vote clore")
    await chair.slash("séance lever")
    await hall.board("session", "Séance levée")
    assert hall.meeting.phase is Phase.ADJOURNED
    assert member(SECRETARY) in hall.meeting.attendance.present
    assert refused == []
