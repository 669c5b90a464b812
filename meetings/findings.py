"""What a check-up found: one thing looked at, and what is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class AilingError(Exception):
    """Something in the house does not hold; `code` and `fields` are worded under `doctor.fault.{code}`."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(f"{code} {fields}")
        self.code, self.fields = code, fields


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is what was looked at, worded under `doctor.check.{check}`; `where` a name within it, or nothing."""

    check: str
    where: str = ""
    error: Exception | None = None


class Findings(list[Finding]):
    """Findings in the order of looking; `expected` are the errors that are findings, and no mistakes of ours."""

    def __init__(self, *expected: type[Exception]) -> None:
        super().__init__()
        self._expected = expected

    @contextmanager
    def look(self, check: str, where: str = "") -> Iterator[None]:
        """Look at one thing: it holds unless what is looked at raises."""
        try:
            yield
        except self._expected as error:
            self.append(Finding(check, where, error))
        else:
            self.append(Finding(check, where))

    @property
    def holds(self) -> bool:
        """Whether the last look found nothing wrong."""
        return self[-1].error is None
