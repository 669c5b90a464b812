"""The commands about the calendar: read it now; propose an item for the next meeting."""

from discord.app_commands import Group, Range

from agenda import words as calendar_words
from meetings.domain import diary as d
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import TITLE_LIMIT
from meetings.domain.values import Role
from meetings.i18n import Translator
from meetings.planning.news import News
from meetings.platforms.discord.declare import option
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, RefusedError, reader, whisper
from meetings.platforms.discord.translation import words
from meetings.platforms.discord.views import safe

SHOWN = 8
"""Problems of the calendar told at once."""


def calendar_commands(group: Group, desk: Desk) -> None:
    """`/ordre-du-jour actualiser` and `/ordre-du-jour proposer`."""

    @group.command(name=words("agenda.refresh.name"), description=words("agenda.refresh.description"))
    async def refresh(interaction: Interaction) -> None:
        t = reader(interaction)
        if desk.refresh is None:
            await whisper(interaction, t("discord.calendar.none"))
            return
        roll = desk.current().attendance
        if roll.roster and str(interaction.user.id) not in {roll.holder(Role.CHAIR), roll.holder(Role.SECRETARY)}:
            raise RefusedError(Refusal(Code.OFFICERS_ONLY))
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(said(await desk.refresh(), t), ephemeral=True)

    @group.command(name=words("agenda.propose.name"), description=words("agenda.propose.description"))
    @option("title", "agenda.propose")
    @option("minutes", "agenda.propose")
    async def propose(
        interaction: Interaction, title: Range[str, 1, TITLE_LIMIT], minutes: Range[int, 1, 600] | None = None
    ) -> None:
        await desk.act(interaction, d.ProposeItem, desk.current().id, title=title, minutes=minutes)
        await whisper(interaction, reader(interaction)("discord.done.item-proposed"))


def said(news: News, t: Translator) -> str:
    """What a reading brought about, within one message."""
    lang: calendar_words.Language = "fr" if t.lang == "fr" else "en"
    counts = {name: getattr(news, name) for name in ("planned", "moved", "changed", "cancelled", "missing")}
    changes = [t.n(f"discord.calendar.{name}", count) for name, count in counts.items() if count]
    lines = [t("discord.calendar.read", changes=", ".join(changes)) if changes else t("discord.calendar.same")]
    lines += [f"- {safe(calendar_words.error(error, lang))}" for error in news.failures]
    told = [f"- {safe(calendar_words.problem(one, lang))}" for one in news.problems]
    lines += list(dict.fromkeys(told))[:SHOWN]
    return "\n".join(lines)[:2_000]
