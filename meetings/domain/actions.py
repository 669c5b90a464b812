"""What is to be done, as somebody formally noted it: never guessed from what was said."""

from dataclasses import dataclass
from datetime import date, datetime

from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MemberId

ACTION_LIMIT = 300
"""Characters of an action's words."""


@dataclass(frozen=True, slots=True)
class ActionNoted:
    """Somebody has something to do: `what`, by whom and by which day (ISO 8601), where that was said."""

    what: str
    member: MemberId | None = None
    due: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One of them, with the moment at which it was noted, by whom, and the number of the item then in debate."""

    noted: ActionNoted
    at: datetime
    by: MemberId | None
    item: int | None


def note(what: str, member: MemberId | None, due: str) -> ActionNoted | Refusal:
    """Take an action down. `due` is a day (ISO 8601) or empty."""
    words = " ".join(what.split())
    if not words:
        return Refusal(Code.ACTION_EMPTY)
    if len(words) > ACTION_LIMIT:
        return Refusal(Code.ACTION_LENGTH, {"limit": ACTION_LIMIT})
    if due and not _is_day(due):
        return Refusal(Code.DATE_UNREADABLE, {"found": due})
    return ActionNoted(words, member, due)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
