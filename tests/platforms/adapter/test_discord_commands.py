"""Every slash command: named, described and localized within Discord's limits, and under the one error policy."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from discord import app_commands
from hall import CHAIR, GUEST, PAUL, Hall, member, plain, until

from meetings.domain.refusals import Code
from meetings.i18n import translator
from meetings.rehearsal.cast.client import InteractionFailed

# Discord's rule for names of commands and options (Application Commands, Naming), as far as our languages need it.
NAME = re.compile(r"^[-_'\w]{1,32}$")
ENGLISH = ("en-US", "en-GB")


def every(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield command
    for option in command.get("options") or []:
        yield from every(option)


async def told(hall: Hall) -> list[dict[str, Any]]:
    chair = await hall.phone(CHAIR)
    index = await chair._line.request("GET", f"/channels/{hall.text}/application-command-index")
    return index["application_commands"]


def typed(commands: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each command as one types it, with its options."""
    for command in commands:
        inner = [option for option in command.get("options") or [] if option["type"] == 1]
        for sub in inner:
            yield f"{command['name']} {sub['name']}", sub.get("options") or []
        if not inner:
            yield command["name"], command.get("options") or []


async def test_every_command_and_option_is_named_described_and_localized(hall: Hall) -> None:
    commands = await told(hall)
    groups = {"huis-clos", "main", "ordre-du-jour", "parole", "pouvoir", "présence", "présidence", "séance", "vote"}
    groups |= {"données", "enregistrement", "pv"}
    assert {command["name"] for command in commands} == groups | {"aide", "lien", "moi", "panneau"}
    for part in (part for command in commands for part in every(command)):
        names = [part["name"], *(part["name_localizations"][locale] for locale in ENGLISH)]
        texts = [part["description"], *(part["description_localizations"][locale] for locale in ENGLISH)]
        assert all(NAME.match(name) and name == name.lower() for name in names), names
        assert all(1 <= len(text) <= 100 for text in texts), texts
        assert part["description"] != part["description_localizations"]["en-GB"]


async def test_every_command_says_why_it_cannot_be_done_and_does_nothing(hall: Hall) -> None:
    """Before any meeting is planned, each one is refused in words, to the person alone."""
    chair = await hall.phone(CHAIR)
    given = {
        "motion": "Poser deux bancs",
        "numéro": 1,
        "titre": "Divers",
        "minutes": 5,
        "mode": "secret",
        "membre": PAUL,
        "date": "24/12/2026",
        "heure": "18 h 30",
        "proposition": "Fermer à 22 h",
        "question": "Par quoi commencer ?",
        "options": "Bancs ; Arbres",
        "fonction": "Trésorerie",
        "candidats": "Paul_Roux*",
        "motif": "Erreur",
        "texte": "Je suis pour",
        "demande": "r1",
        "retenir": True,
        "quoi": "Écrire à la mairie",
    }
    refused = 0
    for name, options in typed(await told(hall)):
        if name not in {"aide", "ordre-du-jour actualiser"}:  # these are not about a meeting
            wanted = {one["name"]: given[one["name"]] for one in options if one.get("required") or one["name"] in given}
            reply = await chair.slash(name, **wanted)
            assert reply.message
            assert reply.message.ephemeral
            assert reply.text == translator("fr")(f"refusal.{Code.UNKNOWN_MEETING}")
            refused += 1
    assert refused == 61
    assert hall.council.meetings() == []


async def test_english_members_type_and_read_english(hall: Hall) -> None:
    hall.server.world.users[PAUL].locale = "en-GB"
    await hall.opened()
    paul = hall.phones[PAUL]
    assert plain((await paul.slash("hand raise")).text) == "Your request is noted; your place in the queue: 1."
    queue = await paul.slash("floor queue")
    assert queue.message
    assert queue.message.ephemeral
    assert "Nobody has the floor." in plain(queue.text)
    assert r"1. Paul\_Roux\*" in queue.text
    assert queue.message.buttons == []
    assert plain((await paul.slash("hand lower")).text) == "You no longer ask for the floor."


async def test_the_chairs_commands_are_refused_to_others(hall: Hall) -> None:
    await hall.opened()
    reply = await hall.phones[PAUL].slash("vote ouvrir", motion="Poser deux bancs")
    assert reply.text == translator("fr")(f"refusal.{Code.CHAIR_ONLY}")
    guest = await hall.phone(GUEST)
    assert (await guest.slash("main lever")).text == translator("fr")(f"refusal.{Code.NOT_A_MEMBER}")


async def test_an_act_that_cannot_be_written_is_told_and_not_done(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    await hall.opened()
    board = await hall.board("session", "Séance ouverte")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(hall.council.log, "append", full)
    by_command = await hall.phones[PAUL].slash("main lever")
    by_button = await hall.phones[PAUL].press(board.id, board.buttons[0].custom_id)
    assert by_command.text == by_button.text == translator("fr")("discord.error.not-done")
    assert hall.meeting.floor.place(member(PAUL)) is None


async def test_a_mistake_of_ours_is_logged_and_told(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await hall.opened()
    monkeypatch.setattr(hall.bot._connection.desk, "current", lambda: 1 / 0)
    reply = await hall.phones[PAUL].slash("main lever")
    assert reply.text == translator("fr")("discord.error.unexpected")
    assert "ZeroDivisionError" in caplog.text


async def test_commands_are_told_to_discord_only_when_they_changed(hall: Hall) -> None:
    before = {command["id"]: command["version"] for command in await told(hall)}
    await hall.stop_bot()
    await hall.start_bot()
    assert {command["id"]: command["version"] for command in await told(hall)} == before
    tree = hall.bot._connection._connection._command_tree
    assert isinstance(tree, app_commands.CommandTree)
    assert not await tree.publish(hall.folder / "council.commands")
    assert await tree.publish(hall.folder / "elsewhere.commands")


async def test_an_unknown_number_and_an_absent_member_are_refused(hall: Hall) -> None:
    await hall.opened()
    chair = hall.phones[CHAIR]
    assert "9" in (await chair.slash("séance point", numéro=9)).text
    with pytest.raises(InteractionFailed):
        await chair.slash("séance point", numéro=0)  # Discord's own app refuses what is out of range
    absent = await chair.slash("parole donner", membre=GUEST)
    assert absent.text == translator("fr")(f"refusal.{Code.NOT_PRESENT}")
    await until(lambda: hall.meeting.floor.speaker is None)
