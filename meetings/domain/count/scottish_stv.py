"""Single transferable vote, as Scotland counts it: weighted inclusive Gregory, five decimals, the rest ignored.

Source: Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1, rules 45 to 52.
"""

from meetings.domain.count.election import Candidate, Election
from meetings.domain.count.errors import Question
from meetings.domain.count.steps import Elected, Quota, Result, Surplus, Why
from meetings.domain.count.table import ONE, Table, credited, decimal
from meetings.domain.lot import Lot


def count(election: Election, lot: Lot | None = None) -> Result:
    """Fill the seats. Raises TieError where rules 49(3) or 51(2)(b) ask for a lot and there is none."""
    return _Count(election, lot).run()


class _Count:
    def __init__(self, election: Election, lot: Lot | None) -> None:
        self.table = Table(election, lot)
        self.seats = election.seats
        self.quota = self.table.valid // (self.seats + 1) + 1  # rule 46
        self.elected: list[Candidate] = []
        self.table.steps.append(Quota(self.table.valid, self.seats, self.quota))

    def run(self) -> Result:
        self.close_stage()
        while self.table.continuing and len(self.elected) < self.seats:
            surpluses = {each: self.surplus(each) for each in self.elected if self.surplus(each) > 0}
            if surpluses:
                self.transfer(surpluses)
            else:
                self.table.exclude()  # rules 50 and 51
            self.close_stage()
        return Result(tuple(self.elected), tuple(self.table.steps))

    def surplus(self, candidate: Candidate) -> int:
        return self.table.votes[candidate] - self.quota * ONE

    def transfer(self, surpluses: dict[Candidate, int]) -> None:
        """The highest surplus (rule 49), each paper at surplus x value / votes (rule 48(3))."""
        table, surplus = self.table, max(surpluses.values())
        source = table.choose(tuple(sorted(c for c, units in surpluses.items() if units == surplus)), Question.SURPLUS)
        total = table.votes[source]
        moved = table.move(source, lambda value: surplus * value // total)
        lost = surplus - sum(moved.received.values()) - moved.exhausted
        table.votes[source] = total - surplus
        table.lost += lost
        received, exhausted = credited(moved.received), decimal(moved.exhausted)
        table.steps.append(
            Surplus(table.stage, source, decimal(surplus), decimal(total), received, exhausted, decimal(lost))
        )

    def close_stage(self) -> None:
        """Write the stage down, then see who is elected: by the quota (rule 47), or to the last seats (rule 52)."""
        stage, table = self.table.stage, self.table
        table.end_stage()
        self.elect(stage, [each for each in table.continuing if self.surplus(each) >= 0], Why.QUOTA)
        if len(table.continuing) <= self.seats - len(self.elected):
            self.elect(stage, list(table.continuing), Why.LAST_SEATS)

    def elect(self, stage: int, candidates: list[Candidate], why: Why) -> None:
        order = self.table.ranked(candidates)
        self.table.continuing.difference_update(order)
        self.elected.extend(order)
        if order:
            self.table.steps.append(Elected(stage, tuple(order), why))
