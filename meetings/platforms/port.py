"""What the house uses of any platform a council meets on."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from meetings.domain.values import MeetingId, MemberId, Seat, UtteranceId
from meetings.i18n import Translator
from meetings.planning.news import News
from meetings.recording import Speech


class PlatformError(Exception):
    """A platform cannot serve the council. `code` and `fields` are worded under `{platform}.start.{code}`.

    Permissions that are `missing` are named as the platform's own settings name them, `{platform}.permission.{name}`.
    """

    def __init__(self, platform: str, code: str, **fields: object) -> None:
        super().__init__(f"{platform}: {code} {fields or ''}".rstrip())
        self.platform, self.code, self.fields = platform, code, fields

    def words(self, t: Translator) -> str:
        """One sentence for the person at the machine: what happened, what to do."""
        fields = dict(self.fields)
        if isinstance(missing := fields.get("missing"), list):
            fields["missing"] = [t(f"{self.platform}.permission.{name}") for name in missing]
        return t(f"{self.platform}.start.{self.code}", **fields)


Refresh = Callable[[], Awaitable[News]]
"""Reads the council's calendars again, and does what follows."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Addresses of the council's web pages: `enter` makes a member's own way in, good once; `review` and `minutes` are
    of a meeting.
    """

    enter: Callable[[MemberId], str]
    review: Callable[[MeetingId], str]
    minutes: Callable[[MeetingId], str]


@dataclass(frozen=True, slots=True)
class Venue:
    """Where the council meets, as `Planned` names it: the platform's channel id and the kind of room."""

    channel: str
    kind: Literal["stage", "voice"]


class Platform(Protocol):
    """A platform, connected: it draws every meeting in the log and turns what people do into commands."""

    refresh: Refresh | None
    """What reads the calendars when somebody asks for it; None where there are none."""

    @property
    def venue(self) -> Venue:
        """The council's room. Known once started."""
        ...

    async def start(self) -> None:
        """Connect, and from then on follow the log. Raises PlatformError."""
        ...

    async def roster(self) -> tuple[Seat, ...]:
        """Who is entitled to sit, as the platform's roles say; their names are remembered in the log."""
        ...

    def sounds(self, meeting: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        """Those of a meeting's utterances that are still in memory, as Ogg/Opus files. From any thread."""
        ...

    def speaking(self, meeting: MeetingId) -> list[Speech]:
        """A meeting's utterances that are not over, so far: of who speaks, or rests."""
        ...

    async def closed(self) -> None:
        """Wait until the connection is over, for good. Raises PlatformError when it was not `stop` that ended it."""
        ...

    async def stop(self) -> None:
        """Leave: what is being written is finished, the recording is closed, the log stays as it is."""
        ...
