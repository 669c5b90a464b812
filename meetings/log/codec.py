"""Events to JSON and back, and the chain's hash.

Canonical form: UTF-8 JSON, keys sorted, no spaces. The hash of a link is SHA-256 over the canonical JSON of
`[prev, meeting, seq, at, by, cause, type, data]` as they are stored, `data` as text, so that anyone can verify the
chain with standard tools, and an event that is read otherwise today (see `upcasters`) still proves what it was.
An event whose texts were erased keeps its hash; what the recipe gives of the rest stands in a later `ErasureAsked`.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import get_args

from pydantic import TypeAdapter

from meetings.domain.events import Event
from meetings.log.upcasters import UPCASTS, stored, upcast

KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
GENESIS = "0" * 64
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """The one JSON writing of a value made of JSON's own types."""
    return _CANONICAL.encode(value)


def encode(event: Event) -> tuple[str, str]:
    """An event's type and its canonical JSON."""
    kind = type(event).__name__
    return stored(kind), canonical(_adapter(kind).dump_python(event, mode="json"))


def decode(type_: str, data: str) -> Event:
    """The event stored under that type, as today's. Raises KeyError for a type not known here, ValueError for data
    it cannot be.
    """
    if type_ in UPCASTS:
        type_, older = upcast(type_, json.loads(data))
        data = canonical(older)
    return _reader(type_)(data)


def link(prev: str, fields: Sequence[object]) -> str:
    """The hash that ties an event to the one before it (64 hexadecimal digits).

    `fields` are the event as the log holds it: meeting, seq, at, by, cause, type, data.
    """
    return hashlib.sha256(canonical([prev, *fields]).encode()).hexdigest()


def stamp(at: datetime) -> str:
    """An instant as the log writes it: UTC, ISO 8601 with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@cache
def _reader(type_: str) -> Callable[[str], Event]:
    kind, _, _ = type_.partition(".")
    if type_ != stored(kind):
        raise KeyError(type_)
    read: Callable[[str], Event] = _adapter(kind).validator.validate_json
    return read


@cache
def _adapter(kind: str) -> TypeAdapter[Event]:
    return TypeAdapter(KINDS[kind])
