"""Numbers of white-space chunks by their bytes, looked up many at once.

A hash table with open addressing (Knuth, "The Art of Computer Programming", volume 3, section 6.4)
whose columns are arrays. A chunk of at most 24 bytes is three machine words, which are compared
as they stand: a number that is found is right, whatever the hashes are.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.text.chunks import Chunks
from searchkit.text.growing import IntArray

_WORDS = 3
_WORD_BYTES = 8
_LONGEST = _WORDS * _WORD_BYTES
"""Longer chunks, one in 600 of news, are in a dictionary."""

_PROBES = 6
"""A chunk that finds so many places taken, one in 130, goes to the dictionary, too: looking at so
few a seventh time costs more than that."""

_FEWEST_BITS = 10

# Behind the last byte of a chunk stand bytes that are in no UTF-8, so that chunks of different
# lengths differ.
_END = 0xFF
_FILLED = (1 << 64) - 1
_BEHIND = np.array([_FILLED << (8 * n) & _FILLED for n in range(8)] + [0], np.uint64)
_FILLED_32 = (1 << 31) - 1
_NO_WORD = np.uint64(_FILLED)

# Unlike those of other processes, so that nobody can make texts whose chunks all want one place.
_FACTORS = np.frombuffer(os.urandom(16 * _WORDS), np.uint64) | np.uint64(1)
_HALF = np.uint64(32)

Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Keys:
    """Chunks as machine words.

    Invariants: ``first`` has the first word of each; ``more`` the further words of those whose
    bytes fill the words before, as places among the chunks and words: where the bytes end there, a
    word of end marks, without which a chunk would equal any that begins so. ``hashes`` follow from
    the words.
    """

    first: Words
    more: tuple[tuple[NDArray[np.intp], Words], ...]
    hashes: Words

    @classmethod
    def of(cls, chunks: Chunks) -> _Keys:
        content = chunks.content
        # The eight bytes from every place on; fit to be gathered from only.
        words = np.ndarray((len(content) - _WORD_BYTES + 1,), "<u8", content, strides=(1,))
        first = words[chunks.begins] | _BEHIND.take(chunks.lengths, mode="clip")
        hashes = _mixed(first, 0)
        more = []
        longer = np.flatnonzero(chunks.lengths >= _WORD_BYTES)
        for number in range(1, _WORDS):
            skipped = number * _WORD_BYTES
            longer = longer[chunks.lengths[longer] >= skipped]
            behind = _BEHIND.take(chunks.lengths[longer] - skipped, mode="clip")
            word = words[chunks.begins[longer] + skipped] | behind
            hashes[longer] += _mixed(word, number)
            more.append((longer, word))
        return cls(first, tuple(more), hashes)

    def columns(self, chosen: NDArray[np.intp]) -> Words:
        """All words of some chunks in ascending order, a chunk a column."""
        rows = np.full((_WORDS, len(chosen)), _NO_WORD)
        rows[0] = self.first[chosen]
        for row, (longer, word) in zip(rows[1:], self.more, strict=True):
            places = np.searchsorted(longer, chosen)
            has = np.append(longer, -1)[places] == chosen
            row[has] = word[places[has]]
        return rows


@dataclass(frozen=True, slots=True)
class _Slots:
    """The places of a table; a power of two.

    Invariants: ``rows`` has shape (places, 4): the words of a chunk and behind them its number plus
    one, 0 at free places, so that looking at a place is reading one row. The words of a place are
    written before its number: who finds the words equal reads a number that belongs to them, or 0.
    ``others`` are the numbers of the chunks that have no place, by their bytes.
    """

    rows: Words
    others: dict[bytes, int]

    @classmethod
    def empty(cls, bits: int) -> _Slots:
        return cls(np.zeros((1 << bits, _WORDS + 1), np.uint64), {})

    def home(self, hashes: Words) -> NDArray[np.int64]:
        """Where to look first."""
        bits = len(self.rows).bit_length() - 1
        return (hashes >> np.uint64(64 - bits)).astype(np.int64)

    def next(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where to look after that."""
        return (places + 1) & (len(self.rows) - 1)

    def find(self, keys: _Keys) -> tuple[IntArray, NDArray[np.intp]]:
        """The number of each chunk, -1 for none; and which chunks have all their places taken."""
        places = self.home(keys.hashes)
        rows = self.rows.take(places, axis=0)
        numbers = _numbers(rows)
        differs = rows[:, 0] != keys.first
        flat = rows.reshape(-1)
        for column, (longer, word) in enumerate(keys.more, 1):
            differs[longer[flat.take(longer * (_WORDS + 1) + column) != word]] = True
        left = np.flatnonzero(differs & (numbers >= 0))
        numbers[left] = -1
        columns, places = keys.columns(left), places[left]
        for _ in range(1, _PROBES):
            if not len(left):
                break
            places = self.next(places)
            rows = self.rows.take(places, axis=0)
            found = _numbers(rows)
            same = found >= 0
            for column, word in enumerate(columns):
                same &= rows[:, column] == word
            numbers[left[same]] = found[same]
            again = ~same & (found >= 0)
            left, places, columns = left[again], places[again], columns[:, again]
        return numbers, left

    def insert(self, columns: Words, hashes: Words, numbers: IntArray) -> NDArray[np.intp]:
        """Enter chunks that are not here; which of them found no free place is returned."""
        places = self.home(hashes)
        left = np.arange(len(numbers))
        claims = np.empty(len(self.rows), np.int32)
        for _ in range(_PROBES):
            if not len(left):
                break
            free = left[self.rows[places[left], _WORDS] == 0]
            # Of several that want a place that chunk has it which came first of all, for it is the
            # most frequent mostly.
            wanted = places[free]
            claims[wanted] = _FILLED_32
            np.minimum.at(claims, wanted, numbers[free])
            won = free[claims[wanted] == numbers[free]]
            self.rows[places[won], :_WORDS] = columns[:, won].T
            self.rows[places[won], _WORDS] = numbers[won] + 1
            left = left[_numbers(self.rows[places[left]]) != numbers[left]]
            places[left] = self.next(places[left])
        return left


def _numbers(rows: Words) -> IntArray:
    """The numbers in rows of a table, -1 where there is none."""
    numbers = rows[:, _WORDS].astype(np.int32)
    numbers -= 1
    return numbers


class ChunkTable:
    """The numbers of chunks; many threads may look up while one adds.

    What is being added at the time may be found or not; what is found is right.

    >>> from searchkit.text.chunks import cut_at_spaces
    >>> table, chunks = ChunkTable(), cut_at_spaces(["Nach den Gipfeln"])
    >>> table.add(chunks, np.arange(3, dtype=np.int32))
    >>> table.find(cut_at_spaces(["Gipfeln von Rom", "den"])).tolist()
    [2, -1, -1, 1]
    """

    def __init__(self) -> None:
        self._slots = _Slots.empty(_FEWEST_BITS)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def find(self, chunks: Chunks) -> IntArray:
        """The number of each chunk, -1 where it has none."""
        # One object at any time: a larger table has room for what was elsewhere in this.
        slots = self._slots
        numbers, crowded = slots.find(_Keys.of(chunks))
        elsewhere = np.concatenate([crowded, np.flatnonzero(chunks.lengths > _LONGEST)])
        numbers[elsewhere] = [slots.others.get(key, -1) for key in _bytes(chunks, elsewhere)]
        return numbers

    def add(self, chunks: Chunks, numbers: IntArray) -> None:
        """Give numbers to distinct chunks that have none; for one thread at a time."""
        self._count += len(chunks)
        if 2 * self._count > len(self._slots.rows):
            self._grow()
        short = np.flatnonzero(chunks.lengths <= _LONGEST)
        keys = _Keys.of(chunks)
        crowded = self._slots.insert(keys.columns(short), keys.hashes[short], numbers[short])
        elsewhere = np.concatenate([short[crowded], np.flatnonzero(chunks.lengths > _LONGEST)])
        names = _bytes(chunks, elsewhere)
        self._slots.others.update(zip(names, numbers[elsewhere].tolist(), strict=True))

    def _grow(self) -> None:
        """Make a table eight times as large as what is in this one, and enter that anew."""
        old = self._slots
        # Not twice only: to enter a chunk anew takes longer than to look it up.
        slots = _Slots.empty((8 * self._count).bit_length() - 1)
        used = old.rows[old.rows[:, _WORDS] > 0]
        crowded = [key for key in old.others if len(key) <= _LONGEST]
        filled = [key.ljust(_LONGEST, bytes([_END])) for key in crowded]
        words = np.frombuffer(b"".join(filled), "<u8").reshape(-1, _WORDS).T
        columns = np.concatenate([used[:, :_WORDS].T, words], axis=1)
        numbers = np.array([old.others[key] for key in crowded], np.int32)
        numbers = np.concatenate([_numbers(used), numbers])
        left = slots.insert(columns, _hashes(columns), numbers)
        long = {key: number for key, number in old.others.items() if len(key) > _LONGEST}
        slots.others.update(long)
        for place in left.tolist():
            key = columns[:, place].astype("<u8").tobytes().rstrip(bytes([_END]))
            slots.others[key] = int(numbers[place])
        self._slots = slots


def _mixed(words: Words, number: int) -> Words:
    """What the word of a number adds to the hash of its chunk, most in the highest bits.

    A word of end marks adds nothing.
    """
    mixed: Words = ~words * _FACTORS[2 * number]
    mixed ^= mixed >> _HALF
    mixed *= _FACTORS[2 * number + 1]
    return mixed


def _hashes(columns: Words) -> Words:
    """The hashes of chunks by all their words."""
    hashes = _mixed(columns[0], 0)
    for number, row in enumerate(columns[1:], 1):
        hashes += _mixed(row, number)
    return hashes


def _bytes(chunks: Chunks, places: NDArray[np.intp]) -> list[bytes]:
    begins = chunks.begins[places]
    ends = begins + chunks.lengths[places]
    content = chunks.content
    return [content[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]
