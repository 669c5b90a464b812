"""The log in a database: durable appends, one at a time, verified when asked."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Literal, NamedTuple, Self

from sqlalchemy import Connection, Engine, Row, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError

from meetings.domain.events import Recorded
from meetings.domain.values import BallotId, Choice, MeetingId, MemberId, UtteranceId
from meetings.log import tables
from meetings.log.codec import GENESIS, decode, encode, link, stamp
from meetings.log.database import address, open_engine, shown
from meetings.log.errors import LogUnusableError
from meetings.log.upcasters import spellings

__all__ = ["Break", "ConflictError", "Log", "LogUnusableError", "NotWrittenError", "Words"]

NotWrittenError = OperationalError
"""What a write raises while the log cannot be written, because the disk is full perhaps: then nothing was."""

PAGE = 5000
"""Events read at a time."""

ConflictError = IntegrityError
"""What an append raises where a number or an act is in the log already: another process was first."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was said in an utterance. `confidence` is a mean log-probability (0 is certain)."""

    utterance: UtteranceId
    text: str
    language: str
    confidence: float = 0.0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: from this link on something is `altered`, `missing` or `unreadable`."""

    meeting: MeetingId
    seq: int
    what: Literal["altered", "missing", "unreadable"]


class _Stored(NamedTuple):
    """An event as the chain holds it; its hash covers the fields before it, in this order."""

    meeting: MeetingId
    seq: int
    at: str
    by: MemberId | None
    cause: str
    type: str
    data: str
    hash: str


class Log:
    """The events of every meeting, and beside the chain names, words and urns. Its calls block: for a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self.where = engine, shown(engine.url)

    @classmethod
    def open(cls, where: Path | str, *, make: bool = True) -> Self:
        """Open the log in a file, or in the PostgreSQL database of that URL; where there is none, `make` one.

        Raises LogUnusableError.
        """
        return cls(open_engine(address(where), make=make))

    @property
    def engine(self) -> Engine:
        """The database, for what lies beside the chain (`search`, `corrections`)."""
        return self._engine

    def close(self) -> None:
        """Close the file, or the connections."""
        self._engine.dispose()

    def append(self, news: Sequence[Recorded], slips: Iterable[tuple[BallotId, Choice]] = ()) -> None:
        """Write events that follow the last ones of their meetings, all or none, with secret ballots' slips, durably.

        Raises ConflictError when a number or an act is already in the log, NotWrittenError.
        """
        urned = [{"slip": secrets.token_hex(16), "ballot": key, "choice": choice.value} for key, choice in slips]
        with self._engine.begin() as connection:
            heads = {meeting: self._last_hash(connection, meeting) for meeting in {one.meeting for one in news}}
            if news:
                in_turn = sorted(news, key=lambda one: one.meeting)  # so that two writers never wait in a ring
                connection.execute(tables.events.insert(), list(_rows(in_turn, heads)))
            if urned:
                self._lay(connection, urned)

    def _lay(self, connection: Connection, slips: list[dict[str, str]]) -> None:
        """Put slips into their urns. PostgreSQL keeps with each row the transaction that wrote it, which is a voter's,
        and rows in order of writing: there every slip of the urn is laid anew, in the order of the random keys.
        """
        if self._engine.dialect.name == "postgresql":
            lift = tables.urn.delete().where(tables.urn.c.ballot.in_({slip["ballot"] for slip in slips}))
            slips += map(dict, connection.execute(lift.returning(tables.urn)).mappings())
        connection.execute(tables.urn.insert(), sorted(slips, key=itemgetter("slip")))

    def read(self, meeting: MeetingId, after: int = 0) -> list[Recorded]:
        """A meeting's events in order, those after number `after`.

        Raises LogUnusableError where this version does not know one of them.
        """
        return list(self.history(meeting, after))

    def history(self, meeting: MeetingId, after: int = 0) -> Iterator[Recorded]:
        """As `read`, but one by one: a long meeting need not be in memory at once."""
        for row in self._rows(meeting, after):
            try:
                yield _recorded(row)
            except (KeyError, ValueError) as error:
                raise LogUnusableError("newer", self.where, f"{row.meeting}, {row.seq}, {row.type}") from error

    def meetings(self) -> list[MeetingId]:
        """Every meeting in the log, in order of its planning."""
        query = select(tables.events.c.meeting).where(tables.events.c.seq == 1).order_by(tables.events.c.at)
        with self._engine.connect() as connection:
            return [MeetingId(row.meeting) for row in connection.execute(query)]

    def decisions(self, year: int) -> int:
        """How many ballots were closed in a year, over all meetings."""
        closed = tables.events.c.type.in_(spellings("BallotClosed"))
        query = select(func.count()).where(closed, tables.events.c.at.startswith(f"{year:04}-"))
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one()

    def slips(self, ballot: BallotId) -> tuple[Choice, ...]:
        """The choices in a ballot's urn, in the order of their random keys."""
        query = select(tables.urn.c.choice).where(tables.urn.c.ballot == ballot).order_by(tables.urn.c.slip)
        with self._engine.connect() as connection:
            return tuple(Choice(row.choice) for row in connection.execute(query))

    def remember(self, names: Mapping[MemberId, str]) -> None:
        """Keep members' names, replacing those known before."""
        if not names:
            return
        self._put(tables.people, [{"member": member, "name": name} for member, name in names.items()])

    def names(self) -> dict[MemberId, str]:
        """Every name known."""
        with self._engine.connect() as connection:
            return {MemberId(row.member): row.name for row in connection.execute(select(tables.people))}

    def put_words(self, meeting: MeetingId, said: Words) -> None:
        """Keep an utterance's words, replacing earlier ones."""
        row = {
            "utterance": said.utterance,
            "meeting": meeting,
            "text": said.text,
            "language": said.language,
            "confidence": said.confidence,
            "doubtful": int(said.doubtful),
        }
        self._put(tables.words, [row])

    def _put(self, table: Table, rows: list[dict[str, object]]) -> None:
        """Write rows, over those of the same keys."""
        insert = (postgresql if self._engine.dialect.name == "postgresql" else sqlite).insert(table)
        write = insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=dict(insert.excluded))
        with self._engine.begin() as connection:
            connection.execute(write, rows)

    def words(self, meeting: MeetingId) -> dict[UtteranceId, Words]:
        """What is known to have been said in a meeting."""
        query = select(tables.words).where(tables.words.c.meeting == meeting)
        with self._engine.connect() as connection:
            return {UtteranceId(row.utterance): _words(row) for row in connection.execute(query)}

    def verify(self, meeting: MeetingId) -> Break | None:
        """The first link of a meeting's chain that does not hold, or None.

        The last links of a chain may be cut off without it showing in the chain: who must rule that out keeps the
        last hash (`export` writes it) elsewhere.
        """
        prev = GENESIS
        for expected, row in enumerate(self._rows(meeting), 1):
            if row.seq != expected:
                return Break(meeting, expected, "missing")
            prev = link(prev, row[:-1])
            if row.hash != prev:
                return Break(meeting, expected, "altered")
            try:
                _recorded(row)
            except (KeyError, ValueError):
                return Break(meeting, expected, "unreadable")
        return None

    def export(self, meeting: MeetingId) -> Iterator[dict[str, object]]:
        """A meeting's chain as its rows, from which anyone can verify it: see `codec` for the hash's recipe."""
        for row in self._rows(meeting):
            yield row._asdict() | {"data": json.loads(row.data)}

    def _rows(self, meeting: MeetingId, after: int = 0) -> Iterator[_Stored]:
        events = tables.events.c
        query = select(*(events[name] for name in _Stored._fields)).where(events.meeting == meeting)
        while True:
            with self._engine.connect() as connection:
                found = connection.execute(query.where(events.seq > after).order_by(events.seq).limit(PAGE)).all()
            yield from map(_Stored._make, found)
            if len(found) < PAGE:
                return
            after = found[-1].seq

    def _last_hash(self, connection: Connection, meeting: MeetingId) -> str:
        ours = tables.events.c.meeting == meeting
        query = select(tables.events.c.hash).where(ours).order_by(tables.events.c.seq.desc()).limit(1)
        return connection.execute(query).scalar() or GENESIS


def _rows(news: Iterable[Recorded], heads: dict[MeetingId, str]) -> Iterator[Mapping[str, object]]:
    """The rows of events, each linked to the one before it in its meeting; `heads` are the last links."""
    parts: Counter[tuple[MeetingId, str]] = Counter()
    for one in news:
        act = one.meeting, one.cause
        fields = (one.meeting, one.seq, stamp(one.at), one.by, one.cause, *encode(one.event))
        heads[one.meeting] = link(heads[one.meeting], fields)
        yield _Stored(*fields, heads[one.meeting])._asdict() | {"part": parts[act]}
        parts[act] += 1


def _recorded(row: _Stored) -> Recorded:
    meeting, seq, at, by, cause, type_, data, _ = row
    return Recorded(meeting, seq, datetime.fromisoformat(at), by, cause, decode(type_, data))


def _words(row: Row[tuple[object, ...]]) -> Words:
    return Words(UtteranceId(row.utterance), row.text, row.language, row.confidence, bool(row.doubtful))
