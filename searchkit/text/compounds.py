"""The parts of German compounds: Verteidigungsminister -> Verteidigung, Minister.

Every cut of many words is looked up at once. The words become rows of letter codes; prefix sums
give the hash of any part of any row; a bitmap discards most parts that are no word, a binary search
the rest. What remains is a graph over each word's letters, whose edges are known modifiers (with
their linking element) and, at the word's end, known heads. The cheapest path is the split, in the
sense of Viterbi (1967) over a model of one modifier or head at a time; it is taken where it costs
less than a word of that length may. A part's cost says in how many compounds it was seen. Words
that are themselves more frequent than their parts' geometric mean (Koehn and Knight 2003,
"Empirical methods for compound splitting", section 4) have to be split more cheaply.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.text import compound_rules as rules
from searchkit.text.compound_fold import (
    INVERSE_POWERS,
    MAX_LETTERS,
    OTHER,
    FoldedWords,
    fold_words,
    letter_columns,
    prefix_hashes,
)
from searchkit.text.compound_graph import (
    LONGEST_PART,
    NO_PARTS,
    NONE,
    SHORTEST_PART,
    Parts,
    Words,
    between_letters,
    cheapest_prefixes,
    joined,
    stretches,
    walk_back,
)
from searchkit.text.hash_places import HashPlaces
from searchkit.text.word_counts import COST_STEPS, NAME_HEAD, NO_PART, NOUN, WHOLE, WordCounts

_CHUNK_WORDS = 1 << 13
"""Words whose paths are looked for together; bounds the memory of a call."""

_BLOCK_STRETCHES = 1 << 15
"""Stretches hashed together: they stay in the processor's cache."""

_BLOCK_LETTERS = 8
"""The longest word of a block has at most so many letters more than the shortest."""

_BITMAP_BITS = 20
_BITMAP_SHIFT = np.uint64(64 - _BITMAP_BITS)

_COUNT_FLOOR = 0.1
"""Occurrences in a million added to every count, so that unknown words have a logarithm."""

_MIN_NEW_USES = 5
_MIN_NEW_SHARE = 3e-6
_MIN_NEW_LETTERS = 6
"""What a word of the corpus must have to become a part of compounds."""

_MIN_HEAD_CAPITAL = int(255 * rules.MIN_HEAD_CAPITAL_SHARE)
_DEFAULT_COSTS = rules.SplitCosts()
_LINK_CODES = tuple(tuple(ord(char) - 96 for char in link) for link in rules.LINKS)


class CompoundSplitter:
    """Splits compounds by word statistics that stay fixed for its life.

    Args:
        counts: the statistics, for instance ``WordCounts.seed()``.
        costs: what a split may cost.

    >>> splitter = CompoundSplitter(WordCounts.seed())
    >>> splitter.split(["Verteidigungsminister", "Haus"])
    [((0, 12), (13, 21)), ()]
    """

    __slots__ = ("_bitmap", "_costs", "_places", "counts")

    def __init__(self, counts: WordCounts, costs: rules.SplitCosts = _DEFAULT_COSTS) -> None:
        self.counts = counts
        self._costs = costs
        self._bitmap = np.zeros(1 << _BITMAP_BITS, np.bool_)
        self._bitmap[counts.hashes >> _BITMAP_SHIFT] = True
        self._places = HashPlaces(counts.hashes)

    def split(self, words: Sequence[str]) -> list[tuple[tuple[int, int], ...]]:
        """The parts of each word, in order, as half-open code point offsets; () where left whole.

        Args:
            words: single words, NFC, in any case.
        """
        numbers, starts, ends = self.split_array(words)
        bounds = np.searchsorted(numbers, np.arange(len(words) + 1)).tolist()
        spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
        return [tuple(spans[a:b]) for a, b in pairwise(bounds)]

    def merged(
        self, words: Sequence[str], counts: NDArray[Any], capitalised: NDArray[Any]
    ) -> CompoundSplitter:
        """A splitter that knows the words of a corpus as well.

        A word only the corpus knows becomes a part where it is a frequent, mostly capitalised
        word that this splitter leaves whole.

        Args:
            words: distinct forms of the corpus.
            counts: occurrences of each.
            capitalised: those of them that begin with a capital.
        """
        total = max(float(np.sum(counts)), 1.0)
        letters = np.fromiter(map(len, words), np.int64, len(words))
        frequent = counts >= max(_MIN_NEW_USES, _MIN_NEW_SHARE * total)
        may_be_part = frequent & (letters >= _MIN_NEW_LETTERS) & (letters <= LONGEST_PART)
        may_be_part &= np.fromiter(map(str.isalpha, words), np.bool_, len(words))
        candidates = np.flatnonzero(may_be_part)
        split = self.split_array([words[n] for n in candidates.tolist()])[0]
        may_be_part[candidates[split]] = False
        return CompoundSplitter(
            self.counts.merged(words, counts, capitalised, may_be_part), self._costs
        )

    def split_array(
        self, words: Sequence[str]
    ) -> tuple[NDArray[np.int32], NDArray[np.int16], NDArray[np.int16]]:
        """The parts of all words as parallel arrays: word number, start, end; sorted.

        Args:
            words: single words, NFC, in any case.
        """
        folded = fold_words(words)
        rows = _splittable(folded)
        found = [NO_PARTS]
        for at in range(0, len(rows), _CHUNK_WORDS):
            found.append(self._split_chunk(folded, rows[at : at + _CHUNK_WORDS]))
        parts = joined(found)
        parts = parts[np.argsort(parts.rows * (MAX_LETTERS + 1) + parts.starts)]
        first = folded.starts[parts.rows]
        return (
            parts.rows.astype(np.int32),
            folded.origins[first + parts.starts].astype(np.int16),
            (folded.origins[first + parts.ends - 1] + 1).astype(np.int16),
        )

    def _split_chunk(self, folded: FoldedWords, numbers: NDArray[np.int64]) -> Parts:
        """The parts of some words, shortest first; their rows become word numbers."""
        words = Words(folded, folded.starts[numbers], folded.lengths[numbers])
        known, hashes = self._known_parts(words)
        modifiers, nexts = self._modifiers(known, words)
        own_costs = _bits(self.counts.modifiers[modifiers.entries]) + np.float32(self._costs.part)
        costs, came = cheapest_prefixes(modifiers, nexts, own_costs, words.lengths)
        heads, totals = self._cheapest_heads(known, words, costs)
        parts = walk_back(heads, modifiers, came)
        taken = self._accepted(heads, totals, parts, words, hashes)
        parts = parts[taken[parts.rows]]
        return Parts(numbers[parts.rows], parts.starts, parts.ends, parts.entries)

    def _find(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Where each hash stands in the statistics, and whether it does."""
        places = self._places.find(hashes)
        found = places < len(self.counts)
        places[~found] = 0
        return places, found

    def _known_parts(self, words: Words) -> tuple[Parts, NDArray[np.uint64]]:
        """Every stretch of every word that is a known word, the whole word excepted; and the hash
        of each word.
        """
        found, hashes = [NO_PARTS], [np.zeros(0, np.uint64)]
        whole = np.zeros(len(words.lengths), np.uint64)
        at = 0
        while at < len(words.lengths):
            starts, ends = stretches(int(words.lengths[at]))
            alike = np.searchsorted(words.lengths, words.lengths[at] + _BLOCK_LETTERS, "right")
            size = max(1, _BLOCK_STRETCHES // len(starts))
            rows = np.arange(at, min(at + size, int(alike)))
            starts, ends = stretches(int(words.lengths[rows[-1]]))
            prefixes = prefix_hashes(
                letter_columns(words.folded, words.first[rows], words.lengths[rows])
            )
            whole[rows] = prefixes[words.lengths[rows], np.arange(len(rows))]
            hashed = prefixes[ends] - prefixes[starts]
            hashed *= INVERSE_POWERS[starts][:, None]
            buckets = (hashed >> _BITMAP_SHIFT).view(np.int64)
            hits = np.flatnonzero(self._bitmap.take(buckets))
            stretch, column = np.divmod(hits, len(rows))
            found.append(Parts(rows[column], starts[stretch], ends[stretch], hits))
            hashes.append(hashed.reshape(-1)[hits])
            at += len(rows)
        parts = joined(found)
        entries, known = self._find(np.concatenate(hashes))
        known &= parts.ends <= words.lengths[parts.rows]
        parts = Parts(parts.rows, parts.starts, parts.ends, entries)[known]
        return parts[between_letters(words, parts)], whole

    def _modifiers(self, known: Parts, words: Words) -> tuple[Parts, NDArray[np.int64]]:
        """Edges that are modifiers, and where the next part starts behind each one's link."""
        links = self.counts.links[known.entries]
        known, links = known[links > 0], links[links > 0]
        after = words.first[known.rows] + known.ends
        room = words.lengths[known.rows] - known.ends
        chosen, nexts = [NONE], [NONE]
        for bit, letters in enumerate(_LINK_CODES):
            edges = np.flatnonzero((links >> bit) & 1)
            edges = edges[room[edges] >= len(letters) + SHORTEST_PART]
            if not len(edges):
                continue
            for step, code in enumerate(letters):
                edges = edges[words.folded.codes[after[edges] + step] == code]
            chosen.append(edges)
            nexts.append(known.ends[edges] + len(letters))
        return known[np.concatenate(chosen)], np.concatenate(nexts)

    def _cheapest_heads(
        self, known: Parts, words: Words, costs: NDArray[np.float32]
    ) -> tuple[Parts, NDArray[np.float32]]:
        """At most one head for each word, with the cost of the whole split."""
        known = known[(known.ends == words.lengths[known.rows]) & (known.starts > 0)]
        own = self.counts.heads[known.entries]
        reached = costs[known.rows, known.starts]
        capital = self.counts.capitals[known.entries] >= _MIN_HEAD_CAPITAL
        edges = np.flatnonzero((own != NO_PART) & (reached < np.inf) & capital)
        total = reached[edges] + _bits(own[edges])
        order = np.lexsort((total, known.rows[edges]))
        rows = known.rows[edges[order]]
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        return known[edges[order[first]]], total[order[first]]

    def _accepted(
        self,
        heads: Parts,
        totals: NDArray[np.float32],
        parts: Parts,
        words: Words,
        hashes: NDArray[np.uint64],
    ) -> NDArray[np.bool_]:
        """For each word, by its hash, whether its split costs no more than the word may."""
        counts, rows, size = self.counts, heads.rows, len(words.lengths)
        taken = np.zeros(size, np.bool_)
        if not len(rows):
            return taken
        letters = words.lengths[rows]
        number = np.bincount(parts.rows, minlength=size)[rows]
        logs = np.log2(counts.counts[parts.entries] + _COUNT_FLOOR)
        mean = np.bincount(parts.rows, logs, size)[rows] / number
        places, found = self._find(hashes[rows])
        excess = np.where(found, np.log2(counts.counts[places] + _COUNT_FLOOR) - mean, 0)
        limit = self._costs.base + self._costs.letter * letters
        limit -= self._costs.whole * np.maximum(excess, 0)
        flags = np.where(found, counts.flags[places], 0)
        named = (counts.flags[heads.entries] & NAME_HEAD) != 0
        named &= (number == 2) & (letters <= rules.MAX_NAME_LETTERS) & ((flags & NOUN) == 0)
        barred = ((flags & WHOLE) != 0) | (named & (not self._costs.names))
        taken[rows] = (totals <= limit) & ~barred
        return taken


def _bits(steps: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Stored costs in bits."""
    return steps.astype(np.float32) * np.float32(1 / COST_STEPS)


def _splittable(folded: FoldedWords) -> NDArray[np.int64]:
    """Numbers of the words of a fit length and of letters only, shortest first."""
    lengths = folded.lengths
    others = np.concatenate([[0], np.cumsum(folded.codes == OTHER)])
    fit = (lengths >= rules.MIN_WORD_LETTERS) & (lengths <= MAX_LETTERS)
    fit &= np.diff(others[folded.starts]) == 0
    rows = np.flatnonzero(fit)
    return rows[np.argsort(lengths[rows], kind="stable")]
