"""From the tree of a query to the plan of an engine: words become weighted terms of fields."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from searchkit.config import Limits, Ranking
from searchkit.model import MENTIONED_DATE
from searchkit.query import plan, tree
from searchkit.query.highlights import Highlights, Marks
from searchkit.query.plan import EXACT, LEAD, TEXT, TITLE, ExpansionKind, Plan
from searchkit.text.fold import fold_exact
from searchkit.text.lexicon import Lexicon


class ValueNames(Protocol):
    """Knows the values of facets, so that ``person:putin`` can mean one of them."""

    def named(self, facet: str, text: str) -> tuple[str, ...]:
        """The values that a text means; the text itself where it means none."""

    def dates(self, first: datetime.date | None, last: datetime.date | None) -> tuple[str, ...]:
        """The dates in texts that overlap a range of days, both ends included."""

    def fitting(self, facet: str, kind: ExpansionKind, pattern: str) -> tuple[str, ...]:
        """The values that a prefix or wildcard pattern stands for."""


@dataclass(frozen=True, slots=True)
class PlannedQuery:
    """A plan, and what to mark in the texts it finds."""

    plan: Plan
    highlights: Highlights


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a part of the tree stands.

    Args:
        name: the field asked for; ``None`` for title and text together.
        weight: the product of the boosts around it.
        required: whether a document must match it.
        marked: whether what it finds is to be marked; not below a NOT.
    """

    name: str | None = None
    weight: float = 1.0
    required: bool = False
    marked: bool = True


@dataclass(frozen=True, slots=True)
class _Form:
    """What the lexicon knows of one word of the query."""

    stem: str
    second_stem: str | None
    exact: str
    parts: tuple[str, ...]
    is_stop: bool


def plan_query(
    root: tree.Node,
    lexicon: Lexicon,
    ranking: Ranking,
    limits: Limits,
    *,
    is_question: bool = False,
    values: ValueNames | None = None,
) -> PlannedQuery:
    """Plan a parsed query.

    Args:
        root: its tree.
        lexicon: analyses its words as it did those of the documents.
        ranking: the weights of the fields.
        limits: for the number of words a pattern may stand for.
        is_question: whether stop words count less.
        values: what the values of facets are called; as typed unless given.
    """
    planner = _Planner(lexicon, ranking, limits, is_question, values)
    planned = planner.plan(root, _Scope())
    return PlannedQuery(planned, planner.marks.highlights())


class _Planner:
    def __init__(
        self,
        lexicon: Lexicon,
        ranking: Ranking,
        limits: Limits,
        is_question: bool,
        values: ValueNames | None,
    ) -> None:
        self._lexicon = lexicon
        self._ranking = ranking
        self._limits = limits
        self._is_question = is_question
        self._values = values
        self.marks = Marks()
        self._nodes: dict[type[Any], Callable[[Any, _Scope], Plan]] = {
            tree.Word: self._word,
            tree.Phrase: self._phrase,
            tree.Prefix: lambda n, s: self._pattern("prefix", n.text, 0, s),
            tree.Wildcard: lambda n, s: self._pattern("wildcard", n.pattern, 0, s),
            tree.DateRange: self._dates,
            tree.NumberRange: lambda n, s: plan.Numbers(s.name or "", n.low, n.high),
            tree.Value: lambda n, s: self._value(n.text, s),
            tree.Everything: self._everything,
            tree.Nothing: lambda _, __: plan.Nothing(),
            tree.Boost: lambda n, s: self.plan(n.child, replace(s, weight=s.weight * n.factor)),
            tree.Field: lambda n, s: self.plan(n.child, replace(s, name=n.name)),
            tree.Bool: self._bool,
        }

    def plan(self, node: tree.Node, scope: _Scope) -> Plan:
        """The plan of a node; the depth of trees is bounded by the parser."""
        return self._nodes[type(node)](node, scope)

    def _word(self, node: tree.Word, scope: _Scope) -> Plan:
        if not _is_text(scope):
            return self._value(node.text, scope)
        if node.fuzzy:
            return self._pattern("fuzzy", node.text, node.fuzzy, scope)
        words = self._analysed(node.text)
        if scope.marked:
            self._mark(words, node.exact)
        # A chain such as G20-Gipfel: as a whole where it must match, else one word is enough.
        return _joined([self._form(word, node.exact, scope) for word in words], scope.required)

    def _analysed(self, text: str) -> list[_Form]:
        words = self._lexicon.analyse(text)
        parts: dict[int, list[str]] = {}
        found = self._lexicon.parts(words.forms)
        for number, term in zip(found.words.tolist(), self._terms(found.terms), strict=True):
            parts.setdefault(number, []).append(term)
        second = self._lexicon.second_stems(words.forms).tolist()
        rows = zip(
            self._terms(self._lexicon.stems(words.forms)),
            self._terms(self._lexicon.exact_terms(words.forms)),
            self._lexicon.is_stop(words.forms).tolist(),
            strict=True,
        )
        return [
            _Form(
                stem,
                self._lexicon.terms[second[number]] if second[number] >= 0 else None,
                exact,
                tuple(parts.get(number, ())),
                stop,
            )
            for number, (stem, exact, stop) in enumerate(rows)
        ]

    def _mark(self, words: list[_Form], exact: bool) -> None:
        for word in words:
            if exact:
                self.marks.exact.add(word.exact)
            elif word.is_stop:
                self.marks.stop_words.add(word.stem)
            else:
                self.marks.stems.add(word.stem)
                if word.second_stem:
                    self.marks.stems.add(word.second_stem)
                self.marks.parts.update(word.parts)

    def _form(self, word: _Form, exact: bool, scope: _Scope) -> Plan:
        factor = self._ranking.stop_words if self._is_question and word.is_stop else 1.0
        found: list[Plan] = []
        for name, weight in self._fields(scope):
            if exact:
                found.append(plan.Term(EXACT[name], word.exact, weight))
                continue
            found.append(plan.Term(name, word.stem, weight * factor))
            if word.second_stem:
                found.append(plan.Term(name, word.second_stem, weight * factor))
            found.append(plan.Term(EXACT[name], word.exact, weight * factor * self._ranking.exact))
            if scope.marked and not scope.required and self._ranking.parts:
                # Not where the word itself is asked for or excluded: a Treffen is no Gipfeltreffen.
                found += [plan.Term(name, p, weight * self._ranking.parts) for p in word.parts]
        if scope.required and not exact and len(word.parts) > 1:
            found.append(self._all_parts(word, scope))
        return plan.Boolean(should=tuple(found))

    def _all_parts(self, word: _Form, scope: _Scope) -> Plan:
        """All parts of a compound stand in for the whole: a Treffen about a Gipfel."""
        weight = self._ranking.parts
        return plan.Boolean(
            must=tuple(
                _joined([plan.Term(name, p, w * weight) for name, w in self._fields(scope)], False)
                for p in word.parts
            )
        )

    def _phrase(self, node: tree.Phrase, scope: _Scope) -> Plan:
        if not _is_text(scope):
            return self._value(node.text, scope)
        words = self._lexicon.analyse(node.text)
        stems = tuple(self._terms(self._lexicon.stems(words.forms)))
        if len(stems) < 2:
            return self._word(tree.Word(node.text), scope)
        if scope.marked and node.slop:
            self.marks.stems.update(stems)
        elif scope.marked:
            self.marks.phrases.add(stems)
        return _joined(
            [plan.Phrase(name, stems, node.slop, w) for name, w in self._fields(scope)], False
        )

    def _pattern(self, kind: ExpansionKind, pattern: str, edits: int, scope: _Scope) -> Plan:
        limit = self._limits.expansions
        if not _is_text(scope):
            return self._value_pattern(scope, kind, pattern, edits)
        folded = fold_exact(pattern)
        nodes = [
            plan.Expansion(EXACT[name], kind, folded, edits, limit, weight)
            for name, weight in self._fields(scope)
        ]
        if scope.marked:
            self.marks.expansions.extend(nodes)
        return _joined(nodes, False)

    def _value(self, text: str, scope: _Scope) -> Plan:
        name = scope.name or ""
        return self._named(self._values.named(name, text) if self._values else (text,), scope)

    def _named(self, values: tuple[str, ...], scope: _Scope) -> Plan:
        name = scope.name or ""
        if scope.marked:
            self.marks.names.update((name, value) for value in values)
        return plan.Ids(values) if name == "id" else plan.Values(name, values)

    def _value_pattern(self, scope: _Scope, kind: ExpansionKind, pattern: str, edits: int) -> Plan:
        name = scope.name or ""
        if self._values and kind != "fuzzy":
            return self._named(self._values.fitting(name, kind, pattern), scope)
        return plan.ValuePattern(name, kind, pattern, edits, self._limits.expansions)

    def _dates(self, node: tree.DateRange, scope: _Scope) -> Plan:
        first = node.first.first_day if node.first else None
        last = node.last.last_day if node.last else None
        if scope.name == MENTIONED_DATE:
            return self._named(self._values.dates(first, last) if self._values else (), scope)
        return plan.Dates(first.toordinal() if first else None, last.toordinal() if last else None)

    def _everything(self, _: tree.Everything, scope: _Scope) -> Plan:
        if scope.name == "date":
            return plan.Dates(None, None)
        if _is_text(scope) or scope.name == "id":
            return plan.Everything()
        return plan.ValuePattern(scope.name or "", "prefix", "", limit=plan.ALL_VALUES)

    def _bool(self, node: tree.Bool, scope: _Scope) -> Plan:
        must = [self.plan(child, replace(scope, required=True)) for child in node.must]
        optional = replace(scope, required=False)
        should = [self.plan(child, optional) for child in node.should]
        excluded = replace(scope, required=False, marked=False)
        must_not = [self.plan(child, excluded) for child in node.must_not]
        if not must and not should:
            must = [plan.Everything()]
        if not must:
            must, should = self._with_words_of_phrases(node, should, optional)
        return plan.Boolean(tuple(must), tuple(should), tuple(must_not))

    def _with_words_of_phrases(
        self, node: tree.Bool, should: list[Plan], scope: _Scope
    ) -> tuple[list[Plan], list[Plan]]:
        """Words and phrases side by side, as in a pasted headline: the phrases match as phrases
        only, but their words count for the ranking of what matches. Returns must and should.
        """
        phrases = [child for child in node.should if isinstance(child, tree.Phrase)]
        if not phrases or len(phrases) == len(node.should) or not _is_text(scope):
            return [], should
        words = [self._word(tree.Word(phrase.text), scope) for phrase in phrases]
        return [plan.Boolean(should=tuple(should))], words

    def _fields(self, scope: _Scope) -> list[tuple[str, float]]:
        if scope.name == TITLE:
            return [(TITLE, scope.weight), (LEAD, scope.weight)]
        if scope.name:
            return [(scope.name, scope.weight)]
        return [(TEXT, scope.weight), (TITLE, scope.weight * self._ranking.title)]

    def _terms(self, numbers: Any) -> list[str]:
        terms = self._lexicon.terms
        return [terms[number] for number in numbers.tolist()]


def _is_text(scope: _Scope) -> bool:
    return scope.name in (None, TITLE, TEXT)


def _joined(nodes: list[Any], required: bool) -> Plan:
    """One of the nodes, or all of them where ``required``."""
    if len(nodes) == 1:
        only: Plan = nodes[0]
        return only
    if not nodes:
        return plan.Nothing()
    return plan.Boolean(must=tuple(nodes)) if required else plan.Boolean(should=tuple(nodes))
