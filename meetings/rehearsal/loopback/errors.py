"""Discord's refusals: HTTP status, JSON code and words (Topics, Opcodes and Status Codes, JSON Error Codes)."""

from collections.abc import Sequence
from types import MappingProxyType

from meetings.rehearsal.loopback.world import Wire

WORDS = MappingProxyType(
    {
        10003: (404, "Unknown Channel"),
        10004: (404, "Unknown Guild"),
        10007: (404, "Unknown Member"),
        10008: (404, "Unknown Message"),
        10009: (404, "Unknown permission overwrite"),
        10011: (404, "Unknown Role"),
        10013: (404, "Unknown User"),
        10014: (404, "Unknown Emoji"),
        10015: (404, "Unknown Webhook"),
        10062: (404, "Unknown interaction"),
        10063: (404, "Unknown application command"),
        10065: (404, "Unknown Voice State"),
        10066: (404, "Unknown application command permissions"),
        10067: (404, "Unknown Stage Instance"),
        10070: (404, "Unknown Guild Scheduled Event"),
        20001: (403, "Bots cannot use this endpoint"),
        20002: (403, "Only bots can use this endpoint"),
        20012: (403, "You are not authorized to perform this action on this application"),
        30003: (400, "Maximum number of pins reached for the channel (250)"),
        30005: (400, "Maximum number of guild roles reached (250)"),
        30013: (400, "Maximum number of guild channels reached (500)"),
        30032: (400, "Maximum number of application commands reached (100)"),
        30034: (429, "Max number of daily application command creates has been reached (200)"),
        30038: (400, "Maximum number of uncompleted guild scheduled events reached (100)"),
        40005: (413, "Request entity too large"),
        40032: (400, "Target user is not connected to voice."),
        40060: (400, "Interaction has already been acknowledged."),
        50001: (403, "Missing Access"),
        50005: (403, "Cannot edit a message authored by another user"),
        50006: (400, "Cannot send an empty message"),
        50007: (403, "Cannot send messages to this user"),
        50013: (403, "Missing Permissions"),
        50016: (
            400,
            "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages",
        ),
        50021: (403, "Cannot execute action on a system message"),
        50024: (400, "Cannot execute action on this channel type"),
        50027: (401, "Invalid Webhook Token"),
        50034: (400, "You can only bulk delete messages that are under 14 days old."),
        50083: (400, "Thread is archived"),
        50074: (400, "Cannot delete a channel required for community servers"),
        50109: (400, "The request body contains invalid JSON."),
        160004: (400, "A thread has already been created for this message"),
        150006: (400, "The Stage is already open"),
        180000: (400, "Cannot update a finished event"),
    }
)


class ApiError(Exception):
    """A refusal as the client reads it; `errors` is the nested tree of an Invalid Form Body."""

    def __init__(self, status: int, code: int, message: str, errors: Wire | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code, self.message, self.errors = status, code, message, errors

    def body(self) -> Wire:
        """The reply's JSON."""
        return {"message": self.message, "code": self.code} | ({"errors": self.errors} if self.errors else {})


def refusal(code: int) -> ApiError:
    """The documented refusal of that number."""
    status, message = WORDS[code]
    return ApiError(status, code, message)


def plain(status: int, words: str) -> ApiError:
    """A refusal that only repeats its HTTP status, such as `401: Unauthorized`."""
    return ApiError(status, 0, f"{status}: {words}")


class FormErrors:
    """Collects what is wrong in a body, field by field, then refuses it whole (Reference, Error Messages)."""

    def __init__(self) -> None:
        self._tree: Wire = {}

    def add(self, path: Sequence[str | int], code: str, message: str) -> None:
        """One complaint about the field at `path`; list positions are numbers."""
        node = self._tree
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def check(self) -> None:
        """Raise the refusal when there was any complaint."""
        if self._tree:
            raise ApiError(400, 50035, "Invalid Form Body", self._tree)


def invalid(path: Sequence[str | int], code: str, message: str) -> ApiError:
    """An Invalid Form Body with a single complaint."""
    tree: Wire = {"_errors": [{"code": code, "message": message}]}
    for step in reversed(path):
        tree = {str(step): tree}
    return ApiError(400, 50035, "Invalid Form Body", tree)
