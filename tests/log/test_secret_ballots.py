"""Secret ballots in the log: nobody who reads its rows can tell whose paper is whose; a receipt finds its paper."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meetings.council import Council, Written
from meetings.domain import commands as c
from meetings.domain.events import Arrived, Convened, Opened, Planned, Recorded
from meetings.domain.rules import ASSOCIATION, CGCT
from meetings.domain.values import (
    BallotId,
    Choice,
    Form,
    Mark,
    MeetingId,
    MemberId,
    Outcome,
    PlannedItem,
    Role,
    Seat,
    Tally,
    Why,
)
from meetings.domain.voting import BallotCast, BallotClosed, BallotOpened, UrnOpened
from meetings.log.store import Log

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
ID, BALLOT = MeetingId("m"), BallotId("ballot-1")
MEMBERS = tuple(MemberId(f"member{number:02}") for number in range(12))
CHAIR = MEMBERS[0]
ROSTER = tuple(Seat(one, Role.CHAIR if one == CHAIR else Role.MEMBER, f"c{int(one[-2:]) % 2}") for one in MEMBERS)
PLAN = Planned("C", "S", START, START + timedelta(hours=1), "1", "voice", "fr", (PlannedItem(1, "Bancs"),), ROSTER)
MARKS = [Mark(Choice.FOR), Mark(Choice.AGAINST), Mark(Choice.ABSTAIN)] * 4

Raw = Callable[[str], list[tuple[object, ...]]]


async def sitting(log: Log, rules: object = CGCT, **opening: object) -> Council:
    """A session with a ballot open, secret if nothing else is said."""
    council = Council(log, rules)  # type: ignore[arg-type]
    await council.handle(c.Plan(meeting=ID, at=START, plan=PLAN))
    await council.handle(c.Convene(meeting=ID, at=START))
    for member in MEMBERS:
        await council.handle(c.Arrive(meeting=ID, at=START, member=member))
    await council.handle(c.Open(meeting=ID, at=START, by=CHAIR))
    how = {"secret": True, **opening}
    await council.handle(c.OpenBallot(meeting=ID, at=START, by=CHAIR, ballot=BALLOT, motion="M", **how))
    return council


async def vote(council: Council, member: MemberId, mark: str, cause: str = "") -> tuple[str, ...]:
    told = await council.handle(
        c.CastVote(meeting=ID, at=START, by=member, ballot=BALLOT, mark=Mark(mark), cause=cause)
    )
    assert isinstance(told, Written)
    return told.receipts


async def close(council: Council) -> None:
    assert isinstance(await council.handle(c.CloseBallot(meeting=ID, at=START, by=CHAIR, ballot=BALLOT)), Written)


def published(council: Council) -> dict[str, Mark]:
    return {slip.receipt: slip.mark for slip in council.meeting(ID).ballots[BALLOT].slips}


async def test_rows_never_tie_a_voter_to_a_paper(log: Log, raw: Raw) -> None:
    council = await sitting(log)
    receipts = {member: await vote(council, member, mark) for member, mark in zip(MEMBERS, MARKS, strict=True)}
    urn = raw("SELECT slip, ballot, sealed FROM urn")
    assert len(urn) == len(MEMBERS)
    assert len({len(str(sealed)) for _, _, sealed in urn}) == 1
    assert not any(member in str(row) for row in urn for member in MEMBERS)
    cast = [json.loads(str(data)) for (data,) in raw("SELECT data FROM events WHERE type = 'BallotCast.2'")]
    assert [one.pop("member") for one in cast] == list(MEMBERS)
    assert {json.dumps(one) for one in cast} == {json.dumps(cast[0])}  # but for who voted, no two differ
    everything = "".join(str(raw(f"SELECT * FROM {table}")) for table in ("events", "urn", "secrets"))  # noqa: S608
    assert not any(receipt in everything for told in receipts.values() for receipt in told)
    await close(council)
    papers = published(council)
    assert {receipts[member]: papers[receipts[member][0]] for member in MEMBERS} == {
        receipts[member]: mark for member, mark in zip(MEMBERS, MARKS, strict=True)
    }
    assert list(papers) == sorted(papers)
    assert (raw("SELECT * FROM urn"), raw("SELECT * FROM secrets")) == ([], [])
    told = {kind for kind, data in raw("SELECT type, data FROM events") if receipts[CHAIR][0] in str(data)}
    assert told == {"UrnOpened"}


async def test_whoever_is_asked_twice_is_told_a_receipt_once(log: Log) -> None:
    council = await sitting(log)
    (receipt,) = await vote(council, CHAIR, "for", "press")
    assert await vote(council, CHAIR, "for", "press") == ()
    assert [len(group) for group in receipt.split("-")] == [4, 4, 4, 4]
    assert await vote(council, MEMBERS[1], "out") == ()  # said openly: there is no paper
    await close(council)
    assert published(council) == {receipt: "for"}


async def test_a_public_vote_has_no_receipt_and_no_urn(log: Log, raw: Raw) -> None:
    council = await sitting(log, secret=False)
    assert await vote(council, CHAIR, "for") == ()
    assert (raw("SELECT * FROM urn"), raw("SELECT * FROM secrets")) == ([], [])
    await close(council)
    assert UrnOpened not in {type(one.event) for one in log.read(ID)}


async def test_weights_and_proxies_have_papers_and_receipts_of_their_own(log: Log) -> None:
    council = await sitting(log, replace(ASSOCIATION, weights={"c1": 3}))
    giver, holder = MEMBERS[1], MEMBERS[2]
    await council.handle(c.GiveProxy(meeting=ID, at=START, by=giver, holder=holder))
    await council.handle(c.AcceptProxy(meeting=ID, at=START, by=holder, giver=giver))
    await council.handle(c.Leave(meeting=ID, at=START, member=giver))
    receipts = await vote(council, holder, "against")
    assert len(set(receipts)) == 4
    await close(council)
    assert published(council) == dict.fromkeys(receipts, "against")
    result = council.meeting(ID).ballots[BALLOT].result
    assert result
    assert result.tally == Tally(against=4)


async def test_a_lot_is_drawn_from_the_seed_whose_hash_was_published(log: Log) -> None:
    council = await sitting(log, form=Form.OPTIONS, options=("Bancs", "Fête"))
    for member, mark in zip(MEMBERS[:4], "1212", strict=True):
        await vote(council, member, mark)
    ballot = council.meeting(ID).ballots[BALLOT]
    seed = log.seed(BALLOT)
    await close(council)
    result = council.meeting(ID).ballots[BALLOT].result
    assert result
    assert (result.outcome, result.why, result.seed) == (Outcome.CHOSEN, Why.COUNT, seed)
    assert hashlib.sha256(seed.encode()).hexdigest() == ballot.commitment
    hashes = {number: hashlib.sha256(f"{seed}\nseat 1\n{number}".encode()).hexdigest() for number in (1, 2)}
    assert result.elected == (min(hashes, key=lambda number: hashes[number]),)


async def test_a_seed_that_was_not_needed_is_dropped(log: Log, raw: Raw) -> None:
    council = await sitting(log, form=Form.OPTIONS, options=("Bancs", "Fête"))
    await vote(council, CHAIR, "1")
    seed = log.seed(BALLOT)
    await close(council)
    assert seed
    assert seed not in "".join(str(row) for row in raw("SELECT data FROM events")) + str(raw("SELECT * FROM secrets"))


async def test_what_is_annulled_while_it_runs_is_never_opened(log: Log, raw: Raw) -> None:
    council = await sitting(log)
    await vote(council, CHAIR, "for")
    annulled = await council.handle(c.AnnulBallot(meeting=ID, at=START, by=CHAIR, ballot=BALLOT, reason="Une panne."))
    assert isinstance(annulled, Written)
    assert (raw("SELECT * FROM urn"), raw("SELECT * FROM secrets")) == ([], [])
    assert {type(one.event) for one in log.read(ID)}.isdisjoint({UrnOpened, BallotClosed})
    assert log.next_decision(2026) == "2026-001"


async def test_an_urn_that_was_touched_is_not_counted(log: Log, raw: Raw) -> None:
    council = await sitting(log)
    for member in MEMBERS[:3]:
        await vote(council, member, "for")
    raw("DELETE FROM urn WHERE slip = (SELECT min(slip) FROM urn)")
    refused = await council.handle(c.CloseBallot(meeting=ID, at=START, by=CHAIR, ballot=BALLOT))
    assert getattr(refused, "fields", None) == {"slips": 2, "votes": 3}


async def test_nothing_of_keys_and_papers_stays_in_sqlites_files(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "council.db")
    council = await sitting(log)
    receipts = [await vote(council, member, mark) for member, mark in zip(MEMBERS, MARKS, strict=True)]
    with sqlite3.connect(log.where) as raw:
        secrets = [word for row in raw.execute("SELECT private, seed FROM secrets") for word in row]
        papers = [word for row in raw.execute("SELECT slip, sealed FROM urn") for word in row]
    raw.close()

    def bytes_() -> bytes:
        return b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))

    assert not any(receipt.encode() in bytes_() for told in receipts for receipt in told)
    assert all(word[:64].encode() in bytes_() for word in secrets)
    await close(council)
    assert not any(word[:64].encode() in bytes_() for word in (*secrets, *papers))
    log.close()


@pytest.fixture
def older(opened: Callable[[], Log], raw: Raw, where: Path | str) -> None:
    """A log of before papers were sealed, with a secret ballot running in it."""
    first, log = BallotId("first"), opened()
    events = [
        PLAN,
        Convened(),
        *map(Arrived, MEMBERS),
        Opened(12, 7),
        BallotOpened(first, "M", secret=False),
        BallotClosed(first, Tally(), Outcome.REJECTED, Why.NO_VOTE, "2026-007"),
        BallotOpened(BALLOT, "M", secret=True),
        BallotCast(BALLOT, MEMBERS[1], None),
        BallotCast(BALLOT, MEMBERS[2], None),
    ]
    log.append([Recorded(ID, seq, START, None, f"act{seq}", event) for seq, event in enumerate(events, 1)])
    log.close()
    for table in ("secrets", "decisions", "urn"):
        raw(f"DROP TABLE {table}")
    columns = "slip VARCHAR NOT NULL, ballot VARCHAR NOT NULL, choice VARCHAR NOT NULL, PRIMARY KEY (slip)"
    raw(f"CREATE TABLE urn ({columns})" + (" WITHOUT ROWID" if isinstance(where, Path) else ""))
    raw("CREATE INDEX ix_urn_ballot ON urn (ballot)")
    raw("INSERT INTO urn VALUES ('0a', 'ballot-1', 'for'), ('0b', 'ballot-1', 'against')")


@pytest.mark.usefixtures("older")
async def test_an_older_log_with_a_secret_ballot_running_goes_on(opened: Callable[[], Log]) -> None:
    log = opened()
    council = Council(log)
    assert await vote(council, CHAIR, "for") == ()  # its ballot has no key: the paper lies open, as it did
    await close(council)
    result = council.meeting(ID).ballots[BALLOT].result
    assert result
    assert (result.tally, result.decision) == (Tally(2, 1), "2026-008")
    assert log.verify(ID) is None
