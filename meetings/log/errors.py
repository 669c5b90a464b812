"""Why a log cannot serve; apart from the store, so that saying so needs no database."""

from pathlib import Path


class LogUnusableError(Exception):
    """The log's file cannot be opened or written. `code` is one of not-a-log, not-writable; nothing was changed."""

    def __init__(self, code: str, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.code, self.path, self.reason = code, path, reason
