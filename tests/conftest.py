"""How the suite is shared out among processes (`pytest -n`), and what its property tests try."""

import os

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling, Scheduling

REHEARSALS = "tests/rehearsals"

# A suite finds the same twice; who looks for more asks for it: `pytest --hypothesis-profile=hunt`.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("hunt", max_examples=1000, deadline=None)
settings.load_profile("fixed")


class SingleFile(LoadFileScheduling):
    """A file's tests stay together; so do all rehearsals, which play in real time and would be in each other's way."""

    def _split_scope(self, nodeid: str) -> str:
        return REHEARSALS if nodeid.startswith(REHEARSALS) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    return SingleFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The rehearsals last longest: they go first."""
    items.sort(key=lambda item: not item.nodeid.startswith(REHEARSALS))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whoever shares the machine with a rehearsal steps back, so that its people can talk in real time."""
    if "PYTEST_XDIST_WORKER" in os.environ and not item.nodeid.startswith(REHEARSALS) and os.name == "posix":
        os.setpriority(os.PRIO_PROCESS, 0, max(os.getpriority(os.PRIO_PROCESS, 0), 10))
