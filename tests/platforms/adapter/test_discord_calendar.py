"""A meeting to come on Discord: its event follows the log, members are called, and answer; each thing is said once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hall import CHAIR, MEETING, PAUL, SALMA, SECRETARY, Hall, member, plain, until

from meetings.domain import commands as c
from meetings.domain import diary as d
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.domain.scheduling import Reason
from meetings.domain.values import Entry, MeetingId, PlannedItem
from meetings.planning import Follower, Host
from meetings.rehearsal.loopback.kinds import EntityType, EventStatus
from meetings.rehearsal.loopback.world import ScheduledEvent


def event(hall: Hall) -> ScheduledEvent:
    return hall.server.world.guild.events[int(hall.meeting.posted["event"])]


def plan(hall: Hall) -> Planned:
    assert hall.meeting.plan
    return hall.meeting.plan


async def announced(hall: Hall) -> ScheduledEvent:
    await until(lambda: bool(hall.meeting.posted.get("event")))
    return event(hall)


async def test_the_event_follows_what_the_calendar_changes(hall: Hall) -> None:
    await hall.plan()
    first = await announced(hall)
    moved = plan(hall).starts + timedelta(days=3)
    await hall.do(d.Reschedule, starts=moved, ends=moved + timedelta(hours=1), place="Préau")
    await until(lambda: event(hall).start == moved.replace(microsecond=0))
    assert event(hall).end == (moved + timedelta(hours=1)).replace(microsecond=0)
    title = "Séance extraordinaire sur le règlement intérieur et la vie de quartier " * 3
    await hall.do(
        d.ChangeAgenda, title=title, items=tuple(PlannedItem(n, "Point à examiner " * 9) for n in range(1, 20))
    )
    await until(lambda: event(hall).name.startswith("Séance extraordinaire"))
    assert len(event(hall).name) <= 100
    assert event(hall).name.rstrip("…") + " " in title
    assert 900 < len(event(hall).description or "") <= 1000
    assert event(hall).id == first.id

    await hall.stop_bot()
    await hall.start_bot()
    await hall.do(d.Cancel, reason=Reason.CALENDAR)
    await until(lambda: "event:over" in hall.meeting.posted)
    assert event(hall).status is EventStatus.CANCELED
    await hall.do(d.Reinstate)
    await until(lambda: event(hall).status is EventStatus.SCHEDULED)
    assert event(hall).id != first.id
    assert len(hall.server.world.guild.events) == 2


@pytest.mark.parametrize(
    "written", ["Salle des Caladons, Discord : salle du conseil", "https://discord.com/channels/1/{id}"]
)
async def test_the_calendars_place_chooses_among_the_rooms(hall: Hall, written: str) -> None:
    voice = int(hall.server.describe()["channels"]["voice"])
    await hall.plan(place="Hémicycle")
    assert (await announced(hall)).channel_id == hall.room
    hours = {"starts": plan(hall).starts, "ends": plan(hall).ends}
    await hall.do(d.Reschedule, **hours, place=written.format(id=voice))
    await until(lambda: event(hall).channel_id == voice)
    assert event(hall).entity_type is EntityType.VOICE
    for who in (CHAIR, SECRETARY, PAUL):
        await (await hall.phone(who)).join_voice(voice)
    await hall.convened()
    await hall.phones[CHAIR].slash("séance ouvrir")
    await until(lambda: hall.muted(PAUL))
    assert event(hall).status is EventStatus.ACTIVE
    assert hall.room not in hall.server.world.guild.stages


async def test_what_somebody_does_to_the_event_by_hand_is_put_right(hall: Hall) -> None:
    await hall.plan()
    first = await announced(hall)
    guild = hall.bot._connection.get_guild(hall.bot._premises.guild)
    assert guild
    named = first.name
    await (await guild.fetch_scheduled_event(first.id)).edit(name="Apéro")
    await until(lambda: event(hall).name == named)
    await hall.api("DELETE", f"/guilds/{guild.id}/scheduled-events/{first.id}")
    await until(lambda: hall.meeting.posted["event"] != str(first.id))
    assert event(hall).name == named
    await (await guild.fetch_scheduled_event(event(hall).id)).cancel()
    await until(lambda: event(hall).status is EventStatus.SCHEDULED)


async def test_a_meeting_that_nobody_opened_leaves_the_room(hall: Hall) -> None:
    await hall.plan()
    await hall.enter(CHAIR, SECRETARY, PAUL)
    await hall.convened()
    await until(lambda: event(hall).status is EventStatus.ACTIVE and hall.room in hall.server.world.guild.stages)
    robot = int(hall.server.describe()["bots"][0]["id"])
    await until(lambda: robot in hall.server.world.guild.voice_states)
    await hall.do(d.Cancel, reason=Reason.NOT_HELD)
    await until(lambda: event(hall).status is EventStatus.COMPLETED and hall.room not in hall.server.world.guild.stages)
    await until(lambda: robot not in hall.server.world.guild.voice_states)
    await hall.board("session", "n’a pas lieu")


async def test_only_the_nearest_meetings_are_announced(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.platforms.discord.events.MOST", 2)
    await hall.plan()
    await announced(hall)
    for number, days in enumerate((10, 20, 5), 1):
        hours = {"starts": plan(hall).starts + timedelta(days=days), "ends": plan(hall).ends + timedelta(days=days)}
        later = Planned(**{name: getattr(plan(hall), name) for name in Planned.__slots__} | hours)
        await hall.council.handle(c.Plan(meeting=MeetingId(f"m{number}"), at=plan(hall).starts, plan=later))

    def shown() -> list[int]:
        world = hall.server.world.guild.events.values()
        return sorted((one.start - event(hall).start).days for one in world if one.status is EventStatus.SCHEDULED)

    await until(lambda: shown() == [0, 5])


async def test_members_are_called_and_answer(hall: Hall) -> None:
    await hall.phone(CHAIR)
    await hall.plan(place="Salle des Caladons", rules=hall.rules, entry=Entry("u", url="https://lunel.example/dossier"))
    await hall.do(d.Summon)
    board = await hall.board(
        "convocation", "Salle des Caladons", "Bancs du parc", "https://lunel.example/dossier", ":F>"
    )
    assert [plain(one.label) for one in board.buttons] == ["Je ne peux pas venir", "Donner un pouvoir"]
    call = await hall.board("summoned", "vous êtes convoqués")
    assert {user["id"] for user in call.wire["mentions"]} == {str(who) for who in (CHAIR, SECRETARY, PAUL, SALMA)}
    late = await hall.board("late:" + str(int(plan(hall).starts.timestamp())), "moins de 5 jours francs")
    assert [user["id"] for user in late.wire["mentions"]] == [str(CHAIR)]

    paul = await hall.phone(PAUL)
    await paul.press(board.id, board.buttons[0].custom_id)
    await until(lambda: member(PAUL) in hall.meeting.attendance.excused)
    menu = await paul.press(board.id, board.buttons[1].custom_id)
    assert menu.message
    reply = await paul.choose(menu.message.id, f"holder:{MEETING}:", str(SALMA))
    assert "Salma Benali" in reply.text
    await until(lambda: hall.meeting.attendance.proxy(member(PAUL)) is not None)

    await hall.do(d.Remind, before=timedelta(minutes=15))
    surface = f"reminder:15:{int(plan(hall).starts.timestamp())}"
    rung = await hall.board(surface, "rappel")
    assert {user["id"] for user in rung.wire["mentions"]} == {str(who) for who in (CHAIR, SECRETARY, SALMA)}
    moved = plan(hall).starts + timedelta(days=1)
    await hall.do(d.Reschedule, starts=moved, ends=moved + timedelta(hours=1))
    seq, when = hall.meeting.standing.changes[-1].seq, f"<t:{int(moved.timestamp())}:F>"
    await hall.board(f"change:{seq}", "la séance est déplacée", when)
    await hall.board("convocation", when)

    await hall.board(f"late:{int(moved.timestamp())}", "moins de 5 jours francs")
    await until(lambda: any(surface.startswith("proxy:") for surface in hall.meeting.posted))
    before = len(hall.server.world.history(hall.text))
    await hall.stop_bot()
    await hall.start_bot()
    await hall.do(d.Cancel, reason=Reason.CALENDAR)
    await hall.board(f"change:{hall.meeting.standing.changes[-1].seq}", "est annulée")
    await hall.board("convocation", "n’a pas lieu")
    assert len(hall.server.world.history(hall.text)) == before + 1


async def test_what_was_said_right_before_a_crash_and_not_noted_is_not_said_again(hall: Hall) -> None:
    await hall.plan(rules=hall.rules)
    await hall.do(d.Summon)
    known = plan(hall)
    surfaces = {"convocation", "summoned", f"late:{int(known.starts.timestamp())}", "event"}
    await until(lambda: surfaces <= hall.meeting.posted.keys())
    posted, said = dict(hall.meeting.posted.items()), len(hall.server.world.history(hall.text))
    await hall.stop_bot()
    (hall.folder / "council.db").rename(hall.folder / "lost.db")  # as if none of the notes had been written
    await hall.start_bot()
    await hall.do(c.Plan, plan=known)
    await hall.do(d.Summon)
    await until(lambda: surfaces <= hall.meeting.posted.keys())
    assert dict(hall.meeting.posted.items()) == posted
    assert (len(hall.server.world.history(hall.text)), len(hall.server.world.guild.events)) == (said, 1)


async def test_a_member_proposes_an_item_and_the_chair_takes_it(hall: Hall) -> None:
    await hall.plan()
    paul, chair = await hall.phone(PAUL), await hall.phone(CHAIR)
    assert "proposé à la présidence" in (await paul.slash("ordre-du-jour proposer", titre="Jardin partagé")).text
    await until(lambda: bool(hall.meeting.standing.proposals))
    asked = await hall.board(f"proposal:{hall.meeting.standing.proposals[0].id}", "Jardin partagé")
    assert "présidence" in (await paul.press(asked.id, asked.buttons[0].custom_id)).text
    await chair.press(asked.id, asked.buttons[0].custom_id)
    await until(lambda: [item.plan.title for item in hall.meeting.items][2:] == ["Jardin partagé"])
    await until(lambda: "3. Jardin partagé" in (event(hall).description or ""))


async def test_the_calendar_is_read_on_demand_by_its_officers(hall: Hall) -> None:
    secretary, paul = await hall.phone(SECRETARY), await hall.phone(PAUL)
    assert "Aucun calendrier" in (await secretary.slash("ordre-du-jour actualiser")).text
    path, start = hall.folder / "conseil.ics", datetime.now(UTC) + timedelta(days=30)
    stamps = f"DTSTAMP:20260101T000000Z\nDTSTART:{start:%Y%m%dT%H%M%SZ}\nDURATION:PT2H"
    one = f"BEGIN:VEVENT\nUID:a\n{stamps}\nSUMMARY:Bureau\nEND:VEVENT"
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{one}\nEND:VCALENDAR\n")

    async def host() -> Host:
        return Host("Conseil", "fr", hall.bot.venue.channel, hall.bot.venue.kind, await hall.bot.roster())

    hall.bot.refresh = Follower(hall.council, [str(path)], host, zone=ZoneInfo("Europe/Paris")).refresh
    said = plain((await secretary.slash("ordre-du-jour actualiser")).text)
    assert "1 séance prévue" in said
    assert "Bureau" in said  # it has no agenda, and its secretary reads so
    assert "rien n’a changé" in (await secretary.slash("ordre-du-jour actualiser")).text
    path.unlink()
    assert "conseil.ics" in (await secretary.slash("ordre-du-jour actualiser")).text
    assert "secrétariat" in (await paul.slash("ordre-du-jour actualiser")).text.casefold()


async def test_the_officers_are_told_of_the_calendar_once_and_decide(hall: Hall) -> None:
    secretary, _ = await hall.phone(SECRETARY), await hall.phone(CHAIR)
    await hall.plan()
    why = {"host": "nuage.example", "reason": "DNS"}
    trouble = d.NoteCalendar(
        meeting=MEETING, at=plan(hall).starts, source="nuage.example", code="unreachable", fields=why
    )
    await hall.council.handle(trouble)
    told = await hall.board(f"calendar:{hall.meeting.seq}", "nuage.example", "rien n’a été changé")
    assert {user["id"] for user in told.wire["mentions"]} == {str(CHAIR), str(SECRETARY)}
    other = MeetingId("other")
    await hall.council.handle(c.Plan(meeting=other, at=plan(hall).starts, plan=plan(hall)))
    for key in (MEETING, other):
        await hall.council.handle(d.NoteMissing(meeting=key, at=plan(hall).starts))
    surface = f"missing:{plan(hall).starts.timestamp():.0f}"
    await until(lambda: any(surface in one.posted for one in hall.council.meetings()))
    ref = next(one.posted[surface] for one in hall.council.meetings() if surface in one.posted)
    asked = await secretary.see(lambda seen: seen.id == int(ref))
    reply = await secretary.press(asked.id, asked.buttons[1].custom_id)
    assert "Léa Fontaine" in reply.text
    assert {one.phase for one in hall.council.meetings()} == {Phase.CANCELLED}
