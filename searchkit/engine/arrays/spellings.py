"""How the words of segments are mostly written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.forms import Forms
from searchkit.text.growing import IntArray
from searchkit.text.numbering import Numbering, ranked
from searchkit.text.word_forms import CAPITALISED, OTHER


class CountedForms(NamedTuple):
    """The forms of a segment, and how often each occurs."""

    forms: Forms
    counts: NDArray[np.int64]


class _Written(NamedTuple):
    """Forms of several segments, none twice, in order of ``terms``, then of ``kinds``.

    Invariants: ``terms`` are numbers of exact terms; ``kinds`` say how a form is written, from
    ``OTHER`` on they are places among texts.
    """

    terms: NDArray[np.int64]
    kinds: NDArray[np.int64]
    counts: NDArray[np.int64]


def written_forms(segments: Sequence[CountedForms]) -> dict[str, int]:
    """The commonest form of every exact term that occurs, and how often all its forms do.

    Of equally frequent forms the one in lower case counts, then that with a capital. They are in
    the order of their exact terms where there is one segment.
    """
    exact, term_numbers = _united([forms.exact.texts() for forms, _ in segments])
    others, other_ranks = ranked([forms.others.texts() for forms, _ in segments])
    found = _joined(segments, term_numbers, other_ranks, len(others))
    totals = np.bincount(found.terms, found.counts, len(exact)).astype(np.int64)
    order = np.lexsort((-found.counts, found.terms))
    best = order[np.diff(found.terms[order], prepend=-1) != 0]
    best = best[totals[found.terms[best]] > 0]
    texts = [*map(exact.__getitem__, found.terms[best].tolist())]
    kinds = found.kinds[best]
    for place in np.flatnonzero(kinds == CAPITALISED).tolist():
        texts[place] = texts[place].capitalize()
    for place in np.flatnonzero(kinds >= OTHER).tolist():
        texts[place] = others[kinds[place] - OTHER]
    return dict(zip(texts, totals[found.terms[best]].tolist(), strict=True))


def _joined(
    segments: Sequence[CountedForms],
    term_numbers: Sequence[IntArray],
    other_ranks: Sequence[IntArray],
    others: int,
) -> _Written:
    keys = [
        numbers[forms.exact_numbers()].astype(np.int64) * (OTHER + others) + forms.kinds(ranks)
        for (forms, _), numbers, ranks in zip(segments, term_numbers, other_ranks, strict=True)
    ]
    all_keys = np.concatenate([np.zeros(0, np.int64), *keys])
    counts = np.concatenate([np.zeros(0, np.int64), *(counts for _, counts in segments)])
    if len(segments) > 1:
        all_keys, places = np.unique(all_keys, return_inverse=True)
        counts = np.bincount(places, counts).astype(np.int64)
    return _Written(*np.divmod(all_keys, OTHER + others), counts)


def _united(sources: Sequence[list[str]]) -> tuple[list[str], list[IntArray]]:
    """All distinct texts; and for each source, the numbers its texts get."""
    if len(sources) == 1:
        return sources[0], [np.arange(len(sources[0]), dtype=np.int32)]
    names: list[str] = []
    numbers = Numbering(names).of([text for source in sources for text in source])
    bounds = np.cumsum([0, *map(len, sources)]).tolist()
    return names, [numbers[a:b] for a, b in pairwise(bounds)]
