"""The council's bot as a process of its own, as it runs for a real council: reached by sockets and settings alone."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from meetings.rehearsal.errors import BotFailedError

START = (sys.executable, "-m", "meetings", "run")


class BotProcess:
    """Starts, kills and stops `hemicycle run` with settings from `environment`; its output goes to `log`."""

    def __init__(self, environment: Mapping[str, str], folder: Path, log: Path) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEMICYCLE_")}
        folders = {name: value for name, value in os.environ.items() if name.startswith("HEMICYCLE_MODELS")}
        kept = {name: str(Path(value).expanduser().absolute()) for name, value in folders.items() if value}
        self._environment = {**inherited, **kept, **environment}
        self._folder, self._log = folder, log
        self._process: asyncio.subprocess.Process | None = None
        self._dismissed: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The running process's id."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start the process; it works in its own folder, where no .env of this machine's owner lies."""
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *START, cwd=self._folder, env=self._environment, stdout=output, stderr=output
            )

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self, patience: float = 20.0) -> None:
        """Ask it to end, and end it after `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                await self._end(signal.SIGTERM)
        except TimeoutError:
            await self.kill()

    async def watch(self) -> None:
        """Return never; raises BotFailedError when the process ends and nobody here asked it to."""
        while True:
            process = self._process
            if process is None:
                raise BotFailedError(0, "", self._log)
            status = await process.wait()
            if process is not self._dismissed:
                raise BotFailedError(status, self._last_words(), self._log)
            await asyncio.sleep(0.05)  # somebody starts it again, or stops watching

    async def _end(self, how: signal.Signals) -> None:
        if self._process and self._process.returncode is None:
            self._dismissed = self._process
            self._process.send_signal(how)
            await self._process.wait()

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""
