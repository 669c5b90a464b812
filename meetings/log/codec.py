"""Events to JSON and back, and the chain's hash.

Canonical form: UTF-8 JSON, keys sorted, no spaces. The hash of a link is SHA-256 over the canonical JSON of
`[prev, meeting, seq, at, by, cause, type, data]` as they are stored, `data` as text, so that anyone can verify the
chain with standard tools, and an event that is read otherwise today (see `upcasters`) still proves what it was.
An event whose texts were erased keeps its hash; what the recipe gives of the rest stands in a later `ErasureAsked`.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from typing import get_args

import msgspec

from meetings.domain.events import Event
from meetings.log.upcasters import UPCASTS, stored, upcast

KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
GENESIS = "0" * 64


def canonical(value: object) -> str:
    """The one JSON writing of a value made of JSON's own types, or of an event."""
    return _CANONICAL.encode(value).decode()


def encode(event: Event) -> tuple[str, str]:
    """An event's type and its canonical JSON."""
    return stored(type(event).__name__), canonical(event)


def decode(type_: str, data: str) -> Event:
    """The event stored under that type, as today's. Raises KeyError for a type not known here, ValueError for data
    it cannot be.
    """
    if type_ in UPCASTS:
        type_, older = upcast(type_, msgspec.json.decode(data))
        data = canonical(older)
    return _reader(type_)(data)


def link(prev: str, fields: Sequence[object]) -> str:
    """The hash that ties an event to the one before it (64 hexadecimal digits).

    `fields` are the event as the log holds it: meeting, seq, at, by, cause, type, data.
    """
    return hashlib.sha256(_CANONICAL.encode([prev, *fields])).hexdigest()


def stamp(at: datetime) -> str:
    """An instant as the log writes it: UTC, ISO 8601 with microseconds."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="microseconds")


@cache
def _reader(type_: str) -> Callable[[str], Event]:
    kind, _, _ = type_.partition(".")
    if type_ != stored(kind):
        raise KeyError(type_)
    return msgspec.json.Decoder(KINDS[kind], dec_hook=_read).decode


def _written(value: object) -> object:
    """What JSON has no type for: a fraction is text, `1/3`."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(type(value).__name__)


def _read(kind: type, value: object) -> object:
    if kind is Fraction and isinstance(value, str):
        return Fraction(value)
    raise NotImplementedError(kind.__name__)


_CANONICAL = msgspec.json.Encoder(order="sorted", enc_hook=_written)
