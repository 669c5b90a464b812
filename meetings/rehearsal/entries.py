"""One table of a scenario file, read with types; what is wrong with it is said with its place in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Fault(StrEnum):
    """What is wrong with a scenario, in words; `ScenarioError.code`."""

    NO_FILE = "does not exist"
    UNREADABLE = "cannot be read: {why}"
    SYNTAX = "is not valid TOML: {why}"
    MISSING = "needs {key!r}"
    UNKNOWN_KEY = "does not know {key!r}; it may have {known}"
    WRONG_TYPE = "{key!r} must be {wanted}"
    NOT_ONE_OF = "{key!r} cannot be {value!r}; it may be {known}"
    ROLE_COUNT = "there must be one member with the role {role!r}, not {count}"
    TWICE = "two members have the key {member!r}"
    UNKNOWN_MEMBER = "there is no member {member!r}; the members are {known}"
    NOT_OPEN = "the meeting is not open yet: the first step must be 'open'"
    REFUSED = "the council would refuse it ({refusal.code.value})"
    OVER = "nothing can follow 'adjourn'"
    NO_END = "the last step must be 'adjourn'"
    PRESENT = "{member} is in the room already"
    ABSENT = "{member} is not in the room"
    NO_FLOOR = "the microphone of {member} is closed: give the floor first"
    NOTHING_BELOW = "'over' needs a line said just before, by someone else and longer than {after:g} s"
    NO_RULES = "there are no rules {rules!r}: name a file beside the scenario, or {known}"
    NO_AUDIO = "the audio file {audio} does not exist"
    BAD_AUDIO = "the audio file {audio} cannot be played: {why}"


class Wanted(StrEnum):
    """What a value should have been, in words."""

    TEXT = "words between quotes"
    FLAG = "true or false"
    NUMBER = "a whole number above zero"
    SECONDS = "a number of seconds above zero"
    TABLES = "a list of tables in braces"


class ScenarioError(Exception):
    """A scenario cannot be played: `path`, `line` (of the file), `step` (from 1), `code` and its `fields`."""

    def __init__(
        self, code: Fault, path: Path, *, line: int | None = None, step: int | None = None, **fields: object
    ) -> None:
        places = [path.name, f"line {line}" if line else "", f"step {step}" if step else ""]
        super().__init__(f"{', '.join(filter(None, places))}: {code.value.format_map(fields)}.")
        self.code, self.path, self.line, self.step, self.fields = code, path, line, step, fields


@dataclass(frozen=True, slots=True)
class Entry:
    """A table of the file and where it stands."""

    path: Path
    table: Mapping[str, object]
    line: int | None = None
    step: int | None = None

    def fault(self, code: Fault, **fields: object) -> ScenarioError:
        """The error to raise for what is wrong here."""
        return ScenarioError(code, self.path, line=self.line, step=self.step, **fields)

    def allow(self, *keys: str) -> None:
        """Refuse keys that nobody reads: most are slips of the pen. Raises ScenarioError."""
        for key in self.table:
            if key not in keys:
                raise self.fault(Fault.UNKNOWN_KEY, key=key, known=", ".join(keys))

    def text(self, key: str) -> str:
        """The words under `key`, not empty. Raises ScenarioError, as all readers here."""
        value = self._required(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(Fault.WRONG_TYPE, key=key, wanted=Wanted.TEXT)
        return value

    def one_of(self, key: str, known: Iterable[str]) -> str:
        """The word under `key`, one of the `known`."""
        value, choices = self.text(key), list(known)
        if value not in choices:
            raise self.fault(Fault.NOT_ONE_OF, key=key, value=value, known=", ".join(choices))
        return value

    def flag(self, key: str) -> bool:
        """true or false; false where it is not written."""
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(Fault.WRONG_TYPE, key=key, wanted=Wanted.FLAG)
        return value

    def seconds(self, key: str) -> float:
        """A number of seconds above zero."""
        value = self._required(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
            raise self.fault(Fault.WRONG_TYPE, key=key, wanted=Wanted.SECONDS)
        return float(value)

    def number(self, key: str) -> int:
        """A whole number above zero."""
        value = self._required(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.fault(Fault.WRONG_TYPE, key=key, wanted=Wanted.NUMBER)
        return value

    def tables(self, key: str) -> list[Mapping[str, object]]:
        """The list of tables under `key`."""
        value = self._required(key)
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            raise self.fault(Fault.WRONG_TYPE, key=key, wanted=Wanted.TABLES)
        return value

    def _required(self, key: str) -> object:
        if key not in self.table:
            raise self.fault(Fault.MISSING, key=key)
        return self.table[key]
