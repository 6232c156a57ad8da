"""The words and names of an index by frequency: what suggestions and completions come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from searchkit.config import Correction
from searchkit.engine.port import EngineReader
from searchkit.model import ENTITY_FACETS
from searchkit.store.arrays import Arrays, read_arrays
from searchkit.store.generation import Generation

if TYPE_CHECKING:
    from searchkit.text.completion import Completer
    from searchkit.text.spelling import Speller

#: Files of a generation, with the arrays of both.
SPELLING, COMPLETION = "spelling.arrays", "completion.arrays"

#: A change of at least this share of the documents renews the vocabulary; smaller ones leave it as
#: it is, for renewing it means reading every document.
RENEWED_FROM_SHARE = 0.05
#: A smaller index is read in a moment.
ALWAYS_RENEWED_BELOW = 500

# In so many words of text, what occurs less often than this is not worth proposing.
_LARGE, _RARE = 1_000_000, 3


@dataclass(frozen=True, slots=True)
class CountedWords:
    """The words of an index as they are mostly written, and how often each occurs."""

    words: Sequence[str]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, reader: EngineReader) -> CountedWords:
        """Those of the documents that a reader sees."""
        found = reader.vocabulary()
        return cls(list(found), np.fromiter(found.values(), np.int64, len(found)))


def spelling_arrays(found: CountedWords) -> Arrays:
    """What suggestions need."""
    from searchkit.text.spelling import Speller

    return Speller.build([word.lower() for word in found.words], found.counts)


def completion_arrays(found: CountedWords, reader: EngineReader) -> Arrays:
    """What completions need, of words and of names."""
    from searchkit.text.completion import Completer

    words, counts = found.words, found.counts
    frequent = np.flatnonzero(counts >= (_RARE if counts.sum() >= _LARGE else 1))
    shown = Counter(
        {
            words[n]: count
            for n, count in zip(frequent.tolist(), counts[frequent].tolist(), strict=True)
        }
    )
    for facet in ENTITY_FACETS:
        shown.update(reader.facet_counts(facet))
    numbers = np.fromiter(shown.values(), np.int64, len(shown))
    return Completer.build(list(shown), numbers)


def needs_renewal(changed: int, documents: int) -> bool:
    """Whether a change is large enough beside the documents there are."""
    return documents < ALWAYS_RENEWED_BELOW or changed >= RENEWED_FROM_SHARE * documents


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words and names of a generation, mapped.

    Args:
        spelling, completion: the arrays of both.
        weights: of suggestions.
    """

    spelling: Mapping[str, NDArray[Any]]
    completion: Mapping[str, NDArray[Any]]
    weights: Correction

    @classmethod
    def read(cls, generation: Generation, weights: Correction) -> Vocabulary:
        """Map the files of a generation.

        Raises:
            IndexCorrupt: they are damaged or missing.
        """
        folder = generation.folder
        return cls(read_arrays(folder / SPELLING), read_arrays(folder / COMPLETION), weights)

    def speller(self) -> Speller:
        """What suggests words. Raises as ``read``."""
        from searchkit.text.spelling import Speller  # seldom needed

        return Speller(self.spelling, self.weights)

    def completer(self) -> Completer:
        """What completes words and names. Raises as ``read``."""
        from searchkit.text.completion import Completer  # seldom needed

        return Completer(self.completion)
