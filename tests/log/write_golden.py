"""Write a golden log: a meeting with every kind of event, as today's code writes it, as SQL on the output.

    .venv/bin/python -m tests.log.write_golden > tests/log/golden/YEAR-MONTH.sql

Golden logs are never changed: when a kind of event is added, a further one is written. Each event's fields get plain
values after their names and types, so a new kind needs no line here unless the fold asks more of it.
"""

import dataclasses
import enum
import sqlite3
import sys
import tempfile
import types
import typing
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from meetings.domain.events import Event, Recorded
from meetings.domain.values import BallotId, Mark, MeetingId, MemberId, Slip, UtteranceId
from meetings.log import sealing
from meetings.log.sealing import Paper
from meetings.log.store import Log, Words

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
MEETING = MeetingId("conseil-2026-11-22")


def example(kind: typing.Any, name: str = "") -> typing.Any:
    """A plain value of that type; text is the field's own name, so that every `ballot` is the same one."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{field.name: example(hints[field.name], field.name) for field in dataclasses.fields(kind)})
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return arguments[0]
    if origin in {types.UnionType, typing.Union}:
        return example(arguments[0], name)
    if origin is tuple:
        return tuple(example(one, name) for one in arguments if one is not Ellipsis)
    if origin is dict:
        return {example(arguments[0], name): example(arguments[1], name)}
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    words = f"{name} é" if name in {"motion", "title"} else name
    plain = {str: words, bool: True, int: 1, float: 0.5, Fraction: Fraction(1, 3), datetime: AT}
    plain |= {timedelta: timedelta(days=1)}
    return plain[getattr(kind, "__supertype__", kind)]


def write(log: Log) -> None:
    """One event of every kind, and something of all that lies beside the chain."""
    for seq, kind in enumerate(typing.get_args(Event), 1):
        at = AT + timedelta(seconds=seq)
        log.append([Recorded(MEETING, seq, at, MemberId("anne"), f"act{seq}", example(kind))])
    secret = sealing.made(BallotId("running"))
    log.append([], [Paper(secret.ballot, secret.key, Slip("K7QF-2MXA-PT9D-3HWE", Mark("for")))], [secret])
    log.remember({MemberId("anne"): "Anne Martin"})
    log.put_words(MEETING, Words(UtteranceId("utterance"), "Bonsoir à tous.", "fr", -0.25, doubtful=True))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "council.db"
        log = Log.open(path)
        write(log)
        log.close()
        with sqlite3.connect(path) as raw:
            sys.stdout.writelines(f"{line}\n" for line in raw.iterdump())
        raw.close()


if __name__ == "__main__":
    main()
