"""How members are called on pages that everybody reads: as the council chose."""

from collections.abc import Mapping

from meetings.domain.meeting import Meeting
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.minutes.text import clean
from meetings.web.house import Naming


def called(meeting: Meeting, names: Mapping[MemberId, str], naming: Naming, t: Translator) -> dict[MemberId, str]:
    """The name of every member of a meeting: whole, as `Claire M.`, or by the seat's number on the roll."""
    roll = [seat.member for seat in meeting.attendance.roster]
    return {member: _one(clean(names.get(member, "")), place, naming, t) for place, member in enumerate(roll, 1)}


def _one(name: str, place: int, naming: Naming, t: Translator) -> str:
    if not name or naming == "none":
        return t("web.member", number=place)
    first, _, rest = name.partition(" ")
    return f"{first} {rest[0].upper()}." if naming == "short" and rest else name
