"""The floor on Discord under a council's rules: every kind of request, why one waits, the list, the time."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

from hall import CHAIR, PAUL, SALMA, SECRETARY, Hall, member, plain, until

from meetings.domain.refusals import Code
from meetings.domain.rules import CGCT, Criterion, FloorRules, Rules
from meetings.domain.values import Kind
from meetings.i18n import translator
from meetings.rehearsal.cast.client import SeenMessage
from meetings.schedule import Schedule

CITIZENS = FloorRules(
    order=(
        Criterion.POINT_OF_ORDER,
        Criterion.DIRECT_REPLY,
        Criterion.FIRST_TIME,
        Criterion.COLLEGES,
        Criterion.ARRIVAL,
    )
)


async def opened(hall: Hall, rules: FloorRules) -> None:
    """A session of four under these rules, on its first item."""
    hall.council.rules = replace(CGCT, floor=rules)
    await hall.opened()
    await hall.enter(SALMA)
    await until(lambda: len(hall.meeting.attendance.present) == 4)
    await hall.phones[CHAIR].slash("séance point")


def button(board: SeenMessage, end: str) -> str:
    return next(one.custom_id for one in board.buttons if one.custom_id.endswith(f":{end}"))


@asynccontextmanager
async def clockwork(hall: Hall):
    """The house's own schedule, as it runs beside the bot."""
    running = asyncio.create_task(Schedule(hall.council).run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_colleges_come_from_roles_and_rules_are_noted_with_the_plan(hall: Hall) -> None:
    await opened(hall, CITIZENS)
    assert {seat.member: seat.college for seat in hall.meeting.attendance.roster} == {
        member(CHAIR): "",
        member(SECRETARY): "associations",
        member(PAUL): "habitants",
        member(SALMA): "habitants",
    }
    again = hall.council.log.read(hall.meeting.id)[0].event
    assert again.rules == replace(CGCT, floor=CITIZENS)


async def test_every_kind_of_request_has_its_button_and_its_place(hall: Hall) -> None:
    await opened(hall, CITIZENS)
    chair, paul, salma, lea = (hall.phones[who] for who in (CHAIR, PAUL, SALMA, SECRETARY))
    board = await hall.board("session", "Séance ouverte")
    assert [one.label for one in board.buttons][:-1] == ["Demander la parole", "Motion d’ordre", "Y renoncer"]
    await paul.press(board.id, button(board, "raise"))
    await chair.slash("parole donner")
    board = await hall.board("session", "a la parole")
    await hall.board("session", "Personne n’attend")
    assert "Répliquer" in [one.label for one in (await hall.board("session", "a la parole")).buttons]

    await salma.press(board.id, button(board, "raise"))
    await lea.press(board.id, f"{button(board, 'raise').rpartition(':')[0]}:reply")
    await hall.board("session", r"1. Léa Fontaine (réplique à Paul\_Roux\*)", "2. Salma Benali")
    asked = await salma.press(board.id, button(board, "point"))
    assert asked.message
    assert asked.message.ephemeral
    assert "Quelle motion d’ordre ?" in plain(asked.text)
    answer = await salma.press(asked.message.id, button(asked.message, "point-recess"))
    assert "votre place dans la file : 1" in plain(answer.text)
    await hall.board("session", "1. Salma Benali (motion d’ordre : suspendre la séance)", "2. Léa Fontaine")
    why = await lea.slash("parole pourquoi")
    assert why.message
    assert why.message.ephemeral
    assert plain(why.text).splitlines()[:2] == [
        "Vous êtes en position 2 sur 2.",
        "Salma Benali passe avant vous : c’est une motion d’ordre.",
    ]
    assert "les motions d’ordre, les répliques" in plain(why.text)
    assert [request.kind for request in hall.meeting.floor.queue] == [Kind.RECESS, Kind.REPLY]


async def test_the_order_is_explained_in_the_readers_language(hall: Hall) -> None:
    hall.server.world.users[PAUL].locale = "en-GB"
    await opened(hall, CITIZENS)
    chair, paul = hall.phones[CHAIR], hall.phones[PAUL]
    await chair.slash("parole donner", membre=PAUL)
    await chair.slash("parole retirer")
    await paul.slash("hand raise")
    await hall.phones[SALMA].slash("main lever")
    told = plain((await paul.slash("floor why")).text)
    assert "You are number 2 of 2." in told
    assert "Salma Benali goes before you: they have not yet spoken on this item, you have." in told
    assert plain((await hall.phones[SECRETARY].slash("parole pourquoi")).text) == plain(
        translator("fr")(f"refusal.{Code.HAND_NOT_UP}")
    )
    times = plain((await paul.slash("floor times")).text)
    assert r"Paul\_Roux\*: " in times
    assert "College habitants: " in times


async def test_the_chair_closes_the_list_passes_over_and_puts_back(hall: Hall) -> None:
    await opened(hall, CITIZENS)
    chair, paul, salma = (hall.phones[who] for who in (CHAIR, PAUL, SALMA))
    await paul.slash("main lever")
    await chair.slash("parole clore")
    await hall.board("session", "La liste est close")
    refused = await salma.slash("main lever")
    assert refused.text == translator("fr")(f"refusal.{Code.LIST_CLOSED}")
    await salma.slash("main lever", genre="point-vote")
    await chair.slash("parole rouvrir")
    await chair.slash("parole passer")
    await hall.board("session", r"1. Paul\_Roux\*", "2. Salma Benali")
    await chair.slash("parole donner")
    await until(lambda: hall.may_speak(PAUL))
    await chair.slash("parole remettre")
    await until(lambda: not hall.may_speak(PAUL))
    await hall.board("session", "Personne n’a la parole.", r"1. Paul\_Roux\*", "2. Salma Benali")
    refused = await paul.slash("parole passer")
    assert refused.text == translator("fr")(f"refusal.{Code.CHAIR_ONLY}")


async def test_the_chair_is_told_when_the_time_is_over_and_may_extend(hall: Hall) -> None:
    async with clockwork(hall):
        await opened(hall, replace(CITIZENS, speech=7))  # longer than edits of the board may have to wait
        chair = hall.phones[CHAIR]
        await chair.slash("parole donner", membre=PAUL)
        await hall.board("session", "temps de parole · <t:")
        told = await chair.see(lambda seen: "est écoulé" in seen.content)
        assert f"<@{CHAIR}>" in told.content
        assert r"Paul\_Roux\*" in told.content
        await hall.board("session", "temps de parole écoulé · <t:")
        assert hall.may_speak(PAUL)  # nobody is cut off
        assert "2 minutes" in plain((await chair.slash("parole prolonger", minutes=2)).text)
        await hall.board("session", "temps de parole · <t:")
        assert [seen.id for seen in chair.messages.values() if "est écoulé" in seen.content] == [told.id]


async def test_a_rule_may_end_the_speech_with_its_time(hall: Hall) -> None:
    async with clockwork(hall):
        await opened(hall, replace(CITIZENS, speech=1, cut=True))
        await hall.phones[CHAIR].slash("parole donner", membre=PAUL)
        await until(lambda: hall.may_speak(PAUL))
        await until(lambda: not hall.may_speak(PAUL))
        await hall.board("session", "Personne n’a la parole.")


async def test_sides_have_their_buttons_where_the_rules_know_them(hall: Hall) -> None:
    await opened(hall, FloorRules(order=(Criterion.PRO_CONTRA, Criterion.ARRIVAL)))
    board = await hall.board("session", "Séance ouverte")
    assert [one.label for one in board.buttons][:-1] == ["Parler pour", "Parler contre", "Y renoncer"]
    await hall.phones[PAUL].press(board.id, button(board, "contra"))
    await hall.board("session", r"1. Paul\_Roux\* (contre)")
    refused = await hall.phones[SALMA].slash("main lever", genre="point-rules")
    assert refused.text == translator("fr")(f"refusal.{Code.KIND_NOT_IN_RULES}")


async def test_a_restart_keeps_the_queue_its_order_and_the_rules(hall: Hall) -> None:
    await opened(hall, CITIZENS)
    for who in (PAUL, SALMA, SECRETARY):
        await hall.phones[who].slash("main lever")
    queue = hall.meeting.floor.queue
    assert [request.member for request in queue] == [member(PAUL), member(SECRETARY), member(SALMA)]
    await hall.stop_bot()
    hall.rules = Rules()
    await hall.start_bot()
    assert hall.meeting.floor.queue == queue
    board = await hall.board("session", "2. Léa Fontaine")
    assert button(board, "point")
