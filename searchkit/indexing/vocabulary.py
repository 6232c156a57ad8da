"""The words and names of an index by frequency: what suggestions and completions come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping

import numpy as np

from searchkit.config import Correction
from searchkit.engine.port import EngineReader
from searchkit.indexing.stored import decode_document
from searchkit.model import StoredDocument
from searchkit.store.arrays import Arrays, read_arrays
from searchkit.store.folder import Draft, Generation
from searchkit.text.completion import Completer
from searchkit.text.lexicon import Lexicon
from searchkit.text.spelling import Speller
from searchkit.text.spellings import merge_spellings

_SPELLING = "spelling.arrays"
_COMPLETION = "completion.arrays"

#: A change of at least this share of the documents renews the vocabulary; smaller ones leave it as
#: it is, for renewing it means reading every document.
RENEWED_FROM_SHARE = 0.05
#: A smaller index is read in a moment.
ALWAYS_RENEWED_BELOW = 500

# In so many words of text, what occurs less often than this is not worth proposing.
_LARGE, _RARE = 1_000_000, 3


class VocabularyCounter:
    """Counts the words and names of documents.

    Args:
        lexicon: analyses the documents; numbers of forms are its own.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._forms: Counter[int] = Counter()
        self._names: Counter[str] = Counter()

    def add(self, document: StoredDocument) -> None:
        """Count the words of a document's text and the entities it names."""
        forms = self._lexicon.analyse(document.text).forms
        numbers, counts = np.unique(forms, return_counts=True)
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            self._forms[number] += count
        for entity in document.entities:
            self._names[entity.name] += len(entity.mentions)

    def add_all(self, reader: EngineReader, left_out: Container[str]) -> None:
        """Count the documents of a snapshot but those of some ids."""
        for document_id in reader.origins():
            number = reader.number(document_id)
            if document_id not in left_out and number is not None:
                self.add(decode_document(reader.fetch([number])[0]))

    def write(self, draft: Draft) -> None:
        """Keep what suggestions and completions need with the generation that is being made."""
        forms = [self._lexicon.forms[number] for number in self._forms]
        counts = np.fromiter(self._forms.values(), np.int64, len(forms))
        lower = [form.lower() for form in forms]
        displayed, words, counts = merge_spellings(forms, lower, counts)
        draft.write_arrays(_SPELLING, Speller.build(words, counts))
        least = _RARE if counts.sum() >= _LARGE else 1
        frequent = {
            form: count
            for form, count in zip(displayed, counts.tolist(), strict=True)
            if count >= least
        }
        draft.write_arrays(_COMPLETION, _completion(frequent | self._names))


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


def _completion(counts: Mapping[str, int]) -> Arrays:
    return Completer.build(list(counts), np.array(list(counts.values()), dtype=np.int64))
