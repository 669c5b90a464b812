"""The log in a SQLite file: durable appends, one at a time, verified when asked."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from sqlalchemy import Connection, Row, create_engine, event, func, inspect, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, OperationalError

from meetings.domain.events import BallotId, Choice, MeetingId, MemberId, Recorded, UtteranceId
from meetings.log import tables
from meetings.log.codec import GENESIS, decode, encode, link, seal, stamp
from meetings.log.errors import LogUnusableError

__all__ = ["Break", "Log", "LogUnusableError", "NotWrittenError", "Words"]

NotWrittenError = OperationalError
"""What a write raises while the file cannot be written, because the disk is full perhaps: then nothing was."""


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


class Log:
    """The events of every meeting, and beside the chain names, words and urns. Its calls block: for a thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _durable)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the log, made where there is none. Raises LogUnusableError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            log = cls(path)
            log._furnish()
        except OperationalError as error:
            raise LogUnusableError("not-writable", path, str(error.orig)) from error
        except DatabaseError as error:
            raise LogUnusableError("not-a-log", path, str(error.orig)) from error
        except OSError as error:
            raise LogUnusableError("not-writable", path, error.strerror or str(error)) from error
        return log

    def _furnish(self) -> None:
        """Make the tables that lack, all or none; others may be doing the same."""
        if tables.metadata.tables.keys() <= set(inspect(self._engine).get_table_names()):
            return
        with self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # whoever comes second looks again, once it is their turn
            tables.metadata.create_all(connection)

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def append(self, news: Sequence[Recorded], slips: Iterable[tuple[BallotId, Choice]] = ()) -> None:
        """Write events that follow the last ones of their meetings, all or none, with secret ballots' slips, durably.

        Raises sqlalchemy.exc.IntegrityError when a number or an act is already in the log, NotWrittenError.
        """
        urned = [{"slip": secrets.token_hex(16), "ballot": key, "choice": choice.value} for key, choice in slips]
        with self._engine.begin() as connection:
            heads = {meeting: self._last_hash(connection, meeting) for meeting in {one.meeting for one in news}}
            connection.execute(tables.events.insert(), list(_rows(news, heads)))
            if urned:
                connection.execute(tables.urn.insert(), urned)

    def read(self, meeting: MeetingId) -> list[Recorded]:
        """A meeting's events in order."""
        return [_recorded(row) for row in self._rows(meeting)]

    def meetings(self) -> list[MeetingId]:
        """Every meeting in the log, in order of its planning."""
        query = select(tables.events.c.meeting).where(tables.events.c.seq == 1).order_by(tables.events.c.at)
        with self._engine.connect() as connection:
            return [MeetingId(row.meeting) for row in connection.execute(query)]

    def decisions(self, year: int) -> int:
        """How many ballots were closed in a year, over all meetings."""
        closed = tables.events.c.type == "BallotClosed"
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
        rows = [{"member": member, "name": name} for member, name in names.items()]
        upsert = insert(tables.people)
        with self._engine.begin() as connection:
            connection.execute(upsert.on_conflict_do_update(set_={"name": upsert.excluded.name}), rows)

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
        upsert = insert(tables.words)
        with self._engine.begin() as connection:
            connection.execute(upsert.on_conflict_do_update(set_=dict(upsert.excluded)), row)

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
            try:
                _recorded(row)
            except (KeyError, ValueError):
                return Break(meeting, expected, "unreadable")
            prev = seal(prev, row.meeting, row.seq, row.at, row.by, row.cause, row.type, row.data)
            if row.hash != prev:
                return Break(meeting, expected, "altered")
        return None

    def export(self, meeting: MeetingId) -> Iterator[dict[str, object]]:
        """A meeting's chain as its rows, from which anyone can verify it: see `codec` for the hash's recipe."""
        for row in self._rows(meeting):
            fields = {name: getattr(row, name) for name in ("meeting", "seq", "at", "by", "cause", "type", "hash")}
            yield fields | {"data": json.loads(row.data)}

    def _rows(self, meeting: MeetingId) -> list[Row[tuple[object, ...]]]:
        query = select(tables.events).where(tables.events.c.meeting == meeting).order_by(tables.events.c.seq)
        with self._engine.connect() as connection:
            return list(connection.execute(query))

    def _last_hash(self, connection: Connection, meeting: MeetingId) -> str:
        ours = tables.events.c.meeting == meeting
        query = select(tables.events.c.hash).where(ours).order_by(tables.events.c.seq.desc()).limit(1)
        return connection.execute(query).scalar() or GENESIS


def _rows(news: Iterable[Recorded], heads: dict[MeetingId, str]) -> Iterator[dict[str, object]]:
    """The rows of events, each linked to the one before it in its meeting; `heads` are the last links."""
    parts: Counter[tuple[MeetingId, str]] = Counter()
    for recorded in news:
        act = recorded.meeting, recorded.cause
        kind, data = encode(recorded.event)
        heads[recorded.meeting] = link(heads[recorded.meeting], recorded)
        yield {
            "meeting": recorded.meeting,
            "seq": recorded.seq,
            "at": stamp(recorded.at),
            "by": recorded.by,
            "cause": recorded.cause,
            "part": parts[act],
            "type": kind,
            "data": data,
            "hash": heads[recorded.meeting],
        }
        parts[act] += 1


def _recorded(row: Row[tuple[object, ...]]) -> Recorded:
    at, event_ = datetime.fromisoformat(row.at), decode(row.type, row.data)
    return Recorded(MeetingId(row.meeting), row.seq, at, row.by, row.cause, event_)


def _words(row: Row[tuple[object, ...]]) -> Words:
    return Words(UtteranceId(row.utterance), row.text, row.language, row.confidence, bool(row.doubtful))


def _durable(connection: object, _: object) -> None:
    """Write-ahead log, and every append on the disk before it is acknowledged."""
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DB-API connection, which has no common type
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
