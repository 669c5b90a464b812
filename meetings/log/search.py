"""Full-text search beside the chain: FTS5 in SQLite, tsvector in PostgreSQL; one way to ask both.

What is indexed is drawn from elsewhere and can be drawn again: each meeting carries a `mark` of what it was drawn from,
and whoever indexes compares. Words are folded (no accents, no case) before they are stored and before they are sought;
a word finds those that begin with it. Erasing a person's words asks for `forget`: the meeting is then drawn anew.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, text

from meetings.domain.values import MeetingId
from meetings.log.store import Log

Kind = Literal["decision", "item", "speech"]

_WORD = re.compile(r"\w+")
_MOST = 12
"""Words of a question that are looked for."""

_MARKS = "CREATE TABLE IF NOT EXISTS search_marks (meeting VARCHAR PRIMARY KEY, mark VARCHAR NOT NULL)"
_FTS5 = """CREATE VIRTUAL TABLE IF NOT EXISTS search
USING fts5(folded, meeting UNINDEXED, kind UNINDEXED, ref UNINDEXED, words UNINDEXED)"""
_VECTORS = """CREATE TABLE IF NOT EXISTS search (
meeting VARCHAR NOT NULL, kind VARCHAR NOT NULL, ref VARCHAR NOT NULL, words VARCHAR NOT NULL, folded VARCHAR NOT NULL,
vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED)"""
_MAKE = {
    "sqlite": [_MARKS, _FTS5],
    "postgresql": [
        "SELECT pg_advisory_xact_lock(1212501322)",  # two processes at once would both find no table
        _MARKS,
        _VECTORS,
        "CREATE INDEX IF NOT EXISTS search_vector ON search USING gin (vector)",
        "CREATE INDEX IF NOT EXISTS search_meeting ON search (meeting)",
    ],
}
_FIND = {
    "sqlite": """SELECT kind, meeting, ref, words FROM search WHERE search MATCH :sought
AND (kind <> 'speech' OR meeting IN ({open}))
ORDER BY rank, rowid LIMIT :limit OFFSET :after""",
    "postgresql": """SELECT kind, meeting, ref, words FROM search, to_tsquery('simple', :sought) AS question
WHERE vector @@ question
AND (kind <> 'speech' OR meeting IN ({open}))
ORDER BY ts_rank(vector, question) DESC, meeting, ref LIMIT :limit OFFSET :after""",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that can be found. `ref` leads to them in their meeting: a decision's or an item's number, an utterance."""

    kind: Kind
    meeting: MeetingId
    ref: str
    words: str


class Search:
    """The index of a log. Its calls block: for a thread."""

    def __init__(self, log: Log) -> None:
        self._engine = log.engine
        self._dialect = self._engine.dialect.name
        with self._engine.begin() as connection:
            for statement in _MAKE[self._dialect]:
                connection.exec_driver_sql(statement)

    def marks(self) -> dict[MeetingId, str]:
        """What each indexed meeting was drawn from."""
        with self._engine.connect() as connection:
            return {MeetingId(row.meeting): row.mark for row in connection.execute(text("SELECT * FROM search_marks"))}

    def index(self, meeting: MeetingId, mark: str, passages: Iterable[Passage]) -> None:
        """Put a meeting's passages in the place of those it had."""
        rows = [
            {"meeting": meeting, "kind": one.kind, "ref": one.ref, "words": one.words, "folded": folded(one.words)}
            for one in passages
        ]
        put = "INSERT INTO search (meeting, kind, ref, words, folded) VALUES (:meeting, :kind, :ref, :words, :folded)"
        with self._engine.begin() as connection:
            _clear(connection, meeting)
            if rows:
                connection.execute(text(put), rows)
            marked = text("INSERT INTO search_marks (meeting, mark) VALUES (:meeting, :mark)")
            connection.execute(marked, {"meeting": meeting, "mark": mark})

    def forget(self, meeting: MeetingId) -> None:
        """Leave nothing of a meeting."""
        with self._engine.begin() as connection:
            _clear(connection, meeting)

    def find(self, question: str, open_: Sequence[MeetingId], limit: int = 50, after: int = 0) -> list[Passage]:
        """Passages that hold words beginning with every word of the question, the best first; none for no words.

        What was said is found in the meetings that are `open_` to who asks, what was decided and planned in all.
        """
        sought = terms(question)
        if not sought:
            return []
        fields = {f"open{place}": meeting for place, meeting in enumerate(open_)}
        query = _FIND[self._dialect].format(open=", ".join(f":{name}" for name in fields) or "''")
        asked = {"sought": self._asked(sought), "limit": limit, "after": after}
        with self._engine.connect() as connection:
            return [Passage(*row) for row in connection.execute(text(query), asked | fields)]

    def _asked(self, sought: Sequence[str]) -> str:
        """The question in the database's own words; terms are letters and digits only, so nothing in them is syntax."""
        if self._dialect == "postgresql":
            return " & ".join(f"{term}:*" for term in sought)
        return " ".join(f'folded:"{term}"*' for term in sought)


def _clear(connection: Connection, meeting: MeetingId) -> None:
    connection.execute(text("DELETE FROM search WHERE meeting = :meeting"), {"meeting": meeting})
    connection.execute(text("DELETE FROM search_marks WHERE meeting = :meeting"), {"meeting": meeting})


def folded(words: str) -> str:
    """Without accents and case: `Été` is `ete`, `cœur` is `coeur`."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


def terms(question: str) -> list[str]:
    """The words that are looked for."""
    return folded(question).replace("_", " ").split()[:_MOST]
