"""The log in a database: durable appends, one at a time, verified when asked."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from sqlalchemy import Connection, Engine, Row, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError

from meetings.domain.erasure import ErasureAsked
from meetings.domain.events import Recorded
from meetings.domain.values import BallotId, MeetingId, MemberId, Slip, UtteranceId
from meetings.domain.voting import BallotAnnulled, BallotClosed
from meetings.log import sealing, tables
from meetings.log.codec import GENESIS, decode, encode, link, stamp
from meetings.log.database import address, open_engine, shown
from meetings.log.errors import LogUnusableError
from meetings.log.sealing import Paper, Secret

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


_READ = _Stored._fields[1:-1]
"""What an event is made of, in the order of `Recorded`, but for the meeting that is asked for and for the hash."""


class Log:
    """The events of every meeting, and beside the chain names, words and urns. Its calls block: for a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self.where = engine, shown(engine.url)
        self._insert = tables.insert_events(engine.dialect.name)

    @property
    def engine(self) -> Engine:
        """The database itself, for what lies beside the chain."""
        return self._engine

    @classmethod
    def open(cls, where: Path | str, *, make: bool = True) -> Self:
        """Open the log in a file, or in the PostgreSQL database of that URL; where there is none, `make` one.

        Raises LogUnusableError.
        """
        return cls(open_engine(address(where), make=make))

    def close(self) -> None:
        """Close the file, or the connections."""
        self._engine.dispose()

    def append(self, news: Sequence[Recorded], papers: Iterable[Paper] = (), made: Iterable[Secret] = ()) -> None:
        """Write events that follow the last ones of their meetings, all or none, durably.

        With them go papers into secret ballots' urns, and the secrets of ballots opened; with a ballot's end go its urn
        and its secret. Raises ConflictError when a number, an act or a decision is already in the log, NotWrittenError.
        """
        laid = [
            {"slip": secrets.token_hex(16), "ballot": paper.ballot, "sealed": sealing.seal(paper)} for paper in papers
        ]
        kept = [{"ballot": one.ballot, "private": one.private, "seed": one.seed} for one in made]
        ended = [one.event for one in news if isinstance(one.event, BallotClosed | BallotAnnulled)]
        with self._engine.begin() as connection:
            heads = {meeting: self._last_hash(connection, meeting) for meeting in {one.meeting for one in news}}
            if news:
                in_turn = sorted(news, key=lambda one: one.meeting)  # so that two writers never wait in a ring
                connection.exec_driver_sql(self._insert, list(_rows(in_turn, heads)))
            if laid:
                self._lay(connection, laid)
            if kept:
                connection.execute(tables.secrets.insert(), kept)
            for event in ended:
                _end(connection, event)
        if ended and self._engine.dialect.name == "sqlite":
            self._forget()

    def _lay(self, connection: Connection, papers: list[dict[str, str]]) -> None:
        """Put papers into their urns. PostgreSQL keeps with each row the transaction that wrote it, which is a voter's,
        and rows in order of writing: there every paper of the urn is laid anew, in the order of the random keys.
        """
        if self._engine.dialect.name == "postgresql":
            lift = tables.urn.delete().where(tables.urn.c.ballot.in_({paper["ballot"] for paper in papers}))
            papers += map(dict, connection.execute(lift.returning(tables.urn)).mappings())
        connection.execute(tables.urn.insert(), sorted(papers, key=itemgetter("slip")))

    def _forget(self) -> None:
        """Empty SQLite's write-ahead file, where deleted keys and papers would otherwise stay for a while."""
        with self._engine.connect() as connection, suppress(OperationalError):
            connection.exec_driver_sql("PRAGMA busy_timeout=200")  # a reader who holds it open is not waited for long
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("PRAGMA busy_timeout=5000")

    def read(self, meeting: MeetingId, after: int = 0) -> list[Recorded]:
        """A meeting's events in order, those after number `after`.

        Raises LogUnusableError where this version does not know one of them.
        """
        return list(self.history(meeting, after))

    def history(self, meeting: MeetingId, after: int = 0) -> Iterator[Recorded]:
        """As `read`, but one by one: a long meeting need not be in memory at once."""
        for seq, at, by, cause, type_, data in self._pages(meeting, after, _READ):
            try:
                yield Recorded(meeting, seq, datetime.fromisoformat(at), by, cause, decode(type_, data))
            except (KeyError, ValueError) as error:
                raise LogUnusableError("newer", self.where, f"{meeting}, {seq}, {type_}") from error

    def meetings(self) -> list[MeetingId]:
        """Every meeting in the log, in order of its planning."""
        events = tables.events.c  # the first event may be missing, which is for `verify` to say
        first = select(events.meeting, func.min(events.seq).label("seq")).group_by(events.meeting).subquery()
        found = (events.meeting == first.c.meeting) & (events.seq == first.c.seq)
        query = select(events.meeting).join(first, found).order_by(events.at)
        with self._engine.connect() as connection:
            return [MeetingId(row.meeting) for row in connection.execute(query)]

    def next_decision(self, year: int) -> str:
        """The number of the council's next decision of a year, over all meetings: `2026-014`."""
        taken = tables.decisions.c.decision
        ours = select(taken).where(taken.startswith(f"{year:04}-"))
        with self._engine.connect() as connection:
            last = connection.execute(ours.order_by(func.length(taken).desc(), taken.desc()).limit(1)).scalar()
        return f"{year:04}-{int(last.partition('-')[2]) + 1 if last else 1:03}"

    def urn(self, ballot: BallotId) -> tuple[Slip, ...]:
        """A secret ballot's papers, opened, in the order of their receipts. What its key does not open is left out."""
        sealed = select(tables.urn.c.sealed).where(tables.urn.c.ballot == ballot).order_by(tables.urn.c.slip)
        private = select(tables.secrets.c.private).where(tables.secrets.c.ballot == ballot)
        with self._engine.connect() as connection:
            key = connection.execute(private).scalar() or ""
            papers = [sealing.unsealed(key, content) for content in connection.execute(sealed).scalars()]
        return tuple(sorted((paper for paper in papers if paper), key=lambda paper: paper.receipt))

    def seed(self, ballot: BallotId) -> str:
        """The seed of a running ballot, for a lot; empty where it has none."""
        with self._engine.connect() as connection:
            query = select(tables.secrets.c.seed).where(tables.secrets.c.ballot == ballot)
            return connection.execute(query).scalar() or ""

    def remember(self, names: Mapping[MemberId, str]) -> None:
        """Keep members' names, replacing those known before."""
        if not names:
            return
        self.put(tables.people, [{"member": member, "name": name} for member, name in names.items()])

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
        self.put(tables.words, [row])

    def put(self, table: Table, rows: list[dict[str, object]]) -> None:
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
        last hash (`export` writes it) elsewhere. An event without texts erased is whole where a later one says so.
        """
        prev, differing, broken = GENESIS, dict[int, str](), None
        for expected, row in enumerate(self._rows(meeting), 1):
            if row.seq != expected:
                broken = Break(meeting, expected, "missing")
                break
            if (found := link(prev, row[:-1])) != row.hash:
                differing[expected] = found
            prev = row.hash
            try:
                event = decode(row.type, row.data)
                datetime.fromisoformat(row.at)
            except (KeyError, ValueError):
                broken = Break(meeting, expected, "unreadable")
                break
            if isinstance(event, ErasureAsked) and expected not in differing:
                excused = {erased.seq: erased.digest for erased in event.rows}
                differing = {seq: found for seq, found in differing.items() if excused.get(seq) != found}
        return Break(meeting, min(differing), "altered") if differing else broken

    def export(self, meeting: MeetingId) -> Iterator[dict[str, object]]:
        """A meeting's chain as its rows, from which anyone can verify it: see `codec` for the hash's recipe."""
        for row in self._rows(meeting):
            yield row._asdict() | {"data": json.loads(row.data)}

    def _rows(self, meeting: MeetingId, after: int = 0) -> Iterator[_Stored]:
        return map(_Stored._make, self._pages(meeting, after, _Stored._fields))

    def _pages(self, meeting: MeetingId, after: int, columns: Sequence[str]) -> Iterator[Any]:
        """These columns of a meeting's events in order, read a page at a time.

        Rows come from the driver as they are: they hold text and numbers, and a hundred thousand are read at once.
        """
        events, place = tables.events.c, columns.index("seq")
        query = select(*(events[name] for name in columns)).where(events.meeting == meeting).order_by(events.seq)
        while True:
            with self._engine.connect() as connection:
                cursor = connection.execute(query.where(events.seq > after).limit(PAGE)).cursor
                found = cursor.fetchall() if cursor else []
            yield from found
            if len(found) < PAGE:
                return
            after = found[-1][place]

    def _last_hash(self, connection: Connection, meeting: MeetingId) -> str:
        ours = tables.events.c.meeting == meeting
        query = select(tables.events.c.hash).where(ours).order_by(tables.events.c.seq.desc()).limit(1)
        return connection.execute(query).scalar() or GENESIS


def _end(connection: Connection, event: BallotClosed | BallotAnnulled) -> None:
    """A ballot is over: its urn and its secret go, its decision's number is taken."""
    for table in (tables.urn, tables.secrets):
        connection.execute(table.delete().where(table.c.ballot == event.ballot))
    if isinstance(event, BallotClosed) and event.decision:
        connection.execute(tables.decisions.insert(), {"decision": event.decision})


def _rows(news: Iterable[Recorded], heads: dict[MeetingId, str]) -> Iterator[tuple[object, ...]]:
    """The rows of events, each linked to the one before it in its meeting; `heads` are the last links."""
    parts: Counter[tuple[MeetingId, str]] = Counter()
    for one in news:
        act = one.meeting, one.cause
        fields = (one.meeting, one.seq, stamp(one.at), one.by, one.cause, *encode(one.event))
        heads[one.meeting] = link(heads[one.meeting], fields)
        yield (*fields, heads[one.meeting], parts[act])
        parts[act] += 1


def _words(row: Row[tuple[object, ...]]) -> Words:
    return Words(UtteranceId(row.utterance), row.text, row.language, row.confidence, bool(row.doubtful))
