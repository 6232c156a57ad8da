"""Strings that a prefix, a wildcard or a misspelt word stands for, without a loop over all."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from searchkit.query.plan import ExpansionKind
from searchkit.query.wildcards import wildcard_source

IntArray = NDArray[np.int64]

# One letter in UTF-8, and one byte of a line.
_LETTER = r"(?:[\x00-\x09\x0b-\x7f]|[\xc0-\xff][\x80-\xbf]*)"
_BYTE = r"[^\n]"


class TermTable:
    """The terms of one field, laid out for scans.

    Args:
        content: the terms in UTF-8, ascending, a line break after each and in none.

    >>> table = TermTable.of(["gipfel", "gipfels", "kreml", "putin"])
    >>> [table.expand(*q).tolist() for q in [("wildcard", "k*l"), ("fuzzy", "putn", 1)]]
    [[2], [3]]
    >>> table.expand("prefix", "gip").tolist()
    [0, 1]
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._ends: IntArray | None = None
        self._points: NDArray[np.uint32] | None = None
        self._starts_by_length: dict[int, IntArray] = {}
        self._numbers_by_length: dict[int, IntArray] = {}

    @classmethod
    def of(cls, terms: Iterable[str]) -> TermTable:
        """A table of ascending terms; line breaks in them become blanks."""
        lines = (term.replace("\n", " ") for term in terms)
        return cls("".join(f"{line}\n" for line in lines).encode())

    def expand(self, kind: ExpansionKind, pattern: str, edits: int = 0) -> IntArray:
        """The numbers of the terms that a pattern of any kind stands for, ascending."""
        # No line has a break in it, and no pattern may reach from one line into the next.
        pattern = pattern.replace("\n", " ")
        if kind == "fuzzy":
            return self._fuzzy(pattern, edits)
        return self._matching(_escaped(pattern) + "*" if kind == "prefix" else pattern)

    def _matching(self, pattern: str) -> IntArray:
        """Terms that match ``*`` (any letters), ``?`` (one) and ``\\`` before either."""
        # Bytes as if each were a letter: what means something in a pattern is a byte in UTF-8.
        source = wildcard_source(
            pattern.encode("utf-8", "replace").decode("latin-1"), _LETTER, _BYTE
        )
        regex = f"^{source}$".encode("latin-1")
        # One scan in C over all terms; each find begins where a line does.
        found = [m.start() for m in re.finditer(regex, self._content, re.MULTILINE)]
        places = np.array(found, dtype=np.int64)
        # What matches the empty line behind the last term is no term.
        return np.searchsorted(self._line_ends(), places[places < len(self._content)])

    def _line_ends(self) -> IntArray:
        if self._ends is None:
            letters = np.frombuffer(self._content, dtype=np.uint8)
            self._ends = np.flatnonzero(letters == 10)
        return self._ends

    def _fuzzy(self, word: str, edits: int) -> IntArray:
        """Terms within so many insertions, deletions, substitutions and neighbour swaps."""
        found = [np.zeros(0, dtype=np.int64)]
        for length in range(max(1, len(word) - edits), len(word) + edits + 1):
            numbers, letters = self._of_length(length)
            if len(numbers):
                found.append(numbers[_within(letters, word, edits)])
        return np.sort(np.concatenate(found))

    def _of_length(self, length: int) -> tuple[IntArray, NDArray[np.uint32]]:
        """The terms of so many letters, one a row."""
        if self._points is None:
            points = np.frombuffer(self._content.decode().encode("utf-32-le"), dtype=np.uint32)
            ends = np.flatnonzero(points == 10)
            starts = np.concatenate([np.zeros(min(1, len(ends)), np.int64), ends[:-1] + 1])
            order = np.argsort(ends - starts, kind="stable")
            lengths, first = np.unique((ends - starts)[order], return_index=True)
            bounds = [*first.tolist(), len(order)]
            for n, begin, end in zip(lengths.tolist(), bounds, bounds[1:], strict=False):
                self._numbers_by_length[n] = order[begin:end]
                self._starts_by_length[n] = starts[order[begin:end]]
            self._points = points  # last: another thread may be asking
        none = np.zeros(0, dtype=np.int64)
        numbers = self._numbers_by_length.get(length, none)
        starts = self._starts_by_length.get(length, none)
        return numbers, self._points[starts[:, None] + np.arange(length)]


def _escaped(text: str) -> str:
    return re.sub(r"([\\*?])", r"\\\1", text)


def _within(letters: NDArray[np.uint32], word: str, edits: int) -> NDArray[np.bool_]:
    """Which terms, all of one length, are within ``edits`` of a word.

    The optimal string alignment distance (Damerau 1964; Boytsov 2011, section 2.2.2), its table
    filled for all terms at once: ``rows[j]`` holds one number per term.
    """
    count, length = letters.shape
    columns = np.ascontiguousarray(letters.T)
    codes = [ord(letter) for letter in word]
    before: list[NDArray[np.int16]] = []
    last = [np.full(count, j, dtype=np.int16) for j in range(length + 1)]
    for i, code in enumerate(codes, start=1):
        row = [np.full(count, i, dtype=np.int16)]
        for j in range(1, length + 1):
            same = columns[j - 1] == code
            best = np.minimum(last[j - 1] + ~same, np.minimum(row[j - 1], last[j]) + 1)
            if i > 1 and j > 1:
                swapped = (columns[j - 2] == code) & (columns[j - 1] == codes[i - 2])
                best = np.where(swapped, np.minimum(best, before[j - 2] + 1), best)
            row.append(best.astype(np.int16))
        before, last = last, row
    return np.asarray(last[length] <= edits)
