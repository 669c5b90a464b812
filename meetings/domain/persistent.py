"""Collections of which every version stays as it was: state may hold a hundred thousand things and still be a value.

Both keep what they hold in tiers, largest first, that versions share and nobody changes. What is added becomes a tier
of its own, together with those before it that are no larger, so that n things lie in log2(n) tiers at most and each
was moved log2(n) times at most: adding one costs the same, on average, to the thousandth as to the hundred thousandth.
"""

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from itertools import chain
from typing import TypeVar, overload

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


class PersistentMap(Mapping[K, V]):
    """A mapping in order of first insertion; `map | {key: value}` is the next version of it."""

    __slots__ = ("_length", "_tiers")

    def __init__(self, content: Mapping[K, V] | None = None) -> None:
        self._tiers: tuple[dict[K, V], ...] = (dict(content),) if content else ()
        self._length = len(content or ())

    def __or__(self, more: Mapping[K, V]) -> "PersistentMap[K, V]":
        if not more:
            return self
        grown: PersistentMap[K, V] = PersistentMap()
        grown._length = self._length + sum([key not in self for key in more])
        tiers, newest = list(self._tiers), dict(more)
        while tiers and len(tiers[-1]) <= len(newest):
            newest = tiers.pop() | newest
        grown._tiers = (*tiers, newest)
        return grown

    def __getitem__(self, key: K) -> V:
        for tier in reversed(self._tiers):
            if key in tier:
                return tier[key]
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(key in tier for tier in self._tiers)

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
        if len(self._tiers) == 1:
            return self._tiers[0]
        whole: dict[K, V] = {}
        for tier in self._tiers:
            whole |= tier
        return whole


class PersistentList(Sequence[T]):
    """A sequence; `list.plus(item)` is the next version of it."""

    __slots__ = ("_tiers",)

    def __init__(self, content: Iterable[T] = ()) -> None:
        self._tiers: tuple[tuple[T, ...], ...] = tuple(filter(None, [tuple(content)]))

    def plus(self, item: T) -> "PersistentList[T]":
        """The sequence with one more item at its end."""
        grown: PersistentList[T] = PersistentList()
        tiers = list(self._tiers)
        newest: tuple[T, ...] = (item,)
        while tiers and len(tiers[-1]) <= len(newest):
            newest = tiers.pop() + newest
        grown._tiers = (*tiers, newest)
        return grown

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        place = index if index >= 0 else len(self) + index
        for tier in self._tiers:
            if 0 <= place < len(tier):
                return tier[place]
            place -= len(tier)
        raise IndexError(index)

    def __len__(self) -> int:
        return sum(map(len, self._tiers))

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._tiers)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"PersistentList({list(self)})"
