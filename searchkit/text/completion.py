"""What a word begun may become: words and names of the corpus by frequency.

Everything is kept in flat arrays, so that they can lie in an index and be mapped into memory. Keys
are not stored: a key is the fold of a text from one of its word starts, and they are kept in order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_UMLAUTS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe"}
_WRITTEN_OUT = str.maketrans(_UMLAUTS | {"ä": "ae", "ö": "oe", "ü": "ue"})
_DROPPED = str.maketrans(_UMLAUTS | {"ø": "o"})
_WORD_START = re.compile(r"(?<!\S)\S")
_LAST_POINT = "\U0010ffff"
_IS_DROPPED = 1 << 15
"""Set in ``key_offsets`` where the key is folded with umlauts dropped, not written out."""


class Completer:
    """Completes what was begun, by the words and names of a corpus.

    Args:
        arrays: what ``build`` returned; may be mapped from a file.

    >>> arrays = Completer.build(["Müller", "Wladimir Putin"], np.array([7, 9]))
    >>> Completer(arrays).complete("mue"), Completer(arrays).complete("put")
    ([('Müller', 7)], [('Wladimir Putin', 9)])
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._texts = arrays["texts"]
        self._text_starts = arrays["text_starts"]
        self._counts = arrays["counts"]
        self._key_texts = arrays["key_texts"]
        self._key_offsets = arrays["key_offsets"]

    @staticmethod
    def build(words: Sequence[str], counts: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """The arrays of a completer.

        Args:
            words: what may be completed to, as it is to be shown; names may hold blanks. Leave out
                what is too rare to be offered.
            counts: how often each occurs.

        Returns:
            ``texts``, ``text_starts``, ``counts``: the words, the most frequent first.
            ``key_texts``, ``key_offsets``: where the keys stand in them, in order of the keys.
        """
        order = sorted(range(len(words)), key=lambda number: (-int(counts[number]), words[number]))
        keys = sorted(
            (fold, place, offset)
            for place, number in enumerate(order)
            for fold, offset in _keys(words[number])
        )
        encoded = [words[number].encode("utf-8", "surrogatepass") for number in order]
        return {
            "texts": np.frombuffer(b"".join(encoded), np.uint8),
            "text_starts": np.cumsum([0, *map(len, encoded)]).astype(np.uint32),
            "counts": counts[np.array(order, np.intp)].clip(max=2**32 - 1).astype(np.uint32),
            "key_texts": np.array([place for _, place, _ in keys], np.uint32),
            "key_offsets": np.array([offset for _, _, offset in keys], np.uint16),
        }

    def complete(self, prefix: str, limit: int = 10) -> list[tuple[str, int]]:
        """Words and names that begin so, or of which a word does, and how often they occur.

        Args:
            prefix: what was typed; case does not count, umlauts may be written ``ä``, ``ae`` or
                ``a``. A blank at its end ends a word.
            limit: the most answers, from 1.

        Returns:
            The most frequent first, then in order of the alphabet; nothing for an empty prefix.
        """
        begun = _shaped(prefix)
        if not begun:
            return []
        found = self._texts_from(_fold(begun, _WRITTEN_OUT), limit)
        if not len(found):
            found = self._texts_from(_fold(begun, _DROPPED), limit)
        return [(self._text(place), int(self._counts[place])) for place in found.tolist()]

    def _texts_from(self, fold: str, limit: int) -> NDArray[np.uint32]:
        """The places of the texts that have a key beginning so, the most frequent first."""
        if not fold:
            return np.zeros(0, np.uint32)
        numbers = range(len(self._key_texts))
        first = bisect_left(numbers, fold, key=self._key)
        after = bisect_left(numbers, fold + _LAST_POINT, lo=first, key=self._key)
        return _smallest(self._key_texts[first:after], limit)

    def _key(self, number: int) -> str:
        offset = int(self._key_offsets[number])
        text = self._text(int(self._key_texts[number]))[offset % _IS_DROPPED :]
        return _fold(text, _DROPPED if offset & _IS_DROPPED else _WRITTEN_OUT)

    def _text(self, place: int) -> str:
        start, end = int(self._text_starts[place]), int(self._text_starts[place + 1])
        return self._texts[start:end].tobytes().decode("utf-8", "surrogatepass")


def _smallest(numbers: NDArray[np.uint32], limit: int) -> NDArray[np.uint32]:
    """The smallest distinct numbers in ascending order."""
    enough = limit * 4  # a text may be found by several of its keys
    if len(numbers) > enough:
        few = np.unique(np.partition(numbers, enough)[:enough])
        if len(few) >= limit:
            return few[:limit]
    return np.unique(numbers)[:limit]


def _keys(text: str) -> list[tuple[str, int]]:
    """The folds of a text from each of its word starts, and where they begin."""
    found = []
    for match in _WORD_START.finditer(text[:_IS_DROPPED]):
        written = _fold(text[match.start() :], _WRITTEN_OUT)
        dropped = _fold(text[match.start() :], _DROPPED)
        found.append((written, match.start()))
        if dropped != written:
            found.append((dropped, match.start() | _IS_DROPPED))
    return found


def _fold(text: str, umlauts: dict[int, str]) -> str:
    if text.isascii():
        return text.lower()
    lower = unicodedata.normalize("NFC", text).lower().translate(umlauts)
    return "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))


def _shaped(prefix: str) -> str:
    """Without blanks before it, and with single ones inside."""
    return re.sub(r"\s+", " ", prefix).lstrip()
