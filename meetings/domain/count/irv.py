"""Instant runoff: the last is excluded until one candidate has more than half of the votes still in play.

Ties for the last place are settled as in the Scottish rule: by the most recent stage at which the votes differ, then
by lot. A paper ends at a rank left out or shared (`election.preferences`).
"""

from meetings.domain.count.election import Candidate, Election
from meetings.domain.count.errors import BadElectionError, Contradiction
from meetings.domain.count.steps import Elected, Needed, Result, Why
from meetings.domain.count.table import ONE, Table
from meetings.domain.lot import Lot


def count(election: Election, lot: Lot | None = None) -> Result:
    """Elect one. Raises TieError where a lot is needed, BadElectionError for several seats."""
    if election.seats != 1:
        raise BadElectionError(Contradiction.ONE_SEAT)
    table = Table(election, lot)
    while table.continuing:
        if winner := _stage(table):
            return Result((winner,), tuple(table.steps))
        table.exclude()
    return Result((), tuple(table.steps))


def _stage(table: Table) -> Candidate | None:
    """End a stage; the winner where there is one."""
    stage, votes = table.stage, sum(table.votes.values()) // ONE
    table.end_stage()
    table.steps.append(Needed(stage, votes, votes // 2 + 1))
    first = table.ranked(table.continuing)[0]
    if table.votes[first] // ONE <= votes // 2 and len(table.continuing) > 1:
        return None
    table.steps.append(Elected(stage, (first,), Why.MAJORITY if len(table.continuing) > 1 else Why.LAST_SEATS))
    return first
