"""Reading a request's JSON body field by field, with Discord's words for what is wrong."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, TypeVar

from meetings.rehearsal.loopback.errors import FormErrors
from meetings.rehearsal.loopback.world import Wire

T = TypeVar("T")
Path = tuple[str | int, ...]


class Form:
    """One JSON object being read; complaints are kept until `check`, so a client sees them all at once."""

    def __init__(self, body: Wire, errors: FormErrors | None = None, path: Path = ()) -> None:
        self.body, self.errors, self.path = body, errors or FormErrors(), path

    def __contains__(self, field: str) -> bool:
        return field in self.body

    def complain(self, field: str | int, code: str, message: str) -> None:
        """Keep a complaint about a field of this object."""
        self.errors.add((*self.path, field), code, message)

    def check(self) -> None:
        """Raise ApiError 50035 when anything was wrong."""
        self.errors.check()

    def sub(self, field: str) -> "Form":
        """The object in a field, an empty one when there is none."""
        value = self.body.get(field)
        return Form(value if isinstance(value, dict) else {}, self.errors, (*self.path, field))

    def items(self, field: str, most: int = 100) -> list["Form"]:
        """The objects of a list; complains when it is no list of objects or is longer than `most`."""
        values = self.body.get(field) or []
        if not isinstance(values, list):
            self.complain(field, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if len(values) > most:
            self.complain(field, "BASE_TYPE_BAD_LENGTH", f"Must be between 0 and {most} in length.")
        return [self._item(field, index, value) for index, value in enumerate(values)]

    def _item(self, field: str, index: int, value: object) -> "Form":
        path = (*self.path, field, index)
        if not isinstance(value, dict):
            self.errors.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            value = {}
        return Form(value, self.errors, path)

    def text(self, field: str, most: int, least: int = 0, required: bool = False) -> str | None:
        """A string of `least` to `most` characters; None when absent or null."""
        value = self._present(field, required)
        if value is None:
            return None
        if not isinstance(value, str):
            self.complain(field, "BASE_TYPE_BAD_TYPE", "Could not interpret as string.")
            return None
        if len(value) > most and least == 0:
            self.complain(field, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif not least <= len(value) <= most:
            self.complain(field, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        return value

    def integer(self, field: str, least: int = 0, most: int = (1 << 53) - 1, required: bool = False) -> int | None:
        """A whole number; None when absent or null."""
        value = self._present(field, required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.complain(field, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
            return None
        if value < least:
            self.complain(field, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        if value > most:
            self.complain(field, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        return value

    def choice(self, field: str, allowed: Collection[int], required: bool = False) -> int | None:
        """One of a few numbers."""
        value = self.integer(field, required=required)
        if value is not None and value not in allowed:
            options = ", ".join(str(int(option)) for option in sorted(allowed))
            self.complain(field, "BASE_TYPE_CHOICES", f"Value must be one of ({options}).")
            return None
        return value

    def boolean(self, field: str) -> bool:
        """True or false; false when absent."""
        value = self.body.get(field)
        if value is not None and not isinstance(value, bool):
            self.complain(field, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return bool(value)

    def snowflake(self, field: str, required: bool = False) -> int | None:
        """An id, as a string of digits or a number; None when absent or null."""
        value = self._present(field, required)
        if value is None:
            return None
        if isinstance(value, bool) or not str(value).isdigit():
            self.complain(field, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
            return None
        return int(str(value))

    def moment(self, field: str, required: bool = False) -> datetime | None:
        """An ISO 8601 time, read as UTC when it has no zone; None when absent or null."""
        value = self._present(field, required)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.complain(field, "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _present(self, field: str, required: bool) -> Any:  # noqa: ANN401  a JSON value
        value = self.body.get(field)
        if value is None and required:
            self.complain(field, "BASE_TYPE_REQUIRED", "This field is required")
        return value
