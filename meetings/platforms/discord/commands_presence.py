"""The commands about who is there: noted by hand, excused, the roll; and the meeting put off for lack of quorum."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import discord
from discord.app_commands import Choice, Group, Range, autocomplete
from discord.ui import Label, Modal, TextInput

from meetings.boards import roll_board
from meetings.domain import commands as c
from meetings.domain.meeting import Meeting
from meetings.domain.quorum import earliest
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.i18n.dates import day
from meetings.platforms.discord.declare import group, option
from meetings.platforms.discord.desk import Desk, Press
from meetings.platforms.discord.errors import Interaction, RefusedError, reader, whisper
from meetings.platforms.discord.presses import custom_id
from meetings.platforms.discord.translation import words
from meetings.platforms.discord.views import layout, safe

SUGGESTED = 25
"""Days that Discord shows while one types (Application Commands, Autocomplete)."""

FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
"""How people write a day: as the suggestions do, or as in France."""

HOURS, MINUTES = 24, 60
"""Of a day, of an hour."""


def presence_group(desk: Desk) -> Group:
    """`/présence`."""
    commands = group("presence")
    _noting(commands, desk)

    @commands.command(name=words("presence.excuse.name"), description=words("presence.excuse.description"))
    @option("member", "presence.excuse")
    @option("withdrawn", "presence.excuse")
    async def excuse(interaction: Interaction, member: discord.Member | None = None, withdrawn: bool = False) -> None:
        who = MemberId(str(member.id if member else interaction.user.id))
        await desk.act(interaction, c.Excuse, desk.current().id, member=who, withdrawn=withdrawn)
        done = "excuse-withdrawn" if withdrawn else "excused-other" if member else "excused"
        await whisper(interaction, reader(interaction)(f"discord.done.{done}", name=_name(desk, who)))

    @commands.command(name=words("presence.list.name"), description=words("presence.list.description"))
    async def show_roll(interaction: Interaction) -> None:
        meeting = desk.current()
        if meeting.plan is None:
            raise RefusedError(Refusal(Code.UNKNOWN_MEETING))
        board = roll_board(meeting, desk.names, datetime.now(UTC), reader(interaction))
        await interaction.response.send_message(view=layout([board]), ephemeral=True)

    return commands


def reconvene_command(commands: Group, desk: Desk) -> None:
    """`/séance reconvoquer`."""

    async def days(interaction: Interaction, typed: str) -> list[Choice[str]]:
        first, lang = first_day(desk.current(), desk.zone), reader(interaction).lang
        coming = [first + timedelta(days=n) for n in range(2 * SUGGESTED)]
        shown = [Choice(name=day(one, lang), value=one.isoformat()) for one in coming]
        return [one for one in shown if typed.casefold() in f"{one.name} {one.value}".casefold()][:SUGGESTED]

    @commands.command(name=words("session.reconvene.name"), description=words("session.reconvene.description"))
    @option("day", "session.reconvene")
    @option("hour", "session.reconvene")
    @autocomplete(day=days)
    async def reconvene(interaction: Interaction, day: Range[str, 1, 40], hour: Range[str, 1, 10]) -> None:
        starts = read_moment(day, hour, desk.zone)
        await desk.act(interaction, c.Reconvene, desk.current().id, starts=starts)
        await whisper(interaction, reader(interaction)("discord.done.reconvened", when=starts))


def reconvene_form(press: Press, t: Translator) -> Modal:
    """Day and hour of the meeting in place of one that lacks its quorum; the first allowed is there to be taken."""
    meeting, zone = press.desk.council.meeting(press.desk.by_handle(press.subject)), press.desk.zone
    starts = meeting.plan.starts if meeting.plan else datetime.now(zone)
    first = first_day(meeting, zone)
    day_input: TextInput[Modal] = TextInput(custom_id="day", default=f"{first:%d/%m/%Y}", max_length=40)
    hour: TextInput[Modal] = TextInput(custom_id="hour", default=f"{starts.astimezone(zone):%H:%M}", max_length=10)
    form = Modal(title=t("discord.form.reconvene"), custom_id=custom_id("reconvene", press.subject), timeout=None)
    form.add_item(Label(text=t("discord.form.day"), description=t("discord.form.earliest"), component=day_input))
    return form.add_item(Label(text=t("discord.form.hour"), component=hour))


def first_day(meeting: Meeting, zone: tzinfo) -> date:
    """The earliest day for which the council may be reconvened now."""
    return earliest(datetime.now(zone).date(), meeting.rules.quorum.clear_days)


def read_moment(day: str, hour: str, zone: tzinfo) -> datetime:
    """`2026-11-24` or `24/11/2026`, at `18:30`, `18h30` or `18 h`. Raises RefusedError (date-unreadable)."""
    at = re.fullmatch(r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)?", hour.strip())
    parsed = _day(day)
    if parsed is None or at is None or not (int(at[1]) < HOURS and int(at[2] or 0) < MINUTES):
        raise RefusedError(Refusal(Code.DATE_UNREADABLE, {"found": safe(f"{day} {hour}")}))
    return datetime.combine(parsed, time(int(at[1]), int(at[2] or 0)), zone)


def read_day(day: str) -> date:
    """As `read_moment`, of a day alone. Raises RefusedError (date-unreadable)."""
    parsed = _day(day)
    if parsed is None:
        raise RefusedError(Refusal(Code.DATE_UNREADABLE, {"found": safe(day)}))
    return parsed


def _day(text: str) -> date | None:
    for form in FORMATS:
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  a day has no zone
    return None


def _noting(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("presence.note.name"), description=words("presence.note.description"))
    @option("member", "presence.note")
    async def note_arrival(interaction: Interaction, member: discord.Member) -> None:
        await _noted(desk, interaction, c.NoteArrival, member)

    @commands.command(name=words("presence.departure.name"), description=words("presence.departure.description"))
    @option("member", "presence.departure")
    async def note_departure(interaction: Interaction, member: discord.Member) -> None:
        await _noted(desk, interaction, c.NoteDeparture, member)


async def _noted(desk: Desk, interaction: Interaction, command: type[c.Command], member: discord.Member) -> None:
    who = MemberId(str(member.id))
    meeting = await desk.act(interaction, command, desk.current().id, member=who)
    done = "arrival-noted" if command is c.NoteArrival else "departure-noted"
    fields = {"name": _name(desk, who), "present": len(meeting.attendance.present)}
    await whisper(interaction, reader(interaction)(f"discord.done.{done}", **fields))


def _name(desk: Desk, member: MemberId) -> str:
    return safe(desk.names.get(member, ""))
