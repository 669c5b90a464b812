"""The commands about minutes, from a draft to their publication."""

import asyncio
import hashlib
from datetime import UTC, datetime

import discord
from discord.app_commands import Choice, Group, Range, autocomplete

from meetings.boards import cut
from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.actions import ACTION_LIMIT
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.path import Stage
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import WORDS_LIMIT
from meetings.domain.values import BallotId, MeetingId, MemberId, RequestId, UtteranceId
from meetings.i18n.dates import day
from meetings.jobs import adoption
from meetings.log import requests
from meetings.platforms.discord.commands_presence import read_day
from meetings.platforms.discord.conduct import SUGGESTED
from meetings.platforms.discord.declare import group, option
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, NotDoneError, RefusedError, reader, whisper
from meetings.platforms.discord.translation import words
from meetings.platforms.discord.views import safe

KEYS = "keys"
"""The folder of the officers' keys, beside the documents."""

SHOWN = 100
"""Characters of a choice that Discord shows while one types (Application Commands, Choice)."""


def minutes_group(desk: Desk) -> Group:
    """`/pv`."""
    commands = group("pv")
    _proposing(commands, desk)
    _approving(commands, desk)
    _noting(commands, desk)
    return commands


def in_hand(council: Council) -> Meeting:
    """The meeting whose minutes are spoken of: the last one over, of those not yet published where there is one."""
    over = [meeting for meeting in council.meetings() if meeting.phase is Phase.ADJOURNED]
    open_ = [meeting for meeting in over if meeting.path.stage not in {Stage.NONE, Stage.PUBLISHED}]
    latest = sorted(open_ or over, key=lambda meeting: meeting.adjourned or datetime.min.replace(tzinfo=UTC))
    return latest[-1] if latest else Meeting(MeetingId(""))


def _proposing(commands: Group, desk: Desk) -> None:
    async def passages(interaction: Interaction, typed: str) -> list[Choice[str]]:
        meeting, own = in_hand(desk.council), str(interaction.user.id)
        said = await asyncio.to_thread(desk.council.log.words, meeting.id)
        mine = [one.utterance for one in meeting.spoken if one.member == own and one.utterance in said]
        found = [key for key in mine if said[key].text and typed.casefold() in said[key].text.casefold()]
        return [Choice(name=cut(said[key].text, SHOWN), value=key) for key in found[:SUGGESTED]]

    async def waiting(_: Interaction, typed: str) -> list[Choice[str]]:
        meeting = in_hand(desk.council)
        asked = await asyncio.to_thread(requests.asked_of, desk.council.log, meeting.id)
        open_ = [asked[one.asked.request] for one in meeting.path.waiting if one.asked.request in asked]
        shown = [(one.request, f"{desk.names.get(one.member, '')} : {one.text}") for one in open_]
        return [Choice(name=cut(name, SHOWN), value=key) for key, name in shown if typed in name][:SUGGESTED]

    @commands.command(name=words("pv.propose.name"), description=words("pv.propose.description"))
    async def propose(interaction: Interaction) -> None:
        path = (await desk.act(interaction, c.ProposeMinutes, in_hand(desk.council).id)).path
        until = path.proposed.until.astimezone(desk.zone) if path.proposed else None
        await whisper(interaction, reader(interaction)("discord.done.minutes-proposed", until=until))

    @commands.command(name=words("pv.correct.name"), description=words("pv.correct.description"))
    @option("text", "pv.correct")
    @option("passage", "pv.correct")
    @autocomplete(passage=passages)
    async def correct(interaction: Interaction, text: Range[str, 1, WORDS_LIMIT], passage: str | None = None) -> None:
        meeting, key = in_hand(desk.council).id, RequestId(str(interaction.id))
        asked = {"request": key, "digest": hashlib.sha256(text.encode()).hexdigest()}
        asked |= {"utterance": UtteranceId(passage)} if passage else {}
        desk.may(interaction, c.AskCorrection, meeting, **asked)
        kept = requests.Asked(key, MemberId(str(interaction.user.id)), text)
        await asyncio.to_thread(requests.keep, desk.council.log, meeting, kept)
        await desk.act(interaction, c.AskCorrection, meeting, **asked)
        await whisper(interaction, reader(interaction)("discord.done.correction-asked"))

    @commands.command(name=words("pv.answer.name"), description=words("pv.answer.description"))
    @option("request", "pv.answer")
    @option("accepted", "pv.answer")
    @autocomplete(request=waiting)
    async def answer(interaction: Interaction, request: str, accepted: bool) -> None:
        meeting = in_hand(desk.council).id
        await desk.act(interaction, c.AnswerCorrection, meeting, request=RequestId(request), accepted=accepted)
        done = "correction-accepted" if accepted else "correction-declined"
        await whisper(interaction, reader(interaction)(f"discord.done.{done}"))


def _approving(commands: Group, desk: Desk) -> None:
    async def adopted(_: Interaction, typed: str) -> list[Choice[str]]:
        ballots = [one for one in desk.current().ballots.values() if one.result and one.annulled is None]
        found = [one for one in ballots if typed.casefold() in one.motion.casefold()]
        return [Choice(name=cut(one.motion or one.id, SHOWN), value=one.id) for one in found][:SUGGESTED]

    @commands.command(name=words("pv.approve.name"), description=words("pv.approve.description"))
    @option("ballot", "pv.approve")
    @autocomplete(ballot=adopted)
    async def approve(interaction: Interaction, ballot: str | None = None) -> None:
        earlier, sitting = adoption.awaiting(desk.council), desk.current()
        if earlier is None:
            raise RefusedError(Refusal(Code.NOT_PROPOSED if sitting.plan else Code.UNKNOWN_MEETING))
        fields = {"digest": earlier.draft, "ballot": BallotId(ballot) if ballot else None}
        note = {"during": sitting.id, "approved": datetime.now(UTC)}
        desk.may(interaction, c.NoteApproval, earlier.id, **fields, **note)
        await desk.act(interaction, c.ApproveMinutes, sitting.id, of=earlier.id, **fields)
        await whisper(interaction, reader(interaction)("discord.done.minutes-approved", held=_held(desk, earlier)))

    @commands.command(name=words("pv.sign.name"), description=words("pv.sign.description"))
    async def sign(interaction: Interaction) -> None:
        meeting, by = in_hand(desk.council), MemberId(str(interaction.user.id))
        desk.may(interaction, c.SignMinutes, meeting.id, digest=_signed(meeting), key="", signature="")
        keys, documents = desk.documents.parent / KEYS, desk.documents
        try:
            asked = await asyncio.to_thread(
                adoption.signature, desk.council, documents, keys, meeting, by, desk.zone, str(interaction.id)
            )
        except (OSError, ValueError) as unusable:
            raise NotDoneError from unusable
        if asked is None:
            raise RefusedError(Refusal(Code.NO_MINUTES))
        fields = {"digest": asked.digest, "key": asked.key, "signature": asked.signature}
        await desk.act(interaction, c.SignMinutes, meeting.id, **fields)
        await whisper(interaction, reader(interaction)("discord.done.minutes-signed", key=asked.key[:16]))

    @commands.command(name=words("pv.publish.name"), description=words("pv.publish.description"))
    async def publish(interaction: Interaction) -> None:
        await desk.act(interaction, c.PublishMinutes, in_hand(desk.council).id)
        await whisper(interaction, reader(interaction)("discord.done.minutes-published"))


def _noting(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("pv.action.name"), description=words("pv.action.description"))
    @option("what", "pv.action")
    @option("who", "pv.action")
    @option("due", "pv.action")
    async def action(
        interaction: Interaction,
        what: Range[str, 1, ACTION_LIMIT],
        who: discord.Member | None = None,
        due: Range[str, 1, 40] | None = None,
    ) -> None:
        fields = {"member": MemberId(str(who.id)) if who else None, "due": read_day(due).isoformat() if due else ""}
        await desk.act(interaction, c.NoteAction, desk.current().id, what=what, **fields)
        await whisper(interaction, reader(interaction)("discord.done.action-noted"))

    @commands.command(name=words("pv.status.name"), description=words("pv.status.description"))
    async def status(interaction: Interaction) -> None:
        meeting, t = in_hand(desk.council), reader(interaction)
        if meeting.plan is None:
            raise RefusedError(Refusal(Code.NO_MINUTES if desk.current().plan else Code.UNKNOWN_MEETING))
        told = [t(f"discord.minutes.stage.{meeting.path.stage}", held=_held(desk, meeting))]
        told += [t("discord.minutes.version", number=len(meeting.path.drafts))] if meeting.path.drafts else []
        told += [t.n("discord.minutes.waiting", len(meeting.path.waiting))] if meeting.path.waiting else []
        told += [t("discord.minutes.silenced", day=day(gone, t.lang))] if (gone := meeting.path.audio_gone) else []
        await whisper(interaction, "\n".join(safe(line) for line in told))


def _signed(meeting: Meeting) -> str:
    """The digest of the document that another has signed, if any."""
    return meeting.path.signatures[0][0].digest if meeting.path.signatures else ""


def _held(desk: Desk, meeting: Meeting) -> str:
    starts = meeting.opened or (meeting.plan.starts if meeting.plan else datetime.now(UTC))
    return day(starts.astimezone(desk.zone), meeting.plan.lang if meeting.plan else "fr")
