"""What the nodes of plans match that have no children: words, phrases, patterns, values, dates.

What such a node matches is kept for the next query, and so is what a word matches: its terms in all
fields, weights and lengths worked in. A query then adds up a few lists.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.config import Ranking
from searchkit.engine.bm25 import FieldStatistics, idf, length_norms
from searchkit.engine.cache import Cache
from searchkit.engine.matches import LEAST_SCORE, NOTHING, Matches, all_of, any_of, unscored
from searchkit.engine.phrases import phrase_matches
from searchkit.engine.port import WORD_UNITS
from searchkit.engine.snapshot import NO_DAY, Postings, Snapshot
from searchkit.query.plan import (
    Boolean,
    Dates,
    Everything,
    Expansion,
    Ids,
    Nothing,
    Numbers,
    Phrase,
    Plan,
    Term,
    ValuePattern,
    Values,
)
from searchkit.text.growing import distinct

# Memory in an index of 20,000 documents: for the matches of words, and for the occurrences of words
# in phrases.
_MATCHES_BYTES = 36 << 20
_OCCURRENCES_BYTES = 12 << 20
# Memory for the postings of the latest terms.
_POSTINGS_BYTES = 4 << 20
# How many terms' document frequencies are kept.
_FREQUENCIES = 1 << 15

# What a word matches grows with the documents, and so does the memory, up to so many times.
_MOST_TIMES = 7

_KEPT = (Term, Phrase, Expansion, Values, ValuePattern, Dates, Numbers, Ids)


class Leaves:
    """Finds what nodes without children match.

    Args:
        snapshot: what is searched.
        ranking: the parameters of BM25.
    """

    def __init__(self, snapshot: Snapshot, ranking: Ranking) -> None:
        self._snapshot = snapshot
        self._ranking = ranking
        self._statistics: dict[str, FieldStatistics] = {}
        self._norms: dict[str, NDArray[np.float64]] = {}
        times = min(2 / 3 + snapshot.document_limit / 60_000, _MOST_TIMES)
        self._matches: Cache[Matches] = Cache(
            round(_MATCHES_BYTES * times), lambda found: found.size_bytes
        )
        self._occurrences: Cache[NDArray[np.int64]] = Cache(
            round(_OCCURRENCES_BYTES * times), lambda found: found.nbytes
        )
        self._latest: Cache[Postings] = Cache(
            round(_POSTINGS_BYTES * times),
            lambda found: 200 + found.documents.nbytes + found.frequencies.nbytes,
        )
        self._frequencies: Cache[int] = Cache(_FREQUENCIES, lambda _: 1)
        self._bounds: Cache[int] = Cache(_FREQUENCIES, lambda _: 1)
        self._nodes: dict[type[Any], Callable[[Any], Matches]] = {
            Term: self._term,
            Phrase: self._phrase,
            Expansion: self._expansion,
            Values: self._values,
            ValuePattern: self._value_pattern,
            Dates: self._dates,
            Numbers: self._numbers,
            Ids: self._ids,
            Everything: lambda _: unscored(np.flatnonzero(snapshot.live)),
            Nothing: lambda _: NOTHING,
        }

    def kept(self, node: Plan) -> Matches:
        """What a node matches, worked out once."""
        limit = self._snapshot.document_limit
        return self._matches.get(node, lambda: self._nodes[type(node)](node).laid_out(limit))

    def kept_word(self, node: Boolean) -> Matches:
        """What any of some terms matches, worked out once."""
        limit = self._snapshot.document_limit
        return self._matches.get(node, lambda: self._word(node).laid_out(limit))

    def remembered(self, node: Plan) -> Matches | None:
        """What a node matches, where that has been worked out."""
        return self._matches.peek(node)

    def node(self, node: Plan) -> Matches:
        """What a node without children matches."""
        return self.kept(node) if isinstance(node, _KEPT) else self._nodes[type(node)](node)

    def any_of(self, found: list[Matches]) -> Matches:
        """Documents in any of them."""
        return any_of(found, self._snapshot.document_limit)

    def _word(self, node: Plan) -> Matches:
        """What terms match that stand for one word of a query, or for all parts of it."""
        if isinstance(node, Term):
            return self._term(node)
        assert isinstance(node, Boolean)
        if node.must:
            return all_of([self._word(child) for child in node.must])
        return self.any_of([self._word(child) for child in node.should])

    def _postings(self, field: str, term: str) -> Postings:
        """Asked for twice in a row: to see whether a word is rare, and to score it."""
        return self._latest.get((field, term), lambda: self._snapshot.postings(field, term))

    def _term(self, node: Term) -> Matches:
        found = self._postings(node.field, node.term)
        rarity = self._idf(node.field, len(found.documents))
        return self._scored(found, node.field, node.weight * rarity)

    def _phrase(self, node: Phrase) -> Matches:
        # As in Lucene, a phrase is as rare as its words together.
        places = [self.occurrences(node.field, term) for term in node.terms]
        rarity = sum(self._idf(node.field, _documents_in(keys)) for keys in places)
        documents, counts = phrase_matches(node.terms, places, node.slop)
        found = Postings(documents, (WORD_UNITS * counts).astype(np.int32))
        return self._scored(found, node.field, node.weight * rarity)

    def document_frequency(self, field: str, term: str) -> int:
        """In how many documents a field has a term."""
        return self._frequencies.get(
            (field, term), lambda: len(self._postings(field, term).documents)
        )

    def frequency_bounds(self, field: str, terms: Sequence[str]) -> list[int]:
        """In how many documents a field has each of some stems at most."""
        known = {term: self._bounds.peek((field, term)) for term in terms}
        new = [term for term, bound in known.items() if bound is None]
        found = dict(zip(new, self._snapshot.frequency_bounds(field, new), strict=True))
        return [self._bounds.get((field, t), partial(found.__getitem__, t)) for t in terms]

    def rarity(self, field: str, term: str) -> float:
        """The weight of a term by its rarity."""
        return self._idf(field, self.document_frequency(field, term))

    def occurrences(self, field: str, term: str) -> NDArray[np.int64]:
        """Every word of a term; see ``Snapshot.occurrences``."""
        return self._occurrences.get((field, term), lambda: self._snapshot.occurrences(field, term))

    def _expansion(self, node: Expansion) -> Matches:
        found = self._snapshot.expanded(node)
        rarity = self._idf(node.field, len(found.documents))
        return self._scored(found, node.field, node.weight * rarity)

    def _values(self, node: Values) -> Matches:
        column = self._snapshot.facet(node.facet)
        # Not np.isin: its texts end before a final NUL.
        wanted = np.zeros(len(column.values), dtype=np.bool_)
        for value in node.values:
            place = bisect_left(column.values, value)
            wanted[place : place + 1] |= column.values[place : place + 1] == [value]
        return unscored(distinct(column.documents[wanted[column.ordinals]]))

    def _value_pattern(self, node: ValuePattern) -> Matches:
        return self._values(Values(node.facet, tuple(self._snapshot.values(node))))

    def _dates(self, node: Dates) -> Matches:
        first, last = self._snapshot.first_days, self._snapshot.last_days
        found = self._snapshot.live & (first != NO_DAY)
        if node.last is not None:
            found &= first <= node.last
        if node.first is not None:
            found &= last >= node.first
        return unscored(np.flatnonzero(found))

    def _numbers(self, node: Numbers) -> Matches:
        column = self._snapshot.numbers(node.facet)
        low = -np.inf if node.low is None else node.low
        high = np.inf if node.high is None else node.high
        return unscored(column.documents[(column.values >= low) & (column.values <= high)])

    def _ids(self, node: Ids) -> Matches:
        numbers = {self._snapshot.number(document_id) for document_id in node.ids}
        return unscored(np.array(sorted(n for n in numbers if n is not None), dtype=np.int32))

    def _scored(self, found: Postings, field: str, weight: float) -> Matches:
        if not len(found.documents):
            return NOTHING
        norms = self.length_norms(field)[found.documents]
        scores = found.frequencies * (weight / WORD_UNITS)
        scores /= found.frequencies / WORD_UNITS + norms
        return Matches(found.documents, np.maximum(scores, LEAST_SCORE))

    def _idf(self, field: str, document_frequency: int) -> float:
        found = idf(document_frequency, self._field_statistics(field).documents)
        return float(found**self._ranking.rarity)

    def _field_statistics(self, field: str) -> FieldStatistics:
        if field not in self._statistics:
            lengths = self._snapshot.lengths(field)[self._snapshot.live]
            self._statistics[field] = FieldStatistics.of(lengths)
        return self._statistics[field]

    def length_norms(self, field: str) -> NDArray[np.float64]:
        """What frequencies in a field are weighed against, by document number."""
        if field not in self._norms:
            self._norms[field] = length_norms(
                self._snapshot.lengths(field),
                self._field_statistics(field),
                self._ranking.k1,
                self._ranking.b,
            )
        return self._norms[field]


def _documents_in(keys: NDArray[np.int64]) -> int:
    """How many documents some occurrences lie in."""
    if not len(keys):
        return 0
    return 1 + int(np.count_nonzero(np.diff(keys >> 32)))
