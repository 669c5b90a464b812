"""A step in words. The catalogues are given, as the domain knows none: `t` is a translator of `meetings.i18n`."""

from collections.abc import Sequence
from typing import Protocol

from meetings.domain.count.election import Candidate
from meetings.domain.count.steps import (
    Compared,
    Consented,
    Drawn,
    Eldest,
    Elected,
    Excluded,
    Judged,
    LookedBack,
    Motion,
    Needed,
    NextRound,
    Number,
    Papers,
    Quota,
    Standing,
    Step,
    Surplus,
    Voiced,
    Votes,
)


class Speaker(Protocol):
    """What puts a key and its fields into words."""

    lang: str

    def __call__(self, key: str, /, **fields: object) -> str:
        """The words."""


def sentence(step: Step, candidates: Sequence[str], t: Speaker) -> str:
    """One step as a sentence; `candidates` are the names in the order of their numbers."""
    return _Words(candidates, t).of(step)


class _Words:
    def __init__(self, candidates: Sequence[str], t: Speaker) -> None:
        self.candidates = candidates
        self.t = t

    def of(self, step: Step) -> str:
        match step:
            case Standing() | Surplus() | Excluded() | Elected() | Papers() | Quota() | Needed() | NextRound():
                return self.progress(step)
            case LookedBack() | Drawn() | Eldest():
                return self.tie(step)
            case Judged() | Compared():
                return self.judgement(step)
            case Motion() | Voiced() | Consented():
                return self.decision(step)

    def progress(self, step: Standing | Surplus | Excluded | Elected | Papers | Quota | Needed | NextRound) -> str:
        match step:
            case Papers(valid, invalid):
                return self.t("count.papers", valid=valid, invalid=invalid)
            case Quota(valid, seats, quota):
                return self.t("count.quota", valid=valid, seats=seats, quota=quota)
            case Needed(stage, votes, needed):
                return self.t("count.needed", stage=stage, votes=self.number(votes), needed=needed)
            case NextRound(stage):
                return self.t("count.next-round", stage=stage)
            case Elected(stage, candidates, why):
                return self.t(f"count.elected.{why.value}", stage=stage, names=self.names(candidates))
            case Standing(stage, votes, exhausted, lost):
                return self.with_left("count.standing", exhausted, lost, stage=stage, votes=self.votes(votes))
            case Excluded(stage, candidate, total, (), 0):
                return self.t("count.excluded-empty", stage=stage, name=self.name(candidate))
            case Excluded(stage, candidate, total, received, exhausted):
                moved = self.moved(candidate, total, received)
                return self.with_left("count.excluded", exhausted, 0, stage=stage, **moved)
            case Surplus(stage, candidate, surplus, total, received, exhausted, lost):
                moved = self.moved(candidate, total, received) | {"surplus": self.number(surplus)}
                return self.with_left("count.surplus", exhausted, lost, stage=stage, **moved)

    def tie(self, step: LookedBack | Drawn | Eldest) -> str:
        names, chosen = self.names(step.tied), self.names(step.chosen)
        match step:
            case LookedBack(stage, question, _, at, _):
                key = f"count.looked-back.{question.value}"
                return self.t(key, stage=stage, names=names, chosen=chosen, at=at)
            case Drawn(stage, question, _, label, _):
                key = f"count.drawn.{question.value}"
                return self.t(key, stage=stage, names=names, chosen=chosen, label=label)
            case Eldest(stage):
                return self.t("count.eldest", stage=stage, names=names, chosen=chosen)

    def judgement(self, step: Judged | Compared) -> str:
        match step:
            case Judged(candidate, grades, grade):
                counts = tuple(f"{self.grade(place)} {number}" for place, number in enumerate(grades, 1) if number)
                return self.t("count.judged", name=self.name(candidate), grade=self.grade(grade), grades=counts)
            case Compared(better, worse, removed, better_grade, worse_grade):
                middle = {"better_grade": self.grade(better_grade), "worse_grade": self.grade(worse_grade)}
                names = {"better": self.name(better), "worse": self.name(worse)}
                return self.t("count.compared", removed=removed, **names, **middle)

    def decision(self, step: Motion | Voiced | Consented) -> str:
        match step:
            case Voiced(member, position, text):
                return self.t(f"count.voiced.{position.value}", member=member, text=text)
            case Consented(adopted, consents, objections):
                outcome = "adopted" if adopted else "blocked" if objections else "nobody"
                return self.t(f"count.consented.{outcome}", consents=consents, objections=objections)
            case Motion():
                return self.motion(step)

    def motion(self, step: Motion) -> str:
        votes = {name: self.number(getattr(step, name)) for name in ("for_", "against", "abstain", "total")}
        base = self.t(f"count.base.{step.base.value}", total=votes["total"])
        threshold = self.t(f"count.threshold.{step.threshold.value}", base=base)
        outcome = "adopted" if step.adopted else "equal" if step.equal else "rejected"
        return self.t(f"count.motion.{outcome}", threshold=threshold, **votes)

    def moved(self, candidate: Candidate, total: Number, received: Votes) -> dict[str, object]:
        went = self.votes(received) or (self.t("count.nobody"),)
        return {"name": self.name(candidate), "total": self.number(total), "received": went}

    def with_left(self, key: str, exhausted: Number, lost: Number, /, **fields: object) -> str:
        """A sentence, and at its end what reached no candidate."""
        left = [self.t("count.left.exhausted", votes=self.number(exhausted))] if exhausted else []
        left += [self.t("count.left.lost", votes=self.number(lost))] if lost else []
        return self.t(f"{key}-left", left=left, **fields) if left else self.t(key, **fields)

    def votes(self, votes: Votes) -> tuple[str, ...]:
        return tuple(
            self.t("count.votes", name=self.name(candidate), votes=self.number(number)) for candidate, number in votes
        )

    def names(self, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        return tuple(map(self.name, candidates))

    def name(self, candidate: Candidate) -> str:
        return self.candidates[candidate - 1]

    def grade(self, grade: int) -> str:
        return self.t(f"count.grade.{grade}")

    def number(self, number: Number) -> str:
        text = format(number, "f") if not isinstance(number, int) else str(number)
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", ",") if self.t.lang == "fr" else text
