"""A member's words and name taken out of the log: from beside the chain, and out of it, where it can still be verified.

The chain holds hardly any words of a member's own. Those few (an objection's, an item proposed, a rapporteur's name)
give way to a mark. The event's link stays as it was, so the events after it still hold; what the same recipe gives of
the event as it now reads is in `ErasureAsked`, a later event of the same chain. What differs from its link and is named
by no such event is an alteration as ever. What others put to the vote or on the agenda, and why a vote was annulled,
are the council's acts, and stay.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, delete, inspect, select, text, update

from meetings.domain.erasure import ErasureAsked, Redaction
from meetings.domain.review import LineId
from meetings.domain.values import MeetingId, MemberId, RequestId
from meetings.log import tables
from meetings.log.codec import GENESIS, canonical, decode, link
from meetings.log.database import ALONE
from meetings.log.store import Log

Row: TypeAlias = Mapping[str, object]  # an event as `Log.export` gives it
Json: TypeAlias = dict[str, Any]

MARK = "[…]"
"""What stands where words were."""

_OPEN = {
    "sqlite": [f"DROP TRIGGER IF EXISTS events_no_{deed}" for deed in ("update", "delete")],
    "postgresql": ["ALTER TABLE events DISABLE TRIGGER events_append_only"],
}
_SHUT = {
    "sqlite": tables.APPEND_ONLY["sqlite"],
    "postgresql": ["ALTER TABLE events ENABLE TRIGGER events_append_only"],
}
"""The one door in what keeps events from being changed; open within a transaction alone."""

_TEXTS = (tables.words, tables.versions, tables.requests)


def redactions(log: Log, meeting: MeetingId, member: MemberId, name: str = "") -> tuple[Redaction, ...]:
    """The events of a meeting that hold words of a member's own, or name them as rapporteur where `name` is theirs."""
    found: list[Redaction] = []
    rows, prev = list(log.export(meeting)), GENESIS
    before = {one.seq: one.paths for row in rows for one in _named(row)}  # which others' erasures may still be about
    for row in rows:
        paths = tuple(_paths(row, member, name))
        if paths:
            seq = int(str(row["seq"]))
            paths = tuple(dict.fromkeys((*before.get(seq, ()), *paths)))
            fields = [row[key] for key in ("meeting", "seq", "at", "by", "cause", "type")]
            found.append(Redaction(seq, paths, link(prev, [*fields, _without(_data(row), paths)])))
        prev = str(row["hash"])
    return tuple(found)


def forget(
    log: Log,
    meeting: MeetingId,
    lines: Collection[LineId],
    requests: Collection[RequestId],
    rows: Iterable[Redaction],
) -> None:
    """Take out the words of these lines and requests, and the texts of the rows: all or nothing.

    Blocks. Raises NotWrittenError.
    """
    with log.engine.begin() as connection:
        if log.engine.dialect.name == "sqlite":
            connection.exec_driver_sql(ALONE["sqlite"])
        for table, column in ((tables.words, tables.words.c.utterance), (tables.versions, tables.versions.c.line)):
            for line in lines:
                connection.execute(delete(table).where(table.c.meeting == meeting, column == line))
        asked = tables.requests.c
        connection.execute(delete(tables.requests).where(asked.meeting == meeting, asked.request.in_(requests)))
        _redact(connection, meeting, rows)


def forget_words(log: Log, meeting: MeetingId) -> None:
    """Take out all that was heard in a meeting, and every correction of it. Blocks.

    Raises NotWrittenError.
    """
    with log.engine.begin() as connection:
        for table in (tables.words, tables.versions):
            connection.execute(delete(table).where(table.c.meeting == meeting))


def rename(log: Log, meetings: Iterable[MeetingId], name: str, called: str) -> None:
    """Put what a member is `called` from now on where others said or wrote their `name`. Blocks."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    with log.engine.begin() as connection:
        for meeting in meetings:
            for table in _TEXTS:
                key: list[Column[Any]] = list(table.primary_key)
                for row in connection.execute(select(*key, table.c.text).where(table.c.meeting == meeting)).all():
                    if (new := pattern.sub(lambda _: called, row.text)) != row.text:
                        same = [column == value for column, value in zip(key, row, strict=False)]
                        connection.execute(update(table).where(*same).values(text=new))


def scrub(log: Log) -> None:
    """Leave nothing of what was deleted in the database's files: they are written anew. Blocks.

    Raises NotWrittenError while somebody else reads or writes.
    """
    dialect = log.engine.dialect.name
    searched = inspect(log.engine).has_table("search")
    if searched and dialect == "sqlite":  # deleted words stay in its index until that is made anew
        with log.engine.begin() as connection:
            connection.execute(text("INSERT INTO search(search) VALUES('rebuild')"))
    names = [table.name for table in (tables.events, tables.people, *_TEXTS)] + ["search"] * searched
    vacuum = ["VACUUM"] if dialect == "sqlite" else [f"VACUUM FULL {name}" for name in names]
    with log.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in vacuum:
            connection.exec_driver_sql(statement)
        if dialect == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def applied(log: Log, meeting: MeetingId) -> int:
    """How many events of a meeting are without texts that were erased."""
    rows = {int(str(row["seq"])): row for row in log.export(meeting)}
    named = [one for row in rows.values() for one in _named(row)]
    return len({one.seq for one in named if any(_at(_data(rows[one.seq]), path) == MARK for path in one.paths)})


def _data(row: Row) -> Json:
    return json.loads(canonical(row["data"]))  # type: ignore[no-any-return]  # an event is an object


def _named(row: Row) -> Sequence[Redaction]:
    if row["type"] != ErasureAsked.__name__:
        return ()
    event = decode(str(row["type"]), canonical(row["data"]))
    return event.rows if isinstance(event, ErasureAsked) else ()


def _paths(row: Row, member: MemberId, name: str) -> Iterator[str]:
    """Where an event holds words of the member's own."""
    kind, data = str(row["type"]).partition(".")[0], _data(row)
    own = {"BallotCast": (data.get("member"), "text"), "ItemProposed": (row["by"], "title")}
    who, where = own.get(kind, (None, ""))
    if who == member and data[where] not in {"", MARK}:
        yield where
    if name:
        yield from (path for path, value in _rapporteurs(data) if name.casefold() in value.casefold())


def _rapporteurs(data: object, path: str = "") -> Iterator[tuple[str, str]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        here = f"{path}.{key}".lstrip(".")
        if key == "rapporteur" and isinstance(value, str):
            yield here, value
        yield from _rapporteurs(value, here)


def _without(data: Json, paths: Iterable[str]) -> str:
    """The event's stored text with the mark at these paths."""
    for path in paths:
        way, _, last = path.rpartition(".")
        _at(data, way)[last] = MARK
    return canonical(data)


def _at(data: Json, path: str) -> Any:  # noqa: ANN401  whatever stands there
    place: Any = data
    for step in filter(None, path.split(".")):
        place = place[int(step)] if isinstance(place, list) else place[step]
    return place


def _redact(connection: Connection, meeting: MeetingId, rows: Iterable[Redaction]) -> None:
    events, dialect = tables.events, connection.dialect.name
    for statement in _OPEN[dialect]:
        connection.exec_driver_sql(statement)
    for row in rows:
        here = (events.c.meeting == meeting) & (events.c.seq == row.seq)
        data: Json = json.loads(connection.execute(select(events.c.data).where(here)).scalar_one())
        connection.execute(update(events).where(here).values(data=_without(data, row.paths)))
    for statement in _SHUT[dialect]:
        connection.exec_driver_sql(statement)
