"""Analysed documents into the arrays of a segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchkit.engine.arrays.compression import TextCompressor
from searchkit.engine.arrays.documents import SEPARATOR, DocumentRow, document_arrays
from searchkit.engine.arrays.fields import CHAINS, WORD_FIELDS
from searchkit.engine.arrays.form_arrays import form_arrays
from searchkit.engine.arrays.form_columns import FormColumns
from searchkit.engine.arrays.gathering import GatheredPlaces, GatheredWords
from searchkit.engine.arrays.integers import Arrays, narrowest
from searchkit.engine.arrays.postings import posting_arrays
from searchkit.engine.port import IndexDocument
from searchkit.query.plan import TEXT
from searchkit.text.growing import GrowingArray, IntArray
from searchkit.text.lexicon import AnalysedText, Lexicon
from searchkit.text.shingles import Shingler, Signatures

#: A segment has no more words than this: sorting them takes 16 bytes each.
MAX_WORDS = 20_000_000
#: A segment has no more documents than this, so that their numbers fit into two bytes.
MAX_DOCUMENTS = 1 << 16

# Documents that are worked on together: so many, or fewer of so many words or bytes.
_TOGETHER = 256
_TOGETHER_WORDS = 1_000_000
_TOGETHER_BYTES = 8_000_000

_NONE = np.zeros(0, np.int32)
_NO_TEXT = AnalysedText(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE)


class SegmentBuilder:
    """Gathers documents until they are made a segment.

    Args:
        lexicon: the one that analysed the documents.
        compressor: for stored texts.
    """

    def __init__(self, lexicon: Lexicon, compressor: TextCompressor) -> None:
        self._lexicon = lexicon
        self._compressor = compressor
        self._rows: list[DocumentRow] = []
        self._recent: list[IndexDocument] = []
        self._recent_words = self._recent_bytes = 0
        self._fields = {name: GatheredWords() for name in (*WORD_FIELDS, *CHAINS.values())}
        self._lengths = {name: GrowingArray() for name in WORD_FIELDS}
        self._shingler = Shingler(lexicon.forms)
        self._signatures: list[Signatures] = []
        self._places = GatheredPlaces()
        self.words = 0
        self.ids: set[str] = set()

    @property
    def is_full(self) -> bool:
        """Whether it is time to make a segment."""
        return self.words >= MAX_WORDS or len(self) >= MAX_DOCUMENTS

    def has_room_for(self, document: IndexDocument) -> bool:
        """Whether a document can be added: to an empty builder every one can."""
        return not len(self) or self.words + _word_count(document) <= MAX_WORDS

    def __len__(self) -> int:
        return len(self._rows) + len(self._recent)

    def add(self, document: IndexDocument) -> None:
        """Add a document of an id that is not here yet."""
        words = _word_count(document)
        self._recent.append(document)
        self._recent_words += words
        self._recent_bytes += len(document.stored.text)
        self.words += words
        self.ids.add(document.id)
        if self._are_enough():
            self._add_recent()

    def _are_enough(self) -> bool:
        return (
            len(self._recent) >= _TOGETHER
            or self._recent_words >= _TOGETHER_WORDS
            or self._recent_bytes >= _TOGETHER_BYTES
        )

    def _add_recent(self) -> None:
        """What is worked out of many documents together."""
        first, documents = len(self._rows), self._recent
        self._recent, self._recent_words, self._recent_bytes = [], 0, 0
        for name in WORD_FIELDS:
            texts = [document.fields.get(name, _NO_TEXT) for document in documents]
            self._lengths[name].extend([*map(len, texts)])
            self._fields[name].add(first, texts)
            self._fields[CHAINS[name]].add_chains(first, texts)
            if name == TEXT:
                self._signatures.append(self._shingler.signatures([each.forms for each in texts]))
                self._places.add(texts, self._lexicon.letters())
        self._rows += self._made_rows(documents)

    def _made_rows(self, documents: Sequence[IndexDocument]) -> list[DocumentRow]:
        # One after the other: the tables of the dictionary stay in the processor's cache then.
        compress = self._compressor.compress
        texts = [compress(document.stored.text) for document in documents]
        entities = [compress(document.stored.entities) for document in documents]
        return [*map(_row, documents, texts, entities)]

    def arrays(self) -> Arrays:
        """The segment of all documents that were added."""
        self._add_recent()
        numbers = self._used_forms()
        # Without a name for the columns: their memory is needed for what follows.
        arrays, (ranks,) = form_arrays([FormColumns.of_lexicon(self._lexicon, numbers)])
        rank_of = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int32)
        rank_of[numbers] = ranks
        longest = max(int(lengths.view().max(initial=0)) for lengths in self._lengths.values())
        for name, words in self._fields.items():
            found = words.occurrences(rank_of, len(self._rows), longest)
            arrays |= posting_arrays(name, found)
        for name, lengths in self._lengths.items():
            arrays[f"{name}.lengths"] = narrowest(lengths.view(), np.uint16, np.uint32)
        arrays["signatures"] = np.concatenate(self._signatures)
        return arrays | self._places.arrays() | document_arrays(self._rows)

    def _used_forms(self) -> IntArray:
        used = np.zeros(len(self._lexicon.forms), dtype=np.bool_)
        for words in self._fields.values():
            words.mark_forms(used)
        return np.flatnonzero(used).astype(np.int32)


def _word_count(document: IndexDocument) -> int:
    return sum(len(words) for words in document.fields.values())


def _row(document: IndexDocument, text: bytes, entities: bytes) -> DocumentRow:
    first_day, last_day = document.days or (0, 0)
    facets: dict[bytes, int] = {}
    for name, values in document.facets.items():
        prefix, mentions = name.encode() + SEPARATOR, document.mentions.get(name, {})
        facets |= {prefix + value.encode(): mentions.get(value, 1) for value in values}
    numbers = sorted((name.encode(), value) for name, value in document.numbers.items())
    return DocumentRow(
        id=document.id.encode(),
        digest=bytes.fromhex(document.digest),
        source=document.source.encode("utf-8", "surrogateescape"),
        first_day=first_day,
        last_day=last_day,
        facets=tuple(sorted(facets.items())),
        numbers=tuple(numbers),
        head=document.stored.head,
        text=text,
        entities=entities,
    )
