"""How commands are declared: every name and description is a word of the catalogues."""

from collections.abc import Callable
from typing import TypeVar

from discord import app_commands
from discord.app_commands import Group

from meetings.platforms.discord.translation import words

F = TypeVar("F")


def group(key: str) -> Group:
    """A group of commands."""
    return Group(name=words(f"{key}.name"), description=words(f"{key}.description"))


def option(option: str, key: str) -> Callable[[F], F]:
    """Name and describe an option of the command below."""
    rename = app_commands.rename(**{option: words(f"{key}.{option}.name")})
    describe = app_commands.describe(**{option: words(f"{key}.{option}.description")})

    def decorated(handler: F) -> F:
        return rename(describe(handler))

    return decorated
