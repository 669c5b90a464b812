"""A log written by an older version opens in today's, and still proves what it was."""

import json
import sqlite3
import typing
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from meetings.domain.debate import HandRaised
from meetings.domain.events import Event, Recorded
from meetings.domain.meeting import Phase, fold
from meetings.domain.values import BallotId, MeetingId, MemberId
from meetings.domain.voting import BallotClosed
from meetings.log.codec import GENESIS, canonical, decode, encode, link
from meetings.log.store import Log
from meetings.log.upcasters import UPCASTS, VERSIONS, Data, Upcast, spellings

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
MEETING = MeetingId("m")
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.sql"))


def opened(script: Path, folder: Path) -> Log:
    """The golden log as a file of its own."""
    path = folder / "council.db"
    with sqlite3.connect(path) as raw:
        raw.executescript(script.read_text("utf-8"))
    raw.close()
    return Log.open(path)


def chain(path: Path | str) -> list[str]:
    with sqlite3.connect(path) as raw:
        lines = [line for line in raw.iterdump() if line.startswith('INSERT INTO "events"')]
    raw.close()
    return lines


@pytest.mark.parametrize("script", GOLDEN, ids=lambda script: script.stem)
def test_a_golden_log_opens_folds_and_verifies_untouched(script: Path, tmp_path: Path) -> None:
    log = opened(script, tmp_path)
    (meeting,) = log.meetings()
    history = log.read(meeting)
    state = fold(meeting, history)
    assert state.seq == len(history)
    assert state.plan is not None
    assert log.verify(meeting) is None
    assert log.names() == {"anne": "Anne Martin"}
    assert log.words(meeting)
    assert [slip.mark for key in ("ballot", "running") for slip in log.urn(BallotId(key))] == ["for"]
    assert len([one for one in history if isinstance(one.event, BallotClosed)]) == 1
    log.close()
    stored = [line for line in script.read_text("utf-8").splitlines() if line.startswith('INSERT INTO "events"')]
    assert chain(tmp_path / "council.db") == stored


def test_the_golden_logs_hold_every_kind_of_event(tmp_path: Path) -> None:
    kinds: set[type[Event]] = set()
    for number, script in enumerate(GOLDEN):
        (folder := tmp_path / str(number)).mkdir()
        log = opened(script, folder)
        kinds |= {type(one.event) for meeting in log.meetings() for one in log.read(meeting)}
        log.close()
    missing = {kind.__name__ for kind in typing.get_args(Event)} - {kind.__name__ for kind in kinds}
    assert not missing, "write a further golden log: see tests/log/write_golden.py"


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "golden").glob("*.jsonl")), ids=lambda path: path.stem)
def test_an_exported_meeting_of_before_verifies_and_folds(path: Path, tmp_path: Path) -> None:
    """A whole meeting as `hemicycle log export` wrote it, before floors had rules and votes had proxies."""
    log = Log.open(tmp_path / "council.db")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    parts: Counter[str] = Counter()
    with sqlite3.connect(log.where) as raw:
        for row in rows:
            values = row | {"data": canonical(row["data"]), "part": parts[row["cause"]]}
            parts[row["cause"]] += 1
            columns = ", ".join(f'"{name}"' for name in values)
            raw.execute(f"INSERT INTO events ({columns}) VALUES ({', '.join('?' * len(values))})", [*values.values()])  # noqa: S608
    raw.close()
    (meeting,) = log.meetings()
    assert log.verify(meeting) is None
    state = fold(meeting, log.read(meeting))
    log.close()
    assert state.phase is Phase.ADJOURNED
    assert state.seq == len(rows)
    assert all(ballot.result for ballot in state.ballots.values())


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Log]:
    """A log with one event of a made-up old type."""
    log = Log.open(tmp_path / "council.db")
    fields = [MEETING, 1, "2026-11-22T17:30:00.000000+00:00", "a", "act1", "HandUp", '{"stage":true,"who":"a"}']
    with sqlite3.connect(log.where) as raw:
        columns = 'meeting, seq, at, "by", cause, type, data, part, hash'
        values = (*fields, 0, link(GENESIS, fields))
        raw.execute(f"INSERT INTO events ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608
    raw.close()
    yield log
    log.close()


def renamed(data: Data) -> Data:
    return {"member": data["who"], "stage": data["stage"]}


def reworded(data: Data) -> Data:
    return {"member": data["member"], "native": data["stage"]}


def test_an_old_event_is_read_as_todays_through_every_step(older: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = chain(older.where)
    monkeypatch.setitem(UPCASTS, "HandUp", Upcast("HandUp.2", renamed))
    monkeypatch.setitem(UPCASTS, "HandUp.2", Upcast("HandRaised", reworded))
    expected = Recorded(MEETING, 1, AT, MemberId("a"), "act1", HandRaised(MemberId("a"), native=True))
    assert older.read(MEETING) == [expected]
    assert older.verify(MEETING) is None
    assert [row["type"] for row in older.export(MEETING)] == ["HandUp"]
    assert spellings("HandRaised") == {"HandRaised", "HandUp", "HandUp.2"}
    assert chain(older.where) == stored


def test_a_new_version_of_an_event_is_written_beside_its_older_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    event = HandRaised(MemberId("a"), native=True)
    older = encode(event)
    monkeypatch.setitem(VERSIONS, "HandRaised", 7)
    monkeypatch.setitem(UPCASTS, "HandRaised", Upcast("HandRaised.7", dict))
    assert encode(event) == ("HandRaised.7", older[1])
    assert decode(*encode(event)) == decode(*older) == event
    with pytest.raises(KeyError):
        decode("HandRaised.8", older[1])


def test_every_step_of_the_real_upcasters_leads_to_an_event_of_today() -> None:
    reached = {name for kind in typing.get_args(Event) for name in spellings(kind.__name__)}
    assert UPCASTS.keys() <= reached
    assert VERSIONS.keys() <= {kind.__name__ for kind in typing.get_args(Event)}
