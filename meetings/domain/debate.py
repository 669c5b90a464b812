"""Events of the debate: hands, the floor, speeches and their time, the list of speakers.

As in `events`: a field is only ever added with a default; a change of meaning is a new event.
"""

from dataclasses import dataclass

from meetings.domain.values import Kind, MemberId


@dataclass(frozen=True, slots=True)
class HandRaised:
    """A member asked for the floor; `native` when by the platform's own means (request to speak on a stage).

    `kind` is what for, `to` whom a reply answers. Who asks anew for something else has one request: the new one.
    """

    member: MemberId
    native: bool = False
    kind: Kind = Kind.SPEECH
    to: MemberId | None = None


@dataclass(frozen=True, slots=True)
class HandLowered:
    """A member no longer asks for the floor."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """A member has the floor: the microphone opens; for `limit` seconds by the rules (0: for as long as it takes)."""

    member: MemberId
    limit: int = 0


@dataclass(frozen=True, slots=True)
class FloorTaken:
    """A member no longer has the floor: the microphone closes."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class HandSkipped:
    """The chair passed over a member, who now waits behind all others."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class SpeechPutBack:
    """The present speech, or the last one, is undone: the member waits where they waited, and its time counts not."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class SpeechExtended:
    """The chair gave the speaker more time, in seconds from the limit, or from now where that is past."""

    member: MemberId
    seconds: int


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The speaker's time is over; the chair is told."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class ListClosed:
    """The chair closed the list of speakers for the item in debate: points of order alone are still taken."""


@dataclass(frozen=True, slots=True)
class ListReopened:
    """The chair takes requests again; the next item does so by itself."""


FloorEvent = (
    HandRaised
    | HandLowered
    | FloorGiven
    | FloorTaken
    | HandSkipped
    | SpeechPutBack
    | SpeechExtended
    | TimeUp
    | ListClosed
    | ListReopened
)
