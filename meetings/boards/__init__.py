"""What a surface shows of a meeting, drawn from its state alone, in the council's language; no platform is known here.

boards = sitting(meeting, names, rules)      # one message while the meeting lasts: agenda, then the floor
board = ballot_board(meeting, ballot, names)  # one message a motion
board = booth_board(ballot, filled, names, t)  # for a voter alone, step by step
board = panel(meeting, names, t)               # for who presides alone; record_board: for a member alone
board = convocation_board(meeting)               # one message that calls the members to a meeting
board = roll_board(meeting, names, now, t)       # who is there, by name; catch_up_board: where the meeting is
captions_board(meeting, said, names, t)           # a minute of what is said; captions, by_minute: what that is
"""

from meetings.boards.attendance import roll_board
from meetings.boards.ballot import ballot_board
from meetings.boards.board import Accent, Action, Board, Button, Line, Menu, Section, Style, Tone
from meetings.boards.booth import booth_board, picked
from meetings.boards.captions import Caption, by_minute, captions, captions_board, captions_notice, private
from meetings.boards.convocation import convocation_board
from meetings.boards.floor import floor_board, times_lines, why_lines
from meetings.boards.marks import mark_words
from meetings.boards.panel import another_round, panel
from meetings.boards.record import catch_up_board, record_board
from meetings.boards.session import session_board, sitting
from meetings.boards.text import cut, listed

__all__ = [
    "Accent",
    "Action",
    "Board",
    "Button",
    "Caption",
    "Line",
    "Menu",
    "Section",
    "Style",
    "Tone",
    "another_round",
    "ballot_board",
    "booth_board",
    "by_minute",
    "captions",
    "captions_board",
    "captions_notice",
    "catch_up_board",
    "convocation_board",
    "cut",
    "floor_board",
    "listed",
    "mark_words",
    "panel",
    "picked",
    "private",
    "record_board",
    "roll_board",
    "session_board",
    "sitting",
    "times_lines",
    "why_lines",
]
