"""The log in PostgreSQL: what it keeps apart, and what can be wrong with a database."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from meetings.domain.values import BallotId, Choice, Mark, Slip
from meetings.log import sealing
from meetings.log.sealing import Paper
from meetings.log.store import Log, LogUnusableError

if TYPE_CHECKING:
    from conftest import Server


def test_slips_bear_no_trace_of_who_laid_them_or_when(postgresql: "Server") -> None:
    """A row's transaction and place in the table would tell voters apart, and their order."""
    where, ballot = postgresql.database(), BallotId("b")
    log = Log.open(where)
    secret = sealing.made(ballot)
    for choice in list(Choice) * 5:
        log.append([], [Paper(ballot, secret.key, Slip(sealing.receipt(), Mark(choice)))])
    log.append([], [Paper(BallotId("other"), secret.key, Slip(sealing.receipt(), Mark("for")))])
    with psycopg.connect(where) as raw:
        rows = raw.execute("SELECT xmin::text, slip FROM urn WHERE ballot = 'b' ORDER BY ctid").fetchall()
    assert len(rows) == 20
    assert len({transaction for transaction, _ in rows}) == 1
    assert [slip for _, slip in rows] == sorted(slip for _, slip in rows)
    log.close()


def test_events_cannot_be_truncated_away(postgresql: "Server") -> None:
    where = postgresql.database()
    Log.open(where).close()
    with psycopg.connect(where) as raw, pytest.raises(psycopg.errors.IntegrityError, match="append-only"):
        raw.execute("TRUNCATE events")


def test_appends_wait_for_the_disk_whatever_the_server_prefers(postgresql: "Server") -> None:
    where = postgresql.database()
    with psycopg.connect(where) as raw:
        raw.execute("ALTER ROLE hemicycle SET synchronous_commit = off")
        raw.commit()
        log = Log.open(where)
        with log._engine.connect() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
        log.close()
        raw.execute("ALTER ROLE hemicycle RESET synchronous_commit")


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("mysql://council@127.0.0.1/council", "unknown"),
        ("postgresql://:::", "unknown"),
        ("postgresql://council:secret@127.0.0.1:1/council", "unreachable"),
    ],
)
def test_a_database_that_cannot_be_had_is_said_without_its_password(where: str, code: str) -> None:
    with pytest.raises(LogUnusableError) as refused:
        Log.open(where)
    assert refused.value.code == code
    assert "secret" not in str(refused.value)


def test_a_database_that_is_not_ours_to_write_is_refused(postgresql: "Server") -> None:
    where = postgresql.database()
    with psycopg.connect(where, autocommit=True) as raw:
        raw.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(LogUnusableError) as refused:
        Log.open(where.replace("hemicycle@", "guest@"))
    assert refused.value.code == "refused"


def test_without_the_driver_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LogUnusableError) as refused:
        Log.open("postgresql://council@127.0.0.1:1/council")
    assert refused.value.code == "driver"
    assert not Path("postgresql:").exists()
