"""The minutes of the evening that most tests here read."""

import pytest
from sitting import evening, minutes_of

from meetings.minutes import Minutes


@pytest.fixture(scope="session")
def rich() -> Minutes:
    """The evening's minutes."""
    return minutes_of(evening())
