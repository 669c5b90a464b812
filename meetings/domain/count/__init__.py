"""Counting methods: pure, deterministic, and every result says step by step how it was reached.

Each method is a module with one function, `count`: `scottish_stv`, `irv`, `approval`, `plurality` and
`majority_judgement` count an `Election`; `appointment` the rounds of one; `majority` and `consent` decide on a motion.
"""

from meetings.domain.count.election import Ballot, Candidate, Election, Ranking
from meetings.domain.count.errors import BadElectionError, BltError, Contradiction, CountError, Flaw, Question, TieError
from meetings.domain.count.steps import Base, Position, Result, Step, Threshold, Verdict, Voiced

__all__ = [
    "BadElectionError",
    "Ballot",
    "Base",
    "BltError",
    "Candidate",
    "Contradiction",
    "CountError",
    "Election",
    "Flaw",
    "Position",
    "Question",
    "Ranking",
    "Result",
    "Step",
    "Threshold",
    "TieError",
    "Verdict",
    "Voiced",
]
