"""An MLS group as its delivery service sees it from outside: leaves, proposals in flight, the rules of a commit."""

from dataclasses import dataclass, field

from meetings.rehearsal.loopback import mls
from meetings.rehearsal.loopback.external_sender import Proposal


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """One key package's place in the group, waited for or taken; a rejoining user comes with another."""

    user_id: int
    package: mls.KeyPackage


@dataclass(slots=True)
class Batch:
    """The proposals in flight: the only ones the next commit may, and must, refer to."""

    adds: dict[bytes, Seat] = field(default_factory=dict)
    removes: dict[bytes, int] = field(default_factory=dict)
    """Leaf index by proposal reference."""
    sent: dict[Seat, list[Proposal]] = field(default_factory=dict)
    """What each recipient got: while there is no group, all but the Add of itself."""

    def objection(self, commit: mls.Commit, welcome: mls.Welcome | None, seat: Seat) -> str | None:
        """Why a commit from `seat` does not settle the batch, or None."""
        if seat not in self.sent:
            return "its sender was not asked"
        if sorted(commit.references) != sorted(proposal.reference for proposal in self.sent[seat]):
            return "it does not refer to every proposal in flight and nothing else"
        added = [self.adds[each].package.reference() for each in commit.references if each in self.adds]
        if sorted(added) != sorted(secret[0] for secret in (welcome.secrets if welcome else ())):
            return "it does not welcome exactly the members it adds"
        return None


@dataclass(slots=True)
class Group:
    """What can be known of an MLS group from outside; epoch 0: it is not established."""

    group_id: bytes
    epoch: int = 0
    leaves: list[Seat | None] = field(default_factory=list)

    def index(self, seat: Seat) -> int:
        """The leaf index of `seat`."""
        return self.leaves.index(seat)

    def remove(self, leaf: int) -> None:
        """Blank a leaf and cut the tree's empty end (RFC 9420 section 12.1.3)."""
        self.leaves[leaf] = None
        while self.leaves and self.leaves[-1] is None:
            self.leaves.pop()

    def add(self, seat: Seat) -> None:
        """Take the leftmost empty leaf (RFC 9420 section 12.1.1)."""
        if None in self.leaves:
            self.leaves[self.leaves.index(None)] = seat
        else:
            self.leaves.append(seat)

    def objection(self, commit: mls.Commit, seat: Seat) -> str | None:
        """Why `commit` cannot come from `seat` in this epoch, or None."""
        if commit.epoch != self.epoch or commit.group_id != self.group_id:
            return "it is of another epoch or group"
        if commit.sender_leaf != (self.index(seat) if self.epoch else 0):
            return "its sender claims another leaf"
        own = seat.package.leaf
        if commit.path and (commit.path[0].identity, commit.path[0].signature_key) != (own.identity, own.signature_key):
            return "it changes its sender's credential or signature key"
        return None
