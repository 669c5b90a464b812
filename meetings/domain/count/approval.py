"""Approval: a ballot approves every candidate it names, whatever the rank; the most approvals win."""

from meetings.domain.count.election import Election
from meetings.domain.count.most import most
from meetings.domain.count.steps import Papers, Result, Standing, Why, by_votes
from meetings.domain.lot import Lot


def count(election: Election, lot: Lot | None = None) -> Result:
    """Fill the seats with the most approvals. Raises TieError where the last seat needs a lot."""
    votes = dict.fromkeys(election.running, 0)
    valid = invalid = 0
    for weight, ranking in election.ballots:
        approved = [each for rank in ranking for each in rank if each in votes]
        for each in approved:
            votes[each] += weight
        valid += weight if approved else 0
        invalid += 0 if approved else weight
    winners, steps = most(votes, election.seats, Why.MOST_APPROVALS, lot)
    return Result(winners, (Papers(valid, invalid), Standing(1, by_votes({**votes})), *steps))
