"""The words and names of an index by frequency: what suggestions and completions come from."""

from __future__ import annotations

from collections import Counter

import numpy as np

from searchkit.config import Correction
from searchkit.engine.port import EngineReader
from searchkit.model import ENTITY_FACETS
from searchkit.store.arrays import read_arrays
from searchkit.store.folder import Draft, Generation
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


def read_speller(generation: Generation, weights: Correction) -> Speller:
    """What suggests words, weighed so.

    Raises:
        IndexCorrupt: its arrays are damaged or missing.
    """
    return Speller(read_arrays(generation.folder / _SPELLING), weights)


def read_completer(generation: Generation) -> Completer:
    """What completes words and names. Raises as ``read_speller``."""
    return Completer(read_arrays(generation.folder / _COMPLETION))
