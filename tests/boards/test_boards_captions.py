"""Captions as a board, and what the chair's panel says of words that are late."""

from datetime import timedelta

from test_boards import ANNE, BILAL, CHAIR, NAMES, Story

from meetings.boards import Caption, Style, Tone, by_minute, captions_board, panel
from meetings.domain import commands as c
from meetings.domain.values import UtteranceId
from meetings.i18n import translator

FR, EN = translator("fr"), translator("en")


def test_a_minute_is_told_run_by_run_and_what_may_change_is_small() -> None:
    story = Story().opened().then(c.NextItem, CHAIR)
    opened = story.meeting.opened
    assert opened

    def at(seconds: float) -> "Caption":
        return Caption(ANNE, opened + timedelta(seconds=seconds), f"À {seconds} s.", doubtful=seconds == 63)

    said = [at(70), at(62), Caption(BILAL, opened + timedelta(seconds=66), "Non."), at(63), at(3)]
    said.append(Caption(BILAL, opened + timedelta(seconds=80), "Je propose", provisional=True))
    minutes = by_minute(story.meeting, said)
    assert {page: len(some) for page, some in minutes.items()} == {"0.0": 1, "1.1": 5}
    board = captions_board(story.meeting, minutes["1.1"], NAMES, FR)
    runs = [(part.heading, [(line.text, line.style) for line in part.lines]) for part in board.sections]
    assert runs == [
        ("Anne Martin", [("À 62 s.", Style.PLAIN), ("À 63 s. (?)", Style.PLAIN)]),
        ("Bilal Haddad", [("Non.", Style.PLAIN)]),
        ("Anne Martin", [("À 70 s.", Style.PLAIN)]),
        ("Bilal Haddad", [("Je propose …", Style.SMALL)]),
    ]
    assert (board.title, board.tone) == ("▶ 1. Bancs du parc", Tone.LIVE)
    assert captions_board(story.meeting, minutes["0.0"], NAMES, EN).tone is Tone.QUIET


def test_the_panel_says_what_the_transcription_owes() -> None:
    story = Story().opened()
    assert story.meeting.opened
    start = story.meeting.opened
    for number, seconds in enumerate((0, 50)):
        spoken = {"start": start, "end": start + timedelta(seconds=seconds)}
        story.then(c.NoteUtterance, utterance=UtteranceId(f"u{number}"), member=ANNE, **spoken)

    def lines(seconds: int) -> str:
        board = panel(story.meeting, NAMES, EN, now=start + timedelta(seconds=seconds))
        return "\n".join(line.text for line in board.sections[0].lines).replace("\u00a0", " ")

    assert "late" not in lines(20)
    assert "1 utterance has waited 40 s for its words" in lines(40)
    assert "2 utterances wait for their words, the oldest for 1 min" in lines(90)
    story.then(c.NoteTranscript, utterance=UtteranceId("u0"), digest="d", model="base")
    assert "1 utterance has waited 40 s" in lines(90)
