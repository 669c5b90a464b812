"""The log, in a file as in PostgreSQL: what is written is read back, nothing is rewritten, a broken chain is seen."""

import hashlib
import json
import typing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from meetings.domain.debate import HandRaised
from meetings.domain.events import Event, Recorded
from meetings.domain.values import BallotId, Choice, Mark, MeetingId, MemberId, Slip, UtteranceId
from meetings.domain.voting import BallotCast
from meetings.log import sealing
from meetings.log.codec import decode, encode, link
from meetings.log.sealing import Paper
from meetings.log.store import Break, ConflictError, Log, LogUnusableError, Words

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
MEETING = MeetingId("m")
Raw = Callable[[str], list[tuple[object, ...]]]


def hands(count: int, start: int = 1) -> list[Recorded]:
    return [
        Recorded(MEETING, seq, AT + timedelta(seconds=seq), MemberId("a"), f"act{seq}", HandRaised(MemberId("a")))
        for seq in range(start, start + count)
    ]


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


def test_read_gives_back_what_was_appended_also_after_reopening(log: Log, opened: Callable[[], Log]) -> None:
    news = hands(5)
    write_each(log, news)
    log.close()
    again = opened()
    assert again.read(MEETING) == news
    assert again.read(MEETING, after=3) == news[3:]
    assert again.meetings() == [MEETING]
    assert again.verify(MEETING) is None


def test_an_act_counts_once_and_a_number_is_taken_once(log: Log) -> None:
    write_each(log, hands(2))
    with pytest.raises(ConflictError):
        log.append([hands(1)[0]._replace(seq=3)])
    with pytest.raises(ConflictError):
        log.append([hands(1)[0]._replace(cause="other")])
    assert log.read(MEETING) == hands(2)


def test_events_of_several_meetings_are_written_together_each_in_its_chain(log: Log) -> None:
    other = [one._replace(meeting=MeetingId("a")) for one in hands(2)]
    first, second = hands(2)
    log.append([first, other[0], second, other[1]])
    assert (log.read(MEETING), log.read(MeetingId("a"))) == (hands(2), other)
    assert log.verify(MEETING) is log.verify(MeetingId("a")) is None


@pytest.mark.parametrize("deed", ["UPDATE events SET at = 'x'", "DELETE FROM events"])
def test_events_cannot_be_changed_or_deleted(log: Log, raw: Raw, deed: str) -> None:
    write_each(log, hands(1))
    with pytest.raises(DatabaseError, match="append-only"):
        raw(deed)
    assert log.read(MEETING) == hands(1)


def unlocked(where: Path | str, raw: Raw) -> None:
    """As who owns the machine may do: nothing keeps events from being changed any more."""
    if isinstance(where, Path):
        raw("DROP TRIGGER events_no_update")
        raw("DROP TRIGGER events_no_delete")
    else:
        raw("DROP TRIGGER events_append_only ON events")


@pytest.mark.parametrize("column", ["at", "by", "cause", "type", "data", "hash"])
def test_a_forged_link_is_found(log: Log, where: Path | str, raw: Raw, column: str) -> None:
    write_each(log, hands(4))
    forged = {"at": "2020-01-01T00:00:00.000000+00:00", "data": '{"member":"b","native":false}'}.get(column, "forged")
    unlocked(where, raw)
    raw(f"""UPDATE events SET "{column}" = '{forged}' WHERE seq = 3""")  # noqa: S608
    assert log.verify(MEETING) == Break(MEETING, 3, "altered")


def test_a_removed_link_is_found(log: Log, where: Path | str, raw: Raw) -> None:
    write_each(log, hands(4))
    unlocked(where, raw)
    raw("DELETE FROM events WHERE seq = 2")
    assert log.verify(MEETING) == Break(MEETING, 2, "missing")


def test_an_event_of_a_later_version_is_named_and_the_log_kept(log: Log, raw: Raw) -> None:
    write_each(log, hands(1))
    fields = [MEETING, 2, "2026-11-22T17:30:02.000000+00:00", "a", "act2", "Coronation", "{}"]
    (first,) = log.export(MEETING)
    columns = 'meeting, seq, at, "by", cause, type, data, part, hash'
    values = ", ".join(repr(value) for value in (*fields, 0, link(str(first["hash"]), fields)))
    raw(f"INSERT INTO events ({columns}) VALUES ({values})")  # noqa: S608
    assert log.verify(MEETING) == Break(MEETING, 2, "unreadable")
    with pytest.raises(LogUnusableError) as refused:
        log.read(MEETING)
    assert (refused.value.code, refused.value.reason) == ("newer", "m, 2, Coronation")


def test_an_export_can_be_verified_by_anyone(log: Log) -> None:
    write_each(log, hands(3))
    prev = "0" * 64
    for row in map(dict, log.export(MEETING)):
        data = json.dumps(row["data"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        fields = [prev, *(row[name] for name in ("meeting", "seq", "at", "by", "cause", "type")), data]
        prev = hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
        assert row["hash"] == prev


def test_the_urn_holds_sealed_papers_and_no_voter(log: Log, raw: Raw) -> None:
    secret, other = sealing.made(BallotId("b")), sealing.made(BallotId("b"))
    log.append([], made=[secret])
    slips = [Slip(sealing.receipt(), Mark(choice)) for choice in (Choice.FOR, Choice.AGAINST, Choice.FOR)]
    for seq, slip in enumerate(slips, 1):
        cast = BallotCast(secret.ballot, MemberId(f"voter{seq}"), None)
        paper = Paper(secret.ballot, secret.key, slip)
        log.append([Recorded(MEETING, seq, AT, MemberId(f"voter{seq}"), f"act{seq}", cast)], [paper])
    log.append([], [Paper(secret.ballot, other.key, Slip("FORGED", Mark("for")))])
    assert log.urn(secret.ballot) == tuple(sorted(slips, key=lambda slip: slip.receipt))
    rows = raw("SELECT slip, ballot, sealed FROM urn")
    assert {tuple(len(str(field)) for field in row) for row in rows} == {(32, 1, 2 * (48 + sealing.PADDED))}
    assert log.seed(secret.ballot) == secret.seed


def test_slip_and_event_are_written_together_or_not_at_all(log: Log) -> None:
    write_each(log, hands(1))
    with pytest.raises(ConflictError):
        log.append(hands(1), [Paper(BallotId("b"), "", Slip("", Mark("for")))], [sealing.made(BallotId("b"))])
    assert (log.urn(BallotId("b")), log.seed(BallotId("b"))) == ((), "")


def test_names_and_words_lie_beside_the_chain(log: Log) -> None:
    log.remember({MemberId("a"): "Anne"})
    log.remember({MemberId("a"): "Anne Martin", MemberId("b"): "Bilal"})
    assert log.names() == {"a": "Anne Martin", "b": "Bilal"}
    said = Words(UtteranceId("u"), "Bonsoir à tous.", "fr", -0.3, doubtful=True)
    log.put_words(MEETING, Words(UtteranceId("u"), "Bonsoir", "fr"))
    log.put_words(MEETING, said)
    assert log.words(MEETING) == {"u": said}


def test_reading_a_foreign_event_fails_loudly() -> None:
    with pytest.raises(KeyError):
        decode("Coronation", "{}")
    with pytest.raises(ValueError, match="member"):
        decode("HandRaised", "{}")


def test_errors_of_the_database_reach_the_caller(log: Log, raw: Raw) -> None:
    raw("DROP TABLE events")
    with pytest.raises(DatabaseError):
        log.append(hands(1))


def test_many_may_open_a_new_log_at_once(where: Path | str) -> None:
    def reach(_: int) -> list[MeetingId]:
        log = Log.open(where)
        try:
            return log.meetings()
        finally:
            log.close()

    with ThreadPoolExecutor(8) as people:
        assert list(people.map(reach, range(8))) == [[]] * 8
