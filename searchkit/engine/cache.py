"""Results kept for the next time, up to a number of bytes; safe to share among threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class Cache(Generic[T]):
    """Keeps what was worked out; what was worked out first goes first.

    Two threads may work out the same thing twice; both get an equal answer.

    Args:
        size_bytes: how much is kept, by what ``measure`` says.
        measure: how many bytes a value takes.

    >>> cache = Cache(100, len)
    >>> cache.get("a", lambda: "x" * 60), len(cache.get("b", lambda: "y" * 60)), len(cache)
    ('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 60, 1)
    """

    def __init__(self, size_bytes: int, measure: Callable[[T], int]) -> None:
        self._limit = size_bytes
        self._measure = measure
        self._kept: dict[Hashable, T] = {}
        self._size = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def peek(self, key: Hashable) -> T | None:
        """The value of a key; None where it is not kept."""
        return self._kept.get(key)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made where it is not kept."""
        found = self._kept.get(key)
        if found is not None:
            return found
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    def get_all(self, keys: Sequence[Hashable], make: Callable[[list[Any]], list[T]]) -> list[T]:
        """The values of several keys; those that are not kept are made together.

        Args:
            keys: none twice.
            make: gives the values of some of the keys, in their order.
        """
        found = [*map(self._kept.get, keys)]
        new = [number for number, value in enumerate(found) if value is None]
        if new:
            made = make([keys[number] for number in new])
            with self._lock:
                for number, value in zip(new, made, strict=True):
                    found[number] = value
                    self._keep(keys[number], value)
        return cast(list[T], found)

    def _keep(self, key: Hashable, value: T) -> None:
        size = self._measure(value)
        if size > self._limit or key in self._kept:
            return
        while self._size + size > self._limit:
            oldest = next(iter(self._kept))
            self._size -= self._measure(self._kept.pop(oldest))
        self._kept[key] = value
        self._size += size
