"""Every version of a line's words, beside the chain: the events of the review name them by digest."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, select

from meetings.domain.review import LineId
from meetings.domain.values import MeetingId
from meetings.log import tables
from meetings.log.codec import canonical
from meetings.log.store import Log


@dataclass(frozen=True, slots=True)
class Version:
    """A line's words."""

    line: LineId
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of `[line, text]`."""
        return hashlib.sha256(canonical([self.line, self.text]).encode()).hexdigest()


class Corrections:
    """The versions in a log. Its calls block: for a thread."""

    def __init__(self, log: Log) -> None:
        self._engine = log.engine

    def keep(self, meeting: MeetingId, *versions: Version) -> None:
        """Keep versions, which stay whatever becomes of the acts that name them. Raises NotWrittenError."""
        table = tables.versions
        with self._engine.begin() as connection:
            known = set(connection.execute(select(table.c.digest).where(table.c.meeting == meeting)).scalars())
            new = {one.digest: one for one in versions if one.digest not in known}
            rows = [
                {"meeting": meeting, "digest": digest, "line": one.line, "text": one.text}
                for digest, one in new.items()
            ]
            if rows:
                connection.execute(table.insert(), rows)

    def texts(self, meeting: MeetingId) -> dict[str, str]:
        """Every version's words in a meeting, by digest."""
        query = select(tables.versions).where(tables.versions.c.meeting == meeting)
        with self._engine.connect() as connection:
            return {row.digest: row.text for row in connection.execute(query)}

    def forget(self, meeting: MeetingId, line: LineId) -> None:
        """Erase every version of a line; the chain's digests then name what is gone."""
        table = tables.versions
        with self._engine.begin() as connection:
            connection.execute(delete(table).where(table.c.meeting == meeting, table.c.line == line))
