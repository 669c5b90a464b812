"""Why a log cannot serve; apart from the store, so that saying so needs no database."""

from pathlib import Path


class LogUnusableError(Exception):
    """There is no log, or it cannot be used; nothing was changed.

    `code`: absent, not-a-log, not-writable, newer; of a database unknown, driver, unreachable, refused. `where` is a
    file or a database's address without its password.
    """

    def __init__(self, code: str, where: Path | str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.code, self.where, self.reason = code, str(where), reason
