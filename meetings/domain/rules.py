"""A council's rules, as data: what a `rules.toml` says and the log keeps with each meeting's plan.

A field's default is how things were decided before the field existed, so that a log without it decides the same for
ever; what a preset wants otherwise, it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from meetings.domain.count import Base, Threshold

MOTION_LIMIT = 1_000
"""Characters of a motion's text: what fits a message on every platform with its buttons and counts."""

OPTIONS_LIMIT = 25
"""Options or candidates of a ballot: what a list to choose from shows on every platform."""

OPTION_LIMIT = 100
"""Characters of an option."""

WORDS_LIMIT = 500
"""Characters of an objection, and of an annulment's reason."""

DEADLINE_LIMIT = 7 * 24 * 60
"""Minutes a vote may be open."""

TITLE_LIMIT = 200
"""Characters of the title of an item added on the spot."""


class Criterion(StrEnum):
    """What decides who speaks first; a kind of request that the order does not name cannot be made."""

    POINT_OF_ORDER = "point-of-order"  # before everything else
    DIRECT_REPLY = "direct-reply"  # to who has just been heard
    FIRST_TIME = "first-time"  # who has not yet spoken on the item
    COLLEGES = "colleges"  # the college that has spoken less often on the item
    PRO_CONTRA = "pro-contra"  # the side that has spoken less often on the item
    ARRIVAL = "arrival"  # who asked first; always the last criterion


class Falls(StrEnum):
    """What happens when a quorum falls during the session."""

    WARN = "warn"  # the chair is told at once, and decides
    RECESS = "recess"  # the session is suspended, and goes on with the quorum


class Tie(StrEnum):
    """What breaks a tie among options or candidates, once earlier counts do not; a motion's falls to the chair."""

    ELDEST = "eldest"  # of candidates of an appointment, CGCT L2121-21; where the order of age is not known, the lot
    LOT = "lot"  # of a seed whose hash was published at the opening
    NONE = "none"  # nothing: the vote is held again


@dataclass(frozen=True, slots=True)
class QuorumRules:
    """More than `share` of the members entitled must be there; `proxies`: who is represented counts as there.

    `falls`: what a quorum lost on the way brings about. `clear_days`: how many lie at least between a meeting that
    lacked it and the one reconvened for that (CGCT L2121-17).
    """

    share: Fraction = Fraction(1, 2)
    proxies: bool = False
    falls: Falls = Falls.WARN
    clear_days: int = 3


@dataclass(frozen=True, slots=True)
class FloorRules:
    """The queue's order, and time limits in seconds (0: none): a speech; a member's and a college's total on an item.

    `cut`: at its limit a speech is ended; without it the chair is told and decides.
    """

    order: tuple[Criterion, ...] = (Criterion.ARRIVAL,)
    speech: int = 0
    member: int = 0
    college: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class ProxyRules:
    """How many proxies a member may hold (0: there are none), and for how many meetings one is good."""

    held: int = 0
    meetings: int = 3


@dataclass(frozen=True, slots=True)
class BallotRules:
    """Whether the chair's vote breaks a public tie; the shares of those present who obtain a manner of voting by asking
    for it (0: asking changes nothing); what a motion needs where the chair says nothing else; what breaks a tie in an
    election; whether appointments are secret unless nobody objects; members' ids from the eldest to the youngest.
    """

    casting_vote: bool = True
    roll_call: Fraction = Fraction(0)
    secret: Fraction = Fraction(0)
    basis: Base = Base.CAST
    threshold: Threshold = Threshold.ABSOLUTE
    tie: Tie = Tie.LOT
    appointments_secret: bool = False
    eldest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionRules:
    """`closed_session`: how many members may ask for closed doors; the chair may alone (CGCT L2121-18).

    `items_on_the_spot`: whether the chair may add items during the session (a municipal council deliberates on its
    convocation alone).
    """

    closed_session: int = 3
    items_on_the_spot: bool = False


@dataclass(frozen=True, slots=True)
class ConvocationRules:
    """Members are called to a meeting `days` before it (0: they are not), and reminded so long before it begins.

    `clear_days`: how many must lie between the call and the meeting (CGCT L2121-12); the chair is told where fewer do.
    """

    days: int = 0
    clear_days: int = 0
    reminders: tuple[timedelta, ...] = ()


REMINDERS = (timedelta(days=5), timedelta(days=1), timedelta(minutes=15))
"""When members are reminded, unless a council wants it otherwise."""


class Transcript(StrEnum):
    """Where the words of the debates stand in the minutes."""

    PLACE = "place"
    ANNEX = "annex"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MinutesRules:
    """`days`: how long members may ask for corrections of a draft. `delete_audio`: a meeting's sound is deleted once
    its minutes are approved; `audio_days`: in any case so many days after the meeting (0: never). `words_days`: the
    transcript is deleted so many days after the approval of the minutes, which stay (0: never).

    `transcript`: whole under each item; or in an annex, or nowhere, with the substance of the debate under the item.
    """

    days: int = 14
    delete_audio: bool = False
    audio_days: int = 0
    words_days: int = 0
    transcript: Transcript = Transcript.PLACE


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it; `name` is the preset's, or the title that a council gives its own rules, empty where it gives none.

    `weights`: how many votes a member of a college has, where it is not one.
    """

    name: str = "cgct"
    quorum: QuorumRules = field(default_factory=QuorumRules)
    floor: FloorRules = field(default_factory=FloorRules)
    proxies: ProxyRules = field(default_factory=ProxyRules)
    ballots: BallotRules = field(default_factory=BallotRules)
    session: SessionRules = field(default_factory=SessionRules)
    weights: dict[str, int] = field(default_factory=dict)
    convocation: ConvocationRules = field(default_factory=ConvocationRules)
    minutes: MinutesRules = field(default_factory=MinutesRules)

    def without_quorum(self) -> "Rules":
        """The same but for the quorum: whoever is there may deliberate."""
        return replace(self, quorum=replace(self.quorum, share=Fraction(0)))

    def needed(self, entitled: int) -> int:
        """How many members must be there: strictly more than the share (CGCT L2121-17); all of them at most."""
        return max(1, min(entitled, int(entitled * self.quorum.share) + 1))


CGCT = Rules(
    name="cgct",
    floor=FloorRules(order=(Criterion.POINT_OF_ORDER, Criterion.DIRECT_REPLY, Criterion.ARRIVAL)),
    proxies=ProxyRules(held=1, meetings=3),
    ballots=BallotRules(
        casting_vote=True,
        roll_call=Fraction(1, 4),
        secret=Fraction(1, 3),
        tie=Tie.ELDEST,
        appointments_secret=True,
    ),
    convocation=ConvocationRules(days=10, clear_days=5, reminders=REMINDERS),
    minutes=MinutesRules(delete_audio=True, audio_days=365, transcript=Transcript.ANNEX),
)
"""Code général des collectivités territoriales: quorum L2121-17, proxies and casting vote L2121-20, manners of voting
and appointments L2121-21, notice L2121-12. It leaves the floor to the chair: here by order of arrival, points of order
and direct replies first."""

ASSOCIATION = Rules(
    name="association",
    quorum=QuorumRules(share=Fraction(1, 4), proxies=True),
    floor=FloorRules(
        order=(Criterion.POINT_OF_ORDER, Criterion.DIRECT_REPLY, Criterion.FIRST_TIME, Criterion.ARRIVAL), speech=180
    ),
    proxies=ProxyRules(held=2, meetings=1),
    ballots=BallotRules(casting_vote=True, roll_call=Fraction(1, 4), secret=Fraction(1, 4), appointments_secret=True),
    session=SessionRules(items_on_the_spot=True),
    convocation=ConvocationRules(days=15, reminders=REMINDERS),
    minutes=MinutesRules(delete_audio=True, audio_days=365, transcript=Transcript.ANNEX),
)
"""What statutes of associations (loi du 1er juillet 1901 leaves them free) commonly say."""

SIMPLE = Rules(
    name="simple",
    quorum=QuorumRules(share=Fraction(0)),
    floor=FloorRules(order=(Criterion.POINT_OF_ORDER, Criterion.FIRST_TIME, Criterion.COLLEGES, Criterion.ARRIVAL)),
    ballots=BallotRules(casting_vote=False),
    session=SessionRules(items_on_the_spot=True),
    convocation=ConvocationRules(days=7, reminders=REMINDERS[1:]),
    minutes=MinutesRules(delete_audio=True, audio_days=365),
)
"""No quorum but one member, no proxies, no casting vote; who has not spoken goes first, and colleges take turns."""

BEFORE = Rules()
"""What logs that note no rules were decided by."""

PRESETS: Mapping[str, Rules] = MappingProxyType({rules.name: rules for rules in (CGCT, ASSOCIATION, SIMPLE)})
"""By name."""
