"""Numbers for texts, such as the forms and terms of a lexicon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

import numpy as np

from searchkit.text.growing import IntArray

Text = TypeVar("Text", str, bytes)


def ranked(sources: Sequence[Sequence[Text]]) -> tuple[list[Text], list[IntArray]]:
    """All distinct texts of some sources ascending; and for each source, where its texts are.

    Args:
        sources: texts, none twice in one source.

    >>> texts, ranks = ranked([["Rom", "Bonn"], ["Rom"]])
    >>> texts, [each.tolist() for each in ranks]
    (['Bonn', 'Rom'], [[1, 0], [1]])
    """
    if len(sources) == 1:
        order = sorted(range(len(sources[0])), key=sources[0].__getitem__)
        ranks = np.empty(len(order), dtype=np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        return list(map(sources[0].__getitem__, order)), [ranks]
    united = sorted(set().union(*sources))
    number = dict(zip(united, range(len(united)), strict=True))
    return united, [
        np.fromiter(map(number.__getitem__, source), np.int32, len(source)) for source in sources
    ]


class Numbering:
    """Numbers texts in the order in which they first appear.

    Args:
        names: gets every new text; its own, so that it is the inverse of the numbers.

    >>> names: list[str] = []
    >>> Numbering(names).of(["Gipfel", "Treffen", "Gipfel"]).tolist(), names
    ([0, 1, 0], ['Gipfel', 'Treffen'])
    """

    __slots__ = ("_names", "_numbers")

    def __init__(self, names: list[str]) -> None:
        self._names = names
        # What is asked for and missing is numbered without leaving C.
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__

    def of(self, names: Sequence[str]) -> IntArray:
        """The numbers of texts; new ones get the next."""
        numbers = np.fromiter(map(self._numbers.__getitem__, names), np.int32, len(names))
        latest = [*islice(reversed(self._numbers), len(self._numbers) - len(self._names))]
        self._names.extend(reversed(latest))
        return numbers
