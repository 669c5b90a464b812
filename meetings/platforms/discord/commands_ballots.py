"""The commands about votes: one for each form of ballot, so that each asks for what that form needs and no more."""

from discord.app_commands import Choice, Group, Range, autocomplete, choices

from meetings.domain import commands as c
from meetings.domain.ballot import Ballot
from meetings.domain.count import Base, Threshold
from meetings.domain.manners import askers_needed
from meetings.domain.meeting import Meeting
from meetings.domain.rules import DEADLINE_LIMIT, MOTION_LIMIT, OPTIONS_LIMIT, WORDS_LIMIT
from meetings.domain.values import BallotId, Form, Manner
from meetings.platforms.discord import paper
from meetings.platforms.discord.declare import group, option
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, reader, whisper
from meetings.platforms.discord.translation import words

Motion = Range[str, 1, MOTION_LIMIT]
Minutes = Range[int, 1, DEADLINE_LIMIT]
Seats = Range[int, 1, OPTIONS_LIMIT]
Typed = Range[str, 1, 4_000]
"""Options in a row, `;` between them: too many of them are refused in our words."""

_BASES = [Choice(name=words(f"ballot.open.basis.{base}"), value=base.value) for base in Base]
_THRESHOLDS = [Choice(name=words(f"ballot.open.threshold.{each}"), value=each.value) for each in Threshold]


def ballot_group(desk: Desk) -> Group:
    """`/vote`."""
    commands = group("ballot")
    _motions(commands, desk)
    _choosing(commands, desk)
    _ranking(commands, desk)
    _rating(commands, desk)
    _ending(commands, desk)
    _asking(commands, desk)
    return commands


async def opened(desk: Desk, interaction: Interaction, motion: str, **fields: object) -> None:
    """Open the vote and say so. Raises RefusedError, NotDoneError."""
    ballot = BallotId(str(interaction.id))
    await desk.act(interaction, c.OpenBallot, desk.current().id, ballot=ballot, motion=motion, **fields)
    await whisper(interaction, reader(interaction)("discord.done.ballot-opened"))


def latest(meeting: Meeting) -> Ballot | None:
    """The vote that an annulment or a next round is about where nothing else is said: the running one, or the last."""
    standing = [ballot for ballot in meeting.ballots.values() if ballot.annulled is None]
    return meeting.running_ballot or (standing[-1] if standing else None)


def _motions(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("ballot.open.name"), description=words("ballot.open.description"))
    @option("motion", "ballot.open")
    @option("secret", "ballot.open")
    @option("threshold", "ballot.open")
    @option("basis", "ballot.open")
    @option("minutes", "ballot.open")
    @choices(threshold=_THRESHOLDS, basis=_BASES)
    async def open_ballot(
        interaction: Interaction,
        motion: Motion,
        secret: bool = False,
        threshold: str | None = None,
        basis: str | None = None,
        minutes: Minutes | None = None,
    ) -> None:
        majority = {"threshold": Threshold(threshold) if threshold else None, "basis": Base(basis) if basis else None}
        await opened(desk, interaction, motion, secret=secret, minutes=minutes, **majority)

    @commands.command(name=words("ballot.consent.name"), description=words("ballot.consent.description"))
    @option("motion", "ballot.consent")
    @option("minutes", "ballot.open")
    async def consent(interaction: Interaction, motion: Motion, minutes: Minutes | None = None) -> None:
        await opened(desk, interaction, motion, form=Form.CONSENT, minutes=minutes)


def _choosing(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("ballot.choose.name"), description=words("ballot.choose.description"))
    @option("motion", "ballot.choose")
    @option("options", "ballot.choose")
    @option("secret", "ballot.open")
    @option("absolute", "ballot.choose")
    @option("minutes", "ballot.open")
    async def choose(
        interaction: Interaction,
        motion: Motion,
        options: Typed,
        secret: bool = False,
        absolute: bool = False,
        minutes: Minutes | None = None,
    ) -> None:
        fields = {"form": Form.OPTIONS, "secret": secret, "minutes": minutes, **paper.options(options)}
        threshold = Threshold.ABSOLUTE if absolute else None
        await opened(desk, interaction, motion, threshold=threshold, **fields)

    @commands.command(name=words("ballot.appoint.name"), description=words("ballot.appoint.description"))
    @option("motion", "ballot.appoint")
    @option("candidates", "ballot.appoint")
    @option("public", "ballot.appoint")
    @option("minutes", "ballot.open")
    @autocomplete(candidates=paper.members(desk))
    async def appoint(
        interaction: Interaction,
        motion: Motion,
        candidates: Typed,
        public: bool = False,
        minutes: Minutes | None = None,
    ) -> None:
        named = paper.candidates(candidates, desk.current(), desk.names)
        await opened(desk, interaction, motion, form=Form.APPOINTMENT, waive_secret=public, minutes=minutes, **named)


def _ranking(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("ballot.rank.name"), description=words("ballot.rank.description"))
    @option("motion", "ballot.choose")
    @option("options", "ballot.choose")
    @option("seats", "ballot.rank")
    @option("secret", "ballot.open")
    @option("minutes", "ballot.open")
    async def rank(
        interaction: Interaction,
        motion: Motion,
        options: Typed,
        seats: Seats = 1,
        secret: bool = False,
        minutes: Minutes | None = None,
    ) -> None:
        fields = {"secret": secret, "seats": seats, "minutes": minutes, **paper.options(options)}
        await opened(desk, interaction, motion, form=Form.IRV if seats == 1 else Form.STV, **fields)


def _rating(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("ballot.approve.name"), description=words("ballot.approve.description"))
    @option("motion", "ballot.choose")
    @option("options", "ballot.choose")
    @option("seats", "ballot.rank")
    @option("secret", "ballot.open")
    @option("minutes", "ballot.open")
    async def approve(
        interaction: Interaction,
        motion: Motion,
        options: Typed,
        seats: Seats = 1,
        secret: bool = False,
        minutes: Minutes | None = None,
    ) -> None:
        fields = {"secret": secret, "seats": seats, "minutes": minutes, **paper.options(options)}
        await opened(desk, interaction, motion, form=Form.APPROVAL, **fields)

    @commands.command(name=words("ballot.judge.name"), description=words("ballot.judge.description"))
    @option("motion", "ballot.choose")
    @option("options", "ballot.choose")
    @option("secret", "ballot.open")
    @option("minutes", "ballot.open")
    async def judge(
        interaction: Interaction, motion: Motion, options: Typed, secret: bool = False, minutes: Minutes | None = None
    ) -> None:
        fields = {"secret": secret, "minutes": minutes, **paper.options(options)}
        await opened(desk, interaction, motion, form=Form.JUDGEMENT, **fields)


def _ending(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("ballot.close.name"), description=words("ballot.close.description"))
    async def close_ballot(interaction: Interaction) -> None:
        meeting = desk.current()
        ballot = meeting.running_ballot.id if meeting.running_ballot else BallotId("")
        await desk.act(interaction, c.CloseBallot, meeting.id, ballot=ballot)
        await whisper(interaction, reader(interaction)("discord.done.ballot-closed"))

    @commands.command(name=words("ballot.annul.name"), description=words("ballot.annul.description"))
    @option("reason", "ballot.annul")
    async def annul(interaction: Interaction, reason: Range[str, 1, WORDS_LIMIT]) -> None:
        meeting = desk.current()
        about = latest(meeting)
        ballot = about.id if about else BallotId("")
        await desk.act(interaction, c.AnnulBallot, meeting.id, ballot=ballot, reason=reason)
        await whisper(interaction, reader(interaction)("discord.done.ballot-annulled"))

    @commands.command(name=words("ballot.round.name"), description=words("ballot.round.description"))
    @option("minutes", "ballot.open")
    async def next_round(interaction: Interaction, minutes: Minutes | None = None) -> None:
        meeting, ballot = desk.current(), BallotId(str(interaction.id))
        about = latest(meeting)
        fields = {"of": about.id if about else BallotId(""), "minutes": minutes}
        held = await desk.act(interaction, c.NextRound, meeting.id, ballot=ballot, **fields)
        await whisper(interaction, reader(interaction)("discord.done.round", round=held.ballots[ballot].round))


def _asking(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("ballot.ask.name"), description=words("ballot.ask.description"))
    @option("manner", "ballot.ask")
    @choices(manner=[Choice(name=words(f"ballot.ask.manner.{each}"), value=each.value) for each in Manner])
    async def ask_ballot(interaction: Interaction, manner: str) -> None:
        meeting = await desk.act(interaction, c.AskBallot, desk.current().id, manner=Manner(manner))
        needed = askers_needed(meeting.rules, Manner(manner), len(meeting.attendance.present))
        fields = {"asked": len(meeting.asked.get(Manner(manner), ())), "needed": needed}
        await whisper(interaction, reader(interaction)("discord.done.ballot-asked", **fields))
