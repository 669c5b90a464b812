"""Collections of which every version stays as it was: state may hold a hundred thousand things and still be a value.

Both keep what they hold in tiers, largest first, that versions share and nobody changes, and apart from them the few
things that came last, which each version copies. Once these are many they become a tier, together with those before it
that are no larger, so that n things lie in log2(n) tiers at most and each was moved log2(n) times at most: adding one
costs the same, on average, to the thousandth as to the hundred thousandth.
"""

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from itertools import chain
from typing import TypeVar, overload

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

LATEST = 16
"""How many things are kept apart from the tiers: to copy so few costs no more than to make one."""


class PersistentMap(Mapping[K, V]):
    """A mapping in order of first insertion; `map | {key: value}` is the next version of it, as is `map.plus`."""

    __slots__ = ("_latest", "_length", "_tiers")

    def __init__(self, content: Mapping[K, V] | None = None) -> None:
        self._tiers: tuple[dict[K, V], ...] = (dict(content),) if content else ()
        self._latest: dict[K, V] = {}
        self._length = len(content or ())

    def plus(self, key: K, value: V) -> "PersistentMap[K, V]":
        """The mapping with the key's value."""
        grown: PersistentMap[K, V] = object.__new__(PersistentMap)
        grown._length = self._length if key in self else self._length + 1
        if len(self._latest) < LATEST:
            grown._tiers, grown._latest = self._tiers, self._latest.copy()
            grown._latest[key] = value
            return grown
        tiers, newest = self._tiers, self._latest
        while tiers and len(tiers[-1]) <= len(newest):
            tiers, newest = tiers[:-1], tiers[-1] | newest
        grown._tiers, grown._latest = (*tiers, newest), {key: value}
        return grown

    def __or__(self, more: Mapping[K, V]) -> "PersistentMap[K, V]":
        grown = self
        for key, value in more.items():
            grown = grown.plus(key, value)
        return grown

    def __getitem__(self, key: K) -> V:
        if key in self._latest:
            return self._latest[key]
        for tier in reversed(self._tiers):
            if key in tier:
                return tier[key]
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        if key in self._latest:
            return True
        for tier in self._tiers:  # noqa: SIM110  any() would make a generator each time
            if key in tier:
                return True
        return False

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[K]:
        return iter(self._whole())

    def __eq__(self, other: object) -> bool:
        return self._whole() == dict(other) if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as of every mapping that compares by content

    def __repr__(self) -> str:
        return f"PersistentMap({self._whole()})"

    def keys(self) -> KeysView[K]:
        """The keys."""
        return self._whole().keys()

    def values(self) -> ValuesView[V]:
        """The values."""
        return self._whole().values()

    def items(self) -> ItemsView[K, V]:
        """Keys with values."""
        return self._whole().items()

    def _whole(self) -> dict[K, V]:
        if not self._tiers:
            return self._latest
        if len(self._tiers) == 1 and not self._latest:
            return self._tiers[0]
        whole: dict[K, V] = {}
        for tier in (*self._tiers, self._latest):
            whole |= tier
        return whole


class PersistentList(Sequence[T]):
    """A sequence; `list.plus(item)` is the next version of it."""

    __slots__ = ("_latest", "_tiers")

    def __init__(self, content: Iterable[T] = ()) -> None:
        self._tiers: tuple[tuple[T, ...], ...] = tuple(filter(None, [tuple(content)]))
        self._latest: tuple[T, ...] = ()

    def plus(self, item: T) -> "PersistentList[T]":
        """The sequence with one more item at its end."""
        grown: PersistentList[T] = object.__new__(PersistentList)
        if len(self._latest) < LATEST:
            grown._tiers, grown._latest = self._tiers, (*self._latest, item)
            return grown
        tiers, newest = self._tiers, self._latest
        while tiers and len(tiers[-1]) <= len(newest):
            tiers, newest = tiers[:-1], tiers[-1] + newest
        grown._tiers, grown._latest = (*tiers, newest), (item,)
        return grown

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        place = index if index >= 0 else len(self) + index
        for tier in (*self._tiers, self._latest):
            if 0 <= place < len(tier):
                return tier[place]
            place -= len(tier)
        raise IndexError(index)

    def __len__(self) -> int:
        return sum(map(len, self._tiers)) + len(self._latest)

    def __iter__(self) -> Iterator[T]:
        return chain(*self._tiers, self._latest)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"PersistentList({list(self)})"
