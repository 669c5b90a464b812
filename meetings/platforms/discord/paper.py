"""What is to be chosen from, as a chair types it on a phone: `Bancs ; Arbres ; Jeux`, or a line each."""

import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from discord.app_commands import Choice

from meetings.domain.meeting import Meeting
from meetings.domain.values import MemberId
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction

SUGGESTED, VALUE = 25, 100
"""Choices that Discord shows while one types, and characters of each (Application Commands, Autocomplete)."""

_MENTION = re.compile(r"<@!?(?P<id>\d+)>")
_BETWEEN = re.compile(r"[;\n]")

Suggest = Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]


def options(typed: str) -> dict[str, object]:
    """The options of a ballot; empty ones are no options."""
    return {"options": tuple(option for part in _BETWEEN.split(typed) if (option := " ".join(part.split())))}


def candidates(typed: str, meeting: Meeting, names: Mapping[MemberId, str]) -> dict[str, object]:
    """Members, where each is mentioned or named as they are on the roster; else words, as others may stand too."""
    split = _BETWEEN.split(_MENTION.sub(r";\g<0>;", typed))
    parts = [part for each in split if (part := " ".join(each.split()))]
    seated = {names.get(seat.member, "").casefold(): seat.member for seat in meeting.attendance.roster}
    members = [_member(part, seated) for part in parts]
    if all(members):
        return {"candidates": tuple(members)}
    return {"options": tuple(names.get(who, part) if who else part for who, part in zip(members, parts, strict=True))}


def members(desk: Desk) -> Suggest:
    """The last name in the row, while one types it: members who are not in it yet."""

    async def suggest(_: Interaction, typed: str) -> list[Choice[str]]:
        *before, begun = (part.strip() for part in typed.split(";"))
        taken = {name.casefold() for name in before}
        known = [name for seat in desk.current().attendance.roster if (name := desk.names.get(seat.member, ""))]
        fitting = [name for name in known if begun.casefold() in name.casefold() and name.casefold() not in taken]
        rows = [" ; ".join([*before, name]) for name in fitting]
        return [Choice(name=row, value=row) for row in rows if len(row) <= VALUE][:SUGGESTED]

    return suggest


def _member(part: str, seated: Mapping[str, MemberId]) -> MemberId | None:
    mention = _MENTION.fullmatch(part)
    return MemberId(mention["id"]) if mention else seated.get(part.casefold())
