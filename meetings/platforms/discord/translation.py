"""Names and descriptions of commands, in the language of whoever opens the list."""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextTypes, locale_str

from meetings.i18n import translator

BASE = "fr"
"""The language of commands where Discord has no localization for the reader's: the council's first."""

LOCALES = {discord.Locale.american_english: "en", discord.Locale.british_english: "en"}


def words(key: str) -> locale_str:
    """A command's word, from the catalogues' `discord.command.{key}`."""
    return locale_str(translator(BASE)(f"discord.command.{key}"), key=f"discord.command.{key}")


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
