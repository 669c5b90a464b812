"""Where the log lies: a SQLite file, or a PostgreSQL database; each as durable as it can be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, inspect, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from meetings.log import migrations, tables
from meetings.log.errors import LogUnusableError

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}

DURABLE = {
    "sqlite": (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA secure_delete=ON",  # what is deleted is written over: keys of secret ballots above all
        "PRAGMA busy_timeout=5000",
    ),
    "postgresql": ("SET synchronous_commit = on",),
}
"""What each connection begins with: every append is on the disk before it is acknowledged."""

ALONE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(1212501321)"}
"""What lets one process at a time make the tables: whoever comes second looks again, once it is their turn."""


def address(where: Path | str) -> URL:
    """A file's or a database's address. Raises LogUnusableError (unknown)."""
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
        return url.set(drivername=DRIVERS[url.get_backend_name()])
    except (ArgumentError, KeyError, ValueError) as error:
        raise LogUnusableError("unknown", where.partition("://")[0], str(error)) from error


def shown(url: URL) -> str:
    """The address as people may see it: a file's path, a database's URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string()


def open_engine(url: URL, *, make: bool) -> Engine:
    """Connect, and `make` the tables where there are none. Raises LogUnusableError."""
    file = url.get_backend_name() == "sqlite"
    with _named(url, file=file):
        if file and not make and not Path(str(url.database)).is_file():
            raise LogUnusableError("absent", shown(url), "")  # a log is not made by looking at it
        if file:
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_pre_ping=not file)
        event.listen(engine, "connect", _durable(engine.dialect.name))
        try:
            _furnish(engine, make=make)
        except (DatabaseError, LogUnusableError):
            engine.dispose()
            raise
    return engine


def _furnish(engine: Engine, *, make: bool) -> None:
    """Make the tables that lack, all or none; others may be doing the same."""
    there = set(inspect(engine).get_table_names())
    if not make and tables.events.name not in there:
        raise LogUnusableError("absent", shown(engine.url), "")
    if tables.metadata.tables.keys() <= there:
        return
    with engine.begin() as connection:
        connection.exec_driver_sql(ALONE[engine.dialect.name])
        migrations.migrate(connection)
        tables.metadata.create_all(connection)
        migrations.fill(connection)


@contextmanager
def _named(url: URL, *, file: bool) -> Iterator[None]:
    """What goes wrong while opening, as LogUnusableError."""
    where = shown(url)
    try:
        yield
    except OperationalError as error:
        raise LogUnusableError("not-writable" if file else "unreachable", where, _reason(error)) from error
    except DatabaseError as error:
        raise LogUnusableError("not-a-log" if file else "refused", where, _reason(error)) from error
    except OSError as error:
        raise LogUnusableError("not-writable", where, error.strerror or str(error)) from error
    except ModuleNotFoundError as error:
        raise LogUnusableError("driver", where, str(error)) from error


def _reason(error: DatabaseError) -> str:
    return " ".join(str(error.orig).split())


def _durable(dialect: str) -> Callable[[DBAPIConnection, object], None]:
    def begin(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        for statement in DURABLE[dialect]:
            cursor.execute(statement)
        cursor.close()
        connection.commit()  # or PostgreSQL forgets it with the transaction

    return begin
