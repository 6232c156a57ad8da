"""Signatures of texts: alike where the texts have most of their runs of words in common.

Runs of four words (shingles; Broder 1997) are hashed, and of the hashes in each of sixteen classes
the smallest is kept (one permutation hashing; Li, Owen & Zhang 2012): the share of classes in which
two texts agree is about the share of shingles that they share. It does not matter who numbered the
words, nor when.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import IntArray, distinct
from searchkit.text.hash_set import word_hashes

#: The numbers of a signature; 0 where a text has no shingle of that class.
CLASSES = 16

_WIDTH = 4
_CLASS_BITS = 4
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xD6E8FEB86659FD93)
_LARGEST = np.uint64(2**64 - 1)
# Behind every text, so that no run goes on into the next.
_BEHIND = np.full(_WIDTH - 1, -1, np.int32)

# Texts whose runs are hashed together: few enough to stay in the processor's cache.
_TOGETHER = 64

Signatures = NDArray[np.uint16]


class Shingler:
    """Makes signatures of texts whose words have numbers.

    Args:
        forms: the words by number; may grow.
    """

    def __init__(self, forms: Sequence[str]) -> None:
        self._forms = forms
        # By form, 0 for those not hashed yet; behind the last always 0.
        self._hashes = np.zeros(1, np.uint32)

    def signatures(self, texts: Sequence[IntArray]) -> Signatures:
        """One signature for each text, a row of ``CLASSES`` numbers; zeros for one without words.

        Args:
            texts: the form numbers of the words of each.

        >>> Shingler(["Nach", "dem", "Gipfel"]).signatures([np.arange(3), np.arange(0)]).any(axis=1)
        array([ True, False])
        """
        groups = [texts[n : n + _TOGETHER] for n in range(0, len(texts), _TOGETHER)]
        none = np.zeros((0, CLASSES), np.uint16)
        return np.concatenate([*map(self._signatures, groups), none])

    def _signatures(self, texts: Sequence[IntArray]) -> Signatures:
        forms = np.concatenate([*chain.from_iterable(zip(texts, repeat(_BEHIND)))])
        sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + len(_BEHIND)
        hashes = _shingle_hashes(self._hashed(forms))
        hashes[np.cumsum(sizes)[:, None] - np.arange(1, len(_BEHIND) + 1)] = _LARGEST
        classes = np.repeat(np.arange(len(texts)) * CLASSES, sizes)
        classes += (hashes >> np.uint64(64 - _CLASS_BITS)).astype(np.int64)
        least = np.full(len(texts) * CLASSES, _LARGEST, np.uint64)
        np.minimum.at(least, classes, hashes)
        # The low bits of the smallest are as good as random; the high ones are mostly zeros.
        kept = np.maximum(least.astype(np.uint16), 1)
        kept[least == _LARGEST] = 0
        return kept.reshape(-1, CLASSES)

    def _hashed(self, forms: IntArray) -> NDArray[np.uint64]:
        """A hash of every word, in any case of letters; 0 for ``_BEHIND``."""
        if len(self._hashes) <= len(self._forms):
            known = self._hashes[:-1]
            self._hashes = np.zeros(max(len(self._forms), 2 * len(known)) + 1, np.uint32)
            self._hashes[: len(known)] = known
        found = self._hashes[forms]
        missing = np.flatnonzero(found == 0)
        new = distinct(forms[missing])
        new = new[new >= 0]
        if len(new):
            texts = [*map(self._forms.__getitem__, new.tolist())]
            self._hashes[new] = np.maximum(word_hashes([*map(str.lower, texts)]), 1)
            found[missing] = self._hashes[forms[missing]]
        return found.astype(np.uint64)


def _shingle_hashes(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A hash of the words from each word on."""
    hashes = words * _FACTOR
    for ahead in range(1, _WIDTH):
        hashes ^= hashes >> np.uint64(29)
        hashes[:-ahead] += words[ahead:]
        hashes *= _FACTOR
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIXER
    hashes ^= hashes >> np.uint64(32)
    return hashes
