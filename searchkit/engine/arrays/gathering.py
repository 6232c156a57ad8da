"""The words of documents while they are gathered for a segment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.form_columns import MAX_LETTERS
from searchkit.engine.arrays.integers import Arrays, narrowest, small_integer_arrays
from searchkit.engine.arrays.postings import Layout, Occurrences
from searchkit.text.growing import IntArray, offsets
from searchkit.text.lexicon import AnalysedText

_NO_NUMBERS = np.zeros(0, np.int32)


class _Block(NamedTuple):
    """The occurrences of one field in some documents, by form numbers of the lexicon.

    ``counts`` are those of each document from ``first`` on; ``positions`` are 0, 1, 2 … in each
    document where they are None.
    """

    first: int
    counts: IntArray
    forms: IntArray
    positions: IntArray | None


_NO_WORDS = _Block(0, _NO_NUMBERS, _NO_NUMBERS, None)


class GatheredWords:
    """The occurrences of one field; in blocks of many documents each, large enough that the system
    has their memory back when one is let go of.
    """

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._widths: list[IntArray] = []

    def add(self, first: int, texts: Sequence[AnalysedText]) -> None:
        """The words of the documents from number ``first`` on."""
        forms = joined([words.forms for words in texts])
        self._blocks.append(_Block(first, _sizes([words.forms for words in texts]), forms, None))

    def add_chains(self, first: int, texts: Sequence[AnalysedText]) -> None:
        """The hyphen chains of the documents from number ``first`` on, each at the position of its
        first word.
        """
        forms = joined([words.joined_forms for words in texts])
        if not len(forms):
            return
        counts = _sizes([words.joined_forms for words in texts])
        starts = joined([words.joined_starts for words in texts])
        ends = joined([words.joined_ends for words in texts])
        self._blocks.append(_Block(first, counts, forms, _positions(texts, counts, starts)))
        self._widths.append(ends - starts)

    def mark_forms(self, used: NDArray[np.bool_]) -> None:
        """Set what stands for the forms that occur."""
        for block in self._blocks:
            used[block.forms] = True

    def occurrences(self, rank_of: IntArray, documents: int, longest: int) -> Occurrences:
        """All of them by other numbers of their forms; they are then used up.

        Args:
            rank_of: the numbers, by form.
            documents: how many there are.
            longest: no position is as large.
        """
        layout = Layout.of(documents, longest, len(rank_of))
        widths = joined(self._widths) if self._widths else None
        keys = np.empty(sum(len(block.forms) for block in self._blocks), dtype=np.uint64)
        every_position = np.arange(longest, dtype=np.int32)
        end = 0
        for n, block in enumerate(self._blocks):
            numbers = np.arange(block.first, block.first + len(block.counts), dtype=np.int32)
            owners = np.repeat(numbers, block.counts)
            positions = block.positions
            if positions is None:
                positions = joined([every_position[:count] for count in block.counts.tolist()])
            begin, end = end, end + len(owners)
            keys[begin:end] = layout.packed(rank_of[block.forms], owners, positions)
            self._blocks[n] = _NO_WORDS
        return Occurrences(keys, layout, widths)


class GatheredPlaces:
    """Where the words of texts stand: gaps from start to start; lengths where a word is not as long
    as its form, because something invisible stands in it.
    """

    def __init__(self) -> None:
        self._words = 0
        self._gaps: list[NDArray[Any]] = []
        self._odd_words: list[NDArray[np.int64]] = []
        self._odd_lengths: list[IntArray] = []

    def add(self, texts: Sequence[AnalysedText], form_letters: IntArray) -> None:
        """The words of further texts.

        Args:
            texts: in order of their documents.
            form_letters: how many letters each form of the lexicon has.
        """
        starts = joined([words.starts for words in texts])
        gaps = np.diff(starts, prepend=0)
        counts = _sizes([words.starts for words in texts])
        first = offsets(counts)[:-1][counts > 0]
        gaps[first] = starts[first]
        lengths = joined([words.ends for words in texts]) - starts
        letters = form_letters[joined([words.forms for words in texts])]
        odd = np.flatnonzero(lengths != np.minimum(letters, MAX_LETTERS))
        self._odd_words.append(odd + self._words)
        self._odd_lengths.append(lengths[odd])
        self._gaps.append(narrowest(gaps, np.uint8, np.uint32))
        self._words += len(starts)

    def arrays(self) -> Arrays:
        """See ``place_arrays``."""
        return place_arrays(self._gaps, self._odd_words, self._odd_lengths)


def place_arrays(
    gaps: Sequence[NDArray[Any]],
    odd_words: Sequence[NDArray[Any]],
    odd_lengths: Sequence[NDArray[Any]],
) -> Arrays:
    """The arrays that say where the words of the texts stand."""
    return small_integer_arrays("gaps", joined(gaps)) | {
        "odd.words": narrowest(joined(odd_words), np.uint32),
        "odd.lengths": joined(odd_lengths).astype(np.uint32),
    }


def joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Arrays of numbers as one, of none of them an empty one."""
    return np.concatenate([*arrays, _NO_NUMBERS])


def _positions(texts: Sequence[AnalysedText], counts: IntArray, starts: IntArray) -> IntArray:
    """The position of the word that begins where each chain does; ``counts`` chains a text."""
    words = offsets(_sizes([text.starts for text in texts]))
    # Texts are put one behind the other, so that all are looked through at once.
    span = 1 + max((int(text.starts[-1]) for text in texts if len(text)), default=0)
    shifts = np.arange(len(texts), dtype=np.int64) * span
    all_starts = joined([text.starts for text in texts]) + np.repeat(shifts, np.diff(words))
    found = np.searchsorted(all_starts, starts + np.repeat(shifts, counts))
    return (found - np.repeat(words[:-1], counts)).astype(np.int32)


def _sizes(arrays: Sequence[NDArray[Any]]) -> IntArray:
    return np.fromiter(map(len, arrays), np.int32, len(arrays))
