"""Votes cast by the ballot boards' buttons."""

from meetings.domain import commands as c
from meetings.domain.ballot import Ballot
from meetings.domain.values import BallotId, Choice
from meetings.platforms.discord.desk import Press
from meetings.platforms.discord.errors import reader, whisper
from meetings.platforms.discord.views import safe


async def cast(press: Press) -> None:
    """A public vote is counted on the board at once; either way only the voter reads that theirs is counted."""
    desk, interaction = press.desk, press.interaction
    ballot, choice = BallotId(press.subject), Choice(press.value)
    meeting = await desk.act(interaction, c.CastVote, desk.of_ballot(ballot), ballot=ballot, choice=choice)
    cast, t = meeting.ballots[ballot], reader(interaction)
    told = [t(_voted(cast, choice))]
    if givers := [giver for giver, holder in cast.proxies.items() if holder == str(interaction.user.id)]:
        told.append(t("discord.done.voted-for", names=[safe(desk.names.get(who, "")) for who in givers]))
    if not cast.secret:
        await desk.repaint(interaction, meeting.id, f"ballot:{ballot}")
    await whisper(interaction, " ".join(told))


def _voted(ballot: Ballot, choice: Choice) -> str:
    """What the voter alone is told: never the choice that lies in the urn."""
    if choice is Choice.OUT and ballot.secret:
        return "discord.done.voted.out-secret"
    return "discord.done.voted-secret" if ballot.secret else f"discord.done.voted.{choice}"
