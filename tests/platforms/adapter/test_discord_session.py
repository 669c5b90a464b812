"""A session on Discord: opened by the chair, drawn on one message, hands, floor and microphones, adjourned."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hall import CHAIR, GUEST, MEETING, PAUL, SALMA, SECRETARY, Hall, member, plain, until

from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.domain.values import MeetingId, PlannedItem
from meetings.log.store import Log
from meetings.rehearsal.loopback.kinds import EventStatus

BOTH = pytest.mark.parametrize("hall", ["stage", "voice"], indirect=True)


async def test_roster_and_venue_are_what_the_guild_says(hall: Hall) -> None:
    seats = await hall.bot.roster()
    assert [(seat.member, seat.role.value) for seat in seats] == [
        (member(CHAIR), "chair"),
        (member(SECRETARY), "secretary"),
        (member(PAUL), "member"),
        (member(SALMA), "member"),
    ]
    assert hall.council.log.names()[member(SALMA)] == "Salma Benali"
    assert hall.bot.venue.channel == str(hall.room)
    assert hall.bot.venue.kind == "stage"


@BOTH
async def test_a_session_from_opening_to_adjournment(hall: Hall) -> None:
    await hall.opened()
    board = await hall.board("session", "Séance ouverte", "✓ Quorum atteint : 3 présents sur 4", "1. Bancs du parc")
    labels = ["Demander la parole", "Motion d’ordre", "Y renoncer", "Où en est-on ?"]
    assert [plain(button.label) for button in board.buttons] == labels
    chair, paul = hall.phones[CHAIR], hall.phones[PAUL]
    await until(lambda: hall.may_speak(CHAIR) and not hall.may_speak(PAUL) and not hall.may_speak(SECRETARY))

    assert "Point 1 : Bancs du parc" in plain((await chair.slash("séance point")).text)
    reply = await paul.press(board.id, board.buttons[0].custom_id)
    assert reply.message
    assert reply.message.id == board.id  # the answer is the repaint of the board itself
    assert r"1. Paul\_Roux\*" in reply.text

    assert "a la parole" in plain((await chair.slash("parole donner")).text)
    await until(lambda: hall.may_speak(PAUL) and hall.may_speak(CHAIR))
    await hall.board("session", r"**Paul\_Roux\* a la parole** · <t:")
    await chair.slash("parole retirer")
    await until(lambda: not hall.may_speak(PAUL))

    await chair.slash("séance lever")
    await hall.board("session", "Séance levée")
    await until(lambda: hall.server.world.guild.voice_states.keys() == {CHAIR, SECRETARY, PAUL})
    await until(lambda: not any(hall.muted(who) for who in (CHAIR, SECRETARY, PAUL)))
    await until(lambda: not hall.meeting.recording.running)
    assert len([surface for surface in hall.meeting.posted if surface.startswith("session")]) == 1


async def test_a_native_request_to_speak_is_a_raised_hand(hall: Hall) -> None:
    await hall.opened()
    paul = hall.phones[PAUL]
    await paul.request_to_speak()
    await hall.board("session", r"1. Paul\_Roux\* (depuis la scène)")
    await paul.request_to_speak(wish=False)
    await hall.board("session", "Personne n’attend")
    await paul.request_to_speak()
    await until(lambda: hall.meeting.floor.place(member(PAUL)) == 1)
    await hall.phones[CHAIR].slash("parole donner", membre=PAUL)
    await until(lambda: hall.may_speak(PAUL))
    assert hall.meeting.floor.queue == ()
    await hall.phones[CHAIR].slash("parole retirer")
    await until(lambda: not hall.may_speak(PAUL) and hall.voice(PAUL).request_to_speak_at is None)
    assert hall.meeting.floor.queue == ()


@BOTH
async def test_presence_in_the_room_is_attendance(hall: Hall) -> None:
    await hall.opened()
    await hall.enter(SALMA, GUEST)
    await until(lambda: member(SALMA) in hall.meeting.attendance.present)
    await hall.phones[SALMA].leave_voice()
    await until(lambda: member(SALMA) not in hall.meeting.attendance.present)
    assert member(GUEST) not in hall.meeting.attendance.ever_present()
    await until(lambda: not hall.may_speak(GUEST))


@pytest.mark.parametrize("hall", ["voice"], indirect=True)
async def test_nobody_stays_muted_who_left_the_room_or_came_back_after_the_session(hall: Hall) -> None:
    await hall.opened()
    await until(lambda: hall.muted(PAUL) and hall.muted(SECRETARY))
    await hall.phones[PAUL].leave_voice()
    await hall.phones[SECRETARY].join_voice(int(hall.server.describe()["channels"]["stage"]))
    await until(lambda: not hall.muted(SECRETARY))
    await hall.do(c.Adjourn, by=member(CHAIR))
    await until(lambda: hall.meeting.phase is Phase.ADJOURNED)
    assert hall.muted(PAUL)  # Discord lets nobody be unmuted who is not in voice
    await hall.stop_bot()
    await hall.start_bot()
    await hall.enter(PAUL)
    await until(lambda: not hall.muted(PAUL))
    await until(lambda: hall.meeting.posted[f"muted:{PAUL}"] == "")


@BOTH
async def test_the_guilds_calendar_follows_the_meeting(hall: Hall) -> None:
    title, item = "Séance extraordinaire " * 8, "Examen du projet de règlement intérieur " * 4
    await hall.plan(title=title, items=tuple(_items(item)))
    world = hall.server.world.guild
    await until(lambda: "event" in hall.meeting.posted)
    event = world.events[int(hall.meeting.posted["event"])]
    assert len(event.name) <= 100
    assert event.name.endswith("Séance…")
    assert len(event.description) <= 1000
    assert "1. Examen du projet" in event.description
    await hall.enter(CHAIR, SECRETARY, PAUL)
    await hall.do(c.Convene)
    await until(lambda: world.events[event.id].status is EventStatus.ACTIVE)
    if hall.venue == "stage":
        await until(lambda: hall.room in world.stages)
        assert len(world.stages[hall.room].topic) <= 120
        assert world.stages[hall.room].event_id == event.id
    await until(lambda: len(hall.meeting.attendance.present) == 3)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: world.events[event.id].status is EventStatus.COMPLETED)
    await until(lambda: hall.room not in world.stages)
    assert len(world.events) == 1


async def test_an_event_created_right_before_a_crash_is_found_again(hall: Hall) -> None:
    """Two meetings of one title on two days have one event each, even where only one of them was noted."""
    await hall.plan()
    await until(lambda: "event" in hall.meeting.posted)
    first = hall.meeting.posted["event"]
    await hall.stop_bot()
    log = Log.open(hall.folder / "council.db")
    plan = next(one.event for one in log.read(MEETING) if isinstance(one.event, Planned))
    log.close()
    (hall.folder / "council.db").rename(hall.folder / "lost.db")  # the note was never written
    await hall.start_bot()
    await hall.do(c.Plan, plan=plan)
    other = replace(plan, starts=plan.starts + timedelta(days=7), ends=plan.ends + timedelta(days=7))
    await hall.council.handle(c.Plan(meeting=MeetingId("next"), at=plan.starts, plan=other))
    await until(lambda: all("event" in one.posted for one in hall.council.meetings()))
    assert hall.meeting.posted["event"] == first
    assert len(hall.server.world.guild.events) == 2


def _items(title: str) -> list[PlannedItem]:
    return [PlannedItem(number, title) for number in range(1, 30)]
