"""Sortition: members drawn by lot with quotas, from a published seed, so that anyone can redo the draw."""

from meetings.domain.sortition.draw import Draw, Reserve, draw
from meetings.domain.sortition.errors import Obstacle, SortitionError
from meetings.domain.sortition.quotas import Quota
from meetings.domain.sortition.roll import Member, Roll

__all__ = ["Draw", "Member", "Obstacle", "Quota", "Reserve", "Roll", "SortitionError", "draw"]
