"""What a voter alone is told: that a vote counts, a secret one's receipt, later what they voted; and the slips."""

import io
from collections.abc import Iterator, Mapping
from itertools import islice

import discord

from meetings.boards import Board, Line, Section, Style, Tone, cut, mark_words
from meetings.council import Written
from meetings.domain import wording
from meetings.domain.ballot import Ballot
from meetings.domain.marks import OUT
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import BallotId, Mark, MemberId
from meetings.domain.voting import BallotCast
from meetings.i18n import Translator
from meetings.platforms.discord.desk import Desk, Press
from meetings.platforms.discord.errors import RefusedError, reader
from meetings.platforms.discord.views import layout

Names = Mapping[MemberId, str]

LISTED = 40
"""Slips shown as a message; more of them come as a file."""


def told(ballot: Ballot, mark: Mark, written: Written, names: Names, t: Translator) -> Board:
    """A vote was cast: what is said of a secret one never says what it is, and its receipts only here."""
    cast = [one.event for one in written if isinstance(one.event, BallotCast)]
    if ballot.secret:
        lines = [Line(t("discord.done.voted.out-secret" if mark == OUT else "discord.done.voted-secret"))]
    else:
        said = mark_words(ballot, mark, names, t)
        changeable = Line(t("discord.done.changeable"), Style.SMALL)
        lines = [Line(t("discord.done.voted", mark=said), Style.STRONG), changeable]
    if givers := [names.get(one.member, "") for one in cast if one.proxy]:
        lines.append(Line(t("discord.done.voted-for", names=givers)))
    receipts = tuple(_receipts(cast, written.receipts, names, t))
    sections = [Section(tuple(lines)), *([Section(receipts, t("discord.receipt.title"))] if receipts else [])]
    return Board("voted", cut(ballot.motion, 80) or t("boards.ballot.doors"), tuple(sections), tone=Tone.GOOD)


async def mine(press: Press) -> None:
    """What one voted; of a secret vote, that it was cast."""
    _, ballot = _found(press.desk, press.subject)
    t, who = reader(press.interaction), MemberId(str(press.interaction.user.id))
    lines = tuple(_mine(ballot, who, press.desk.names, t))
    board = Board("mine", t("boards.ballot.mine"), (Section(lines),))
    await press.interaction.response.send_message(view=layout([board]), ephemeral=True)


async def slips(press: Press) -> None:
    """A closed ballot's papers, and where they are many, as a file, every step of the count too."""
    meeting, ballot = _found(press.desk, press.subject)
    if ballot.result is None or ballot.annulled is not None:
        raise RefusedError(Refusal(Code.NO_SUCH_BALLOT))
    t, names, response = reader(press.interaction), press.desk.names, press.interaction.response
    rows, how = list(_papers(ballot, names, t)), t(f"discord.slips.{'how' if ballot.secret else 'public'}")
    steps = wording.steps(meeting, ballot, lambda member: names.get(member, ""), t)
    title = t("discord.slips.title", decision=ballot.result.decision)
    if len(rows) <= LISTED and sum(map(len, rows)) < 2000:
        sections = (Section((Line(how, Style.SMALL),)), Section(tuple(map(Line, rows))))
        await response.send_message(view=layout([Board("slips", title, sections)]), ephemeral=True)
        return
    text = "\n".join([title, ballot.motion, "", *rows, "", *steps, ""])
    file = discord.File(io.BytesIO(text.encode()), t("discord.slips.file"))
    await response.send_message(how, file=file, ephemeral=True)


def _papers(ballot: Ballot, names: Names, t: Translator) -> Iterator[str]:
    """A secret ballot's in the order of their receipts; a public one's in that of names, none behind closed doors."""
    for slip in ballot.slips:
        yield t("discord.slips.one", whose=slip.receipt, mark=mark_words(ballot, slip.mark, names, t))
    if ballot.secret or ballot.private:
        return
    for member in sorted(ballot.votes, key=lambda one: names.get(one, "").casefold()):
        if mark := ballot.votes[member]:
            yield t("discord.slips.one", whose=names.get(member, ""), mark=mark_words(ballot, mark, names, t))


def _receipts(cast: list[BallotCast], receipts: tuple[str, ...], names: Names, t: Translator) -> Iterator[Line]:
    """Each receipt with whose vote it is of; a vote of weight has several."""
    left = iter(receipts)
    for one in cast:
        for receipt in islice(left, one.weight):
            whose = t("discord.receipt.of", name=names.get(one.member, "")) if one.proxy else ""
            yield Line(" · ".join([receipt, *([whose] if whose else [])]), Style.STRONG)
    if receipts:
        yield Line(t("discord.receipt.how"), Style.SMALL)


def _mine(ballot: Ballot, who: MemberId, names: Names, t: Translator) -> Iterator[Line]:
    if ballot.annulled is not None:
        yield Line(t("discord.mine.annulled"), Style.STRONG)
    if who not in ballot.votes:
        yield Line(t("discord.mine.none"))
    for voter in [who, *(giver for giver, holder in ballot.proxies.items() if holder == who)]:
        if voter in ballot.votes:
            mark = ballot.votes[voter]
            said = t("boards.record.in-the-urn") if mark is None else mark_words(ballot, mark, names, t)
            key = "discord.mine.vote" if voter == who else "discord.mine.for"
            yield Line(t(key, mark=said, name=names.get(voter, "")), Style.STRONG)
            if text := ballot.texts.get(voter):
                yield Line(text, Style.QUOTE)
    if ballot.secret and ballot.votes.get(who, OUT) is None:
        yield Line(t("discord.mine.published" if ballot.slips else "discord.mine.receipt"), Style.SMALL)


def _found(desk: Desk, subject: str) -> tuple[Meeting, Ballot]:
    """Raises RefusedError."""
    key = BallotId(subject)
    meeting = desk.council.meeting(desk.of_ballot(key))
    if key not in meeting.ballots:
        raise RefusedError(Refusal(Code.NO_SUCH_BALLOT))
    return meeting, meeting.ballots[key]
