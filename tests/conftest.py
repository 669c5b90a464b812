"""How the suite is shared out among processes."""

import pytest


@pytest.hookimpl(tryfirst=True)  # pytest-xdist's own hook reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests stay together. The rehearsals last longest and play in real time: first, and in single file."""
    items.sort(key=lambda item: "rehearsals" not in item.path.parts)
    for item in items:
        together = item.path.parent if "rehearsals" in item.path.parts else item.path
        item.add_marker(pytest.mark.xdist_group(together.as_posix()))
