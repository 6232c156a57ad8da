"""The most frequent of the terms that a pattern stands for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from searchkit.query.plan import Expansion

if TYPE_CHECKING:
    from searchkit.engine.arrays.reader import ArraySnapshot


def most_frequent(snapshot: ArraySnapshot, node: Expansion) -> list[str]:
    """The terms that a pattern stands for, those in most documents first, at most ``limit``.

    To count the documents of every term of ``*e*`` would take seconds. What bounds them is known at
    once; terms are counted in the order of these bounds until no other can be among the most
    frequent (the threshold algorithm of Fagin, Lotem, Naor 2003, "Optimal aggregation algorithms
    for middleware", section 4).

    Args:
        snapshot: what is asked.
        node: the pattern.
    """
    lists = [_by_bound(snapshot, number, node) for number in range(len(snapshot.segments))]
    found: dict[bytes, int] = {}
    depth = 0
    while True:
        new: set[bytes] = set()
        for segment, (numbers, _) in zip(snapshot.segments, lists, strict=True):
            here = numbers[depth : depth + node.limit].tolist()
            new.update(map(segment.forms.exact.__getitem__, here))
        found |= _frequencies(snapshot, node.field, new - found.keys())
        depth += node.limit
        # No term further down can be in more documents than this.
        threshold = sum(int(bounds[depth]) for _, bounds in lists if depth < len(bounds))
        best = sorted(
            (term for term, count in found.items() if count), key=lambda t: (-found[t], t)
        )
        best = best[: node.limit]
        if not threshold or (len(best) == node.limit and found[best[-1]] > threshold):
            return [term.decode() for term in best]


def _by_bound(
    snapshot: ArraySnapshot, number: int, node: Expansion
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The terms of one segment, and their bounds, largest first."""
    segment = snapshot.segments[number]
    numbers = snapshot.matching_terms(segment, node)
    bounds = segment.frequency_bounds(node.field, numbers)
    order = np.argsort(-bounds, kind="stable")
    return numbers[order], bounds[order]


def _frequencies(snapshot: ArraySnapshot, field: str, terms: Iterable[bytes]) -> dict[bytes, int]:
    """In how many documents a field has each term."""
    wanted = sorted(terms)
    counts = dict.fromkeys(wanted, 0)
    for number, segment in enumerate(snapshot.segments):
        places = [(segment.forms.exact.find(term), term) for term in wanted]
        known = [(place, term) for place, term in places if place >= 0]
        numbers = np.array([place for place, _ in known], dtype=np.int64)
        found = segment.document_frequencies(field, numbers, snapshot.live_in(number))
        for (_, term), count in zip(known, found.tolist(), strict=True):
            counts[term] += count
    return counts
