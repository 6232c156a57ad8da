"""Plans evaluated on whole arrays: every match is found and scored, then the best are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.config import Ranking
from searchkit.engine.bm25 import FieldStatistics, idf, term_scores
from searchkit.engine.expand import TermTable
from searchkit.engine.phrases import phrase_postings
from searchkit.engine.port import WORD_UNITS, EngineHit, EngineResult, SearchRequest
from searchkit.engine.snapshot import NO_DAY, IntArray, Postings, Snapshot
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

Scores = NDArray[np.float64]
Matches = tuple[IntArray, Scores]


class Evaluator:
    """Answers requests from a snapshot.

    Args:
        snapshot: what is searched.
        ranking: the parameters of BM25.
    """

    def __init__(self, snapshot: Snapshot, ranking: Ranking) -> None:
        self._snapshot = snapshot
        self._ranking = ranking
        self._statistics: dict[str, FieldStatistics] = {}
        self._nodes: dict[type[Any], Callable[[Any], Matches]] = {
            Term: self._term,
            Phrase: self._phrase,
            Expansion: self._expansion,
            Values: self._values,
            ValuePattern: self._value_pattern,
            Dates: self._dates,
            Numbers: self._numbers,
            Ids: self._ids,
            Boolean: self._boolean,
            Everything: self._everything,
            Nothing: lambda _: _unscored(np.zeros(0, dtype=np.int32)),
        }

    def search(self, request: SearchRequest) -> EngineResult:
        """All matches counted, the page in its true order."""
        documents, scores = self._evaluate(request.plan)
        if not isinstance(request.filter, Everything):
            allowed, _ = self._evaluate(request.filter)
            keep = self._mask(allowed)[documents]
            documents, scores = documents[keep], scores[keep]
        facets = {name: self._count(name, documents) for name in request.facets}
        return EngineResult(self._page(documents, scores, request), len(documents), facets)

    def _evaluate(self, plan: Plan) -> Matches:
        """Ascending document numbers and their scores."""
        return self._nodes[type(plan)](plan)

    def _term(self, node: Term) -> Matches:
        found = self._snapshot.postings(node.field, node.term)
        rarity = self._idf(node.field, len(found.documents))
        return self._scored(found, node.field, node.weight * rarity)

    def _phrase(self, node: Phrase) -> Matches:
        # As in Lucene, a phrase is as rare as its words together.
        places = [self._snapshot.positions(node.field, term) for term in node.terms]
        rarity = sum(self._idf(node.field, len(np.unique(p.documents))) for p in places)
        found = phrase_postings(places, node.slop)
        return self._scored(found, node.field, node.weight * rarity)

    def _expansion(self, node: Expansion) -> Matches:
        terms = self._snapshot.expand(node.field, node.kind, node.pattern, node.edits, node.limit)
        found = _merged([self._snapshot.postings(node.field, term) for term in terms])
        rarity = self._idf(node.field, len(found.documents))
        return self._scored(found, node.field, node.weight * rarity)

    def _values(self, node: Values) -> Matches:
        column = self._snapshot.facet(node.facet)
        wanted = np.isin(np.asarray(column.values, dtype=object), node.values)
        return _unscored(np.unique(column.documents[wanted[column.ordinals]]))

    def _value_pattern(self, node: ValuePattern) -> Matches:
        table = TermTable(self._snapshot.facet(node.facet).values)
        found = table.expand(node.kind, node.pattern, node.edits)[: node.limit]
        return self._values(Values(node.facet, tuple(found)))

    def _dates(self, node: Dates) -> Matches:
        first, last = self._snapshot.first_days, self._snapshot.last_days
        found = self._snapshot.live & (first != NO_DAY)
        if node.last is not None:
            found &= first <= node.last
        if node.first is not None:
            found &= last >= node.first
        return _unscored(np.flatnonzero(found))

    def _numbers(self, node: Numbers) -> Matches:
        column = self._snapshot.numbers(node.facet)
        low = -np.inf if node.low is None else node.low
        high = np.inf if node.high is None else node.high
        return _unscored(column.documents[(column.values >= low) & (column.values <= high)])

    def _ids(self, node: Ids) -> Matches:
        numbers = {self._snapshot.number(document_id) for document_id in node.ids}
        return _unscored(np.array(sorted(n for n in numbers if n is not None), dtype=np.int32))

    def _everything(self, _: Everything) -> Matches:
        return _unscored(np.flatnonzero(self._snapshot.live))

    def _boolean(self, node: Boolean) -> Matches:
        scores = np.zeros(self._snapshot.document_limit)
        met = np.zeros(self._snapshot.document_limit, dtype=np.int32)
        for child in node.must:
            documents, points = self._evaluate(child)
            scores[documents] += points
            met[documents] += 1
        matching = met == len(node.must) if node.must else met > 0
        for child in node.should:
            documents, points = self._evaluate(child)
            scores[documents] += points
            if not node.must:
                matching[documents] = True
        for child in node.must_not:
            matching[self._evaluate(child)[0]] = False
        documents = np.flatnonzero(matching).astype(np.int32)
        return documents, scores[documents]

    def _scored(self, found: Postings, field: str, weight: float) -> Matches:
        if not len(found.documents):
            return _unscored(found.documents)
        lengths = self._snapshot.lengths(field)[found.documents]
        points = term_scores(
            found.frequencies / WORD_UNITS,
            lengths,
            self._field_statistics(field),
            self._ranking.k1,
            self._ranking.b,
        )
        return found.documents, points * weight

    def _idf(self, field: str, document_frequency: int) -> float:
        found = idf(document_frequency, self._field_statistics(field).documents)
        return float(found**self._ranking.rarity)

    def _field_statistics(self, field: str) -> FieldStatistics:
        if field not in self._statistics:
            lengths = self._snapshot.lengths(field)[self._snapshot.live]
            self._statistics[field] = FieldStatistics.of(lengths)
        return self._statistics[field]

    def _mask(self, documents: IntArray) -> NDArray[np.bool_]:
        mask = np.zeros(self._snapshot.document_limit, dtype=np.bool_)
        mask[documents] = True
        return mask

    def _count(self, name: str, documents: IntArray) -> dict[str, int]:
        column = self._snapshot.facet(name)
        found = column.ordinals[self._mask(documents)[column.documents]]
        counts = np.bincount(found, minlength=len(column.values))
        return {column.values[n]: int(counts[n]) for n in np.flatnonzero(counts).tolist()}

    def _page(
        self, documents: IntArray, scores: Scores, request: SearchRequest
    ) -> tuple[EngineHit, ...]:
        end = min(request.offset + request.limit, len(documents))
        if request.offset >= end:
            return ()
        # Equal to the last bit of a float32 is equal: sums in another order differ below that.
        rounded = scores.astype(np.float32)
        days = self._snapshot.first_days[documents]
        keys = _sort_keys(rounded, days, request.sort)
        best = _candidates(keys[0], end)
        ids = self._snapshot.ids(documents[best].tolist())
        order = sorted(range(len(best)), key=lambda i: (*(k[best[i]] for k in keys), ids[i]))
        chosen = best[order[request.offset : end]]
        return tuple(EngineHit(int(documents[i]), float(rounded[i])) for i in chosen)


def _sort_keys(
    scores: NDArray[np.float32], days: IntArray, sort: str
) -> tuple[NDArray[np.float64], ...]:
    """Keys to sort by, ascending, the first before the second."""
    best_first = -scores.astype(np.float64)
    latest_first = -days.astype(np.float64)
    if sort == "relevance":
        return best_first, latest_first
    if sort == "-date":
        return np.where(days == NO_DAY, np.inf, latest_first), best_first
    return np.where(days == NO_DAY, np.inf, days.astype(np.float64)), best_first


def _candidates(keys: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Where the ``count`` smallest keys are, and all that equal the largest of them."""
    if count >= len(keys):
        return np.arange(len(keys))
    limit = np.partition(keys, count - 1)[count - 1]
    return np.flatnonzero(keys <= limit)


def _unscored(documents: NDArray[Any]) -> Matches:
    return documents.astype(np.int32), np.zeros(len(documents))


def _merged(found: Sequence[Postings]) -> Postings:
    """Several terms as one: a document has it as often as all of them together."""
    if not found:
        return Postings(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))
    documents = np.concatenate([postings.documents for postings in found])
    frequencies = np.concatenate([postings.frequencies for postings in found])
    unique, inverse = np.unique(documents, return_inverse=True)
    return Postings(unique, np.bincount(inverse, frequencies).astype(np.int32))
