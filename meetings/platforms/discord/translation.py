"""Names and descriptions of commands, in the language of whoever opens the list."""

from collections.abc import Callable
from typing import TypeVar

import discord
from discord import app_commands
from discord.app_commands import Group, TranslationContextTypes, locale_str

from meetings.i18n import translator

F = TypeVar("F")

BASE = "fr"
"""The language of commands where Discord has no localization for the reader's: the council's first."""

LOCALES = {discord.Locale.american_english: "en", discord.Locale.british_english: "en"}


def words(key: str) -> locale_str:
    """A command's word, from the catalogues' `discord.command.{key}`."""
    return locale_str(translator(BASE)(f"discord.command.{key}"), key=f"discord.command.{key}")


def group(key: str) -> Group:
    """A group of commands, named and described."""
    return Group(name=words(f"{key}.name"), description=words(f"{key}.description"))


def option(option: str, key: str) -> Callable[[F], F]:
    """Name and describe an option of the command below."""
    rename = app_commands.rename(**{option: words(f"{key}.{option}.name")})
    describe = app_commands.describe(**{option: words(f"{key}.{option}.description")})

    def decorated(handler: F) -> F:
        return rename(describe(handler))

    return decorated


class CatalogueTranslator(app_commands.Translator):
    """Discord's localizations, from the catalogues."""

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: TranslationContextTypes,  # noqa: ARG002  the catalogues' keys say where a word stands
    ) -> str | None:
        """See `Translator.translate`."""
        key, lang = string.extras.get("key"), LOCALES.get(locale)
        return translator(lang)(key) if key and lang else None
