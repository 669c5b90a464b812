"""What keeps a draw from being made: typed, with what a sentence about it needs."""

from enum import StrEnum


class Obstacle(StrEnum):
    """Every reason for which a draw is refused, with its fields."""

    # the list of members
    TABLE = "table"  # line: no table of comma- or semicolon-separated values
    HEADER = "header"  # line: a heading that is empty or there twice
    ROW = "row"  # line, wanted, found: numbers of values
    NAMELESS = "nameless"  # line
    TWICE = "twice"  # line, name
    # what is asked for
    SEED = "seed"
    SEATS = "seats"
    FEW = "few"  # wanted, found
    QUOTA = "quota"  # text
    COLUMN = "column"  # column, columns
    COLUMNS = "columns"  # columns: more than two with quotas
    MIXED = "mixed"  # column: parity besides numbers, or one value twice
    PARITY = "parity"  # column, found, limit: values
    BLANK = "blank"  # column, name
    OVER = "over"  # column, wanted, seats
    SHORT = "short"  # column, value, wanted, found
    SHORT_OTHERS = "short-others"  # column, wanted, found
    TOGETHER = "together"  # wanted, found: each quota can be met, not all of them
    # a record to verify
    RECORD = "record"


class SortitionError(Exception):
    """A draw that cannot be made, or a record of one that cannot be read."""

    def __init__(self, obstacle: Obstacle, **fields: int | str | tuple[str, ...]) -> None:
        super().__init__(f"{obstacle.value}: {fields}")
        self.obstacle = obstacle
        self.fields = fields
