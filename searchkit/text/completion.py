"""What a word begun may become: words and names of the corpus by frequency.

Everything is kept in flat arrays, so that they can lie in an index and be mapped into memory. Keys
are not stored: a key is the fold of a text from one of its word starts, and they are kept in order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.text.packed_texts import PackedTexts, pack_texts

_WRITTEN_OUT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "ue"}
)
_DROPPED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ä": "a", "ö": "o", "ü": "u"})
_WORD_START = re.compile(r"(?<!\S)\S")
_LAST_POINT = "\U0010ffff"
_IS_DROPPED = 1 << 7
"""Set in ``key_words`` where the key is folded with umlauts dropped, not written out; a text is
found by so many of its words at most."""


class Completer:
    """Completes what was begun, by the words and names of a corpus.

    Args:
        arrays: what ``build`` returned; may be mapped from a file.

    >>> arrays = Completer.build(["Müller", "Wladimir Putin"], np.array([7, 9]))
    >>> Completer(arrays).complete("mue"), Completer(arrays).complete("put")
    ([('Müller', 7)], [('Wladimir Putin', 9)])
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._texts = PackedTexts(arrays["texts"], arrays["text_starts"])
        self._count_values = arrays["count_values"]
        self._count_ends = arrays["count_ends"]
        self._key_texts = arrays["key_texts"]
        self._key_words = arrays["key_words"]

    @staticmethod
    def build(words: Sequence[str], counts: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """The arrays of a completer.

        Args:
            words: what may be completed to, as it is to be shown; names may hold blanks. Leave out
                what is too rare to be offered.
            counts: how often each occurs.

        Returns:
            ``texts``, ``text_starts``: the words, the most frequent first (``PackedTexts``).
            ``count_values``, ``count_ends``: how often they occur, and where the words end that do.
            ``key_texts``, ``key_words``: of which text, and from which of its words on, the keys
            are, in order of the keys.
        """
        alphabet = np.array(sorted(range(len(words)), key=words.__getitem__), np.intp)
        order = alphabet[np.argsort(-counts[alphabet], kind="stable")]
        texts = [words[number] for number in order.tolist()]
        folds, key_texts, key_words = _keys(texts)
        by_fold = np.array(sorted(range(len(folds)), key=folds.__getitem__), np.intp)
        ordered = counts[order].clip(max=2**32 - 1).astype(np.uint32)
        ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], [True] * (len(ordered) > 0)))
        packed, text_starts = pack_texts(texts)
        return {
            "texts": packed,
            "text_starts": text_starts,
            "count_values": ordered[ends],
            "count_ends": (ends + 1).astype(np.uint32),
            "key_texts": np.array(key_texts, np.uint32)[by_fold],
            "key_words": np.array(key_words, np.uint8)[by_fold],
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
        ends = np.searchsorted(self._count_ends, found, side="right")
        counts = self._count_values[ends].tolist()
        return [(self._texts[n], count) for n, count in zip(found.tolist(), counts, strict=True)]

    def _texts_from(self, fold: str, limit: int) -> NDArray[np.uint32]:
        """The places of the texts that have a key beginning so, the most frequent first."""
        if not fold:
            return np.zeros(0, np.uint32)
        numbers = range(len(self._key_texts))
        first = bisect_left(numbers, fold, key=self._key)
        after = bisect_left(numbers, fold + _LAST_POINT, lo=first, key=self._key)
        return _smallest(self._key_texts[first:after], limit)

    def _key(self, number: int) -> str:
        word = int(self._key_words[number])
        text = self._texts[int(self._key_texts[number])]
        start = _word_starts(text)[word % _IS_DROPPED]
        return _fold(text[start:], _DROPPED if word & _IS_DROPPED else _WRITTEN_OUT)


def _smallest(numbers: NDArray[np.uint32], limit: int) -> NDArray[np.uint32]:
    """The smallest distinct numbers in ascending order."""
    enough = limit * 4  # a text may be found by several of its keys
    if len(numbers) > enough:
        few = np.unique(np.partition(numbers, enough)[:enough])
        if len(few) >= limit:
            return few[:limit]
    return np.unique(numbers)[:limit]


def _keys(texts: Sequence[str]) -> tuple[list[str], list[int], list[int]]:
    """The folds of texts from each of their word starts, whose they are, and of which word."""
    single = [number for number, text in enumerate(texts) if text.isalnum()]
    accented = [number for number in single if not texts[number].isascii()]
    folds = _folds([texts[number] for number in single], _WRITTEN_OUT)
    folds += _folds([texts[number] for number in accented], _DROPPED)
    owners = single + accented
    words = [0] * len(single) + [_IS_DROPPED] * len(accented)
    for number, text in enumerate(texts):
        if text.isalnum():
            continue
        for word, start in enumerate(_word_starts(text)):
            begun = text[start:]
            folds.append(_fold(begun, _WRITTEN_OUT))
            owners.append(number)
            words.append(word)
            if not begun.isascii():
                folds.append(_fold(begun, _DROPPED))
                owners.append(number)
                words.append(word | _IS_DROPPED)
    return folds, owners, words


def _word_starts(text: str) -> list[int]:
    """Where the words of a text begin, as far as keys are made of them."""
    if text.isalnum():
        return [0]
    return [match.start() for match in islice(_WORD_START.finditer(text), _IS_DROPPED)]


def _fold(text: str, umlauts: dict[int, str]) -> str:
    lower = text.lower()
    if lower.isascii():
        return lower
    lower = unicodedata.normalize("NFC", lower).translate(umlauts)
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))


def _folds(words: Sequence[str], umlauts: dict[int, str]) -> list[str]:
    """The folds of many words without white space: few calls for all that are of German letters."""
    lower = unicodedata.normalize("NFC", "\n".join(words).lower())
    for letter, plain in umlauts.items():
        lower = lower.replace(chr(letter), plain)
    folds = lower.split("\n") if words else []
    return [
        fold if fold.isascii() else _fold(word, umlauts)
        for word, fold in zip(words, folds, strict=True)
    ]


def _shaped(prefix: str) -> str:
    """Without blanks before it, and with single ones inside."""
    return re.sub(r"\s+", " ", prefix).lstrip()
