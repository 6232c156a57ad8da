"""Queries of Whoosh as plans of searchkit.

A plan matches the documents that Whoosh's matchers would match, and scores them as these do with
``ArrayBM25``, with one difference: patterns and ranges with a constant score give every document
their boost, where Whoosh's matchers add up scores or not, depending on the size of the index.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from whoosh import query
from whoosh.query.terms import MultiTerm

from searchkit.engine.whoosh.reader import ArrayMultiReader
from searchkit.engine.whoosh.schema import (
    DATE_FIELD,
    ID_FIELD,
    DayField,
    NumberField,
    ValueField,
    WordField,
    midnight,
)
from searchkit.query.plan import (
    EXACT,
    Boolean,
    Constant,
    Dates,
    Everything,
    Expansion,
    ExpansionKind,
    Ids,
    Nothing,
    Numbers,
    Phrase,
    Plan,
    Term,
    ValuePattern,
    Values,
)

_NO_LIMIT = 1 << 62
_KINDS: dict[type, ExpansionKind] = {query.Prefix: "prefix", query.Wildcard: "wildcard"}
_DAY_MICROSECONDS = 86_400_000_000


class Untranslatable(Exception):
    """A query that no plan says; Whoosh's own matchers answer it."""


class Translator:
    """Turns queries into plans.

    Args:
        reader: of the index that is searched.
    """

    def __init__(self, reader: ArrayMultiReader) -> None:
        self._reader = reader
        self._schema = reader.schema
        self._nodes: dict[type, Callable[[Any, float], Plan]] = {
            query.Term: self._term,
            query.And: self._and,
            query.Or: self._or,
            query.Not: lambda q, weight: Constant(self._without(q.query), weight),
            query.AndNot: self._and_not,
            query.AndMaybe: self._and_maybe,
            query.Require: self._require,
            query.Every: self._every,
            query.Phrase: self._phrase,
            query.ConstantScoreQuery: self._constant,
            query.Prefix: self._pattern,
            query.Wildcard: self._pattern,
            query.Regex: self._terms,
            query.FuzzyTerm: self._terms,
            query.Variations: self._terms,
            query.TermRange: self._terms,
            query.NumericRange: self._range,
            query.DateRange: self._range,
            type(query.NullQuery): lambda *_: Nothing(),
        }

    def plan(self, q: Any, weight: float = 1.0) -> Plan:
        """The plan of a query.

        Args:
            q: a query of Whoosh.
            weight: factor of its scores, above 0.

        Raises:
            Untranslatable: some node has no plan.
        """
        translate = self._nodes.get(type(q))
        if translate is None:
            raise Untranslatable(type(q).__name__)
        return translate(q, weighted(q, weight))

    def _term(self, q: Any, weight: float) -> Plan:
        if q.fieldname not in self._schema:
            return Nothing()
        try:
            return self._leaf(q.fieldname, self._schema[q.fieldname].to_bytes(q.text), weight)
        except ValueError:
            return Nothing()

    def _leaf(self, name: str, term: bytes, weight: float) -> Plan:
        """A term of any field; where the field has no scores, it counts as its weight."""
        field = self._schema[name]
        if isinstance(field, WordField):
            return Term(name, term.decode(), weight)
        if isinstance(field, DayField):
            when = field.from_bytes(term)
            day = when.toordinal()
            return Constant(Dates(day, day), weight) if when == midnight(day) else Nothing()
        if isinstance(field, NumberField):
            number = field.from_bytes(term)
            return Constant(Numbers(name, number, number), weight)
        text = term.decode()
        return Constant(Ids((text,)) if name == ID_FIELD else Values(name, (text,)), weight)

    def _all(self, queries: Sequence[Any], weight: float) -> tuple[Plan, ...]:
        return tuple(self.plan(q, weight) for q in queries)

    def _and(self, q: Any, weight: float) -> Plan:
        return Boolean(must=self._all(q.subqueries, weight)) if q.subqueries else Nothing()

    def _or(self, q: Any, weight: float) -> Plan:
        if q.scale or q.minmatch:
            raise Untranslatable("Or with scale or minmatch")
        return Boolean(should=self._all(q.subqueries, weight)) if q.subqueries else Nothing()

    def _without(self, q: Any) -> Plan:
        return _all_but(self.plan(q))

    def _and_not(self, q: Any, weight: float) -> Plan:
        return Boolean(must=(self.plan(q.a, weight),), must_not=(self.plan(q.b),))

    def _and_maybe(self, q: Any, weight: float) -> Plan:
        return Boolean(must=(self.plan(q.a, weight),), should=(self.plan(q.b, weight),))

    def _require(self, q: Any, weight: float) -> Plan:
        return _within(self.plan(q.a, weight), self.plan(q.b))

    def _constant(self, q: Any, weight: float) -> Plan:
        return Constant(self.plan(q.child), positive(weight * q.score))

    def _every(self, q: Any, weight: float) -> Plan:
        return Constant(self._everything_with(q.fieldname), weight)

    def _everything_with(self, name: str | None) -> Plan:
        """The documents that have a field."""
        if name is None or name == ID_FIELD:
            return Everything()
        if name not in self._schema:
            raise Untranslatable(f"Every of {name}")
        field = self._schema[name]
        if isinstance(field, WordField):
            return Expansion(EXACT.get(name, name), "prefix", "", limit=_NO_LIMIT)
        if name == DATE_FIELD:
            return Dates(None, None)
        if isinstance(field, NumberField):
            return Numbers(name, None, None)
        return ValuePattern(name, "prefix", "", limit=_NO_LIMIT)

    def _phrase(self, q: Any, weight: float) -> Plan:
        """Words side by side, scored as the words; wider phrases are Whoosh's own."""
        if q.fieldname not in self._schema:
            return Nothing()
        is_words = isinstance(self._schema[q.fieldname], WordField)
        if q.slop != 1 or len(q.words) < 2 or not is_words:
            raise Untranslatable("Phrase")
        terms = tuple(w.decode() if isinstance(w, bytes) else w for w in q.words)
        words = Boolean(must=tuple(Term(q.fieldname, term, weight) for term in terms))
        return _within(words, Phrase(q.fieldname, terms))

    def _pattern(self, q: Any, weight: float) -> Plan:
        if q.text == ("" if type(q) is query.Prefix else "*"):
            return self._every(q, weight)
        if q.constantscore and q.fieldname in EXACT.values() and _is_scanned(q):
            kind = _KINDS[type(q)]
            return Constant(Expansion(q.fieldname, kind, q.text, limit=_NO_LIMIT), weight)
        return self._terms(q, weight)

    def _terms(self, q: Any, weight: float) -> Plan:
        """Any of the terms that Whoosh finds the query to stand for."""
        if q.fieldname not in self._schema:
            raise Untranslatable(f"{type(q).__name__} in {q.fieldname}")
        terms = list(self._expanded(q))
        if not terms:
            return Nothing()
        if not q.constantscore:
            return Boolean(should=tuple(self._leaf(q.fieldname, t, weight) for t in terms))
        found = tuple(self._leaf(q.fieldname, term, 1.0) for term in terms)
        return Constant(Boolean(should=found), weight)

    def _expanded(self, q: MultiTerm) -> Iterator[bytes]:
        to_bytes = self._schema[q.fieldname].to_bytes
        readers = [reader for reader, _ in self._reader.leaf_readers()]
        found = (to_bytes(term) for reader in readers for term in self._found_in(reader, q) if term)
        return iter(dict.fromkeys(found))

    def _found_in(self, reader: Any, q: Any) -> Iterable[Any]:
        """The terms of a segment: by one scan where that can be done, else by Whoosh's loop."""
        has_texts = isinstance(self._schema[q.fieldname], WordField | ValueField)
        if has_texts and _is_scanned(q):
            terms: list[bytes] = reader.cursor(q.fieldname).matching(_KINDS[type(q)], q.text)
            return terms
        expanded: Iterable[Any] = q._btexts(reader)
        return expanded

    def _range(self, q: Any, weight: float) -> Plan:
        if not q.constantscore or q.fieldname not in self._schema:
            raise Untranslatable(f"{type(q).__name__} in {q.fieldname}")
        field = self._schema[q.fieldname]
        if not isinstance(field, DayField | NumberField):
            raise Untranslatable(f"{type(q).__name__} in {q.fieldname}")
        if isinstance(field, DayField):
            days = _days(q)
            return Constant(days, weight) if days else Nothing()
        low, high = q.start, q.end
        if low is not None:
            low = math.nextafter(low, math.inf) if q.startexcl else float(low)
        if high is not None:
            high = math.nextafter(high, -math.inf) if q.endexcl else float(high)
        return Constant(Numbers(q.fieldname, low, high), weight)


def _is_scanned(q: Any) -> bool:
    """Whether a pattern means the same to ``TermTable``: it knows no sets of letters, and reads a
    backslash in another way.
    """
    return type(q) is query.Prefix or (type(q) is query.Wildcard and not set(q.text) & set("[\\"))


def weighted(q: Any, weight: float) -> float:
    """The weight of a query's matches, its own boost included.

    Raises:
        Untranslatable: it is 0 or less.
    """
    return positive(weight * getattr(q, "boost", 1.0))


def positive(weight: float) -> float:
    """The same weight.

    Raises:
        Untranslatable: it is 0 or less.
    """
    if not 0 < weight < math.inf:
        raise Untranslatable("a score of 0 or less cannot be told from no match")
    return weight


def _all_but(plan: Plan) -> Plan:
    return Boolean(must=(Everything(),), must_not=(plan,))


def _within(plan: Plan, limits: Plan) -> Plan:
    """A plan's matches that another plan matches too, which does not count for the score."""
    return Boolean(must=(plan,), must_not=(_all_but(limits),))


def _days(q: Any) -> Dates | None:
    """The days whose beginning lies in a range of times; None where there are none.

    Whoosh counts times in microseconds from the beginning of day 1.
    """
    first = last = None
    if q.start is not None:
        start = q.start + 1 if q.startexcl else q.start
        first = 1 - (-start // _DAY_MICROSECONDS)
    if q.end is not None:
        end = q.end - 1 if q.endexcl else q.end
        last = 1 + end // _DAY_MICROSECONDS
    is_empty = first is not None and last is not None and first > last
    return None if is_empty else Dates(first, last)
