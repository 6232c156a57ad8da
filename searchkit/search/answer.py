"""One search: what was asked, checked, understood, found, and put together as an answer."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from searchkit.config import Settings
from searchkit.engine.port import EngineResult, SearchRequest, Sort
from searchkit.model import FacetCount, Hit, SearchResult
from searchkit.query.plan import Plan
from searchkit.search.cursor import Cursor, question_mark
from searchkit.search.deadline import Deadline
from searchkit.search.facets import counts_to_choose_from, facet_counts
from searchkit.search.mentions import wanted_names
from searchkit.search.request import (
    Filters,
    filter_plan,
    filter_values,
    filters_without_own,
    is_collapsed,
    order_named,
    require_page,
)
from searchkit.search.state import OpenState
from searchkit.search.turns import Turn
from searchkit.search.value_reader import unknown_values

if TYPE_CHECKING:
    from searchkit.explanation import Explanation
    from searchkit.search.sorting import MetadataOrder
    from searchkit.search.understand import Understood


class Asked(NamedTuple):
    """The arguments of ``Index.search``, as they were given; see there."""

    query: str
    limit: int
    offset: int
    cursor: str | None
    facets: Sequence[str]
    filters: Filters | None
    date_from: str | datetime.date | None
    date_to: str | datetime.date | None
    sort: str
    collapse: str
    snippets: int
    correct: bool
    literal: bool
    strict: bool
    explain: bool
    entities: bool
    timeout_s: float | None


def answer(state: OpenState, asked: Asked, settings: Settings) -> SearchResult:
    """What a state of an index says to a question; raises what ``Index.search`` does."""
    began = time.perf_counter()
    deadline = Deadline(settings.limits.timeout_s if asked.timeout_s is None else asked.timeout_s)
    require_page(asked.limit, asked.offset, settings.limits)
    with Turn():
        return _answered(state, asked, deadline, began)


def _answered(state: OpenState, asked: Asked, deadline: Deadline, began: float) -> SearchResult:
    search = _Search(state, asked, deadline)
    found = search.found()
    facets = search.facets(found)
    hits = search.hits(found)
    explanation = search.explanation(hits)
    # Orders, filtered facets and passages may have been late where the engine was not.
    partial = found.partial or search.understood.partial or deadline.is_past()
    return SearchResult(
        query=asked.query,
        hits=hits,
        total=found.total,
        facets=facets,
        notes=search.notes(found, partial=partial),
        suggestion=search.understood.suggestion,
        took_ms=(time.perf_counter() - began) * 1000,
        explanation=explanation,
        next_cursor=search.start.behind(found.hits, asked.offset, found.total),
        partial=partial,
    )


class _Search:
    """A question that makes sense, and what has to be known to answer it.

    Args:
        state: what is asked.
        asked: the question.
        deadline: when to come to an end.

    Raises:
        UnknownField, DateInvalid, QueryError, QuerySyntaxError, CursorInvalid: it makes none.
    """

    def __init__(self, state: OpenState, asked: Asked, deadline: Deadline) -> None:
        self._state = state
        self._asked = asked
        self._deadline = deadline
        order = order_named(state.fields, asked.sort)
        collapsed = is_collapsed(asked.collapse, order)
        names = tuple(dict.fromkeys(map(state.fields.facet, asked.facets)))
        allowed = filter_plan(state.fields, asked.filters, asked.date_from, asked.date_to)
        self.understood = self._understood()
        question = question_mark(
            *(state.manifest.built, asked.query, asked.correct, asked.literal),
            *(allowed, order, collapsed, state.ranking),
        )
        self.start = Cursor.start(asked.cursor, state.generation.number, question)
        self._order = order
        self._request = self._requested(allowed, names, order, collapsed=collapsed)

    def _understood(self) -> Understood:
        asked = self._asked
        return self._state.understood(
            asked.query,
            correct=asked.correct,
            literal=asked.literal,
            strict=asked.strict,
            deadline=self._deadline,
        )

    def _requested(
        self,
        allowed: Plan,
        names: tuple[str, ...],
        order: Sort | MetadataOrder,
        *,
        collapsed: bool,
    ) -> SearchRequest:
        asked, start = self._asked, self.start
        sort: Sort = "relevance"
        offset, after = asked.offset, start.last_id or None
        if isinstance(order, str):
            sort = order
        else:
            # By position: the engine knows no such order, and one state of an index stands still.
            offset, after = start.position + asked.offset, None
        return SearchRequest(
            *(self.understood.plan, allowed, asked.limit, offset, sort, after),
            facets=names,
            collapse=collapsed,
            deadline=self._deadline.at,
        )

    def found(self) -> EngineResult:
        """The page, and how many match."""
        if not isinstance(self._order, str):
            from searchkit.search.sorting import page_by  # seldom needed

            return page_by(self._state.reader, self._request, self._order)
        return self._state.reader.search(self._request)

    def hits(self, found: EngineResult) -> tuple[Hit, ...]:
        """The documents of the page, with passages, and with what they name if asked for."""
        asked, state = self._asked, self._state
        wanted = wanted_names(state.fields, asked.filters, self.understood.highlights)
        hits = state.hits(found, self.understood, asked.snippets, wanted, self._deadline)
        return state.with_entities(found.hits, hits) if asked.entities else hits

    def explanation(self, hits: Sequence[Hit]) -> Explanation | None:
        """How the question was understood and scored, if asked for."""
        if not self._asked.explain or self._deadline.is_past():
            return None
        from searchkit.search.explain import explanation_of  # seldom needed

        return explanation_of(self.understood, hits, self._state.reader)

    def facets(self, found: EngineResult) -> dict[str, list[FacetCount]]:
        """The counts of every facet, by the name it was asked for under."""
        asked, state = self._asked, self._state
        without_own = filters_without_own(
            state.fields, asked.filters, asked.date_from, asked.date_to
        )
        counts = counts_to_choose_from(
            state.reader, self._request, found, without_own, state.values
        )
        named = {given: state.fields.facet(given) for given in asked.facets}
        return {
            given: facet_counts(name, counts[name], ranks=state.values.ranks(name))
            for given, name in named.items()
        }

    def notes(self, found: EngineResult, *, partial: bool) -> tuple[str, ...]:
        """What there is to say of the answer."""
        late = [self._deadline.note()] if partial else []
        unknown: Iterable[str] = ()
        filters = self._asked.filters or {}
        # Where there are hits, all values of a filter are looked up only if others may have hidden
        # that one is unknown: it takes a look at all values of the facet.
        alternatives = any(len(filter_values(wanted)) > 1 for wanted in filters.values())
        if not partial and (alternatives or not found.total):
            unknown = unknown_values(self._state.values, self._state.fields, filters)
        return (*self.understood.notes, *late, *unknown)
