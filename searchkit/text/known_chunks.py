"""What lies in every white-space chunk that was taken apart, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.text.chunk_table import ChunkTable
from searchkit.text.chunks import Chunks
from searchkit.text.growing import GrowingArray, IntArray, offsets, ranges
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


class ChunkRows(NamedTuple):
    """What is known of some chunks.

    Invariants: int32 arrays with an entry per chunk: its number of ``tokens`` and where these begin
    among the tokens kept (``first``), its ``words`` (the tokens without chains), its ``letters``;
    ``forms``, ``starts`` and ``ends`` are those of its first token, 0 where it has none.
    """

    first: IntArray
    tokens: IntArray
    words: IntArray
    letters: IntArray
    forms: IntArray
    starts: IntArray
    ends: IntArray


class ChunkWords(NamedTuple):
    """The words of some chunks, and the hyphen chains written as one word.

    Invariants: int32 arrays. ``counts`` says how many words each chunk has; ``forms``, ``starts``
    and ``ends`` have an entry per word, in order. ``chains`` are rows of form, start and end, in
    order; ``chain_chunks`` counts, for each, into the chunks.
    """

    counts: IntArray
    forms: IntArray
    starts: IntArray
    ends: IntArray
    chains: IntArray
    chain_chunks: NDArray[np.intp]


class KnownChunks:
    """Chunks by number, with their tokens; many threads may look up while one adds."""

    def __init__(self) -> None:
        self._table = ChunkTable()
        # The columns of ``ChunkRows``, and one to fill: most chunks have a single token, so that to
        # look one up is to read one row of 32 bytes.
        self._rows = GrowingArray(8)
        # Those of chunks with several: form, start and end in the chunk, joined or not.
        self._tokens = GrowingArray(4)

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
        counts = tokens.counts
        columns = np.column_stack([forms, tokens.starts, tokens.ends, tokens.joined])
        first = offsets(counts)[:-1]
        several = counts > 1
        owners = np.repeat(np.arange(len(chunks)), counts)
        chains = np.bincount(owners[tokens.joined], minlength=len(chunks))
        rows = np.zeros((len(chunks), 8), np.int32)
        rows[:, 0] = len(self._tokens) + offsets(counts * several)[:-1]
        rows[:, 1:4] = np.column_stack([counts, counts - chains, letters])
        rows[counts > 0, 4:7] = columns[first[counts > 0], :3]
        self._tokens.extend(columns[several[owners]])
        numbers = np.arange(len(self), len(self) + len(chunks), dtype=np.int32)
        self._rows.extend(rows)
        # Last: who finds a number finds everything behind it complete.
        self._table.add(chunks, numbers)

    def rows(self, numbers: IntArray) -> ChunkRows:
        """What is known of some chunks."""
        return ChunkRows(*self._rows.view().take(numbers, axis=0).T[:7])

    def words(self, rows: ChunkRows, begins: IntArray) -> ChunkWords:
        """The words in some chunks.

        Args:
            rows: those of the chunks.
            begins: where each chunk begins; starts and ends count from there.
        """
        counts = rows.words.copy()
        forms = np.repeat(rows.forms, counts)
        starts = np.repeat(rows.starts + begins, counts)
        ends = np.repeat(rows.ends + begins, counts)
        many = np.flatnonzero(rows.tokens > 1)
        tokens = rows.tokens[many]
        found = self._tokens.view().take(ranges(rows.first[many], tokens), axis=0)
        owners = np.repeat(many, tokens)
        found[:, 1:3] += begins[owners, None]
        is_chain = found[:, 3] != 0
        places = ranges(offsets(counts)[many], counts[many])
        forms[places], starts[places], ends[places] = found[~is_chain, :3].T
        return ChunkWords(counts, forms, starts, ends, found[is_chain, :3], owners[is_chain])
