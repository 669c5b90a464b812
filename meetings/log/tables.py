"""The tables: the chain, and beside it what may be forgotten."""

from sqlalchemy import DDL, Column, Float, Integer, MetaData, String, Table, UniqueConstraint, event

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("meeting", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("by", String),
    Column("cause", String, nullable=False),
    Column("part", Integer, nullable=False),  # a command may bring several events about
    Column("type", String, nullable=False),
    Column("data", String, nullable=False),
    Column("hash", String, nullable=False),
    UniqueConstraint("meeting", "cause", "part"),  # an act counts once
)


def insert_events(dialect: str) -> str:
    """The statement that writes rows of events given as tuples: many at once, without a look at each.

    In their order: what the chain's hash covers (see `codec`), the hash, the part.
    """
    names = ("meeting", "seq", "at", "by", "cause", "type", "data", "hash", "part")
    mark = {"sqlite": "?", "postgresql": "%s"}[dialect]
    columns, values = ", ".join(f'"{name}"' for name in names), ", ".join(mark for _ in names)
    return f"INSERT INTO {events.name} ({columns}) VALUES ({values})"  # noqa: S608  our own names


# A slip's random key is its only order: no row id, no time, no voter.
urn = Table(
    "urn",
    metadata,
    Column("slip", String, primary_key=True),
    Column("ballot", String, nullable=False, index=True),
    Column("sealed", String, nullable=False),
    sqlite_with_rowid=False,
)

# Each until its ballot is closed.
secrets = Table(
    "secrets",
    metadata,
    Column("ballot", String, primary_key=True),
    Column("private", String, nullable=False),
    Column("seed", String, nullable=False),
)

# A number is given once, whoever closes a vote at the same instant.
decisions = Table(
    "decisions",
    metadata,
    Column("decision", String, primary_key=True),
)

people = Table(
    "people",
    metadata,
    Column("member", String, primary_key=True),
    Column("name", String, nullable=False),
)

words = Table(
    "words",
    metadata,
    Column("utterance", String, primary_key=True),
    Column("meeting", String, nullable=False, index=True),
    Column("text", String, nullable=False),
    Column("language", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("doubtful", Integer, nullable=False),
)

# Every version of a line's words that the review named; see `corrections`.
versions = Table(
    "versions",
    metadata,
    Column("meeting", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("line", String, nullable=False),
    Column("text", String, nullable=False),
)

# What members ask to have corrected in minutes.
requests = Table(
    "requests",
    metadata,
    Column("request", String, primary_key=True),
    Column("meeting", String, nullable=False, index=True),
    Column("member", String, nullable=False, index=True),
    Column("text", String, nullable=False),
)

APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER events_no_{deed.lower()} BEFORE {deed} ON events "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for deed in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        """CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
        FOR EACH STATEMENT EXECUTE FUNCTION events_append_only()""",
    ],
}
"""What keeps events from being changed, in each database's words."""

for dialect, statements in APPEND_ONLY.items():
    for statement in statements:
        ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        event.listen(events, "after_create", ddl.execute_if(dialect=dialect))
