"""Collections that grow: every version is what it was, whatever grew out of it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.domain.persistent import PersistentList, PersistentMap

steps = st.lists(st.tuples(st.integers(0, 30), st.integers()), max_size=120)


@given(steps, st.integers(0, 120))
def test_a_map_is_a_dict_in_each_of_its_versions(changes: list[tuple[int, int]], back: int) -> None:
    versions = [(PersistentMap[int, int](), dict[int, int]())]
    for number, (key, value) in enumerate(changes):
        grown, plain = versions[-1 if number != back else number // 2]  # once, grow out of an older version
        versions.append((grown | {key: value}, plain | {key: value}))
    for grown, plain in versions:
        assert grown == plain
        assert list(grown.items()) == list(plain.items())
        assert (list(grown), list(grown.values()), len(grown)) == (list(plain), list(plain.values()), len(plain))
        assert [grown.get(key) for key in range(31)] == [plain.get(key) for key in range(31)]
        assert [key in grown for key in range(31)] == [key in plain for key in range(31)]


@given(st.lists(st.integers()), st.integers(0, 60))
def test_a_list_is_a_tuple_in_each_of_its_versions(items: list[int], back: int) -> None:
    versions = [(PersistentList[int](), tuple[int, ...]())]
    for number, item in enumerate(items):
        grown, plain = versions[-1 if number != back else number // 2]
        versions.append((grown.plus(item), (*plain, item)))
    for grown, plain in versions:
        assert grown == PersistentList(plain)
        assert tuple(grown) == plain
        assert len(grown) == len(plain)
        assert (grown[-2:], bool(grown)) == (plain[-2:], bool(plain))


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        PersistentMap({1: 2})[2]
    with pytest.raises(IndexError):
        PersistentList([1])[1]
    assert PersistentMap({1: 2}) | {} == {1: 2}


def test_growing_does_not_cost_more_the_more_there_is() -> None:
    def seconds(grown: PersistentMap[int, int], start: int) -> float:
        began = time.process_time()
        for key in range(start, start + 4096):
            grown |= {key: key}
        return time.process_time() - began

    ratios = [
        seconds(PersistentMap(dict.fromkeys(range(2**19), 0)), 2**19) / seconds(PersistentMap({-1: 0}), 0)
        for _ in range(3)
    ]
    assert min(ratios) < 3  # copying would be a hundredfold
