"""From the text of a query to what is asked of the engine, with all there is to say about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searchkit.config import Settings
from searchkit.engine.port import EngineReader
from searchkit.query.fields import FieldTable
from searchkit.query.highlights import Highlights
from searchkit.query.parser import parse_query
from searchkit.query.plan import Plan
from searchkit.query.planner import plan_query
from searchkit.query.tree import Node
from searchkit.search.correction import CorrectedQuery, Corrector
from searchkit.search.deadline import Deadline
from searchkit.search.value_reader import ValueReader, cut_expansions
from searchkit.search.values import FacetValues
from searchkit.text.lexicon import Lexicon

if TYPE_CHECKING:
    from searchkit.text.spelling import Speller


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query was taken for.

    Args:
        query: as typed.
        tree: the query, corrections included.
        plan: what the engine is asked.
        highlights: what is to be marked.
        notes: what was not taken as typed, a line each: first what the grammar did not allow, then
            corrections, values that are spelt otherwise, and patterns that stand for too much.
        suggestion: the query as it was probably meant; ``None`` where nothing was corrected.
        partial: whether the time was over before everything had been looked up.
    """

    query: str
    tree: Node
    plan: Plan
    highlights: Highlights
    notes: tuple[str, ...]
    suggestion: str | None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """Understands queries by one state of an index.

    Args:
        reader: tells which words and values there are.
        lexicon: analyses words.
        fields: the fields that queries may name.
        values: what the values of facets are called.
        open_speller: opens what suggests words.
        settings: weights and limits.
    """

    reader: EngineReader
    lexicon: Lexicon
    fields: FieldTable
    values: FacetValues
    open_speller: Callable[[], Speller]
    settings: Settings

    def understand(
        self,
        query: str,
        *,
        correct: bool = True,
        literal: bool = False,
        strict: bool = False,
        deadline: Deadline | None = None,
    ) -> Understood:
        """Parse, correct and plan a query.

        Args:
            query, correct, literal, strict: as for ``Index.search``.
            deadline: past it, no further words and values are looked up.

        Raises:
            QuerySyntaxError, LimitExceeded: with ``strict``.
        """
        limits = self.settings.limits
        is_late = deadline.is_past if deadline else lambda: False
        parsed = parse_query(
            query,
            fields=self.fields,
            strict=strict,
            literal=literal,
            limits=limits.query,
            is_word=self.lexicon.is_whole,
        )
        corrected = CorrectedQuery(parsed.tree)
        if correct:
            weights = self.settings.correction
            corrector = Corrector(self.reader, self.lexicon, self.open_speller, weights, is_late)
            corrected = corrector.correct(parsed)
        values = ValueReader(self.values, limits.expansions, is_late)
        planned = plan_query(
            corrected.tree,
            self.lexicon,
            self.settings.ranking,
            limits,
            is_question=parsed.is_question,
            values=values,
        )
        expansions = () if is_late() else planned.highlights.expansions
        cut = cut_expansions(expansions, self.reader)
        notes = (*map(str, parsed.notes), *corrected.notes, *values.notes, *cut)
        return Understood(
            *(query, corrected.tree, planned.plan, planned.highlights, notes, corrected.query),
            partial=is_late(),
        )
