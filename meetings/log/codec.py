"""Events to JSON and back, and the chain's hash.

Canonical form: UTF-8 JSON, keys sorted, no spaces. The hash of a link is SHA-256 over the canonical JSON of
`[prev, meeting, seq, at, by, cause, type, data]`, so that anyone can verify the chain with standard tools.
"""

import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from typing import get_args

from pydantic import TypeAdapter

from meetings.domain.events import Event, Recorded

KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
GENESIS = "0" * 64


def canonical(value: object) -> str:
    """The one JSON writing of a value made of JSON's own types."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode(event: Event) -> tuple[str, str]:
    """An event's type and its canonical JSON."""
    kind = type(event).__name__
    return kind, canonical(_adapter(kind).dump_python(event, mode="json"))


def decode(kind: str, data: str) -> Event:
    """The event of that type. Raises KeyError for a type not known here, ValueError for data it cannot be."""
    return _adapter(kind).validate_json(data)


def link(prev: str, recorded: Recorded) -> str:
    """The hash that ties `recorded` to the link before it (64 hexadecimal digits)."""
    kind, data = encode(recorded.event)
    return seal(prev, recorded.meeting, recorded.seq, stamp(recorded.at), recorded.by, recorded.cause, kind, data)


def seal(prev: str, *fields: str | int | None) -> str:
    """The hash of a link as it is written: an event that has since gained a field keeps the hash it was given."""
    return hashlib.sha256(canonical([prev, *fields]).encode()).hexdigest()


def stamp(at: datetime) -> str:
    """An instant as the log writes it: UTC, ISO 8601 with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@cache
def _adapter(kind: str) -> TypeAdapter[Event]:
    return TypeAdapter(KINDS[kind])
