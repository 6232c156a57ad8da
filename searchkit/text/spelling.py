"""What was meant by a mistyped word: the words of the corpus that look alike, weighed.

Everything is kept in flat arrays, so that they can lie in an index and be mapped into memory:
nothing is built when a ``Speller`` is opened.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from searchkit.text.edit_distance import MAX_PATTERN, letter_distances, typing_cost
from searchkit.text.fold import fold_exact
from searchkit.text.growing import ranges
from searchkit.text.neighbours import (
    MAX_DELETES,
    PREFIX,
    SHORT,
    fold_loosely,
    gather_rows,
    letter_codes,
    rest_hashes,
)

MIN_LETTERS = 3
"""Shorter words are neither corrected nor suggested: everything is near them."""

MIN_COUNTS = ((10**6, 3), (10**5, 2), (0, 1))
"""From so many words of text on, words seen less often than this are known, but not suggested:
many are errors themselves. A small corpus has nothing better to offer."""

MIN_RATIO = 20.0
"""How much more frequent a suggestion must be than a word that itself occurs."""

MAX_KNOWN_COST = 0.6
"""How far a suggestion may lie from a word that itself occurs: rare words are mostly right."""

MAX_COST = 1.3
"""How far a suggestion may lie from a word of more than ``SHORT`` letters."""

MAX_COST_TWO_ERRORS = 2.0
"""The same in words that may hold two errors."""

MIN_LETTERS_TWO_ERRORS = 8
MIN_COUNT_TWO_ERRORS = 50

MAX_RANKED = 30
"""So many of the nearest words are weighed one by one."""

FREQUENCY_WEIGHT = 0.1
"""What a word e times as frequent may cost more. Small, for rare words are mistyped as well."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of the corpus that may have been meant.

    Attributes:
        word: lower case, umlauts kept, ``ß`` as ``ss``.
        count: how often it occurs in the corpus.
        distance: what the typing error costs; 1 is a letter for any other.
    """

    word: str
    count: int
    distance: float


class Speller:
    """Suggests words of a corpus for words that are not in it.

    Delete neighbourhoods find the words that look alike; of these, the nearest by letters are
    weighed by ``typing_cost`` less the logarithm of their frequency (a noisy channel: Kernighan,
    Church, Gale 1990, "A spelling correction program based on a noisy channel model").

    Args:
        arrays: what ``build`` returned; may be mapped from a file.

    >>> arrays = Speller.build(["präsident", "gipfel"], np.array([900, 400]))
    >>> Speller(arrays).suggest("Praesidnet")
    [Suggestion(word='präsident', count=900, distance=0.7)]
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._known = arrays["known"]
        self._forms = arrays["forms"]
        self._form_starts = arrays["form_starts"]
        self._folded = arrays["folded"]
        self._folded_starts = arrays["folded_starts"]
        self._counts = arrays["counts"]
        self._group_starts = arrays["group_starts"]
        self._rests = arrays["rests"]
        self._rest_groups = arrays["rest_groups"]

    @staticmethod
    def build(words: Sequence[str], counts: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """The arrays of a speller.

        Args:
            words: the distinct forms of the corpus, folded as by ``fold_exact``.
            counts: how often each occurs.

        Returns:
            ``known``: sorted hashes of all words. ``forms``, ``form_starts``, ``counts``: the words
            that may be suggested, in order of their loose folds, which are ``folded`` and
            ``folded_starts``. ``group_starts``: where in them words of another beginning follow.
            ``rests``, ``rest_groups``: hashes of the delete neighbourhoods of these beginnings,
            sorted, and whose they are.
        """
        known = np.array([_word_hash(word) for word in words], np.uint32)
        chosen = [
            number
            for number in np.flatnonzero(counts >= _min_count(int(counts.sum()))).tolist()
            if _correctable(words[number])
        ]
        folds = fold_loosely("\n".join(words[number] for number in chosen)).split("\n")
        order = sorted(range(len(chosen)), key=folds.__getitem__)
        forms = [words[chosen[place]] for place in order]
        arrays = {"known": np.unique(known)}
        arrays |= _form_arrays(forms, [folds[place] for place in order])
        arrays["counts"] = counts[np.array(chosen, np.intp)[order]].clip(max=2**32 - 1)
        arrays["counts"] = arrays["counts"].astype(np.uint32)
        return arrays | _neighbour_arrays(arrays["folded"], arrays["folded_starts"])

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
        nearest = self._nearest(fold_loosely(typed))
        found = [self._suggestion(typed, number) for number in nearest.tolist()]
        if occurs:
            found = _far_better(typed, found)
        found = [one for one in found if _near_enough(typed, one)]
        return sorted(found, key=_rank)[:limit]

    def occurs(self, word: str) -> bool:
        """Whether the corpus had a word when it was last counted.

        Args:
            word: lower case, ``ß`` as ``ss``.
        """
        own = np.uint32(_word_hash(word))
        place = int(np.searchsorted(self._known, own))
        return place < len(self._known) and bool(self._known[place] == own)

    def _nearest(self, fold: str) -> NDArray[np.intp]:
        """The words that look most alike, by letters, then by frequency."""
        pattern = letter_codes(fold)
        near = self._neighbours(pattern)
        starts = self._folded_starts[near].astype(np.intp)
        lengths = self._folded_starts[near + 1].astype(np.intp) - starts
        fits = np.abs(lengths - len(pattern)) <= MAX_DELETES
        near, starts, lengths = near[fits], starts[fits], lengths[fits]
        rows = gather_rows(self._folded, starts, lengths)
        distances = letter_distances(pattern, rows, lengths)
        # Two errors are assumed only where one explains nothing.
        reach = min(max(int(distances.min(initial=MAX_DELETES)), 1), MAX_DELETES)
        close = np.flatnonzero(distances <= reach)
        order = np.lexsort((-self._counts[near[close]].astype(np.int64), distances[close]))
        best: NDArray[np.intp] = near[close[order[:MAX_RANKED]]]
        return best

    def _neighbours(self, pattern: NDArray[np.uint8]) -> NDArray[np.intp]:
        """The words whose beginnings share a rest with that of the pattern."""
        prefix = gather_rows(pattern, np.zeros(1, np.intp), np.array([min(len(pattern), PREFIX)]))
        hashes, _ = rest_hashes(np.pad(prefix, ((0, 0), (0, PREFIX - prefix.shape[1]))))
        first = np.searchsorted(self._rests, hashes, side="left")
        after = np.searchsorted(self._rests, hashes, side="right")
        groups = np.unique(self._rest_groups[ranges(first, after - first)]).astype(np.intp)
        starts, ends = self._group_starts[groups], self._group_starts[groups + 1]
        return ranges(starts.astype(np.intp), (ends - starts).astype(np.intp))

    def _suggestion(self, typed: str, number: int) -> Suggestion:
        start, end = self._form_starts[number : number + 2].tolist()
        form = self._forms[start:end].tobytes().decode("utf-8")
        return Suggestion(form, int(self._counts[number]), typing_cost(typed, form))


def _word_hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _min_count(corpus_words: int) -> int:
    return next(least for words, least in MIN_COUNTS if corpus_words >= words)


def _correctable(word: str) -> bool:
    return MIN_LETTERS <= len(word) <= MAX_PATTERN and word.isalpha()


def _near_enough(typed: str, one: Suggestion) -> bool:
    """One error at most, or two in a long word where a frequent one is meant."""
    if one.distance <= 1.0:
        return True
    if len(typed) < MIN_LETTERS_TWO_ERRORS or one.count < MIN_COUNT_TWO_ERRORS:
        return one.distance <= MAX_COST and len(typed) > SHORT
    return one.distance <= MAX_COST_TWO_ERRORS


def _rank(one: Suggestion) -> tuple[float, int, str]:
    cost = one.distance - FREQUENCY_WEIGHT * math.log(one.count)
    return round(cost, 6), -one.count, one.word


def _far_better(typed: str, found: list[Suggestion]) -> list[Suggestion]:
    """For a word that occurs: only what is far more frequent, and all but the same."""
    own = max((one.count for one in found if one.word == typed), default=1)
    return [
        one
        for one in found
        if one.word != typed and one.count >= MIN_RATIO * own and one.distance <= MAX_KNOWN_COST
    ]


def _form_arrays(forms: list[str], folds: list[str]) -> dict[str, NDArray[Any]]:
    encoded = [form.encode("utf-8", "surrogatepass") for form in forms]
    return {
        "forms": np.frombuffer(b"".join(encoded), np.uint8),
        "form_starts": _starts(list(map(len, encoded))),
        "folded": letter_codes("".join(folds)),
        "folded_starts": _starts(list(map(len, folds))),
    }


def _starts(lengths: list[int]) -> NDArray[np.uint32]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32)


def _neighbour_arrays(folded: NDArray[Any], folded_starts: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Words in order of their folds in groups of equal beginnings, and the groups' rests."""
    starts = folded_starts[:-1].astype(np.intp)
    lengths = np.minimum(np.diff(folded_starts.astype(np.intp)), PREFIX)
    prefixes = gather_rows(folded, starts, lengths)
    prefixes = np.pad(prefixes, ((0, 0), (0, PREFIX - prefixes.shape[1])))
    differs = np.ones(len(starts), np.bool_)
    differs[1:] = np.any(prefixes[1:] != prefixes[:-1], axis=1)
    group_starts = np.flatnonzero(differs)
    rests, rest_groups = rest_hashes(prefixes[group_starts])
    return {
        "group_starts": np.append(group_starts, len(starts)).astype(np.uint32),
        "rests": rests,
        "rest_groups": rest_groups,
    }
