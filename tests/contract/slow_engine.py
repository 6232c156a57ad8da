"""An engine of dictionaries and lists: slow, obvious, and the judge of the fast ones."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from searchkit.config import Ranking
from searchkit.engine.port import (
    PLACE_COLUMNS,
    EngineHit,
    EngineNames,
    EngineResult,
    EngineStatistics,
    IndexDocument,
    Origin,
    Outcome,
    Part,
    Places,
    SearchRequest,
    Target,
)
from searchkit.query import plan
from searchkit.query.plan import TEXT, Expansion, Phrase, Plan, Term
from searchkit.text.lexicon import Lexicon
from tests.contract.slow_words import (
    STEMS_OF,
    SlowDocument,
    WordReader,
    as_float32,
    fits,
    mostly_written,
    quantised,
    rarity,
    windows,
)

Scores = dict[int, float]


class SlowWriter:
    """An ``EngineWriter`` over a list of documents.

    Args:
        committed: the documents of the index; ``commit`` replaces what is in it.
    """

    def __init__(self, committed: list[IndexDocument]) -> None:
        self._committed = committed
        self._documents = list(committed)

    def write(self, documents: Iterable[IndexDocument]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for document in documents:
            outcomes.append("replaced" if self.delete([document.id]) else "added")
            self._documents.append(document)
        return outcomes

    def delete(self, ids: Iterable[str]) -> int:
        before, unwanted = len(self._documents), set(ids)
        self._documents = [d for d in self._documents if d.id not in unwanted]
        return before - len(self._documents)

    def commit(self) -> None:
        self._committed[:] = self._documents

    def abort(self) -> None:
        self._documents = list(self._committed)


class SlowReader:
    """An ``EngineReader`` over a list of documents, numbered as they stand in it.

    Args:
        documents: what is searched.
        lexicon: the one that analysed them.
        ranking: how to score.
    """

    def __init__(
        self, documents: Iterable[IndexDocument], lexicon: Lexicon, ranking: Ranking
    ) -> None:
        words = WordReader(lexicon)
        opening = ranking.opening
        self._documents = [SlowDocument(document, words, opening) for document in documents]
        self._ranking = ranking
        self._nodes: dict[type[Any], Callable[[Any], Scores]] = {
            plan.Term: self._term,
            plan.Phrase: self._phrase,
            plan.Expansion: self._expansion,
            plan.Boolean: self._boolean,
            plan.Constant: lambda node: dict.fromkeys(self._matches(node.child), node.score),
            plan.Values: lambda node: self._having(node.facet, node.values),
            plan.ValuePattern: lambda node: self._having(node.facet, self._values(node)),
            plan.Dates: lambda node: self._where(lambda d: _overlaps(d.days, node)),
            plan.Numbers: lambda node: self._where(lambda d: _between(d.numbers, node)),
            plan.Ids: lambda node: self._where(lambda d: d.id in node.ids),
            plan.Everything: lambda _: self._where(lambda _: True),
            plan.Nothing: lambda _: {},
        }

    def search(self, request: SearchRequest) -> EngineResult:
        if request.deadline is not None and time.monotonic() >= request.deadline:
            return EngineResult((), 0, {name: {} for name in request.facets}, partial=True)
        allowed = self._matches(request.filter)
        found = {n: as_float32(s) for n, s in self._matches(request.plan).items() if n in allowed}
        hidden: dict[int, int] = {}
        if request.collapse:
            found, hidden = self._collapsed(found, request)
        order = sorted(found, key=lambda n: self._key(n, found[n], request.sort))
        if request.after is not None and (last := self.number(request.after)) is not None:
            bound = self._key(last, found.get(last, 0.0), request.sort)
            order = [n for n in order if self._key(n, found[n], request.sort) > bound]
        page = order[request.offset : request.offset + request.limit]
        return EngineResult(
            tuple(EngineHit(n, self._documents[n].given.id, found[n]) for n in page),
            len(found),
            {name: self._facet_counts(name, found) for name in request.facets},
            hidden={n: count for n, count in hidden.items() if count},
        )

    def scores(self, plan: Plan, numbers: Sequence[int]) -> Mapping[int, float]:
        return {n: as_float32(s) for n, s in self._matches(plan).items() if n in numbers}

    def _collapsed(self, found: Scores, request: SearchRequest) -> tuple[Scores, dict[int, int]]:
        """Of documents that share most of their runs of four words, the first in the order."""
        kept: dict[int, int] = {}
        for number in sorted(found, key=lambda n: self._key(n, found[n], request.sort)):
            same = [n for n in kept if self._documents[n].says_the_same(self._documents[number])]
            if same:
                kept[same[0]] += 1
            else:
                kept[number] = 0
        return {number: found[number] for number in kept}, kept

    def locate(self, targets: Sequence[Target], numbers: Sequence[int]) -> Places:
        rows = [
            (slot, target, *place)
            for slot, number in enumerate(numbers)
            for target, wanted in enumerate(targets)
            for place in self._places(self._documents[number], wanted)
        ]
        rows.sort(key=lambda row: (row[0], row[3], row[4], row[1]))
        columns = np.array(rows, dtype=np.int32).reshape(-1, len(PLACE_COLUMNS)).T
        return Places(*columns)

    def fetch(self, numbers: Sequence[int], part: Part) -> list[bytes]:
        return [getattr(self._documents[number].given.stored, part) for number in numbers]

    def numbers(self) -> Sequence[int]:
        return range(len(self._documents))

    def number(self, document_id: str) -> int | None:
        ids = [document.given.id for document in self._documents]
        return ids.index(document_id) if document_id in ids else None

    def document_count(self) -> int:
        return len(self._documents)

    def expand(self, node: Expansion) -> list[str]:
        frequencies = Counter(t for d in self._documents for t in d.units(node.field))
        terms = [t for t in frequencies if fits(t, node.kind, node.pattern, node.edits)]
        return sorted(terms, key=lambda t: (-frequencies[t], t.encode()))[: node.limit]

    def document_frequency(self, field: str, term: str) -> int:
        return sum(term in document.units(field) for document in self._documents)

    def frequency_bounds(self, field: str, terms: Sequence[str]) -> list[int]:
        return [self.document_frequency(field, term) for term in terms]

    def origin(self, document_id: str) -> Origin | None:
        return self.origins().get(document_id)

    def origins(self) -> Mapping[str, Origin]:
        return {d.given.id: Origin(d.given.source, d.given.digest) for d in self._documents}

    def vocabulary(self) -> Mapping[str, int]:
        forms: dict[str, list[str]] = defaultdict(list)
        for document in self._documents:
            for word in document.field(TEXT).words:
                forms[word.exact].append(word.form)
        return {text: n for found in forms.values() for text, n in mostly_written(found).items()}

    def facet_counts(self, name: str) -> Mapping[str, int]:
        return self._facet_counts(name, range(len(self._documents)))

    def facet_mentions(self, name: str) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for document in self._documents:
            mentions = document.given.mentions.get(name, {})
            values = document.given.facets.get(name, ())
            found.update({value: mentions.get(value, 1) for value in values})
        return found

    def statistics(self) -> EngineStatistics:
        fields = [field for d in self._documents for field in d.fields.values()]
        words = [word for field in fields for word in (*field.words, *field.chains)]
        stems = {stem for word in words for stem in word.stems}
        stems |= {part.stem for word in words for part in word.parts}
        return EngineStatistics(len(self._documents), len(stems))

    def names(self) -> EngineNames:
        return EngineNames(
            tuple(sorted({name for d in self._documents for name in d.given.facets})),
            tuple(sorted({name for d in self._documents for name in d.given.numbers})),
        )

    def check(self) -> None:
        """There is nothing that could contradict itself."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def _matches(self, node: Plan) -> Scores:
        return self._nodes[type(node)](node)

    def _where(self, holds: Callable[[IndexDocument], bool]) -> Scores:
        return {n: 0.0 for n, d in enumerate(self._documents) if holds(d.given)}

    def _term(self, node: Term) -> Scores:
        units = {n: d.units(node.field)[node.term] for n, d in enumerate(self._documents)}
        frequency = self.document_frequency(node.field, node.term)
        return self._scored(node.field, units, node.weight * self._idf(node.field, frequency))

    def _expansion(self, node: Expansion) -> Scores:
        terms = self.expand(node)
        units = {n: sum(d.units(node.field)[t] for t in terms) for n, d in self._numbered()}
        frequency = sum(count > 0 for count in units.values())
        return self._scored(node.field, units, node.weight * self._idf(node.field, frequency))

    def _phrase(self, node: Phrase) -> Scores:
        units = {n: 2 * _count(d, node) for n, d in self._numbered()}
        frequencies = [
            sum(bool(d.positions(node.field, term)) for d in self._documents) for term in node.terms
        ]
        weight = sum(self._idf(node.field, frequency) for frequency in frequencies)
        return self._scored(node.field, units, node.weight * weight)

    def _numbered(self) -> Iterable[tuple[int, SlowDocument]]:
        return enumerate(self._documents)

    def _lengths(self, field: str) -> list[int]:
        return [len(document.field(field).words) for document in self._documents]

    def _idf(self, field: str, frequency: int) -> float:
        found = rarity(frequency, sum(length > 0 for length in self._lengths(field)))
        return float(found**self._ranking.rarity)

    def _scored(self, field: str, units: Mapping[int, int], weight: float) -> Scores:
        lengths = self._lengths(field)
        mean = sum(lengths) / max(sum(length > 0 for length in lengths), 1)
        k1, b = self._ranking.k1, self._ranking.b
        scores = {}
        for number, count in units.items():
            if count:
                norm = k1 * (1 - b + b * quantised(lengths[number]) / mean)
                scores[number] = weight * (count / 2) / (count / 2 + norm)
        return scores

    def _boolean(self, node: plan.Boolean) -> Scores:
        must = [self._matches(child) for child in node.must]
        should = [self._matches(child) for child in node.should]
        excluded = {n for child in node.must_not for n in self._matches(child)}
        if must:
            numbers = set(must[0]).intersection(*must)
        else:
            numbers = {n for found in should for n in found}
        return {n: sum(found.get(n, 0.0) for found in (*must, *should)) for n in numbers - excluded}

    def _values(self, node: plan.ValuePattern) -> list[str]:
        counts = self.facet_counts(node.facet)
        values = [v for v in counts if fits(v, node.kind, node.pattern, node.edits)]
        return sorted(values, key=lambda v: (-counts[v], v.encode()))[: node.limit]

    def _having(self, facet: str, values: Iterable[str]) -> Scores:
        wanted = set(values)
        return self._where(lambda d: not wanted.isdisjoint(d.facets.get(facet, ())))

    def _facet_counts(self, name: str, numbers: Iterable[int]) -> dict[str, int]:
        found = [self._documents[number].given.facets.get(name, ()) for number in numbers]
        return dict(Counter(value for values in found for value in values))

    def _key(self, number: int, score: float, sort: str) -> tuple[Any, ...]:
        document = self._documents[number].given
        day = document.days[0] if document.days else 0
        if sort == "relevance":
            return (-score, -day, document.id.encode())
        return (day == 0, day if sort == "date" else -day, -score, document.id.encode())

    def _places(self, document: SlowDocument, target: Target) -> Iterable[tuple[int, ...]]:
        if isinstance(target, Phrase):
            yield from _phrase_places(document, target)
        elif isinstance(target, Expansion):
            for term in self.expand(target):
                yield from _word_places(document, target.field, term)
        else:
            yield from _word_places(document, target.field, target.term)
            if target.field not in STEMS_OF:
                yield from _part_places(document, target.term)


def _overlaps(days: tuple[int, int] | None, node: plan.Dates) -> bool:
    if days is None:
        return False
    begins_in_time = node.last is None or days[0] <= node.last
    return begins_in_time and (node.first is None or days[1] >= node.first)


def _between(numbers: Mapping[str, float], node: plan.Numbers) -> bool:
    value = numbers.get(node.facet)
    if value is None:
        return False
    return (node.low is None or value >= node.low) and (node.high is None or value <= node.high)


def _count(document: SlowDocument, node: Phrase) -> int:
    """How often a phrase stands in a document."""
    if not node.slop:
        return len(_phrase_begins(document, node))
    positions = [
        (term, place) for term in set(node.terms) for place in document.positions(node.field, term)
    ]
    return windows(positions, node.terms, len(node.terms) + node.slop)


def _phrase_begins(document: SlowDocument, node: Phrase) -> list[int]:
    places = [document.positions(node.field, term) for term in node.terms]
    return [p for p in places[0] if all(p + n in found for n, found in enumerate(places))]


def _phrase_places(document: SlowDocument, node: Phrase) -> Iterable[tuple[int, ...]]:
    words = document.field(node.field).words
    for distance in range(len(node.terms)):
        for begin in _phrase_begins(document, node):
            word = words[begin + distance]
            yield (word.position, word.start, word.end, word.start, word.end, 0)


def _word_places(document: SlowDocument, field: str, term: str) -> Iterable[tuple[int, ...]]:
    words = document.field(field).words
    for position in document.positions(field, term):
        word = words[position]
        yield (position, word.start, word.end, word.start, word.end, 0)


def _part_places(document: SlowDocument, stem: str) -> Iterable[tuple[int, ...]]:
    """Parts of compounds, and chains that are the word when written together."""
    text = document.field(TEXT)
    for word in text.words:
        for part in word.parts:
            if part.stem != stem:
                continue
            if word.end - word.start == len(word.form):
                start, end, parts = word.start + part.start, word.start + part.end, len(word.parts)
            else:  # something invisible stands in the word: where the part lies is not known
                start, end, parts = word.start, word.end, 0
            yield (word.position, start, end, word.start, word.end, parts)
    for chain in text.chains:
        if stem in chain.stems:
            yield (chain.position, chain.start, chain.end, chain.start, chain.end, 0)
