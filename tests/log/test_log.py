"""The log: what is written is read back, nothing is rewritten, a broken chain is seen."""

import dataclasses
import hashlib
import json
import sqlite3
import typing
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError, IntegrityError

from meetings.domain.events import (
    BallotCast,
    BallotId,
    Choice,
    Event,
    HandRaised,
    MeetingId,
    MemberId,
    Recorded,
    UtteranceId,
)
from meetings.domain.meeting import Phase, fold
from meetings.log.codec import canonical, decode, encode
from meetings.log.store import Break, Log, LogUnusableError, Words

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
MEETING = MeetingId("m")


def hands(count: int, start: int = 1) -> list[Recorded]:
    return [
        Recorded(MEETING, seq, AT + timedelta(seconds=seq), MemberId("a"), f"act{seq}", HandRaised(MemberId("a")))
        for seq in range(start, start + count)
    ]


@pytest.fixture
def log(tmp_path: Path) -> typing.Iterator[Log]:
    log = Log.open(tmp_path / "council.db")
    yield log
    log.close()


def write_each(log: Log, news: list[Recorded]) -> None:
    for recorded in news:
        log.append([recorded])


aware = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_every_event_survives_its_writing(data: st.DataObject) -> None:
    with Strategies():
        event = data.draw(st.one_of([st.from_type(kind) for kind in typing.get_args(Event)]))
    kind, text = encode(event)
    assert decode(kind, text) == event
    assert encode(decode(kind, text)) == (kind, text)


class Strategies:
    """Aware instants and identifiers that JSON can carry, wherever an event has them."""

    def __enter__(self) -> None:
        st.register_type_strategy(datetime, aware)
        st.register_type_strategy(str, st.text(st.characters(codec="utf-8"), max_size=20))

    def __exit__(self, *_: object) -> None:
        st.register_type_strategy(datetime, st.datetimes())
        st.register_type_strategy(str, st.text())


def test_read_gives_back_what_was_appended_also_after_reopening(log: Log) -> None:
    news = hands(5)
    write_each(log, news)
    log.close()
    again = Log.open(log.path)
    assert again.read(MEETING) == news
    assert again.meetings() == [MEETING]
    assert again.verify(MEETING) is None
    again.close()


def test_an_act_counts_once_and_a_number_is_taken_once(log: Log) -> None:
    write_each(log, hands(2))
    with pytest.raises(IntegrityError):
        log.append([dataclasses.replace(hands(1)[0], seq=3)])
    with pytest.raises(IntegrityError):
        log.append([dataclasses.replace(hands(1)[0], cause="other")])
    assert log.read(MEETING) == hands(2)


def test_events_cannot_be_changed_or_deleted(log: Log) -> None:
    write_each(log, hands(1))
    with sqlite3.connect(log.path) as raw:
        for deed in ("UPDATE events SET at = 'x'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(deed)
    raw.close()


@pytest.mark.parametrize("column", ["at", "by", "cause", "data", "hash"])
def test_a_forged_link_is_found(log: Log, column: str) -> None:
    write_each(log, hands(4))
    forged = {"at": "2020-01-01T00:00:00.000000+00:00", "data": '{"member":"b","native":false}'}.get(column, "forged")
    with sqlite3.connect(log.path) as raw:
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute(f"UPDATE events SET {column} = ? WHERE seq = 3", (forged,))  # noqa: S608
    raw.close()
    assert log.verify(MEETING) == Break(MEETING, 3, "altered")


def test_a_removed_link_is_found(log: Log) -> None:
    write_each(log, hands(4))
    with sqlite3.connect(log.path) as raw:
        raw.execute("DROP TRIGGER events_no_delete")
        raw.execute("DELETE FROM events WHERE seq = 2")
    raw.close()
    assert log.verify(MEETING) == Break(MEETING, 2, "missing")


def test_a_link_of_no_known_kind_is_found(log: Log) -> None:
    write_each(log, hands(2))
    with sqlite3.connect(log.path) as raw:
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute("UPDATE events SET type = 'Coronation' WHERE seq = 2")
    raw.close()
    assert log.verify(MEETING) == Break(MEETING, 2, "unreadable")


def test_an_export_can_be_verified_by_anyone(log: Log) -> None:
    write_each(log, hands(3))
    prev = "0" * 64
    for row in map(dict, log.export(MEETING)):
        data = json.dumps(row["data"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        fields = [prev, *(row[name] for name in ("meeting", "seq", "at", "by", "cause", "type")), data]
        prev = hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
        assert row["hash"] == prev


def test_the_urn_holds_choices_and_no_voter(log: Log) -> None:
    ballot = BallotId("b")
    for seq, choice in enumerate((Choice.FOR, Choice.AGAINST, Choice.FOR), 1):
        cast = BallotCast(ballot, MemberId(f"voter{seq}"), None)
        log.append([Recorded(MEETING, seq, AT, MemberId(f"voter{seq}"), f"act{seq}", cast)], [(ballot, choice)])
    assert sorted(log.slips(ballot)) == ["against", "for", "for"]
    with sqlite3.connect(log.path) as raw:
        columns = {row[1] for row in raw.execute("PRAGMA table_info(urn)")}
        assert columns == {"slip", "ballot", "choice"}
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            raw.execute("SELECT rowid FROM urn")
    raw.close()


def test_slip_and_event_are_written_together_or_not_at_all(log: Log) -> None:
    write_each(log, hands(1))
    with pytest.raises(IntegrityError):
        log.append(hands(1), [(BallotId("b"), Choice.FOR)])
    assert log.slips(BallotId("b")) == ()


def test_names_and_words_lie_beside_the_chain(log: Log) -> None:
    log.remember({MemberId("a"): "Anne"})
    log.remember({MemberId("a"): "Anne Martin", MemberId("b"): "Bilal"})
    assert log.names() == {"a": "Anne Martin", "b": "Bilal"}
    said = Words(UtteranceId("u"), "Bonsoir à tous.", "fr", -0.3, doubtful=True)
    log.put_words(MEETING, Words(UtteranceId("u"), "Bonsoir", "fr"))
    log.put_words(MEETING, said)
    assert log.words(MEETING) == {"u": said}


def test_a_file_that_is_no_log_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Ceci n'est pas un journal. " * 100)
    with pytest.raises(LogUnusableError) as refused:
        Log.open(path)
    assert refused.value.code == "not-a-log"
    assert path.read_text().startswith("Ceci")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LogUnusableError) as refused:
        Log.open(tmp_path / "file" / "council.db")
    assert refused.value.code == "not-writable"


def test_reading_a_foreign_event_fails_loudly() -> None:
    with pytest.raises(KeyError):
        decode("Coronation", "{}")
    with pytest.raises(ValueError, match="member"):
        decode("HandRaised", "{}")


def test_errors_of_the_disk_reach_the_caller(log: Log) -> None:
    with sqlite3.connect(log.path) as raw:
        raw.execute("DROP TABLE events")
    raw.close()
    with pytest.raises(DatabaseError):
        log.append(hands(1))


def test_many_may_open_a_new_log_at_once(tmp_path):
    def reach(path: Path) -> list[MeetingId]:
        log = Log.open(path)
        try:
            return log.meetings()
        finally:
            log.close()

    with ThreadPoolExecutor(8) as people:
        for number in range(5):
            assert list(people.map(reach, [tmp_path / str(number) / "council.db"] * 8)) == [[]] * 8


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "golden").glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_log_written_before_opens_verifies_and_folds(log: Log, path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    names = ("meeting", "seq", "at", "by", "cause", "part", "type", "data", "hash")
    part: dict[str, int] = {}
    with sqlite3.connect(log.path) as raw:
        for row in rows:
            row["part"] = part[row["cause"]] = part.get(row["cause"], -1) + 1
            row["data"] = canonical(row["data"])
            raw.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(names))})", [row[name] for name in names])  # noqa: S608
    raw.close()
    meeting = MeetingId(rows[0]["meeting"])
    assert log.verify(meeting) is None
    state = fold(meeting, log.read(meeting))
    assert state.phase is Phase.ADJOURNED
    assert state.seq == len(rows)
    assert all(ballot.result for ballot in state.ballots.values())
