"""What can end a rehearsal; apart from who raises it, so that saying so loads nothing else."""

import errno
from pathlib import Path
from typing import Literal


class TooFewItemsError(Exception):
    """The scenario treats more items than the agenda has."""

    def __init__(self, wanted: int, found: int) -> None:
        super().__init__(f"the scenario treats {wanted} items, the agenda has {found}")
        self.wanted, self.found = wanted, found


class StuckError(Exception):
    """The play cannot go on. `code` says why: the bot did not come to the room in time (`convening`), did not answer
    the act `step` in time (`late`), refused or lost it for the `reason` (`refused`), or made no `minutes` in time."""

    def __init__(
        self, code: Literal["convening", "late", "refused", "minutes"], step: str = "", reason: str = ""
    ) -> None:
        super().__init__(f"{code} {step} {reason}".rstrip())
        self.code, self.step, self.reason = code, step, reason


class BotFailedError(Exception):
    """The bot ended by itself. `sentence` is what it said last, or nothing; its whole output lies in the file `log`."""

    def __init__(self, status: int, sentence: str, log: Path) -> None:
        super().__init__(f"status {status}: {sentence}")
        self.status, self.sentence, self.log = status, sentence, log


class PortInUse(OSError):  # noqa: N818  a state, told by name
    """Another program listens on the port asked for."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(errno.EADDRINUSE, f"port {port} of {host} is in use")
        self.host, self.port = host, port
