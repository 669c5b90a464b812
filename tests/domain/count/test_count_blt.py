"""BLT files: read, written, and refused with their line."""

import pytest
from elections import elections
from hypothesis import example, given
from hypothesis import strategies as st

from meetings.domain.count import Ballot, BltError, Election, Flaw
from meetings.domain.count.blt import parse, write
from meetings.domain.count.source import Note, Oddity

HILL = """4 2
-2
3 1 3 4 0
4 1 3 2 0
2 4 1=3 0
1 2 0
2 2=4=3 1 0
1 3 - 2 0
0
"Adam"
"Basil"
"Charlotte"
"Donald"
"Title"
"""
"""The example of Hill, Wichmann and Woodall, with OpenSTV's equal and skipped ranks."""


def test_the_example_of_the_format_is_read():
    reading = parse(HILL.encode())
    assert reading.notes == ()
    assert reading.election == Election(
        "Title",
        ("Adam", "Basil", "Charlotte", "Donald"),
        2,
        frozenset({2}),
        (
            Ballot(3, ((1,), (3,), (4,))),
            Ballot(4, ((1,), (3,), (2,))),
            Ballot(2, ((4,), (1, 3))),
            Ballot(1, ((2,),)),
            Ballot(2, ((2, 4, 3), (1,))),
            Ballot(1, ((3,), (), (2,))),
        ),
    )
    assert write(reading.election) == HILL


def test_what_a_strict_file_has_not_is_read_and_said():
    data = b'\xef\xbb\xbf2 1 # two stand\r\n\r\n(id-7) 1 2 1 0\r\n0\r\n"Zo\xc3\xab ""Z"" M." # Candidate 1\r\n'
    data += b'Bob C\r\n"T" "source"\r\n'
    reading = parse(data)
    assert reading.election.candidates == ('Zoë "Z" M.', "Bob C")
    assert reading.election.title == "T"
    assert reading.election.ballots == (Ballot(1, ((2,), (1,))),)
    assert reading.notes == (
        Note(Oddity.BOM, 1),
        Note(Oddity.CRLF, 1, 7),
        Note(Oddity.COMMENTS, 1, 2),
        Note(Oddity.MORE_TEXT, 7, 1),
    )


def test_latin_1_is_read_and_said():
    reading = parse('1 1\n1 1 0\n0\n"Zoé"\n"Été"\n'.encode("latin-1"))
    assert (reading.election.candidates, reading.election.title) == (("Zoé",), "Été")
    assert reading.notes == (Note(Oddity.LATIN1, 4),)


def test_candidates_without_a_name_are_called_by_number():
    reading = parse(b"3 1\n1 1 0\n0\nAnne\n")
    assert reading.election.candidates == ("Anne", "#2", "#3")
    assert reading.notes == (Note(Oddity.NAMES_MISSING, 4, 2), Note(Oddity.TITLE_MISSING, 4))


@pytest.mark.parametrize(
    ("text", "line", "flaw", "found"),
    [
        ("", 1, Flaw.HEADER, ""),
        ("\n\n4\n", 3, Flaw.HEADER, "4"),
        ("four 2\n0\n", 1, Flaw.HEADER, "four 2"),
        ("4 0\n0\n", 1, Flaw.HEADER, "4 0"),
        ("0 1\n0\n", 1, Flaw.CANDIDATES, "0"),
        ("999999999 1\n0\n", 1, Flaw.CANDIDATES, "999999999"),
        (f"{'9' * 5000} 1\n0\n", 1, Flaw.HEADER, "9" * 39 + "…"),
        ("2 1\n-3\n0\n", 2, Flaw.WITHDRAWN, "-3"),
        ("2 1\n-1 x\n0\n", 2, Flaw.WITHDRAWN, "x"),
        ("2 1\n1 1 0\n-1\n0\n", 3, Flaw.WEIGHT, "-1"),
        ("2 1\n# a comment\n1.5 1 0\n0\n", 3, Flaw.WEIGHT, "1.5"),
        ("2 1\n0 1 0\n0\n", 2, Flaw.WEIGHT, "0"),
        ("2 1\n(only an id)\n0\n", 2, Flaw.WEIGHT, ""),
        ("2 1\n1 1 2\n0\n", 2, Flaw.UNENDED, "1 1 2"),
        ("2 1\n1 3 0\n0\n", 2, Flaw.RANK, "3"),
        ("2 1\n1 1= 0\n0\n", 2, Flaw.RANK, "1="),
        ("2 1\n1 ² 0\n0\n", 2, Flaw.RANK, "²"),
        ("2 1\n1 1 0 2 0\n0\n", 2, Flaw.RANK, "0"),
        ("2 1\n1 1 2 1 0\n0\n", 2, Flaw.TWICE, "1"),
        ("2 1\n1 1=1 0\n0\n", 2, Flaw.TWICE, "1=1"),
        ("2 1\n1 1 0\n", 2, Flaw.UNFINISHED, ""),
        ('2 1\n1 1 0\n0\n"Anne\n', 4, Flaw.QUOTE, '"Anne'),
        ('2 1\n1 1 0\n0\n"Anne" B\n', 4, Flaw.QUOTE, '"Anne" B'),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(text, line, flaw, found):
    with pytest.raises(BltError) as refused:
        parse(text.encode())
    assert (refused.value.line, refused.value.flaw, refused.value.found) == (line, flaw, found)


@given(elections())
def test_what_is_written_is_read_again(election):
    assert parse(write(election).encode()).election == election
    assert parse(write(election).replace("\n", "\r\n").encode()).election == election


@given(st.binary(max_size=80) | st.text('0123456789 -=#"()\n', max_size=80).map(str.encode))
@example(b"\xff\xfe4\x002\x00")
@example(b'"' * 999)
def test_any_file_is_read_or_refused(data):
    read_or_refused(data)


@given(elections(), st.data())
def test_a_damaged_file_is_read_or_refused(election, data):
    text = bytearray(write(election).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        text = text or bytearray(b"\n")
    read_or_refused(bytes(text))


def read_or_refused(data):
    try:
        reading = parse(data)
    except BltError as refused:
        line = refused.line
        assert 1 <= line <= max(1, data.count(b"\n") + data.count(b"\r") + 1)
    else:
        assert parse(write(reading.election).encode()).election.ballots == reading.election.ballots
