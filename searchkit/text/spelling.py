"""What was meant by a mistyped word: the words of the corpus that look alike, weighed.

Everything is kept in flat arrays, so that they can lie in an index and be mapped into memory:
nothing is built when a ``Speller`` is opened.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.config import Correction
from searchkit.text.edit_distance import MAX_PATTERN, letter_distances, typing_cost
from searchkit.text.fold import fold_exact
from searchkit.text.growing import offsets, ranges
from searchkit.text.hash_set import HashSet, pack_hashes, word_hash, word_hashes
from searchkit.text.neighbours import bits_apart, gather_rows, loose_codes, signatures
from searchkit.text.packed_texts import PackedTexts, pack_texts
from searchkit.text.spellings import merge_spellings

MIN_LETTERS = 3
"""Shorter words are neither corrected nor suggested: everything is near them."""

MIN_COUNTS = ((10**6, 3), (10**5, 2), (0, 1))
"""From so many words of text on, words seen less often than this are known, but not suggested:
many are errors themselves. A small corpus has nothing better to offer."""

MAX_EDITS = 2
"""The most letters a suggestion may differ in."""

SHORT = 4
"""In words of at most so many letters a suggestion costs no more than one error."""

MAX_RANKED = 30
"""So many of the nearest words are weighed one by one."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of the corpus that may have been meant.

    Attributes:
        word: lower case, umlauts and ``ß`` as the documents mostly write them.
        count: how often it occurs in the corpus.
        distance: what the typing error costs; 1 is a letter for any other.
    """

    word: str
    count: int
    distance: float


class Speller:
    """Suggests words of a corpus for words that are not in it.

    Of all words made of nearly the same letters, the nearest by edits are weighed by
    ``typing_cost`` less the logarithm of their frequency (a noisy channel: Kernighan, Church, Gale
    1990, "A spelling correction program based on a noisy channel model").

    Args:
        arrays: what ``build`` returned; may be mapped from a file.
        weights: how far a suggestion may lie, and how much its frequency counts.

    >>> arrays = Speller.build(["präsident", "gipfel"], np.array([900, 400]))
    >>> Speller(arrays).suggest("Praesidnet")
    [Suggestion(word='präsident', count=900, distance=0.7)]
    """

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], weights: Correction | None = None
    ) -> None:
        self._weights = weights or Correction()
        self._known = HashSet(arrays["known_starts"], arrays["known_lows"])
        self._forms = PackedTexts(arrays["forms"], arrays["form_starts"])
        self._blocks = arrays["block_starts"].astype(np.intp)
        sizes = np.diff(self._blocks) * np.arange(len(self._blocks) - 1)
        self._block_codes = offsets(sizes)
        self._folded = arrays["folded"]
        self._signatures = arrays["signatures"]
        self._count_values = arrays["count_values"]
        self._count_places = arrays["count_places"]

    @staticmethod
    def build(words: Sequence[str], counts: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """The arrays of a speller.

        Args:
            words: the distinct forms of the corpus in lower case. Those that differ in ``ß`` and
                ``ss`` only are one word, suggested as it is mostly written.
            counts: how often each occurs.

        Returns:
            ``known_starts``, ``known_lows``: the hashes of all words (``HashSet``). The others are
            of the words that may be suggested, in order of the length of their loose folds:
            ``forms``, ``form_starts`` (``PackedTexts``); ``block_starts``: the first word of each
            length; ``folded``: the letters of the folds; ``signatures``: which letters these are;
            ``count_places``: how often each occurs, as places in ``count_values``.
        """
        folded = [word.replace("ß", "ss") for word in words]
        written, folded, counts = merge_spellings(words, folded, counts)
        known = pack_hashes(word_hashes(folded))
        frequent = np.flatnonzero(counts >= _min_count(int(counts.sum()))).tolist()
        chosen = np.array([n for n in frequent if _correctable(folded[n])], np.intp)
        codes, lengths = loose_codes([folded[n] for n in chosen.tolist()])
        order = np.argsort(lengths, kind="stable")
        order = order[: np.count_nonzero(lengths <= MAX_PATTERN)]
        codes = codes[ranges(offsets(lengths)[order], lengths[order])]
        chosen, lengths = chosen[order], lengths[order]
        forms, form_starts = pack_texts([written[n] for n in chosen.tolist()])
        values, places = np.unique(counts[chosen].clip(max=2**32 - 1), return_inverse=True)
        return {
            "known_starts": known[0],
            "known_lows": known[1],
            "forms": forms,
            "form_starts": form_starts,
            "block_starts": np.searchsorted(lengths, np.arange(MAX_PATTERN + 2)).astype(np.uint32),
            "folded": codes,
            "signatures": signatures(codes, lengths),
            "count_values": values.astype(np.uint32),
            "count_places": places.astype(np.min_scalar_type(len(values))),
        }

    def suggest(
        self, word: str, limit: int = 1, known: Callable[[str], bool] | None = None
    ) -> list[Suggestion]:
        """What may have been meant by a word, the most likely first.

        Args:
            word: as typed.
            limit: the most suggestions, from 1.
            known: tells of a word that does not occur in the corpus whether it is right all the
                same, say because its stem occurs or it is made of words that do.

        Returns:
            Nothing where the word is right, or nothing is near enough. A word that occurs in the
            corpus itself gets only suggestions far more frequent and hardly different.
        """
        typed = fold_exact(word)
        if not _correctable(typed):
            return []
        occurs = self.occurs(typed)
        if not occurs and known is not None and known(typed):
            return []
        found = [self._suggestion(typed, number) for number in self._nearest(typed).tolist()]
        if occurs:
            found = self._far_better(found)
        found = [one for one in found if self._is_near(typed, one)]
        return sorted(found, key=self._rank)[:limit]

    def occurs(self, word: str) -> bool:
        """Whether the corpus had a word when it was last counted.

        Args:
            word: lower case, ``ß`` as ``ss``.
        """
        return word_hash(word) in self._known

    def _nearest(self, typed: str) -> NDArray[np.intp]:
        """The words that look most alike, by letters, then by frequency."""
        pattern, _ = loose_codes([typed])
        if not 0 < len(pattern) <= MAX_PATTERN:
            return np.zeros(0, np.intp)
        near, distances = self._within(pattern, 1)
        if not len(near):
            # Two errors are assumed only where one explains nothing.
            near, distances = self._within(pattern, MAX_EDITS)
        order = np.lexsort((-self._counts(near), distances))
        best: NDArray[np.intp] = near[order[:MAX_RANKED]]
        return best

    def _within(
        self, pattern: NDArray[np.uint8], edits: int
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The words at most so many edits from a pattern, and how many each is."""
        size = len(pattern)
        first = int(self._blocks[max(size - edits, 0)])
        after = int(self._blocks[min(size + edits, MAX_PATTERN) + 1])
        (signature,) = signatures(pattern, np.array([size]))
        apart = bits_apart(signature, self._signatures[first:after])
        near = first + np.flatnonzero(apart <= 2 * edits)
        lengths = np.searchsorted(self._blocks, near, side="right") - 1
        starts = self._block_codes[lengths] + (near - self._blocks[lengths]) * lengths
        distances = letter_distances(pattern, gather_rows(self._folded, starts, lengths), lengths)
        close = distances <= edits
        return near[close], distances[close]

    def _counts(self, numbers: NDArray[np.intp]) -> NDArray[np.int64]:
        return np.asarray(self._count_values[self._count_places[numbers]], np.int64)

    def _suggestion(self, typed: str, number: int) -> Suggestion:
        form = self._forms[number]
        count = int(self._count_values[self._count_places[number]])
        return Suggestion(form, count, typing_cost(typed, form.replace("ß", "ss")))

    def _far_better(self, found: list[Suggestion]) -> list[Suggestion]:
        """For a word that occurs: only what is far more frequent, and all but the same."""
        own = max((one.count for one in found if not one.distance), default=1)
        least, cost = self._weights.known_ratio * own, self._weights.known_cost
        return [one for one in found if 0 < one.distance <= cost and one.count >= least]

    def _is_near(self, typed: str, one: Suggestion) -> bool:
        """One error at most, or two in a long word where a frequent one is meant."""
        weights = self._weights
        if one.distance <= 1.0:
            return True
        if len(typed) < weights.two_errors_letters or one.count < weights.two_errors_count:
            return one.distance <= weights.cost and len(typed) > SHORT
        return one.distance <= weights.two_errors_cost

    def _rank(self, one: Suggestion) -> tuple[float, int, str]:
        cost = one.distance - self._weights.frequency * math.log(one.count)
        return round(cost, 6), -one.count, one.word


def _min_count(corpus_words: int) -> int:
    return next(least for words, least in MIN_COUNTS if corpus_words >= words)


def _correctable(word: str) -> bool:
    return MIN_LETTERS <= len(word) <= MAX_PATTERN and word.isalpha()
