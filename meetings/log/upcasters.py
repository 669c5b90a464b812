"""Events as older versions wrote them, read as today's.

A stored type names one shape for ever. The first shape of an event is stored under the event's own name
(`BallotOpened`), and a new field with a default needs nothing here. A change that no default covers gives the event a
new version in VERSIONS, from then on stored as `BallotOpened.2`, and the shape it replaces an entry in UPCASTS, so
that each step leads from one shape to the next. A renamed event keeps its old name there too. What is stored, and so
its hash, is never touched.
"""

from collections.abc import Callable
from dataclasses import dataclass

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Upcast:
    """The step from one stored shape to the next: its type, and its data from the older data."""

    to: str
    change: Callable[[Data], Data]


def _marked(data: Data) -> Data:
    """Votes said `choice` while motions were all that was voted on."""
    return {"mark" if name == "choice" else name: value for name, value in data.items()}


VERSIONS: dict[str, int] = {"BallotCast": 2}
"""The version of every event that is past its first."""

UPCASTS: dict[str, Upcast] = {"BallotCast": Upcast("BallotCast.2", _marked)}
"""The step from each stored type that is no longer written."""


def stored(kind: str) -> str:
    """The type under which an event of this name is written today."""
    return f"{kind}.{VERSIONS[kind]}" if kind in VERSIONS else kind


def upcast(type_: str, data: Data) -> tuple[str, Data]:
    """Today's type and data of an event stored under `type_`."""
    while step := UPCASTS.get(type_):
        type_, data = step.to, step.change(data)
    return type_, data


def spellings(kind: str) -> set[str]:
    """Every type, today's and older ones, under which the log may hold an event of this name."""
    known = {stored(kind)}
    while older := {type_ for type_, step in UPCASTS.items() if step.to in known} - known:
        known |= older
    return known
