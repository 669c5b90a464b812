"""The one policy for what goes wrong when somebody presses a button or types a command.

- The council refuses: the person alone reads why, in their own language (`refusal.{code}`). Nothing happened.
- The same act delivered twice: acknowledged as the first was; it counts once.
- The act could not be written to the log: nothing happened; the person is told so, and what to do.
- Discord does not take our answer: the act is in the log and the painters redraw the boards; only logged here.
- Anything else is our mistake: logged with its traceback; the person is told to look at the board, which shows what
  is in the log, and to try again.
"""

import logging
from collections.abc import Callable
from typing import TypeAlias

import discord
from discord import app_commands

from meetings.domain.refusals import Refusal
from meetings.i18n import Translator, translator

_log = logging.getLogger(__name__)

Interaction: TypeAlias = discord.Interaction[discord.Client]


class RefusedError(Exception):
    """The council said no."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code.value)
        self.refusal = refusal


class NotDoneError(Exception):
    """The council could not write the act; the cause says why."""


def reader(interaction: Interaction) -> Translator:
    """Words in the language of who presses or types."""
    return translator(interaction.locale.value)


async def whisper(interaction: Interaction, words: str) -> None:
    """Tell the person alone."""
    if interaction.response.is_done():
        await interaction.followup.send(words, ephemeral=True)
    else:
        await interaction.response.send_message(words, ephemeral=True)


async def report(interaction: Interaction, error: Exception, pointing: Callable[[str], str] = str) -> None:
    """Apply the policy to what a command or press raised; `pointing` may add to a refusal where to go."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, discord.DiscordException) and not isinstance(cause, app_commands.AppCommandError):
        _log.warning("the answer to interaction %s did not arrive: %s", interaction.id, cause)
        return
    if not isinstance(cause, RefusedError):
        _log.error("interaction %s failed", interaction.id, exc_info=cause)
    try:
        words = _words(reader(interaction), cause)
        await whisper(interaction, pointing(words) if isinstance(cause, RefusedError) else words)
    except discord.HTTPException as lost:
        _log.warning("interaction %s could not be told: %s", interaction.id, lost)


def _words(t: Translator, cause: Exception) -> str:
    if isinstance(cause, RefusedError):
        return t(f"refusal.{cause.refusal.code}", **cause.refusal.fields)
    return t("discord.error.not-done" if isinstance(cause, NotDoneError) else "discord.error.unexpected")
