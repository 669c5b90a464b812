"""French as a careful printer sets it, line by line in every rendering; and what each of them must tell."""

import html as markup
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document as Docx
from odfdo import Document as Odt
from pypdf import PdfReader
from sitting import CIRCUMSTANCES, Session, begun, minutes_of

from meetings.domain import commands as c
from meetings.domain.values import Choice, Manner, PlannedItem
from meetings.minutes import Minutes
from meetings.minutes.document import from_json, to_json
from meetings.minutes.render import docx, html, markdown, odt, pdf

NEXT = datetime(2026, 12, 1, 17, tzinfo=UTC)
TITLE = 'La 2ème tranche: "oui" ou non?', "La 2e tranche\u00a0: «\u202foui\u202f» ou non\u202f?"
MOTION = (
    "Retenir l'offre \"verte\"; l'essayer dès la 1ère année: 40% de la rue!",
    "Retenir l’offre «\u202fverte\u202f»\u202f; l’essayer dès la 1re année\u00a0: 40\u00a0% de la rue\u202f!",
)
SAID = (
    "C'est le 3ème essai... L'avis de \"la ville\": 12€ par mètre; rien d'autre?",
    "C’est le 3e essai… L’avis de «\u202fla ville\u202f»\u00a0: 12\u00a0€ par mètre\u202f; rien d’autre\u202f?",
)
HEAD = {
    "day": "Dimanche 22\u00a0novembre 2026",
    "opened": "18\u00a0h\u00a031",
    "closed": "19\u00a0h\u00a030",
    "quorum": "Le conseil compte 8 membres\u202f; le quorum est fixé à 5 membres présents.",
    "decision": "Décision n°\u00a02026-014",
    "next": "Prochaine séance\u00a0: mardi 1er\u00a0décembre 2026 à 18\u00a0h.",
}
ROLL_CALL = "L’appel nominal a été demandé par Agnès Dufour-Leclerc, Mehdi Ben Youssef et Solène Le Goff."
SECRECY = "Le scrutin secret a été demandé par Mehdi Ben Youssef, Solène Le Goff et Paul Nguyen."

FAULTS = {
    "a line may break before a sign": r" [;:?!»](?=\s|$)|« ",
    "no space before a high sign": r"[^\s\u202f(\[«;?!…\\][;?!](?=\s|$)",
    "no space before a colon": r"[^\s\u00a0]:(?=\s|$)",
    "guillemets without their spaces": r"«(?!\u202f)|(?<!\u202f)»",
    "a typewriter's signs": r"(?<=\w)'(?=\w)|\"|\.\.\.",
    "an ordinal spelled out": r"\d(?:i?[eè]mes?|ères?|nde?s?)\b",
    "a sign torn from its number": r"\d ?[%€]",
    "an hour torn": r"\d h\b|\bh \d",
    "a number torn from its word": r"n° \d",
}


def session() -> Session:
    """Everything typed as people type; an item by roll call and one in secret, because members asked for it."""
    session = begun("fr", (PlannedItem(1, TITLE[0], 10), PlannedItem(2, "Suite", 5)))
    session.do(c.NextItem, 100)
    session.say("3", 110, 20, SAID[0])
    for member in "345":
        session.do(c.AskBallot, 140, by=member, manner=Manner.ROLL_CALL)
    session.vote(150, MOTION[0], {"1": Choice.FOR, "3": Choice.FOR}, "2026-014")
    session.do(c.NextItem, 300)
    for member in "456":
        session.do(c.AskBallot, 310, by=member, manner=Manner.SECRET)
    session.vote(320, "Qui part?", {"1": Choice.FOR, "3": Choice.AGAINST}, "2026-015", secret=True)
    session.do(c.Adjourn, 3600)
    return session


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    return minutes_of(session(), replace(CIRCUMSTANCES, next_meeting=NEXT))


def _markdown(minutes: Minutes) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", line).replace("*", "") for line in markdown(minutes).splitlines()]


def _html(minutes: Minutes) -> list[str]:
    body = html(minutes).partition("<body>")[2]
    return [markup.unescape(re.sub(r"<[^>]*>", "", line)).strip() for line in body.splitlines()]


def _pdf(minutes: Minutes) -> list[str]:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf(minutes))).pages]
    stretched = re.compile("(?<=[\u00a0\u202f]) ")  # in justified lines pypdf takes a wide gap for one more space
    return [stretched.sub("", line) for text in pages for line in text.splitlines()]


def _docx(minutes: Minutes) -> list[str]:
    document = Docx(BytesIO(docx(minutes)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [line for text in (*(one.text for one in document.paragraphs), *cells) for line in text.splitlines()]


def _odt(minutes: Minutes) -> list[str]:
    body = Odt(BytesIO(odt(minutes))).body
    found = body.get_elements("descendant::text:h | descendant::text:p")
    return [one.text_recursive for one in found]


Lines = tuple[list[str], list[str]]
"""Of the session typed here, and of the evening, in one rendering."""


@pytest.fixture(scope="module", params=[_markdown, _html, _pdf, _docx, _odt], ids=lambda one: one.__name__[1:])
def lines(request: pytest.FixtureRequest, minutes: Minutes, rich: Minutes) -> Lines:
    return request.param(minutes), request.param(rich)


def joined(lines: list[str]) -> str:
    """All of it, wherever a line was broken."""
    return re.sub(r"[ \n]+", " ", " ".join(lines))


def test_what_was_typed_plainly_is_printed_as_it_should_be(lines: Lines) -> None:
    told = joined(lines[0])
    for _, printed in (TITLE, MOTION, SAID):
        assert printed in told
    for name, words in HEAD.items():
        assert words in told, name


def test_no_line_has_a_fault_of_typography(lines: Lines) -> None:
    every = [*lines[0], *lines[1]]
    assert len(every) > 100
    assert [(name, line) for line in every for name, fault in FAULTS.items() if re.search(fault, line)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_would_be_found(fault: str) -> None:
    typed = 'La 2ème : "oui" ?\nAh!\nOui:\n«non»\nl\'un...\n40%\n18 h 30\nla décision n° 7'
    assert any(re.search(FAULTS[fault], line) for line in typed.splitlines())


def test_requests_for_a_ballot_and_the_next_meeting_are_told_everywhere(lines: Lines) -> None:
    told, nobody = map(joined, lines)
    assert told.count(ROLL_CALL) == told.count(SECRECY) == told.count(HEAD["next"]) == 1
    assert told.index(ROLL_CALL) < told.index(SECRECY) < told.index(HEAD["next"])
    assert "demandé par" not in nobody
    assert "Prochaine séance\u00a0: [à compléter" in nobody


def test_the_document_itself_has_them(minutes: Minutes, rich: Minutes) -> None:
    again = from_json(to_json(minutes).encode())
    assert again.next_meeting == NEXT
    assert [ballot.request for section in again.sections for ballot in section.ballots] == [ROLL_CALL, SECRECY]
    assert rich.next_meeting is None
