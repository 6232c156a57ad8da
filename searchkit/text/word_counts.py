"""What is known of single words: how frequent, how often capitalised, which part of a compound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.text.compound_fold import fold_words, hash_words
from searchkit.text.compound_rules import (
    LINKS,
    MIN_NEW_CAPITAL_SHARE,
    NEW_HEAD_COST,
    NEW_MODIFIER_COST,
    S_ENDINGS,
)

NO_PART = 255
"""The cost of a word that cannot be a modifier, or a head."""

COST_STEPS = 8
"""Costs are stored in eighths of a bit."""

NOUN = 1
"""Flag: a form of a common noun."""
WHOLE = 2
"""Flag: never split (names, and words that only look like compounds)."""
NAME_HEAD = 4
"""Flag: as a head, mostly the end of a surname or place name."""

SEED_WORDS = 2_000_000
"""How many words of text the shipped counts are worth beside those of a corpus."""

MIN_USES_FOR_SHARE = 5
"""Fewer uses say nothing of how often a word is capitalised."""

WORDS_FILE = "words.arrays"
"""Where a generation of an index keeps its statistics."""

_SEED_FILE = Path(__file__).parent / "data" / "seed_lexicon.npz"


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Word statistics as parallel arrays, in order of ``hashes``.

    Attributes:
        hashes: hash of the folded word, unique.
        counts: occurrences in a million words.
        capitals: share of uses with a capital inside a sentence, 0 to 255.
        flags: ``NOUN``, ``WHOLE`` and ``NAME_HEAD``.
        links: bit ``k`` set where the word may be a modifier followed by ``LINKS[k]``.
        modifiers: cost as a modifier in eighths of a bit, ``NO_PART`` where it cannot be one.
        heads: cost as a head, likewise.

    >>> counts = WordCounts.from_words(["Haus"], counts=np.ones(1, np.float32))
    >>> len(counts), counts.hashes.dtype
    (1, dtype('uint64'))
    """

    hashes: NDArray[np.uint64]
    counts: NDArray[np.float32]
    capitals: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    links: NDArray[np.uint16]
    modifiers: NDArray[np.uint8]
    heads: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.hashes)

    @staticmethod
    @cache
    def seed() -> WordCounts:
        """The statistics shipped with the package; read once, then kept."""
        with np.load(_SEED_FILE, allow_pickle=False) as stored:
            return WordCounts.from_arrays(stored)

    @classmethod
    def from_words(cls, words: Sequence[str], **columns: NDArray[Any]) -> WordCounts:
        """Statistics of the given words.

        Args:
            words: distinct when folded.
            columns: the attributes but ``hashes``, in the order of ``words``; those left out are
                zero, the costs ``NO_PART``.
        """
        hashes = hash_words(fold_words(words))
        order = np.argsort(hashes)
        filled = {name: columns.get(name, _default(name, len(words))) for name in _COLUMNS[1:]}
        return cls(hashes[order], **{name: filled[name][order] for name in filled})

    def knows(self, word: str) -> bool:
        """Whether a word, in any case, is among these.

        >>> WordCounts.seed().knows("Haus"), WordCounts.seed().knows("Hauss")
        (True, False)
        """
        (wanted,) = hash_words(fold_words([word]))
        place = int(np.searchsorted(self.hashes, wanted))
        return place < len(self) and bool(self.hashes[place] == wanted)

    def merged(
        self,
        words: Sequence[str],
        counts: NDArray[Any],
        capitalised: NDArray[Any],
        may_be_part: NDArray[np.bool_],
    ) -> WordCounts:
        """These statistics with those of a corpus.

        Counts are pooled, the shipped ones weighing as much as ``SEED_WORDS`` words of text, so
        that a few texts change next to nothing. Capital shares become the larger of both where the
        corpus has the word often enough to tell. A word only the corpus knows may become a part.

        Args:
            words: forms of the corpus; those that fold alike are added up.
            counts: occurrences of each.
            capitalised: those of them that begin with a capital, best inside sentences only.
            may_be_part: for each, whether it may be part of a compound where it is new and nearly
                always capitalised.
        """
        if not len(words):
            return self
        hashes, first, group = np.unique(
            hash_words(fold_words(words)), return_index=True, return_inverse=True
        )
        uses = np.bincount(group, counts, len(hashes))
        shares = np.bincount(group, capitalised, len(hashes)) / np.maximum(uses, 1)
        capitals = np.minimum(255 * shares, 255).astype(np.uint8)
        total = max(float(uses.sum()), 1.0)
        capitals[uses < MIN_USES_FOR_SHARE] = 0
        per_million = (uses * (1e6 / total)).astype(np.float32)
        places = np.minimum(np.searchsorted(self.hashes, hashes), max(len(self) - 1, 0))
        known = self.hashes[places] == hashes if len(self) else np.zeros(len(hashes), np.bool_)
        share = total / (total + SEED_WORDS)
        old = self._with_corpus(places[known], per_million[known], capitals[known], share)
        allowed = np.bincount(group, may_be_part, len(hashes)) > 0
        new = np.flatnonzero(~known & allowed & (capitals >= MIN_NEW_CAPITAL_SHARE * 255))
        added = WordCounts.from_words(
            [words[at] for at in first[new]],
            counts=per_million[new],
            capitals=capitals[new],
            links=np.array([_new_links(words[at]) for at in first[new]], np.uint16),
            modifiers=np.full(len(new), NEW_MODIFIER_COST * COST_STEPS, np.uint8),
            heads=np.full(len(new), NEW_HEAD_COST * COST_STEPS, np.uint8),
        )
        return _joined(old, added)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by attribute name, for storing with an index."""
        return {name: getattr(self, name) for name in _COLUMNS}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> WordCounts:
        """The statistics that ``to_arrays`` gave."""
        return cls(**{name: arrays[name] for name in _COLUMNS})

    def _with_corpus(
        self,
        places: NDArray[np.intp],
        counts: NDArray[np.float32],
        capitals: NDArray[np.uint8],
        share: float,
    ) -> WordCounts:
        mean, largest = self.counts * np.float32(1 - share), self.capitals.copy()
        mean[places] += np.float32(share) * counts
        largest[places] = np.maximum(largest[places], capitals)
        return WordCounts.from_arrays(self.to_arrays() | {"counts": mean, "capitals": largest})


_COLUMNS = tuple(column.name for column in fields(WordCounts))
_TYPES = {"counts": np.float32, "links": np.uint16}


def cost_steps(costs: Sequence[float]) -> NDArray[np.uint8]:
    """Costs in bits as they are stored; ``NO_PART`` stays.

    >>> cost_steps([1.5, NO_PART]).tolist()
    [12, 255]
    """
    bits = np.array(costs, np.float64)
    steps = np.clip(np.rint(bits * COST_STEPS), 0, NO_PART - 1)
    return np.where(bits == NO_PART, NO_PART, steps).astype(np.uint8)


def _default(column: str, size: int) -> NDArray[Any]:
    value = NO_PART if column in ("modifiers", "heads") else 0
    return np.full(size, value, _TYPES.get(column, np.uint8))


def _new_links(word: str) -> int:
    """The links of a word without known inflection: none, or the s of abstract nouns."""
    with_s = 1 << LINKS.index("s")
    return with_s if word.lower().replace("ä", "ae").endswith(S_ENDINGS) else 1


def _joined(first: WordCounts, second: WordCounts) -> WordCounts:
    order = np.argsort(np.concatenate([first.hashes, second.hashes]), kind="stable")
    ours, theirs = first.to_arrays(), second.to_arrays()
    return WordCounts.from_arrays(
        {name: np.concatenate([ours[name], theirs[name]])[order] for name in _COLUMNS}
    )
