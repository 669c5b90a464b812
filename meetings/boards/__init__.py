"""What a surface shows of a meeting, drawn from its state alone, in the council's language; no platform is known here.

boards = sitting(meeting, names, rules)      # one message while the meeting lasts: agenda, then the floor
board = ballot_board(meeting, ballot, names)  # one message a motion
board = panel(meeting, names, rules, t)        # for who presides alone; record_board: for a member alone
board = convocation_board(meeting)               # one message that calls the members to a meeting
board = roll_board(meeting, names, now, t)       # who is there, by name; catch_up_board: where the meeting is
"""

from meetings.boards.attendance import roll_board
from meetings.boards.ballot import ballot_board
from meetings.boards.board import Accent, Action, Board, Button, Line, Section, Style, Tone
from meetings.boards.convocation import convocation_board
from meetings.boards.floor import floor_board, times_lines, why_lines
from meetings.boards.panel import panel
from meetings.boards.record import catch_up_board, record_board
from meetings.boards.session import session_board, sitting
from meetings.boards.text import cut, listed

__all__ = [
    "Accent",
    "Action",
    "Board",
    "Button",
    "Line",
    "Section",
    "Style",
    "Tone",
    "ballot_board",
    "catch_up_board",
    "convocation_board",
    "cut",
    "floor_board",
    "listed",
    "panel",
    "record_board",
    "roll_board",
    "session_board",
    "sitting",
    "times_lines",
    "why_lines",
]
