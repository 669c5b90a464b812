"""What an older log lacks, brought about when it is opened; the chain itself is never touched."""

import json

from sqlalchemy import Connection, inspect, select

from meetings.log import tables
from meetings.log.upcasters import spellings


def migrate(connection: Connection) -> None:
    """Before the tables that lack are made: an urn held open papers, which a ballot without a key still has."""
    found = inspect(connection)
    if found.has_table("urn") and "choice" in {column["name"] for column in found.get_columns("urn")}:
        connection.exec_driver_sql("ALTER TABLE urn RENAME COLUMN choice TO sealed")


def fill(connection: Connection) -> None:
    """After they are made: the numbers of the decisions taken so far."""
    if connection.execute(select(tables.decisions).limit(1)).first():
        return
    closed = select(tables.events.c.data).where(tables.events.c.type.in_(spellings("BallotClosed")))
    taken = {json.loads(data)["decision"] for data in connection.execute(closed).scalars()} - {""}
    if taken:
        connection.execute(tables.decisions.insert(), [{"decision": decision} for decision in sorted(taken)])
