"""The words and names of an index by frequency: what suggestions and completions come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from searchkit.config import Correction
from searchkit.engine.port import EngineReader
from searchkit.model import ENTITY_FACETS
from searchkit.store.arrays import read_arrays
from searchkit.store.draft import Draft
from searchkit.store.generation import Generation

if TYPE_CHECKING:
    from searchkit.text.completion import Completer
    from searchkit.text.spelling import Speller

_SPELLING = "spelling.arrays"
_COMPLETION = "completion.arrays"

#: A change of at least this share of the documents renews the vocabulary; smaller ones leave it as
#: it is, for renewing it means reading every document.
RENEWED_FROM_SHARE = 0.05
#: A smaller index is read in a moment.
ALWAYS_RENEWED_BELOW = 500

# In so many words of text, what occurs less often than this is not worth proposing.
_LARGE, _RARE = 1_000_000, 3


def write_vocabulary(draft: Draft, reader: EngineReader) -> None:
    """Keep what suggestions and completions need with the generation that is being made.

    Args:
        draft: the generation.
        reader: its documents.
    """
    from searchkit.text.completion import Completer
    from searchkit.text.spelling import Speller

    vocabulary = reader.vocabulary()
    words, counts = list(vocabulary), np.fromiter(vocabulary.values(), np.int64, len(vocabulary))
    draft.write_arrays(_SPELLING, Speller.build([word.lower() for word in words], counts))
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
    draft.write_arrays(_COMPLETION, Completer.build(list(shown), numbers))


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
        return cls(read_arrays(folder / _SPELLING), read_arrays(folder / _COMPLETION), weights)

    def speller(self) -> Speller:
        """What suggests words. Raises as ``read``."""
        from searchkit.text.spelling import Speller  # seldom needed

        return Speller(self.spelling, self.weights)

    def completer(self) -> Completer:
        """What completes words and names. Raises as ``read``."""
        from searchkit.text.completion import Completer  # seldom needed

        return Completer(self.completion)
