"""Who is there, on Discord: noted by hand, excused, told where the meeting is; a quorum lost, regained, reconvened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hall import CHAIR, GUEST, MEETING, PAUL, SALMA, SECRETARY, Hall, member, plain, until
from test_discord_conduct import offered, refusal, tap

from meetings.boards import Action
from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.domain.quorum import earliest, next_id
from meetings.domain.refusals import Code
from meetings.domain.rules import CGCT, Falls, FloorRules, QuorumRules
from meetings.jobs.reconvening import Reconvening
from meetings.rehearsal.cast.client import MemberClient, Reply, SeenMessage


def button(seen: SeenMessage, action: Action) -> str:
    return next(one.custom_id for one in seen.buttons if one.custom_id.endswith(f":{action}"))


async def asked(phone: MemberClient, seen: SeenMessage) -> Reply:
    return await phone.press(seen.id, button(seen, Action.CATCH_UP))


async def test_who_attends_in_a_hall_is_noted_and_their_phone_changes_nothing(hall: Hall) -> None:
    await hall.opened()
    secretary, salma = hall.phones[SECRETARY], await hall.phone(SALMA)
    assert (await hall.phones[PAUL].slash("présence noter", membre=SALMA)).text == refusal(Code.OFFICERS_ONLY)
    noted = plain((await secretary.slash("présence noter", membre=SALMA)).text)
    assert noted == "Salma Benali est noté présent hors du salon vocal ; présents : 4."
    await hall.board("session", "4 présents sur 4", "dont 1 présent hors du salon vocal")
    await hall.enter(SALMA)
    await salma.leave_voice()
    board = await hall.put_to_the_vote("Poser deux bancs")
    await salma.press(board.id, board.buttons[0].custom_id)
    assert member(SALMA) in hall.meeting.ballots[next(iter(hall.meeting.ballots))].votes
    roll = plain((await (await hall.phone(GUEST)).slash("présence liste")).text)
    assert "Salma Benali (hors du salon)" in roll
    assert "Absents" not in roll
    left = plain((await hall.phones[CHAIR].slash("présence départ", membre=SALMA)).text)
    assert left == "Le départ de Salma Benali est noté ; présents : 3."
    stays = await hall.phones[CHAIR].slash("présence départ", membre=PAUL)
    assert stays.text == refusal(Code.ATTENDS_IN_ROOM)


async def test_one_excuses_oneself_and_reads_it(hall: Hall) -> None:
    hall.server.world.users[SALMA].locale = "en-GB"
    await hall.plan()
    salma = await hall.phone(SALMA)
    assert "You are excused." in plain((await salma.slash("attendance excuse")).text)
    assert "You are excused; come all the same" in plain((await salma.slash("me")).text)
    secretary = await hall.phone(SECRETARY)
    assert "Paul" in (await secretary.slash("présence excuser", membre=PAUL)).text
    assert "n’est plus excusé" in plain((await secretary.slash("présence excuser", membre=PAUL, annuler=True)).text)
    assert "Excusés" in (await secretary.slash("présence liste")).text
    assert set(hall.meeting.attendance.excused) == {member(SALMA)}


async def test_who_comes_late_is_told_alone_where_the_meeting_is(hall: Hall) -> None:
    await hall.opened()
    await hall.phones[CHAIR].slash("séance point")
    await hall.phones[CHAIR].slash("parole donner", membre=PAUL)
    await hall.put_to_the_vote("Poser deux bancs")
    await hall.enter(SALMA)
    await hall.phones[SALMA].slash("main lever")
    await until(lambda: member(SALMA) in hall.meeting.attendance.present)
    board = await hall.board("session", "La parole")
    for who, words in (
        (SALMA, ["Vous êtes en position 1 sur 1.", "Vous êtes dans la salle"]),
        (GUEST, ["Quorum atteint"]),
    ):
        reply = await asked(await hall.phone(who), board)
        assert reply.message
        assert reply.message.ephemeral
        told = plain(reply.text)
        for each in (
            *words,
            "▶ 1. Bancs du parc",
            r"Paul\_Roux\* a la parole",
            "Un vote est en cours : Poser deux bancs",
        ):
            assert each in told


async def test_the_record_says_which_proxies_one_gave_and_holds(hall: Hall) -> None:
    await hall.opened()
    salma, paul = await hall.phone(SALMA), hall.phones[PAUL]
    await salma.slash("pouvoir donner", membre=PAUL)
    assert "qui ne l’a pas encore accepté" in plain((await salma.slash("moi")).text)
    assert "Salma Benali vous donne pouvoir" in plain((await paul.slash("moi")).text)
    await paul.slash("pouvoir accepter")
    assert r"Paul\_Roux\* vote pour vous" in plain((await salma.slash("moi")).text)
    assert "Vous votez pour Salma Benali" in plain((await paul.slash("moi")).text)


@pytest.mark.parametrize("falls", list(Falls))
async def test_a_quorum_lost_rings_the_chair_and_so_does_its_return(hall: Hall, falls: Falls) -> None:
    await hall.opened(rules=replace(CGCT, quorum=QuorumRules(falls=falls)))
    await hall.phones[PAUL].leave_voice()
    lost = await hall.board("quorum:1", "le quorum n’est plus atteint : 2 présents, il en faut 3")
    assert [user["id"] for user in lost.wire["mentions"]] == [str(CHAIR)]
    await hall.board("session", "✗ Quorum non atteint : 2 présents sur 4", "quorum perdu")
    shown = offered(await hall.phones[CHAIR].slash("panneau"))
    kept = ["reconvene", "adjourn"]
    assert shown == (kept if falls is Falls.RECESS else ["suspend", *kept])
    assert (hall.meeting.interludes.recess is not None) is (falls is Falls.RECESS)
    await hall.enter(SALMA)
    back = await hall.board("quorum:1:back", "le quorum est de nouveau atteint : 3 présents")
    assert [user["id"] for user in back.wire["mentions"]] == [str(CHAIR)]
    assert ("La séance peut reprendre" in plain(back.text)) is (falls is Falls.RECESS)


async def test_the_chair_reconvenes_and_the_next_meeting_is_announced_and_needs_no_quorum(hall: Hall) -> None:
    await hall.plan()
    await hall.enter(CHAIR)
    await hall.do(c.Convene)
    await until(lambda: len(hall.meeting.attendance.present) == 1)
    chair = hall.phones[CHAIR]
    today = datetime.now(UTC).date()
    first = earliest(today, 3)
    suggested = await chair.suggestions("séance reconvoquer", "date", date="")
    assert suggested[0]["value"] == first.isoformat()
    unread = await chair.slash("séance reconvoquer", date="@everyone", heure="18:30")
    assert unread.text == refusal(Code.DATE_UNREADABLE, found="@\u200beveryone 18:30")
    early = await chair.slash("séance reconvoquer", date=(first - timedelta(days=1)).isoformat(), heure="18h")
    assert early.text == refusal(Code.TOO_SOON, earliest=first, days=3)
    form = await tap(chair, await chair.slash("panneau"), "reconvene")
    assert form.modal
    await chair.submit(form.modal, day=f"{first:%d/%m/%Y}", hour="18 h 30")
    assert hall.meeting.phase is Phase.ADJOURNED
    await hall.board("reconvened", "Faute de quorum, la séance est levée.", "quel que soit le nombre")
    await Reconvening(hall.council, hall.bot.roster).plan()
    key = next_id(MEETING)
    await until(lambda: "event" in hall.council.meeting(key).posted)
    event = hall.server.world.guild.events[int(hall.council.meeting(key).posted["event"])]
    assert (event.name, event.start) == ("Séance de novembre", datetime(*first.timetuple()[:3], 18, 30, tzinfo=UTC))
    await hall.council.handle(c.Convene(meeting=key, at=datetime.now(UTC)))
    await until(lambda: len(hall.council.meeting(key).attendance.present) == 1)
    await chair.slash("séance ouvrir")
    assert hall.council.meeting(key).phase is Phase.OPEN
    await until(lambda: "session" in hall.council.meeting(key).posted)
    ref = int(hall.council.meeting(key).posted["session"])
    await chair.see(lambda seen: seen.id == ref and "Sans condition de quorum" in plain(seen.text))


async def test_the_panel_knows_the_floors_acts_and_stays_within_five_rows(hall: Hall) -> None:
    rules = replace(CGCT, floor=FloorRules(order=CGCT.floor.order, speech=120))
    await hall.opened(rules=rules)
    chair = hall.phones[CHAIR]
    for who in (SECRETARY, PAUL):
        await hall.phones[who].slash("main lever")
    shown = await chair.slash("panneau")
    assert offered(shown)[:4] == ["next", "give", "skip", "close-list"]
    shown = await tap(chair, shown, "skip")
    assert hall.meeting.floor.queue[0].member == member(PAUL)
    shown = await tap(chair, await tap(chair, shown, "give"), "extend")
    speaker = hall.meeting.floor.speaker
    assert speaker
    assert speaker.ends == speaker.since + timedelta(seconds=180)
    shown = await tap(chair, shown, "close-list")
    assert "reopen-list" in offered(shown)
    assert len(offered(shown)) <= 25
    await tap(chair, shown, "reopen-list")
    assert not hall.meeting.floor.closed
