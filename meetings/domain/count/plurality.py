"""Relative majority: the most first preferences."""

from meetings.domain.count.election import Election, preferences
from meetings.domain.count.most import most
from meetings.domain.count.steps import Papers, Result, Standing, Why, by_votes
from meetings.domain.lot import Lot


def count(election: Election, lot: Lot | None = None) -> Result:
    """Fill the seats with the most first preferences. Raises TieError where the last seat needs a lot."""
    votes = dict.fromkeys(election.running, 0)
    invalid = 0
    for weight, ranking in election.ballots:
        first = preferences(ranking, votes)[:1]
        if first:
            votes[first[0]] += weight
        else:
            invalid += weight
    winners, steps = most(votes, election.seats, Why.MOST_VOTES, lot)
    return Result(winners, (Papers(sum(votes.values()), invalid), Standing(1, by_votes({**votes})), *steps))
