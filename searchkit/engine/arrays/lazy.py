"""Arrays that are looked up, and thereby verified, when they are first used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, overload

from numpy.typing import NDArray

T = TypeVar("T", bound=NDArray[Any])


class Mapped:
    """A part of a segment that looks into arrays; see ``Column``.

    Args:
        arrays: of the segment.
        name: with which the names of its arrays begin.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str = "") -> None:
        self._arrays = arrays
        self._name = name


class Column(Generic[T]):
    """An attribute of a ``Mapped``: the array whose name ends so.

    After its first use it is a plain attribute, found without asking here again.

    >>> class Days(Mapped):
    ...     first: Column[NDArray[Any]] = Column(".first")
    >>> import numpy as np
    >>> Days({"day.first": np.array([7])}, "day").first.tolist()
    [7]
    """

    def __init__(self, ending: str) -> None:
        self._ending = ending

    def __set_name__(self, owner: type, attribute: str) -> None:
        self._attribute = attribute

    @overload
    def __get__(self, part: None, owner: type) -> Column[T]: ...
    @overload
    def __get__(self, part: Mapped, owner: type) -> T: ...
    def __get__(self, part: Mapped | None, owner: type) -> T | Column[T]:
        if part is None:
            return self
        found: T = part._arrays[part._name + self._ending]  # type: ignore[assignment]
        vars(part)[self._attribute] = found
        return found
