"""Votes as members cast them: by one press on the ballot's board, or step by step in a booth that they alone see."""

import discord
from discord.ui import Label, Modal, TextInput

from meetings.boards import booth_board, picked
from meetings.domain import commands as c
from meetings.domain.ballot import Ballot
from meetings.domain.marks import ABSTAIN, OUT
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import WORDS_LIMIT
from meetings.domain.values import BallotId, Mark, MemberId
from meetings.platforms.discord.desk import Press
from meetings.platforms.discord.errors import RefusedError, reader
from meetings.platforms.discord.presses import custom_id
from meetings.platforms.discord.views import layout
from meetings.platforms.discord.votes_told import told


async def cast(press: Press) -> None:
    """A mark was pressed, on the board or at the end of the booth."""
    await _cast(press, Mark(press.value))


async def enter(press: Press) -> None:
    """The booth, as far as it is filled in: from the board it opens beside it, inside it goes on."""
    await _show(press, press.value)


async def pick(press: Press) -> None:
    """Something was chosen in the booth's menu."""
    await _show(press, picked(_open_to(press), press.value, press.given[""]))


async def ask_words(press: Press) -> None:
    """An objection or a reservation was pressed: it needs words."""
    ballot, t = _open_to(press), reader(press.interaction)
    form = Modal(title=t(f"discord.form.{press.value}"), custom_id=custom_id("objected", ballot.id, press.value))
    before = ballot.texts.get(MemberId(str(press.interaction.user.id)))
    words: TextInput[Modal] = TextInput(
        custom_id="text", style=discord.TextStyle.paragraph, max_length=WORDS_LIMIT, default=before
    )
    await press.interaction.response.send_modal(form.add_item(Label(text=t("discord.form.words"), component=words)))


async def objected(press: Press) -> None:
    """The words of an objection or a reservation were sent."""
    await _cast(press, Mark(press.value), press.given["text"][0])


async def _cast(press: Press, mark: Mark, text: str = "") -> None:
    """Only the voter reads that theirs is counted; the board is left to its painter, who draws many votes at once."""
    desk, interaction, key = press.desk, press.interaction, BallotId(press.subject)
    meeting = desk.of_ballot(key)
    written = await desk.written(interaction, c.CastVote, meeting, ballot=key, mark=mark, text=text)
    ballot = desk.council.meeting(meeting).ballots[key]
    view = layout([told(ballot, mark, written, desk.names, reader(interaction))])
    if _in_booth(press):  # which closes behind the vote
        await interaction.response.edit_message(view=view)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


async def _show(press: Press, filled: str) -> None:
    interaction, ballot = press.interaction, _open_to(press)
    try:
        booth = booth_board(ballot, filled, press.desk.names, reader(interaction), _voted(press, ballot))
    except ValueError as unknown:
        raise RefusedError(Refusal(Code.NO_SUCH_CHOICE)) from unknown
    if _in_booth(press):
        await interaction.response.edit_message(view=layout([booth]))
    else:
        await interaction.response.send_message(view=layout([booth]), ephemeral=True)


def _open_to(press: Press) -> Ballot:
    """The ballot, where this member may vote now: nobody fills in a vote that is then refused. Raises RefusedError."""
    desk, key = press.desk, BallotId(press.subject)
    meeting = desk.of_ballot(key)
    ballot = desk.council.meeting(meeting).ballots.get(key)
    mark = ABSTAIN if ballot and _voted(press, ballot) == OUT else OUT  # one that changes something
    desk.may(press.interaction, c.CastVote, meeting, ballot=key, mark=mark)
    return desk.council.meeting(meeting).ballots[key]


def _voted(press: Press, ballot: Ballot) -> Mark | None:
    """What this member voted in public."""
    return ballot.votes.get(MemberId(str(press.interaction.user.id)))


def _in_booth(press: Press) -> bool:
    message = press.interaction.message
    return message is not None and message.flags.ephemeral
