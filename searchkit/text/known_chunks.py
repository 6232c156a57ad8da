"""What lies in every white-space chunk that was taken apart, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.text.chunk_table import ChunkTable
from searchkit.text.chunks import Chunks
from searchkit.text.growing import GrowingArray, IntArray, ranges
from searchkit.text.tokenise import TokenColumns


@dataclass(frozen=True, slots=True)
class CutText:
    """The white-space chunks of one text, for who wants to know more of them than their words.

    Invariants: int32 arrays of one length. ``numbers`` are those that ``known`` gives;
    ``text[starts[i] : starts[i] + letters[i]]`` is chunk ``i``.
    """

    known: KnownChunks
    numbers: IntArray
    starts: IntArray
    letters: IntArray


class KnownChunks:
    """Chunks by number, with their tokens; many threads may look up while one adds."""

    def __init__(self) -> None:
        self._table = ChunkTable()
        self._rows = GrowingArray(3)  # first token, number of tokens, letters
        self._tokens = GrowingArray(4)  # form, start and end in the chunk, joined or not

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, chunks: Chunks) -> IntArray:
        """The number of each chunk, -1 where it has none."""
        return self._table.find(chunks)

    def add(self, chunks: Chunks, letters: IntArray, tokens: TokenColumns, forms: IntArray) -> None:
        """Add distinct chunks that are new.

        Args:
            chunks: without white space.
            letters: code points of each.
            tokens: what lies in them.
            forms: the form number of each token.
        """
        firsts = len(self._tokens) + np.cumsum(tokens.counts) - tokens.counts
        numbers = np.arange(len(self), len(self) + len(chunks), dtype=np.int32)
        self._tokens.extend(np.column_stack([forms, tokens.starts, tokens.ends, tokens.joined]))
        self._rows.extend(np.column_stack([firsts, tokens.counts, letters]))
        # Last: who finds a number finds everything behind it complete.
        self._table.add(chunks, numbers)

    def tokens(self, numbers: IntArray) -> tuple[IntArray, IntArray, NDArray[np.int32]]:
        """How many tokens each of some chunks has, its letters, and the rows of all their tokens:
        form, start, end, joined or not.
        """
        first, counts, letters = self._rows.view().take(numbers, axis=0).T
        return counts, letters, self._tokens.view().take(ranges(first, counts), axis=0)
