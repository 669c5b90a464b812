"""Decisions by consent: adopted where somebody consents and nobody has an objection. An objection says why."""

from collections.abc import Sequence

from meetings.domain.count.errors import BadElectionError, Contradiction
from meetings.domain.count.steps import Consented, Position, Verdict, Voiced

ORDER = (Position.OBJECTION, Position.RESERVATION, Position.CONSENT, Position.ABSTAIN)
"""What must be heard comes first."""


def count(voices: Sequence[Voiced]) -> Verdict:
    """The outcome, and what was said. Raises BadElectionError for an objection without its text."""
    if any(voice.position is Position.OBJECTION and not voice.text.strip() for voice in voices):
        raise BadElectionError(Contradiction.OBJECTION)
    number = {position: sum(voice.position is position for voice in voices) for position in Position}
    consents, objections = number[Position.CONSENT] + number[Position.RESERVATION], number[Position.OBJECTION]
    adopted = consents > 0 and not objections
    heard = sorted((voice for voice in voices if voice.text.strip()), key=lambda voice: ORDER.index(voice.position))
    return Verdict(adopted, (*heard, Consented(adopted, consents, objections)))
