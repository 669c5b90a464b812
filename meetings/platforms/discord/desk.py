"""Where people's acts become commands: who, when, by which interaction, about which meeting."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Protocol

import discord

from meetings.council import Council, Written
from meetings.domain import commands as c
from meetings.domain.decide import decide
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import BallotId, MeetingId, MemberId
from meetings.i18n import translator
from meetings.platforms.discord.errors import Interaction, NotDoneError, RefusedError, reader
from meetings.platforms.port import Pages, Refresh

HANDLE = 80
"""Characters of a meeting's id that fit a custom_id (100 at most) with the rest of it."""


class Surface(Protocol):
    """A message that an interaction may repaint."""

    async def repaint(self, interaction: Interaction) -> bool:
        """Answer the interaction with the latest drawing; false where it was pressed on a message no longer drawn."""
        ...

    def link(self) -> str:
        """Where the message is; empty before it was posted."""
        ...


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, a menu chosen in or a form sent, whose custom_id is `name:subject:value`.

    `given` holds what a form was filled in with, by its inputs' custom_ids; under "" what was chosen in a menu.
    """

    desk: "Desk"
    interaction: Interaction
    subject: str
    value: str
    given: Mapping[str, tuple[str, ...]]


Handler = Callable[[Press], Awaitable[None]]
"""What a press brings about, by the name in its custom_id. May raise RefusedError, NotDoneError."""


class Desk:
    """Hands acts to the council and knows which surface shows what came of them."""

    def __init__(
        self,
        council: Council,
        names: Mapping[MemberId, str],
        handlers: Mapping[str, Handler],
        zone: tzinfo = UTC,
        documents: Path = Path("documents"),
        recordings: Path = Path("recordings"),
        pages: Pages | None = None,
    ) -> None:
        self.council, self.names, self.handlers, self.zone = council, names, handlers, zone
        self.refresh: Refresh | None = None
        self.documents, self.recordings, self.pages = documents, recordings, pages
        self.surfaces: dict[tuple[MeetingId, str], Surface] = {}

    async def act(
        self, interaction: Interaction, command: type[c.Command], meeting: MeetingId, **fields: object
    ) -> Meeting:
        """The meeting after this person's act. Raises RefusedError, or NotDoneError when it could not be written."""
        await self.written(interaction, command, meeting, **fields)
        return self.council.meeting(meeting)

    async def written(
        self, interaction: Interaction, command: type[c.Command], meeting: MeetingId, **fields: object
    ) -> Written:
        """What this person's act brought about, and what they alone are told of it. Raises as `act`."""
        try:
            outcome = await self.council.handle(_asked(interaction, command, meeting, fields))
        except Exception as error:  # whatever it was, the council keeps state and log together: nothing happened
            raise NotDoneError from error
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome)
        return outcome

    def may(self, interaction: Interaction, command: type[c.Command], meeting: MeetingId, **fields: object) -> None:
        """Whether such an act would be refused now; nothing is done. Raises RefusedError."""
        asked = _asked(interaction, command, meeting, fields)
        outcome = decide(self.council.meeting(meeting), asked, self.council.rules)
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome)

    def presided(self, interaction: Interaction, meeting: Meeting) -> Meeting:
        """The meeting, for who holds its gavel alone. Raises RefusedError."""
        if meeting.phase is Phase.UNPLANNED:
            raise RefusedError(Refusal(Code.UNKNOWN_MEETING))
        if meeting.chair != str(interaction.user.id):
            raise RefusedError(Refusal(Code.CHAIR_ONLY))
        return meeting

    async def repaint(self, interaction: Interaction, meeting: MeetingId, surface: str) -> bool:
        """Answer a press by repainting the message it was made on, where that message is still drawn."""
        shown = self.surfaces.get((meeting, surface))
        return shown is not None and await shown.repaint(interaction)

    def pointing(self, interaction: Interaction, words: str) -> str:
        """Words, and after a press on a board past its life, where the present one is."""
        link = self._elsewhere(interaction)
        return f"{words} {reader(interaction)('discord.elsewhere', link=link)}" if link else words

    def _elsewhere(self, interaction: Interaction) -> str:
        message, meeting = interaction.message, self.current()
        if message is None or message.flags.ephemeral or not message.flags.components_v2:  # boards are of components
            return ""
        running = meeting.running_ballot
        keys = [f"ballot:{running.id}"] if running else []
        links = [shown.link() for key in (*keys, "session") if (shown := self.surfaces.get((meeting.id, key)))]
        over = meeting.phase is Phase.ADJOURNED or message.jump_url in links
        return "" if over else next((link for link in links if link), "")

    def words(self, key: str, **fields: object) -> str:
        """Words for everybody, in the council's language."""
        plan = self.current().plan
        return translator(plan.lang if plan else "fr")(key, **fields)

    def current(self) -> Meeting:
        """The meeting that commands are about: the one that runs, or the next one, or else the last."""
        meetings = [one for one in self.council.meetings() if one.plan and one.phase is not Phase.CANCELLED]
        running = [meeting for meeting in meetings if meeting.phase in {Phase.CONVENED, Phase.OPEN}]
        planned = [meeting for meeting in meetings if meeting.phase is Phase.PLANNED]
        chosen = running or sorted(planned, key=_starts)[:1] or sorted(meetings, key=_starts)
        return chosen[-1] if chosen else Meeting(MeetingId(""))

    def by_handle(self, handle: str) -> MeetingId:
        """The meeting a button speaks of; an unknown one is for the council to refuse."""
        return next((one.id for one in self.council.meetings() if meeting_handle(one.id) == handle), MeetingId(handle))

    def of_ballot(self, ballot: BallotId) -> MeetingId:
        """The meeting in which a ballot was opened; an unknown one is for the council to refuse."""
        return next((one.id for one in self.council.meetings() if ballot in one.ballots), self.current().id)


class DeskClient(discord.Client):
    """A connection to Discord that has a desk."""

    desk: Desk


def _asked(
    interaction: Interaction, command: type[c.Command], meeting: MeetingId, fields: Mapping[str, object]
) -> c.Command:
    by = MemberId(str(interaction.user.id))
    return command(meeting=meeting, at=datetime.now(UTC), by=by, cause=str(interaction.id), **fields)


def meeting_handle(meeting: MeetingId) -> str:
    """A meeting's id where it is short, else a digest of it: calendars make ids of any length."""
    return meeting if len(meeting) <= HANDLE else hashlib.blake2s(meeting.encode(), digest_size=16).hexdigest()


def _starts(meeting: Meeting) -> datetime:
    return meeting.plan.starts if meeting.plan else datetime.max.replace(tzinfo=UTC)
