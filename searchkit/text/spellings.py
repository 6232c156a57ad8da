"""One word in several spellings: which it mostly has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.text.numbering import Numbering


def merge_spellings(
    written: Sequence[str], plain: Sequence[str], counts: NDArray[np.int64]
) -> tuple[list[str], list[str], NDArray[np.int64]]:
    """Count as one word what is written alike when written plainly.

    Args:
        written: spellings.
        plain: each of them without what is not to count, say in lower case.
        counts: how often each occurs.

    Returns:
        For every plain word, in order of first appearance: the spelling it has most often (the
        plain one of two as frequent), itself, and how often it occurs in all.

    >>> merge_spellings(["der", "Der", "Rat"], ["der", "der", "rat"], np.array([8, 3, 5]))
    (['der', 'Rat'], ['der', 'rat'], array([11,  5]))
    """
    if len(set(plain)) == len(plain):
        return list(written), list(plain), counts
    names: list[str] = []
    groups = Numbering(names).of(plain)
    is_plain = np.array([a == b for a, b in zip(written, plain, strict=True)], np.bool_)
    order = np.lexsort((is_plain, counts, groups))
    most = order[np.flatnonzero(np.diff(groups[order], append=len(names)))]
    totals = np.zeros(len(names), np.int64)
    np.add.at(totals, groups, counts)
    return [written[number] for number in most.tolist()], names, totals
