"""Analysed documents into the arrays of a segment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.compression import TextCompressor
from searchkit.engine.arrays.documents import SEPARATOR, DocumentRow, document_arrays
from searchkit.engine.arrays.fields import CHAINS, WORD_FIELDS
from searchkit.engine.arrays.form_arrays import form_arrays
from searchkit.engine.arrays.form_columns import MAX_LETTERS, FormColumns
from searchkit.engine.arrays.integers import Arrays, narrowest, small_integer_arrays
from searchkit.engine.arrays.postings import Layout, Occurrences, posting_arrays
from searchkit.engine.port import IndexDocument
from searchkit.query.plan import TEXT
from searchkit.text.growing import GrowingArray, IntArray
from searchkit.text.lexicon import AnalysedText, Lexicon
from searchkit.text.shingles import Shingler, Signatures

#: A segment has no more words than this: sorting them takes 16 bytes each.
MAX_WORDS = 20_000_000
#: A segment has no more documents than this, so that their numbers fit into two bytes.
MAX_DOCUMENTS = 1 << 16

# Texts whose places and signatures are worked out together: so many, or fewer of so many words.
_TOGETHER = 256
_TOGETHER_WORDS = 1_000_000

_NONE = np.zeros(0, np.int32)
_NO_TEXT = AnalysedText(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE)


class _Block(NamedTuple):
    """The occurrences of one field in some documents, by form numbers of the lexicon; ``positions``
    are 0, 1, 2 … in each document where they are None.
    """

    documents: IntArray
    counts: IntArray
    forms: IntArray
    positions: IntArray | None


_NO_WORDS = _Block(*(np.zeros(0, np.int32) for _ in range(4)))


class _Words:
    """The occurrences of one field while they are gathered.

    In blocks large enough that the system has their memory back when one is let go of.
    """

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.widths: list[IntArray] = []
        self._documents: list[int] = []
        self._forms: list[IntArray] = []
        self._positions: list[IntArray] = []

    def add(self, document: int, forms: IntArray, positions: IntArray | None = None) -> None:
        """The words of a document."""
        # A copy: what is given looks into arrays of many documents, and of more than forms.
        self._forms.append(forms.copy())
        self._documents.append(document)
        if positions is not None:
            self._positions.append(positions)

    def close_block(self) -> None:
        """Put together what was added since the last time."""
        if not self._documents:
            return
        counts = np.fromiter(map(len, self._forms), np.int32, len(self._forms))
        positions = np.concatenate(self._positions) if self._positions else None
        documents = np.array(self._documents, dtype=np.int32)
        self.blocks.append(_Block(documents, counts, np.concatenate(self._forms), positions))
        self._documents, self._forms, self._positions = [], [], []


class SegmentBuilder:
    """Gathers documents until they are made a segment.

    Args:
        lexicon: the one that analysed the documents.
        compressor: for stored texts.
    """

    def __init__(self, lexicon: Lexicon, compressor: TextCompressor) -> None:
        self._lexicon = lexicon
        self._compressor = compressor
        self._letters = GrowingArray()
        self._rows: list[DocumentRow] = []
        self._fields = {name: _Words() for name in (*WORD_FIELDS, *CHAINS.values())}
        self._lengths = {name: GrowingArray() for name in WORD_FIELDS}
        self._shingler = Shingler(lexicon.forms)
        self._signatures: list[Signatures] = []
        self._recent: list[AnalysedText] = []
        self._recent_words = 0
        self._placed = 0
        self._gaps: list[NDArray[Any]] = []
        self._odd_words: list[NDArray[np.int64]] = []
        self._odd_lengths: list[IntArray] = []
        self.words = 0
        self.ids: set[str] = set()

    @property
    def is_full(self) -> bool:
        """Whether it is time to make a segment."""
        return self.words >= MAX_WORDS or len(self._rows) >= MAX_DOCUMENTS

    def has_room_for(self, document: IndexDocument) -> bool:
        """Whether a document can be added: to an empty builder every one can."""
        words = sum(len(found) for found in document.fields.values())
        return not self._rows or self.words + words <= MAX_WORDS

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, document: IndexDocument) -> None:
        """Add a document of an id that is not here yet."""
        number = len(self._rows)
        for name in WORD_FIELDS:
            words = document.fields.get(name)
            self._lengths[name].extend([len(words) if words else 0])
            if words:
                self._add_words(number, name, words)
        self._recent.append(document.fields.get(TEXT, _NO_TEXT))
        self._recent_words += len(self._recent[-1])
        if len(self._recent) >= _TOGETHER or self._recent_words >= _TOGETHER_WORDS:
            self._add_texts()
        self._rows.append(self._row(document))
        self.ids.add(document.id)
        self.words += sum(len(words) for words in document.fields.values())

    def _add_words(self, number: int, name: str, words: AnalysedText) -> None:
        self._fields[name].add(number, words.forms)
        if len(words.joined_forms):
            first = np.searchsorted(words.starts, words.joined_starts)
            chains = self._fields[CHAINS[name]]
            chains.add(number, words.joined_forms, first.astype(np.int32))
            chains.widths.append(words.joined_ends - words.joined_starts)

    def _add_texts(self) -> None:
        """What is worked out of many documents together."""
        for found in self._fields.values():
            found.close_block()
        texts, self._recent, self._recent_words = self._recent, [], 0
        self._signatures.append(self._shingler.signatures([words.forms for words in texts]))
        self._add_places(texts)

    def _add_places(self, texts: Sequence[AnalysedText]) -> None:
        """Where the words of some texts stand: gaps from start to start; lengths where a word
        is not as long as its form, because something invisible stands in it.
        """
        starts = _joined([words.starts for words in texts])
        gaps = np.diff(starts, prepend=0)
        counts = np.fromiter(map(len, texts), np.int64, len(texts))
        first = (np.cumsum(counts) - counts)[counts > 0]
        gaps[first] = starts[first]
        lengths = _joined([words.ends for words in texts]) - starts
        letters = self._form_letters()[_joined([words.forms for words in texts])]
        odd = np.flatnonzero(lengths != letters)
        self._odd_words.append(odd + self._placed)
        self._odd_lengths.append(lengths[odd])
        self._gaps.append(narrowest(gaps, np.uint8, np.uint32))
        self._placed += len(starts)

    def _form_letters(self) -> IntArray:
        known = len(self._letters)
        if known < len(self._lexicon.forms):
            new = self._lexicon.forms[known:]
            self._letters.extend([min(len(form), MAX_LETTERS) for form in new])
        return self._letters.view()

    def _row(self, document: IndexDocument) -> DocumentRow:
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
            text=self._compressor.compress(document.stored.text),
            entities=self._compressor.compress(document.stored.entities),
        )

    def arrays(self) -> Arrays:
        """The segment of all documents that were added."""
        self._add_texts()
        numbers = self._used_forms()
        columns = FormColumns.of_lexicon(self._lexicon, numbers)
        arrays, (ranks,) = form_arrays([columns])
        rank_of = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int32)
        rank_of[numbers] = ranks
        longest = max(int(lengths.view().max(initial=0)) for lengths in self._lengths.values())
        for name, words in self._fields.items():
            found = _occurrences(words, rank_of, len(self._rows), longest)
            arrays |= posting_arrays(name, found)
        for name, lengths in self._lengths.items():
            arrays[f"{name}.lengths"] = narrowest(lengths.view(), np.uint16, np.uint32)
        arrays["signatures"] = np.concatenate(self._signatures)
        return (
            arrays
            | place_arrays(self._gaps, self._odd_words, self._odd_lengths)
            | document_arrays(self._rows)
        )

    def _used_forms(self) -> IntArray:
        used = np.zeros(len(self._lexicon.forms), dtype=np.bool_)
        for words in self._fields.values():
            for block in words.blocks:
                used[block.forms] = True
        return np.flatnonzero(used).astype(np.int32)


def place_arrays(
    gaps: Sequence[NDArray[Any]],
    odd_words: Sequence[NDArray[Any]],
    odd_lengths: Sequence[NDArray[Any]],
) -> Arrays:
    """The arrays that say where the words of the texts stand."""
    return small_integer_arrays("gaps", _joined(gaps)) | {
        "odd.words": narrowest(_joined(odd_words), np.uint32),
        "odd.lengths": _joined(odd_lengths).astype(np.uint32),
    }


def _occurrences(words: _Words, rank_of: IntArray, documents: int, longest: int) -> Occurrences:
    """The words of one field by the form numbers of the segment; uses them up."""
    layout = Layout.of(documents, longest, len(rank_of))
    widths = _joined(words.widths) if words.widths else None
    keys = np.empty(sum(len(block.forms) for block in words.blocks), dtype=np.uint64)
    every_position = np.arange(longest, dtype=np.int32)
    end = 0
    for n, block in enumerate(words.blocks):
        owners = np.repeat(block.documents, block.counts)
        positions = block.positions
        if positions is None:
            positions = np.concatenate([every_position[:count] for count in block.counts.tolist()])
        begin, end = end, end + len(owners)
        keys[begin:end] = layout.packed(rank_of[block.forms], owners, positions)
        words.blocks[n] = _NO_WORDS
    return Occurrences(keys, layout, widths)


def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate([*arrays, np.zeros(0, dtype=np.int32)])
