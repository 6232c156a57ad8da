"""The graph of known words inside words, and its cheapest paths.

Nodes are the places between the letters of each word, edges the known words between two of them.
All arrays run over the edges of many words at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.text.compound_fold import FoldedWords

SHORTEST_PART = 3
LONGEST_PART = 28
"""Letters of a part after folding."""

NONE: NDArray[np.int64] = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Parts:
    """Known words inside a chunk of words: edges of the graph, in no particular order."""

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    entries: NDArray[np.int64]

    def __getitem__(self, chosen: NDArray[Any]) -> Parts:
        return Parts(
            self.rows[chosen], self.starts[chosen], self.ends[chosen], self.entries[chosen]
        )


NO_PARTS = Parts(NONE, NONE, NONE, NONE)


@dataclass(frozen=True, slots=True)
class Words:
    """A chunk of words: where each begins in the folded letters, and how many it has."""

    folded: FoldedWords
    first: NDArray[np.int64]
    lengths: NDArray[np.int64]


@cache
def stretches(letters: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends of every stretch of a word that may be a part of it."""
    starts, ends = np.triu_indices(letters + 1, SHORTEST_PART)
    fit = (ends - starts <= LONGEST_PART) & (ends - starts < letters)
    return starts[fit], ends[fit]


def between_letters(words: Words, parts: Parts) -> NDArray[np.bool_]:
    """Where neither end of a part falls inside a letter that was written out (ä as ae)."""
    origins, first = words.folded.origins, words.first[parts.rows]
    fit = np.ones(len(first), np.bool_)
    for ends in (parts.starts, parts.ends):
        inner = (ends > 0) & (ends < words.lengths[parts.rows])
        places = first[inner] + ends[inner]
        fit[inner] &= origins[places] != origins[places - 1]
    return fit


def walk_back(heads: Parts, modifiers: Parts, came: NDArray[np.int64]) -> Parts:
    """The parts of the cheapest paths, from the heads back to the first letters."""
    levels = [heads]
    while (levels[-1].starts > 0).any():
        level = levels[-1][levels[-1].starts > 0]
        levels.append(modifiers[came[level.rows, level.starts]])
    return joined(levels)


def joined(pieces: Sequence[Parts]) -> Parts:
    """Several sets of parts as one."""
    return Parts(
        np.concatenate([piece.rows for piece in pieces]),
        np.concatenate([piece.starts for piece in pieces]),
        np.concatenate([piece.ends for piece in pieces]),
        np.concatenate([piece.entries for piece in pieces]),
    )


def cheapest_prefixes(
    modifiers: Parts,
    nexts: NDArray[np.int64],
    own_costs: NDArray[np.float32],
    lengths: NDArray[np.int64],
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The cheapest row of modifiers up to each letter of each word (Viterbi 1967).

    Args:
        modifiers: edges that may stand before another part.
        nexts: where the next part starts after each.
        own_costs: what each costs.
        lengths: letters of each word.

    Returns:
        Two arrays by word and letter: the cost, infinite where no modifiers lead there, and the
        number of the last modifier.
    """
    width = int(lengths.max(initial=0)) + 1
    costs = np.full((len(lengths), width), np.inf, np.float32)
    costs[:, 0] = 0
    came = np.full(costs.shape, -1, np.int64)
    order = np.argsort(modifiers.starts, kind="stable")
    bounds = np.searchsorted(modifiers.starts[order], np.arange(width + 1))
    flat_costs, flat_came = costs.reshape(-1), came.reshape(-1)
    for start in np.flatnonzero(np.diff(bounds)):
        edges = order[bounds[start] : bounds[start + 1]]
        total = costs[modifiers.rows[edges], start] + own_costs[edges]
        edges, total = edges[total < np.inf], total[total < np.inf]
        places = modifiers.rows[edges] * width + nexts[edges]
        np.minimum.at(flat_costs, places, total)
        won = flat_costs[places] == total
        flat_came[places[won]] = edges[won]
    return costs, came
