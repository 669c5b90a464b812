"""The booth: one member fills in a vote, step by step; what is filled in is all there is to know.

It is shown to the voter alone, in their words, and before anything is cast it says what is about to be.
"""

from collections.abc import Mapping

from meetings.boards.board import Accent, Action, Board, Button, Line, Menu, Section, Style, Tone
from meetings.boards.marks import GRADE, grade, mark_words, plain_words
from meetings.boards.outcome import option_names
from meetings.boards.text import cut
from meetings.domain.ballot import Ballot
from meetings.domain.marks import ABSTAIN, OUT
from meetings.domain.values import Form, Mark, MemberId
from meetings.i18n import Translator

DIRECT = 5
"""Options that are buttons on the ballot's own board; with more, one votes in the booth."""

MOTION = 200
"""Characters of the motion: it is whole on the ballot's own board."""


def direct(ballot: Ballot) -> bool:
    """Whether one votes by one press on the board, without a booth."""
    if not ballot.form.elects:
        return True
    return ballot.form in {Form.OPTIONS, Form.APPOINTMENT} and ballot.places <= DIRECT


def picked(ballot: Ballot, before: str, chosen: tuple[str, ...]) -> str:
    """What is filled in after a choice in the booth's menu: an order grows by it, the rest is chosen anew."""
    if ballot.form.ranks:
        return ">".join([*filter(None, [before]), *chosen])
    return ",".join(sorted(chosen, key=int))


def booth_board(
    ballot: Ballot, filled: str, names: Mapping[MemberId, str], t: Translator, voted: Mark | None = None
) -> Board:
    """The booth of a running ballot. `filled`: the mark as far as it is filled in, empty at first; `voted`: what the
    member voted before, in public.

    Raises ValueError where no booth makes such a mark.
    """
    booth = _Booth(ballot, [int(number) for number in filled.replace(">", ",").split(",") if number], names, t)
    said = mark_words(ballot, voted, names, t) if voted and not filled else ""
    before = (Line(t("boards.booth.before", mark=said), Style.SMALL),) if said else ()
    return Board(
        key="booth",
        title=t(f"boards.booth.{ballot.form}"),
        sections=(
            Section((Line(cut(ballot.motion, MOTION), Style.QUOTE),)),
            *(Section(lines) for lines in [booth.filled()] if lines),
            Section((*booth.help(), *before)),
        ),
        buttons=(*booth.steps(), *booth.ends()),
        menu=booth.menu(),
        tone=Tone.LIVE,
    )


class _Booth:
    """`numbers` are the options chosen, the best first; of a judgement the grades, in the order of the options."""

    def __init__(self, ballot: Ballot, numbers: list[int], names: Mapping[MemberId, str], t: Translator) -> None:
        self._ballot, self._form, self._numbers, self._t = ballot, ballot.form, numbers, t
        self._options = option_names(ballot, names, t)
        self._separator = ">" if self._form.ranks else ","
        known = GRADE if self._form is Form.JUDGEMENT else range(1, len(self._options) + 1)
        if len(numbers) > len(self._options) or any(number not in known for number in numbers):
            raise ValueError(numbers)

    @property
    def _complete(self) -> bool:
        """Whether it can be cast as it is."""
        return len(self._numbers) == len(self._options) if self._form is Form.JUDGEMENT else bool(self._numbers)

    @property
    def _grading(self) -> bool:
        return self._form is Form.JUDGEMENT and not self._complete

    def filled(self) -> tuple[Line, ...]:
        """What one is about to cast, line by line."""
        t = self._t
        if self._form is Form.JUDGEMENT:
            graded = zip(self._options, self._numbers, strict=False)
            words = [t("count.mark.graded", name=option, grade=grade(given, t)) for option, given in graded]
        else:
            chosen = [self._options[number - 1] for number in self._numbers]
            mark = "{place}. {option}" if self._form.ranks else "✓ {option}"
            words = [mark.format(place=place, option=option) for place, option in enumerate(chosen, 1)]
        return tuple(Line(line, Style.STRONG if self._complete else Style.PLAIN) for line in words)

    def help(self) -> tuple[Line, ...]:
        """What to do next."""
        t, done = self._t, len(self._numbers)
        if self._grading:
            fields = {"place": done + 1, "places": len(self._options), "option": self._options[done]}
            return (Line(t("boards.booth.grade", **fields), Style.STRONG),)
        if not done:
            return (Line(t(f"boards.booth.start.{self._form}"), Style.SMALL),)
        more = self._form.ranks and done < len(self._options)
        said = Line(t("boards.booth.partial" if more else "boards.booth.review"), Style.SMALL)
        final = Line(t("boards.booth.final" if self._ballot.secret else "boards.booth.changeable"), Style.SMALL)
        return said, final

    def menu(self) -> Menu | None:
        """What to choose from; none where one grades, or where everything is ranked."""
        if self._form is Form.JUDGEMENT or (self._form.ranks and len(self._numbers) == len(self._options)):
            return None
        ranks, many = self._form.ranks, self._form is Form.APPROVAL
        shown = [
            (str(number), f"{number}. {option}")
            for number, option in enumerate(self._options, 1)
            if not (ranks and number in self._numbers)
        ]
        place = len(self._numbers) + 1
        return Menu(
            subject=self._ballot.id,
            prompt=self._t(f"boards.booth.menu.{self._form}", place=place),
            options=tuple(shown),
            chosen=() if ranks else tuple(map(str, self._numbers)),
            least=0 if many else 1,
            most=len(shown) if many else 1,
            value=self._separator.join(map(str, self._numbers)) if ranks else "",
        )

    def steps(self) -> tuple[Button, ...]:
        """The grades for the option in turn."""
        if not self._grading:
            return ()
        return tuple(
            Button(Action.BOOTH, self._ballot.id, grade(each, self._t), value=self._joined([*self._numbers, each]))
            for each in GRADE
        )

    def ends(self) -> tuple[Button, ...]:
        """Cast it, go back a step, or leave it blank."""
        ballot, t = self._ballot.id, self._t
        if not self._numbers:
            return tuple(
                Button(Action.CAST, ballot, plain_words(self._form, mark, t), value=mark) for mark in (ABSTAIN, OUT)
            )
        cast = Button(Action.CAST, ballot, t("boards.booth.cast"), Accent.GOOD, value=Mark(self._joined(self._numbers)))
        stepwise = self._form.ranks or self._form is Form.JUDGEMENT
        back = Button(Action.BOOTH, ballot, t("boards.booth.back"), value=self._joined(self._numbers[:-1]))
        return (*([cast] if self._complete else []), *([back] if stepwise else []))

    def _joined(self, numbers: list[int]) -> str:
        return self._separator.join(map(str, numbers))
