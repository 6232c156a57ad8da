"""Segments and their deletions as one snapshot."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.arrays.documents import SEPARATOR, DocumentColumns
from searchkit.engine.arrays.frequent import most_frequent
from searchkit.engine.arrays.segment import Segment, combined
from searchkit.engine.arrays.spellings import CountedForms, written_forms
from searchkit.engine.cache import Cache
from searchkit.engine.expand import TermTable
from searchkit.engine.snapshot import FacetColumn, IntArray, NumberColumn, Postings
from searchkit.query.plan import TEXT, Expansion, ValuePattern

T = TypeVar("T")

# So many terms that patterns stand for are kept.
_EXPANDED_TERMS = 1 << 16
_MATCHING_TERMS = 1 << 20

_NONE = np.zeros(0, dtype=np.int32)


class ArraySnapshot:
    """What some segments hold together; document numbers of one follow those of the one before.

    Args:
        segments: in their order.
        deleted: for each, the numbers of its deleted documents.
    """

    def __init__(self, segments: Sequence[Segment], deleted: Sequence[NDArray[Any]]) -> None:
        self.segments = segments
        self.bases = np.cumsum([0, *map(len, segments)]).tolist()
        self.document_limit: int = self.bases[-1]
        self.live = np.ones(self.document_limit, dtype=np.bool_)
        for base, numbers in zip(self.bases, deleted, strict=False):
            self.live[base + numbers.astype(np.int64)] = False
        self.document_count = int(np.count_nonzero(self.live))
        self._clean = [not len(numbers) for numbers in deleted]
        self._lock = threading.RLock()
        self._known: dict[tuple[str, ...], Any] = {}
        self._expanded: Cache[list[str]] = Cache(_EXPANDED_TERMS, len)
        self._matching: Cache[NDArray[np.int64]] = Cache(_MATCHING_TERMS, len)

    @property
    def first_days(self) -> IntArray:
        return self._once(("first_day",), lambda: self._column(lambda s: s.documents.first_days))

    @property
    def last_days(self) -> IntArray:
        return self._once(("last_day",), lambda: self._column(lambda s: s.documents.last_days))

    @property
    def duplicates(self) -> IntArray:
        def found() -> IntArray:
            from searchkit.engine.duplicates import duplicate_groups  # seldom needed
            from searchkit.text.shingles import CLASSES

            signatures = [segment.signatures for segment in self.segments]
            none = np.zeros((0, CLASSES), np.uint16)
            return duplicate_groups(np.concatenate([none, *signatures]), self.live)

        return self._once(("duplicates",), found)

    def lengths(self, field: str) -> IntArray:
        return self._once(("lengths", field), lambda: self._column(lambda s: s.lengths(field)))

    def live_in(self, number: int) -> NDArray[np.bool_]:
        """Which documents of a segment are in use."""
        return self.live[self.bases[number] : self.bases[number + 1]]

    def postings(self, field: str, term: str) -> Postings:
        encoded = term.encode("utf-8", "replace")
        return self._united(lambda segment: segment.postings(field, encoded))

    def frequency_bounds(self, field: str, terms: Sequence[str]) -> list[int]:
        encoded = [term.encode("utf-8", "replace") for term in terms]
        found = [segment.stem_bounds(field, encoded) for segment in self.segments]
        bounds: list[int] = np.sum([np.zeros(len(terms), np.int64), *found], axis=0).tolist()
        return bounds

    def expanded(self, node: Expansion) -> Postings:
        if self._fits(node):
            return self._united(
                lambda segment: segment.number_postings(
                    node.field, self.matching_terms(segment, node)
                )
            )
        chosen = [term.encode() for term in self.expand(node)]
        return self._united(
            lambda segment: [run for term in chosen for run in segment.postings(node.field, term)]
        )

    def _fits(self, node: Expansion) -> bool:
        return sum(len(self.matching_terms(s, node)) for s in self.segments) <= node.limit

    def _united(
        self, runs_of: Callable[[Segment], Sequence[tuple[NDArray[Any], IntArray]]]
    ) -> Postings:
        found = []
        for number, segment in enumerate(self.segments):
            documents, units = combined(runs_of(segment), len(segment))
            if not self._clean[number] and len(documents):
                keep = self.live_in(number)[documents]
                documents, units = documents[keep], units[keep]
            if len(documents):
                found.append((documents + np.int32(self.bases[number]), units))
        if len(found) == 1:
            return Postings(*found[0])
        return Postings(
            np.concatenate([_NONE, *(documents for documents, _ in found)]),
            np.concatenate([_NONE, *(units for _, units in found)]),
        )

    def occurrences(self, field: str, term: str) -> NDArray[np.int64]:
        encoded = term.encode("utf-8", "replace")
        found = [np.zeros(0, dtype=np.int64)]
        for number, segment in enumerate(self.segments):
            documents, positions = segment.occurrences(field, encoded)
            if not self._clean[number]:
                keep = self.live_in(number)[documents]
                documents, positions = documents[keep], positions[keep]
            keys = (documents.astype(np.int64) + self.bases[number]) << 32
            keys |= positions
            # Ascending runs, one for each form: what a stable sort merges fast.
            keys.sort(kind="stable")
            found.append(keys)
        return np.concatenate(found)

    def expand(self, node: Expansion) -> list[str]:
        key = replace(node, weight=1.0)
        return self._expanded.get(key, lambda: most_frequent(self, node))

    def matching_terms(self, segment: Segment, node: Expansion) -> NDArray[np.int64]:
        """The exact terms of a segment that a pattern stands for and the field has, ascending."""
        key = (id(segment), node.field, node.kind, node.pattern, node.edits)
        return self._matching.get(key, lambda: self._matching_terms(segment, node))

    def _matching_terms(self, segment: Segment, node: Expansion) -> NDArray[np.int64]:
        if node.kind == "prefix":
            numbers = np.arange(
                *segment.forms.exact.prefix_range(node.pattern.encode("utf-8", "replace"))
            )
        else:
            table = self._once(
                ("terms", str(id(segment))), lambda: TermTable(bytes(segment.forms.exact.content()))
            )
            numbers = table.expand(node.kind, node.pattern, node.edits)
        return segment.having(node.field, numbers)

    def values(self, node: ValuePattern) -> list[str]:
        column = self.facet(node.facet)
        table = self._once(("values", node.facet), lambda: TermTable.of(column.values))
        found = table.expand(node.kind, node.pattern, node.edits)
        counts = np.bincount(column.ordinals, minlength=len(column.values))[found]
        order = np.argsort(-counts, kind="stable")[: min(node.limit, np.count_nonzero(counts))]
        return [column.values[number] for number in found[order].tolist()]

    def facet(self, name: str) -> FacetColumn:
        return self._once(("facet", name), lambda: self._facet(name))

    def _facet(self, name: str) -> FacetColumn:
        encoded = name.encode("utf-8", "replace")
        found = []
        for number, segment in enumerate(self.segments):
            first, last = segment.documents.facet_range(encoded)
            documents, ordinals = segment.documents.facet_postings(first, last)
            values = segment.documents.facets[first:last]
            keep = self.live_in(number)[documents]
            base = np.int32(self.bases[number])
            found.append((values, documents[keep].astype(np.int32) + base, ordinals[keep]))
        distinct = sorted({value for values, _, _ in found for value in values})
        ranks = {value: rank for rank, value in enumerate(distinct)}
        documents = np.concatenate([_NONE, *(documents for _, documents, _ in found)])
        ordinals = np.concatenate(
            [
                _NONE,
                *(
                    np.array([ranks[value] for value in values], dtype=np.int32)[ordinals]
                    for values, _, ordinals in found
                    if len(values)
                ),
            ]
        )
        texts = [value.partition(SEPARATOR)[2].decode() for value in distinct]
        return FacetColumn(texts, documents, ordinals, self._dense(documents, ordinals))

    def facet_mentions(self, name: str) -> dict[str, int]:
        """The values of a facet, and how often the texts of live documents name each."""
        encoded = name.encode("utf-8", "replace")
        found: Counter[str] = Counter()
        for number, segment in enumerate(self.segments):
            first, last = segment.documents.facet_range(encoded)
            documents, ordinals = segment.documents.facet_postings(first, last)
            keep = self.live_in(number)[documents]
            mentions = segment.documents.facet_mentions(first, last)[keep]
            counts = np.bincount(ordinals[keep], mentions, last - first).astype(np.int64).tolist()
            for value, count in zip(segment.documents.facets[first:last], counts, strict=True):
                if count:
                    found[value.partition(SEPARATOR)[2].decode()] += count
        return found

    def _dense(self, documents: IntArray, ordinals: IntArray) -> NDArray[Any] | None:
        """One ordinal a document, where no document has two; narrow, for every search reads it."""
        largest = int(ordinals.max(initial=0)) + 1
        dense = np.zeros(self.document_limit, dtype=np.min_scalar_type(largest))
        dense[documents] = ordinals + 1
        return dense if np.count_nonzero(dense) == len(documents) else None

    def facet_names(self) -> list[str]:
        """The names of all facets, ascending."""
        names = {name for segment in self.segments for name in segment.documents.facet_names()}
        return sorted(name.decode() for name in names)

    def number_names(self) -> list[str]:
        """The names of all metadata with numbers, ascending."""
        return sorted({n.decode() for s in self.segments for n in s.documents.number_names})

    def numbers(self, name: str) -> NumberColumn:
        return self._once(("numbers", name), lambda: self._number_column(name))

    def _number_column(self, name: str) -> NumberColumn:
        documents, values = [_NONE], [np.zeros(0, dtype=np.float64)]
        for number, segment in enumerate(self.segments):
            owners, found = segment.documents.numbers(name.encode("utf-8", "replace"))
            keep = self.live_in(number)[owners]
            documents.append(owners[keep].astype(np.int32) + np.int32(self.bases[number]))
            values.append(found[keep])
        return NumberColumn(np.concatenate(documents), np.concatenate(values))

    def ids(self, numbers: Sequence[int]) -> list[str]:
        return [*map(bytes.decode, self._taken(lambda documents: documents.ids.take, numbers))]

    def stored(self, part: str, numbers: Sequence[int]) -> list[bytes]:
        """Stored bytes of documents, in the order asked; see ``DocumentColumns.stored``."""
        return self._taken(lambda documents: partial(documents.stored, part), numbers)

    def _taken(
        self,
        method: Callable[[DocumentColumns], Callable[[Sequence[int]], list[bytes]]],
        numbers: Sequence[int],
    ) -> list[bytes]:
        if len(self.segments) == 1:
            return method(self.segments[0].documents)(numbers)
        places = map(self.local, numbers)
        return [method(segment.documents)([number])[0] for segment, number in places]

    def number(self, document_id: str) -> int | None:
        encoded = document_id.encode("utf-8", "surrogatepass")
        for number, segment in enumerate(self.segments):
            found = segment.documents.number(encoded)
            if found is not None and self.live_in(number)[found]:
                return int(self.bases[number]) + found
        return None

    def local(self, number: int) -> tuple[Segment, int]:
        """The segment of a document, and its number there."""
        if len(self.segments) == 1:
            return self.segments[0], number
        place = int(np.searchsorted(self.bases, number, "right")) - 1
        return self.segments[place], number - self.bases[place]

    def term_count(self) -> int:
        """How many different stems there are."""
        if len(self.segments) == 1:
            return len(self.segments[0].forms.stems)
        return len({stem for segment in self.segments for stem in segment.forms.stems})

    def vocabulary(self) -> dict[str, int]:
        """Every word of the texts of live documents, written as it mostly is, and how often in any
        case; in the order of exact terms where there is one segment.
        """
        return written_forms(
            [
                CountedForms(s.forms, s.words[TEXT].form_counts(self.live_in(number), len(s.forms)))
                for number, s in enumerate(self.segments)
            ]
        )

    def _column(self, of_segment: Callable[[Segment], NDArray[Any]]) -> IntArray:
        columns = [of_segment(segment) for segment in self.segments]
        if len(columns) == 1:
            return columns[0].astype(np.int32, copy=False)
        return np.concatenate([_NONE, *columns]).astype(np.int32)

    def _once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        found = self._known.get(key)
        if found is None:
            with self._lock:
                found = self._known.get(key)
                if found is None:
                    found = self._known[key] = make()
        result: T = found
        return result
