"""Events and commands of a member's erasure from a meeting: name, words and voice go; the chain stays, and tells of it.

As in `events`: a field is only ever added with a default; a change of meaning is a new event. Who asked and when is
said by the `Recorded` around each: nobody, where who hosts the council did it at the machine.
"""

from dataclasses import dataclass

from meetings.domain.command import Command
from meetings.domain.values import MemberId


@dataclass(frozen=True, slots=True)
class Redaction:
    """From event `seq` of this meeting the texts at these `paths` (`text`, `items.0.rapporteur`) are taken out. Its
    link in the chain stays; `digest` is what the same recipe gives of the event without them, for verification.
    """

    seq: int
    paths: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """A member's name, words and voice are to be erased; from here on the log may be without these `rows`' texts."""

    member: MemberId
    rows: tuple[Redaction, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberErased:
    """It is done: the name, words and voice of so many `utterances`, the words of so many `requests` for corrections
    and of `rows` of the log, and every draft that held them.
    """

    member: MemberId
    utterances: int = 0
    requests: int = 0
    rows: int = 0


ErasureEvent = ErasureAsked | MemberErased


@dataclass(frozen=True, slots=True, kw_only=True)
class AskErasure(Command):
    """Erase a member (themselves, or who hosts the council): `rows` are what only the log knows."""

    member: MemberId
    rows: tuple[Redaction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteErasure(Command):
    """A member was erased."""

    member: MemberId
