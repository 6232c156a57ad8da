"""Terms that a prefix, a wildcard or a misspelt word stands for, without a loop over the terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.query.plan import ExpansionKind


class TermTable:
    """The terms of one field, laid out for scans.

    Args:
        terms: ascending by code point, none with a line break.

    >>> table = TermTable(["gipfel", "gipfels", "kreml", "putin"])
    >>> table.prefix("gip"), table.wildcard("k*l"), table.fuzzy("putn", 1)
    (['gipfel', 'gipfels'], ['kreml'], ['putin'])
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._lines = "\n" + "\n".join(terms) + "\n"
        self._by_length: dict[int, NDArray[np.str_]] | None = None
        self._terms = terms

    def expand(self, kind: ExpansionKind, pattern: str, edits: int) -> list[str]:
        """The terms that a pattern of any kind stands for."""
        if kind == "fuzzy":
            return self.fuzzy(pattern, edits)
        return self.prefix(pattern) if kind == "prefix" else self.wildcard(pattern)

    def prefix(self, prefix: str) -> list[str]:
        """The terms that begin with ``prefix``, ascending."""
        return self.wildcard(_escaped(prefix) + "*")

    def wildcard(self, pattern: str) -> list[str]:
        """The terms that match ``*`` (any letters), ``?`` (one) and ``\\`` before either."""
        parts = re.findall(r"\\.|.", pattern, re.DOTALL)
        wild = {"*": "[^\n]*", "?": "[^\n]"}
        regex = "".join(wild.get(part) or re.escape(part[-1]) for part in parts)
        # One scan in C over all terms; the look-behind and look-ahead keep line breaks unspent.
        return re.findall(f"(?<=\n){regex}(?=\n)", self._lines)

    def fuzzy(self, word: str, edits: int) -> list[str]:
        """The terms within so many insertions, deletions, substitutions and neighbour swaps."""
        lengths = range(max(1, len(word) - edits), len(word) + edits + 1)
        return [
            str(term)
            for length in lengths
            for term in _within(self._of_length(length), length, word, edits)
        ]

    def _of_length(self, length: int) -> NDArray[np.str_]:
        if self._by_length is None:
            grouped: dict[int, list[str]] = {}
            for term in self._terms:
                grouped.setdefault(len(term), []).append(term)
            self._by_length = {n: np.array(terms) for n, terms in grouped.items()}
        return self._by_length.get(length, np.zeros(0, dtype="U1"))


def _escaped(text: str) -> str:
    return re.sub(r"([\\*?])", r"\\\1", text)


def _within(terms: NDArray[np.str_], length: int, word: str, edits: int) -> NDArray[np.str_]:
    """The terms of one length within ``edits`` of a word.

    The optimal string alignment distance (Damerau 1964; Boytsov 2011, section 2.2.2), its table
    filled for all terms at once: ``rows[j]`` holds one number per term.
    """
    if not len(terms):
        return terms
    letters = terms.view("U1").reshape(len(terms), -1)[:, :length].view(np.uint32)
    codes = [ord(letter) for letter in word]
    before: list[NDArray[np.int16]] = []
    last = [np.full(len(terms), j, dtype=np.int16) for j in range(length + 1)]
    for i, code in enumerate(codes, start=1):
        row = [np.full(len(terms), i, dtype=np.int16)]
        for j in range(1, length + 1):
            same = letters[:, j - 1] == code
            best = np.minimum(last[j - 1] + ~same, np.minimum(row[j - 1], last[j]) + 1)
            if i > 1 and j > 1:
                swapped = (letters[:, j - 2] == code) & (letters[:, j - 1] == codes[i - 2])
                best = np.where(swapped, np.minimum(best, before[j - 2] + 1), best)
            row.append(best.astype(np.int16))
        before, last = last, row
    return terms[last[length] <= edits]
