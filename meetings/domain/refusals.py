"""A clear no: a code with its fields. The words are made at the edge, in the reader's language."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Code(StrEnum):
    """Every reason for which a command can be refused."""

    UNKNOWN_MEETING = "unknown-meeting"
    ALREADY_PLANNED = "already-planned"
    SESSION_LASTS = "session-lasts"
    NOT_YOUR_DATA = "not-your-data"
    NOT_A_MEMBER = "not-a-member"
    NOT_PRESENT = "not-present"
    CHAIR_ONLY = "chair-only"
    NOT_CONVENED = "not-convened"
    NOT_OPEN = "not-open"
    ALREADY_OPEN = "already-open"
    ALREADY_CONVENED = "already-convened"
    ADJOURNED = "adjourned"
    CANCELLED = "cancelled"
    NO_SUCH_PROPOSAL = "no-such-proposal"
    PROPOSAL_SETTLED = "proposal-settled"
    NO_QUORUM = "no-quorum"  # present, needed
    QUORUM_REACHED = "quorum-reached"  # present, needed
    TOO_SOON = "too-soon"  # earliest, days
    DATE_UNREADABLE = "date-unreadable"  # found
    NO_SEAT = "no-seat"
    OFFICERS_ONLY = "officers-only"
    ATTENDS_IN_ROOM = "attends-in-room"
    NO_SUCH_ITEM = "no-such-item"  # number
    AGENDA_DONE = "agenda-done"
    HAND_UP_ALREADY = "hand-up-already"  # place
    HAS_FLOOR_ALREADY = "has-floor-already"
    HAND_NOT_UP = "hand-not-up"
    QUEUE_EMPTY = "queue-empty"
    NO_SPEAKER = "no-speaker"
    KIND_NOT_IN_RULES = "kind-not-in-rules"
    LIST_CLOSED = "list-closed"
    LIST_OPEN = "list-open"
    NOBODY_TO_ANSWER = "nobody-to-answer"
    NO_REPLY_TO_REPLY = "no-reply-to-reply"
    TIME_SPENT = "time-spent"  # minutes
    COLLEGE_TIME_SPENT = "college-time-spent"  # minutes
    NO_LIMIT = "no-limit"
    NO_SPEECH = "no-speech"
    MANNER_NOT_IN_RULES = "manner-not-in-rules"
    ASKED_ALREADY = "asked-already"
    VOTE_UNDER_WAY = "vote-under-way"
    NO_PROXIES = "no-proxies"
    NO_SUCH_PROXY = "no-such-proxy"
    PROXY_TO_ONESELF = "proxy-to-oneself"
    HOLDER_NOT_A_MEMBER = "holder-not-a-member"
    HOLDER_HAS_PROXIES = "holder-has-proxies"  # held
    BALLOT_RUNNING = "ballot-running"
    NO_SUCH_BALLOT = "no-such-ballot"
    BALLOT_CLOSED = "ballot-closed"
    ALREADY_VOTED = "already-voted"
    TOO_LATE = "too-late"
    NO_SUCH_CHOICE = "no-such-choice"
    OBJECTION_LENGTH = "objection-length"  # limit
    NO_OPTIONS = "no-options"
    OPTIONS_NUMBER = "options-number"  # least, limit
    OPTION_LENGTH = "option-length"  # limit
    OPTION_TWICE = "option-twice"
    CANDIDATE_NOT_A_MEMBER = "candidate-not-a-member"
    SEATS = "seats"  # limit
    MAJORITY_NOT_FOR_FORM = "majority-not-for-form"
    CONSENT_NOT_SECRET = "consent-not-secret"  # noqa: S105  a secret ballot
    WAIVER_OPPOSED = "waiver-opposed"
    DEADLINE = "deadline"  # limit
    NO_NEXT_ROUND = "no-next-round"
    URN_DIFFERS = "urn-differs"  # slips, votes
    REASON_LENGTH = "reason-length"  # limit
    MOTION_EMPTY = "motion-empty"
    MOTION_TOO_LONG = "motion-too-long"  # limit
    IN_RECESS = "in-recess"
    NOT_IN_RECESS = "not-in-recess"
    NOT_PRIVATE = "not-private"
    NO_DEBATE = "no-debate"
    ITEM_TREATED = "item-treated"  # number
    ITEM_GONE = "item-gone"  # number
    AGENDA_FIXED = "agenda-fixed"
    TITLE_EMPTY = "title-empty"
    TITLE_TOO_LONG = "title-too-long"  # limit
    SECRETARY_ONLY = "secretary-only"
    NO_SUCH_LINE = "no-such-line"
    LINE_CHANGED = "line-changed"
    NO_ECHO = "no-echo"
    NOT_UNDOABLE = "not-undoable"
    NO_MINUTES = "no-minutes"
    NOT_PROPOSED = "not-proposed"
    CORRECTIONS_OVER = "corrections-over"
    NOT_YOUR_WORDS = "not-your-words"
    NO_SUCH_REQUEST = "no-such-request"
    REQUESTS_OPEN = "requests-open"  # number
    NOT_ADOPTED = "not-adopted"
    NOT_APPROVED = "not-approved"
    MINUTES_APPROVED = "minutes-approved"
    OTHER_DOCUMENT = "other-document"
    NOT_SIGNED = "not-signed"
    ACTION_EMPTY = "action-empty"
    ACTION_LENGTH = "action-length"  # limit
    NOT_ADJOURNED = "not-adjourned"
    NO_REASON = "no-reason"
    STAYS = "stays"
    VOTE_NOT_PUBLIC = "vote-not-public"
    RESULT_STANDS = "result-stands"
    UNDRAFTED = "undrafted"
    NOTHING_CHANGED = "nothing-changed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command changed nothing."""

    code: Code
    fields: dict[str, int | str | date] = field(default_factory=dict)
