"""What Discord takes away in the middle of a session: told to the chair once, with the remedy; the session goes on."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from hall import CHAIR, MEETING, PAUL, SALMA, SECRETARY, Hall, member, plain, until

from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.domain.values import BallotId, PlannedItem
from meetings.platforms.discord import bot as bots
from meetings.rehearsal.cast.client import SeenMessage
from meetings.rehearsal.loopback.kinds import ALL_PERMISSIONS, Permission
from meetings.rehearsal.loopback.world import Message

LEAST = ALL_PERMISSIONS & ~Permission.ADMINISTRATOR


async def owner(hall: Hall, method: str, path: str, **body: object) -> dict[str, object]:
    """A request of the server's owner."""
    told = hall.server.describe()
    headers = {"Authorization": f"Bot {told['bots'][1]['token']}"}
    async with aiohttp.request(method, told["rest"] + path, headers=headers, json=body or None) as response:
        assert response.status < 300, await response.text()
        return await response.json() if response.status != 204 else {}


def said(hall: Hall, channel: int) -> list[Message]:
    return [message for message in hall.server.world.history(channel) if message.mentions == [CHAIR]]


async def rung(hall: Hall, channel: int, *words: str) -> Message:
    """The one message in a channel that rings the chair with these words."""

    def found() -> list[Message]:
        return [one for one in said(hall, channel) if all(each in plain(one.content) for each in words)]

    await until(lambda: bool(found()))
    (message,) = found()
    return message


async def permit(hall: Hall, permissions: Permission) -> None:
    """Change the permissions of the bot's role."""
    guild = hall.server.world.guild
    role = guild.roles[guild.members[robot(hall)].role_ids[0]]
    role.permissions = permissions
    await owner(hall, "PATCH", f"/guilds/{guild.id}/roles/{role.id}", mentionable=not role.mentionable)


def robot(hall: Hall) -> int:
    return int(hall.server.describe()["bots"][0]["id"])


async def deny(hall: Hall, channel: int, *permissions: Permission) -> None:
    await permit(hall, LEAST)
    denied = str(int(sum(permissions, Permission(0))))
    await owner(hall, "PUT", f"/channels/{channel}/permissions/{robot(hall)}", type=1, allow="0", deny=denied)


async def allow(hall: Hall, channel: int) -> None:
    await owner(hall, "DELETE", f"/channels/{channel}/permissions/{robot(hall)}")


async def drawn(hall: Hall, channel: int, words: str) -> None:
    def shown() -> bool:
        history = hall.server.world.history(channel)
        return any(words in str(message.components) for message in history)

    await until(shown)


async def test_a_text_channel_closed_to_the_bot_is_told_in_the_rooms_chat_and_drawn_once_open(hall: Hall) -> None:
    await hall.opened()
    await hall.board("session", "Séance ouverte")
    await deny(hall, hall.text, Permission.SEND_MESSAGES)
    await hall.phones[CHAIR].slash("vote ouvrir", motion="Poser deux bancs")
    await rung(hall, hall.room, "il manque au robot dans", "Envoyer des messages", "Donnez ces permissions")
    await hall.do(c.GiveFloor, by=member(CHAIR), member=member(PAUL))
    await until(lambda: hall.may_speak(PAUL))
    await allow(hall, hall.text)
    await hall.board(hall.ballot, "Poser deux bancs")
    assert len(said(hall, hall.room)) == 1


@pytest.mark.parametrize("hall", ["voice"], indirect=True)
async def test_a_permission_taken_in_the_room_is_named_in_the_text_channel(hall: Hall) -> None:
    await hall.opened()
    await until(lambda: hall.muted(PAUL))
    await permit(hall, LEAST & ~Permission.MUTE_MEMBERS)
    await hall.do(c.GiveFloor, by=member(CHAIR), member=member(PAUL))
    await rung(hall, hall.text, "Couper le micro de membres")
    await hall.board("session", r"Paul\_Roux\* a la parole")
    await permit(hall, LEAST)
    await until(lambda: not hall.muted(PAUL))


async def test_boards_are_drawn_anew_in_a_text_channel_of_the_same_name(hall: Hall) -> None:
    await hall.opened()
    await hall.board("session", "Séance ouverte")
    name, guild = hall.server.world.guild.channels[hall.text].name, hall.server.world.guild.id
    room = hall.room
    await owner(hall, "DELETE", f"/channels/{hall.text}")
    await rung(hall, room, f"le salon textuel « {name} » a été supprimé", "Créez-en un du même nom")
    await hall.do(c.NextItem, by=member(CHAIR))
    await hall.do(c.OpenBallot, by=member(CHAIR), ballot=BallotId("b"), motion="Poser deux bancs")
    made = await owner(hall, "POST", f"/guilds/{guild}/channels", name=name, type=0)
    await drawn(hall, int(str(made["id"])), "Bancs du parc")
    await drawn(hall, int(str(made["id"])), "Poser deux bancs")
    assert len(said(hall, room)) == 1


async def test_the_session_goes_on_without_its_room_and_in_another_of_its_name(hall: Hall) -> None:
    await hall.opened()
    name, guild, text = hall.server.world.guild.channels[hall.room].name, hall.server.world.guild.id, hall.text
    await owner(hall, "DELETE", f"/channels/{hall.room}")
    await rung(hall, text, f"le salon de la séance « {name} » a été supprimé")
    assert len(hall.meeting.attendance.present) == 3
    await hall.phones[CHAIR].slash("séance point")
    assert hall.meeting.current == 1
    made = await owner(hall, "POST", f"/guilds/{guild}/channels", name=name, type=13)
    await hall.phones[SECRETARY].join_voice(int(str(made["id"])))
    await until(lambda: list(hall.meeting.attendance.present) == [member(SECRETARY)])
    await hall.board("session", "▶ 1. Bancs du parc", "1 présents sur 4")


async def test_who_leaves_the_server_has_left_the_room_and_keeps_name_and_vote(hall: Hall) -> None:
    await hall.opened()
    await hall.enter(SALMA)
    await until(lambda: member(SALMA) in hall.meeting.attendance.present)
    board = await hall.put_to_the_vote("Poser deux bancs")
    await hall.phones[SALMA].press(board.id, board.buttons[0].custom_id)
    await hall.phones[SALMA].slash("main lever")
    assert await hall.api("DELETE", f"/guilds/{hall.server.world.guild.id}/members/{SALMA}") == 204
    await until(lambda: member(SALMA) not in hall.meeting.attendance.present)
    assert hall.meeting.floor.queue == ()
    await hall.phones[CHAIR].slash("vote clore")
    await hall.board(hall.ballot, "Pour : Salma Benali")
    assert hall.meeting.phase is Phase.OPEN


async def test_an_outage_is_told_and_what_happened_meanwhile_is_taken_up(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bots, "OUTAGE", 0.0)
    await hall.opened()
    (line,) = [one for one in hall.server.hub.sessions.values() if one.user.id == robot(hall)]
    assert line.line
    line.line.cut()
    await hall.phones[PAUL].leave_voice()
    await until(lambda: member(PAUL) not in hall.meeting.attendance.present, seconds=20)
    await rung(hall, hall.text, "le robot a été coupé de Discord pendant")


async def test_a_clock_set_back_leaves_acts_in_their_order_and_the_board_right(hall: Hall) -> None:
    await hall.opened()
    early = datetime.now(UTC) - timedelta(hours=2)
    for number in (1, 2):
        await hall.council.handle(c.NextItem(meeting=MEETING, at=early, by=member(CHAIR), number=number))
    await hall.board("session", "▶ 2. Fête de quartier", "1. Bancs du parc · 0 s sur 15 min")
    assert hall.meeting.opened
    assert all(item.opened and item.opened >= hall.meeting.opened for item in hall.meeting.items)
    assert "Vous êtes dans la salle" in plain((await hall.phones[PAUL].slash("moi")).text)


async def test_one_member_in_two_places_is_there_once(hall: Hall) -> None:
    """Discord has a member in one voice channel at a time: a second device takes over from the first."""
    await hall.opened()
    other = next(
        channel.id for channel in hall.server.world.guild.channels.values() if channel.id not in {hall.room, hall.text}
    )
    before = len(hall.meeting.attendance.movements)
    await hall.phones[PAUL].join_voice(other)
    await until(lambda: member(PAUL) not in hall.meeting.attendance.present)
    await hall.phones[PAUL].join_voice(hall.room)
    await until(lambda: member(PAUL) in hall.meeting.attendance.present)
    assert len(hall.meeting.attendance.movements) == before + 2
    assert list(hall.meeting.attendance.present).count(member(PAUL)) == 1


HOSTILE = (
    "@everyone @here <@900000000000000003> <@&1> <#2> </vote:3>",
    "```\n# Grand titre\n> cité\n-# petit\n||caché|| **gras** [lien](https://example.org)",
    "\u202eמרחבא\u2066 مرحبا\u2069\u202c 🙂👩‍👩‍👧 \u0007<:x:900000000000000003> <t:1:R>",
    "https://example.org/a_b?c=`**||~~ et la suite",
)


def harmless(seen: SeenMessage | Message, text: str) -> None:
    """Nothing in it rings, links inside Discord, hides, or marks up what follows."""
    bare = text
    for escaped in ("\\*", "\\_", "\\`", "\\|", "\\~", "\\#", "\\>", "\\[", "\\-"):
        bare = bare.replace(escaped, "·")
    for mark in (
        "@everyone",
        "@here",
        "<@",
        "<#",
        "</",
        "<:",
        "<t:1:R>",
        "```",
        "||",
        "~~",
        "\u202e",
        "\u2066",
        "\x07",
    ):
        assert mark not in bare, (mark, text)
    assert "\n# " not in bare
    wire = seen.wire if isinstance(seen, SeenMessage) else {}
    assert (wire.get("mentions"), wire.get("mention_roles"), wire.get("mention_everyone")) == ([], [], False)


async def test_whatever_people_write_is_shown_and_harms_nobody(hall: Hall) -> None:
    await hall.stop_bot()
    hall.server.world.guild.members[PAUL].nick = "<@&1>`*|\u202e🙂"
    await hall.start_bot()
    items = tuple(PlannedItem(number, title, 5) for number, title in enumerate((*HOSTILE, "Mot " * 500), 1))
    await hall.opened(title="@everyone " + "Très longue séance " * 110, items=items)
    await hall.phones[PAUL].slash("main lever")
    for number, _ in enumerate(items, 1):
        reply = await hall.phones[CHAIR].slash("séance point", numéro=number)
        assert reply.message
        harmless(reply.message, reply.text)
    board = await hall.board("session", "🙂")
    harmless(board, board.text)
    assert len(board.text) <= 4000
    for motion in HOSTILE:
        shown = await hall.put_to_the_vote(motion)
        harmless(shown, shown.text)
        await hall.phones[CHAIR].slash("vote clore")
    panel = await hall.phones[CHAIR].slash("panneau")
    assert panel.message
    harmless(panel.message, panel.text)
    assert all(len(button.label) <= 80 for button in panel.message.buttons)
    mine = await (await hall.phone(PAUL)).slash("moi")
    assert mine.message
    harmless(mine.message, mine.text)
