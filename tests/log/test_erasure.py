"""Texts taken out of the log: the chain still verifies, says so itself, and lets nothing else be changed."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from meetings.domain.erasure import ErasureAsked, Redaction
from meetings.domain.events import Event, Recorded
from meetings.domain.review import LineId
from meetings.domain.scheduling import AgendaRevised, ItemProposed
from meetings.domain.values import BallotId, Mark, MeetingId, MemberId, PlannedItem, RequestId, UtteranceId
from meetings.domain.voting import BallotCast
from meetings.log import erasure
from meetings.log.corrections import Corrections, Version
from meetings.log.requests import Asked, asked_of, keep
from meetings.log.search import Passage, Search
from meetings.log.store import Break, Log, Words

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
M = MeetingId("m")
PAUL, SALMA = MemberId("3"), MemberId("4")
ITEMS = (PlannedItem(1, "Bancs", rapporteur="Paul Roux"), PlannedItem(2, "Jardin", rapporteur="Salma Benali"))
STORY: Sequence[tuple[MemberId, Event]] = (
    (SALMA, AgendaRevised("Séance", ITEMS)),
    (PAUL, BallotCast(BallotId("b"), PAUL, Mark("objection"), text="Je trouve cela beaucoup trop cher")),
    (SALMA, BallotCast(BallotId("b"), SALMA, Mark("objection"), text="Moi aussi")),
    (PAUL, ItemProposed("p", "Mon idée de kiosque")),
)
Raw = Callable[[str], list[tuple[object, ...]]]


def write(log: Log, *story: tuple[MemberId, Event]) -> None:
    seq = len(log.read(M))
    log.append([Recorded(M, seq + n, AT, by, f"act{seq + n}", event) for n, (by, event) in enumerate(story, 1)])


def asked(log: Log, member: MemberId, name: str) -> tuple[Redaction, ...]:
    rows = erasure.redactions(log, M, member, name)
    write(log, (member, ErasureAsked(member, rows)))
    return rows


def texts(log: Log) -> list[object]:
    events = [one.event for one in log.read(M)]
    return [
        *(item.rapporteur for event in events if isinstance(event, AgendaRevised) for item in event.items),
        *(event.text for event in events if isinstance(event, BallotCast)),
        *(event.title for event in events if isinstance(event, ItemProposed)),
    ]


def test_a_members_own_texts_go_and_the_chain_holds_before_and_after(log: Log) -> None:
    write(log, *STORY)
    rows = asked(log, PAUL, "Paul Roux")
    assert [(one.seq, one.paths) for one in rows] == [(1, ("items.0.rapporteur",)), (2, ("text",)), (4, ("title",))]
    assert log.verify(M) is None
    assert erasure.applied(log, M) == 0
    for _ in range(2):  # done again, it is the same
        erasure.forget(log, M, (), (), rows)
        assert texts(log) == ["[…]", "Salma Benali", "[…]", "Moi aussi", "[…]"]
        assert log.verify(M) is None
        assert erasure.applied(log, M) == 3
    write(log, (SALMA, ItemProposed("q", "Une fontaine")))
    assert log.verify(M) is None


def test_two_erased_from_one_event_in_turn(log: Log) -> None:
    write(log, *STORY)
    first = asked(log, PAUL, "Paul Roux")
    second = asked(log, SALMA, "Salma Benali")  # before the first was done
    for rows in (first, second):
        erasure.forget(log, M, (), (), rows)
        assert log.verify(M) is None
    assert texts(log) == ["[…]"] * 5


def test_anyone_can_verify_what_is_exported(log: Log) -> None:
    write(log, *STORY)
    erasure.forget(log, M, (), (), asked(log, PAUL, "Paul Roux"))
    rows = list(log.export(M))
    erased = {one["seq"]: one["digest"] for row in rows if row["type"] == "ErasureAsked" for one in row["data"]["rows"]}  # type: ignore[index]
    prev = "0" * 64
    for row in rows:
        data = json.dumps(row["data"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        fields = [prev, *(row[key] for key in ("meeting", "seq", "at", "by", "cause", "type")), data]
        recipe = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(recipe.encode()).hexdigest() == erased.get(row["seq"], row["hash"])
        prev = str(row["hash"])


@pytest.mark.parametrize(
    ("seq", "before", "after", "first"),
    [
        (2, "[…]", "Je suis très content", 2),  # other words put where some were erased
        (3, "Moi aussi", "[…]", 3),  # erased, though nobody asked
        (5, '"seq":2', '"seq":3', 1),  # the erasure itself made to speak of another event: it excuses none
    ],
)
def test_nothing_else_can_be_changed(log: Log, raw: Raw, seq: int, before: str, after: str, first: int) -> None:
    write(log, *STORY)
    erasure.forget(log, M, (), (), asked(log, PAUL, "Paul Roux"))
    with pytest.raises(DatabaseError, match="append-only"):
        raw("UPDATE events SET data = '{}'")
    dialect = log.engine.dialect.name
    for statement in erasure._OPEN[dialect]:
        raw(statement)
    raw(f"UPDATE events SET data = replace(data, '{before}', '{after}') WHERE seq = {seq}")  # noqa: S608
    assert log.verify(M) == Break(M, first, "altered")


def test_what_lies_beside_the_chain_goes_and_others_words_call_them_otherwise(log: Log) -> None:
    said = {"u1": "Je suis contre", "u2": "Merci paul ROUX, et merci aux Paulroux", "u3": "Bien"}
    for key, text in said.items():
        log.put_words(M, Words(UtteranceId(key), text, "fr"))
    Corrections(log).keep(M, Version(LineId("u1"), "Je suis tout à fait contre"), Version(LineId("u3"), "Paul Roux"))
    keep(log, M, Asked(RequestId("r1"), PAUL, "J'ai dit contre"))
    keep(log, M, Asked(RequestId("r2"), SALMA, "J'ai dit bien"))
    Search(log).index(M, "x", [Passage("speech", M, "u1", "Je suis contre")])
    erasure.forget(log, M, {LineId("u1")}, {RequestId("r1")}, ())
    erasure.rename(log, [M], "Paul Roux", "membre effacé")
    erasure.scrub(log)
    kept = {key: words.text for key, words in log.words(M).items()}
    assert kept == {"u2": "Merci membre effacé, et merci aux Paulroux", "u3": "Bien"}
    assert list(Corrections(log).texts(M).values()) == ["membre effacé"]
    assert asked_of(log, M).keys() == {"r2"}


def test_no_byte_is_left_in_the_file(log: Log) -> None:
    if log.engine.dialect.name != "sqlite":
        pytest.skip("a server's files are its own")
    write(log, *STORY)
    for n in range(300):
        log.put_words(M, Words(UtteranceId(f"u{n}"), f"saperlipopette numéro {n} " * 20, "fr"))
    passages = [Passage("speech", M, f"u{n}", f"saperlipopette numéro {n}") for n in range(300)]
    Search(log).index(M, "x", passages)
    log.remember({PAUL: "Paul Roux"})
    erasure.forget(log, M, {LineId(f"u{n}") for n in range(300)}, (), asked(log, PAUL, "Paul Roux"))
    Search(log).forget(M)
    log.remember({PAUL: "membre effacé"})
    erasure.scrub(log)
    for path in Path(log.where).parent.glob("council.db*"):
        content = path.read_bytes()
        for word in ("saperlipopette", "Paul Roux", "beaucoup trop cher", "kiosque"):
            assert word.encode() not in content, (path, word)
