"""Why a log cannot serve; apart from the store, so that saying so needs no database."""

from pathlib import Path


class LogUnusableError(Exception):
    """There is no log, or its file cannot be used; nothing was changed.

    `code`: absent, not-a-log, not-writable, newer.
    """

    def __init__(self, code: str, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.code, self.path, self.reason = code, path, reason
