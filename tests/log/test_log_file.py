"""The log in a SQLite file."""

import sqlite3
from pathlib import Path

import pytest

from meetings.domain.values import BallotId, Mark, Slip
from meetings.log.sealing import Paper
from meetings.log.store import Log, LogUnusableError


def test_the_urns_rows_have_no_number(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "council.db")
    log.append([], [Paper(BallotId("b"), "", Slip("", Mark("for")))])
    with sqlite3.connect(log.where) as raw, pytest.raises(sqlite3.OperationalError, match="rowid"):
        raw.execute("SELECT rowid FROM urn")
    raw.close()
    log.close()


def test_every_append_is_synced(tmp_path: Path) -> None:
    log = Log.open(str(tmp_path / "folder" / "council.db"))
    with log._engine.connect() as connection:
        modes = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert modes == ["wal", 2]
    log.close()


def test_a_file_that_is_no_log_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Ceci n'est pas un journal. " * 100)
    with pytest.raises(LogUnusableError) as refused:
        Log.open(path)
    assert refused.value.code == "not-a-log"
    assert path.read_text().startswith("Ceci")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LogUnusableError) as refused:
        Log.open(tmp_path / "file" / "council.db")
    assert refused.value.code == "not-writable"
