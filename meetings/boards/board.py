"""The parts of a board. A platform decides how a style, a tone or an accent looks, and what a press brings about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Style(StrEnum):
    """What a line is, for the eye."""

    PLAIN = "plain"
    STRONG = "strong"  # what happens now
    DONE = "done"  # what is over
    QUOTE = "quote"  # a motion's words; may hold several lines
    SMALL = "small"  # beside the point


class Tone(StrEnum):
    """What a board tells at a glance."""

    QUIET = "quiet"
    LIVE = "live"
    GOOD = "good"
    BAD = "bad"


class Accent(StrEnum):
    """How much a button asks to be pressed, or what pressing it means."""

    MAIN = "main"
    SIDE = "side"
    GOOD = "good"
    BAD = "bad"


class Action(StrEnum):
    """What pressing a button asks for."""

    RAISE = "raise"
    PRO = "pro"
    CONTRA = "contra"
    REPLY = "reply"
    POINT = "point"
    LOWER = "lower"
    CAST = "cast"  # vote; the button's value is the mark
    BOOTH = "booth"  # fill in a vote; the button's value is what is filled in
    OBJECT = "object"  # object, in words
    MINE = "mine"  # what one voted
    SLIPS = "slips"  # the slips of a secret vote, published
    OPEN = "open"
    NEXT = "next"
    GIVE = "give"
    TAKE = "take"
    BALLOT = "ballot"  # asks for the motion's words first
    URN = "urn"  # as BALLOT, for a secret one
    OTHER = "other"  # as BALLOT, for every other form
    ROUND = "round"  # an appointment's next one
    COUNT = "count"
    ANNUL = "annul"  # asks whether one is sure
    ANNUL_INDEED = "annul-indeed"  # asks for the reason
    SUSPEND = "suspend"
    RESUME = "resume"
    DOORS = "doors"
    REOPEN = "reopen"
    ADJOURN = "adjourn"  # asks whether one is sure
    ADJOURN_INDEED = "indeed"
    STAY = "stay"
    LOOK = "look"  # draw the panel anew
    SKIP = "skip"
    EXTEND = "extend"
    CLOSE_LIST = "close-list"
    REOPEN_LIST = "reopen-list"
    RECONVENE = "reconvene"  # asks for day and hour first
    CATCH_UP = "catch-up"  # anybody's: where the meeting is
    EXCUSE = "excuse"  # a member's, before the meeting
    PROXY = "proxy"  # likewise; asks to whom first


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, as people wrote it: nothing in it is markup.

    `since` is shown as the time from it, or to it; `at` as a date and hour, in each reader's own time.
    """

    text: str
    style: Style = Style.PLAIN
    since: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together, under a heading if they need one."""

    lines: tuple[Line, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; `subject` is the id of the meeting or ballot that the action is about, `value` the rest."""

    action: Action
    subject: str
    label: str
    accent: Accent = Accent.SIDE
    emoji: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """Words to choose from, `least` to `most` of them; `options` are (value, words), `chosen` what is chosen now.

    `subject` is the ballot that is being filled in, `value` what is filled in already.
    """

    subject: str
    prompt: str
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...] = ()
    least: int = 1
    most: int = 1
    value: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """What one surface shows; `key` tells boards apart and stays for as long as the board lives."""

    key: str
    title: str
    sections: tuple[Section, ...]
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    tone: Tone = Tone.QUIET
