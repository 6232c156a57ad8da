"""What an index answers beside single searches: values of facets, all documents, many queries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from copy import copy
from typing import TYPE_CHECKING, Any

from searchkit.config import Settings
from searchkit.engine.port import SearchRequest
from searchkit.engine.stored import decode_head
from searchkit.errors import QueryError
from searchkit.model import (
    DATE_FACETS,
    MENTION_FACETS,
    Facet,
    Passage,
    SearchResult,
    SimilarHit,
    StoredDocument,
)
from searchkit.query.plan import ALL_VALUES, Boolean, ValuePattern
from searchkit.search.facets import facet_counts
from searchkit.search.highlight import Highlighter
from searchkit.search.request import (
    Filters,
    filter_plan,
    filters_without_own,
    require_page,
    require_values,
)
from searchkit.search.value_reader import unknown_values
from searchkit.search.values import PERSON

if TYPE_CHECKING:
    from searchkit.search.index import Index
    from searchkit.search.state import OpenState


# So many values of a facet, unless told otherwise.
_VALUES = 10


class Browsing:
    """The part of an ``Index`` that needs nothing but its open state."""

    _settings: Settings

    def _state(self) -> OpenState:
        raise NotImplementedError

    def facet(
        self,
        name: str,
        *,
        query: str = "*",
        prefix: str = "",
        limit: int | None = None,
        order: str = "",
        filters: Filters | None = None,
        date_from: str | datetime.date | None = None,
        date_to: str | datetime.date | None = None,
    ) -> Facet:
        """The values of a facet, and in how many documents each is.

        Args:
            name: ``year``, ``month``, ``day``, ``person``, ``place``, ``organisation``,
                ``mentioned_date`` (dates written in the texts) or metadata, in German or English.
            query: counted are the documents that match; all unless given.
            prefix: only values that begin so, or of which a word does, in any case.
            limit: values, 0 to 1000; unless given, 10, and every year, month or day, up to 1000.
            order: ``count`` (most documents first, then most mentions in the whole index, then by
                value), ``value`` or ``-value``; unless given, years,
                months and days in order of time, those between without a document included; others
                by count.
            filters, date_from, date_to: as for ``search``; a filter on the facet itself is left
                out of account.

        Raises:
            UnknownField: no such facet or filter.
            DateInvalid: ``date_from`` or ``date_to`` is no date.
            LimitExceeded, QueryError: ``limit`` or ``order`` is out of range.

        >>> index.facet("person", prefix="Put").values
        (FacetCount(value='Wladimir Putin', count=1),)
        """
        limits = self._settings.limits
        require_values(limit or 0, limits)
        state = self._state()
        canonical = state.fields.facet(name)
        if limit is None:
            limit = limits.hits if canonical in DATE_FACETS else _VALUES
        own = filters_without_own(state.fields, filters, date_from, date_to).get(canonical)
        allowed = own or filter_plan(state.fields, filters, date_from, date_to)
        understood = state.understood(query)
        plan = understood.plan
        request = SearchRequest(plan, allowed, limit=0, facets=(canonical,))
        found = state.reader.search(request)
        counts = found.facets[canonical]
        if canonical == PERSON:
            counts = state.values.under_full_names(counts, request)
        with_value = sum(counts.values())
        if canonical in MENTION_FACETS:  # the only ones with several values in a document
            has_value = ValuePattern(canonical, "prefix", "", limit=ALL_VALUES)
            asked = SearchRequest(plan, Boolean(must=(allowed, has_value)), limit=0)
            with_value = state.reader.search(asked).total
        if prefix:
            fitting = state.values.beginning(canonical, prefix)
            counts = {value: counts[value] for value in fitting if value in counts}
        values = facet_counts(canonical, counts, order, state.values.ranks(canonical))
        return Facet(
            name=canonical,
            values=tuple(values[:limit]),
            distinct=len(counts),
            documents=found.total,
            missing=found.total - with_value,
            notes=(*understood.notes, *unknown_values(state.values, state.fields, filters)),
        )

    def passages(
        self,
        query: str,
        *,
        limit: int = 5,
        length: int = 600,
        documents: int = 20,
        correct: bool = True,
        literal: bool = False,
        filters: Filters | None = None,
        date_from: str | datetime.date | None = None,
        date_to: str | datetime.date | None = None,
    ) -> tuple[Passage, ...]:
        """The passages that answer a query best, for programs that quote or read on.

        Args:
            query, correct, literal, filters, date_from, date_to: as for ``search``; a question may
                be asked as people ask it.
            limit: passages, 0 to 1000.
            length: of a passage in code points, at most, from 1; short of a single longer word.
            documents: the best documents are looked through, so many, 1 to 1000.

        Returns:
            The best first; several of one document may be among them, none overlapping.

        Raises:
            UnknownField, DateInvalid: as ``search``.
            LimitExceeded, QueryError: a number is out of range.

        >>> [passage.id for passage in index.passages("Wer sprach vom Gipfel?", limit=1)]
        ['000_46bd2b4e575b1249']
        """
        from searchkit.search.passages import passages_of  # a search should not wait for it

        limits = self._settings.limits
        require_values(limit, limits)
        require_page(documents, 0, limits)
        if length < 1:
            raise QueryError(f"length {length} is below 1", "give the characters of a passage")
        state = self._state()
        understood = state.understood(query, correct=correct, literal=literal)
        allowed = filter_plan(state.fields, filters, date_from, date_to)
        hits = state.reader.search(SearchRequest(understood.plan, allowed, documents)).hits
        marker = Highlighter(understood.highlights, state.reader, self._settings.highlighting)
        found = passages_of(hits, marker, state.reader, length, limit)
        return tuple(sorted(found, key=lambda passage: -passage.score)[:limit])

    def similar(
        self,
        id: str,
        *,
        limit: int = 10,
        filters: Filters | None = None,
        date_from: str | datetime.date | None = None,
        date_to: str | datetime.date | None = None,
    ) -> tuple[SimilarHit, ...]:
        """Documents like one of the index, and the words that tie them.

        Asked for are the words that tell the document from others: those that are frequent in it
        and rare elsewhere (tf-idf).

        Args:
            id: of the document; it is not among its own likes.
            limit: documents, 0 to 1000.
            filters, date_from, date_to: as for ``search``.

        Returns:
            The most similar first.

        Raises:
            DocumentNotFound: there is none of that id.
            UnknownField, DateInvalid, LimitExceeded, QueryError: as ``search``.

        >>> index.similar("000_46bd2b4e575b1249")
        ()
        """
        from searchkit.search.similar import shared_words, similar_plan, telling_words

        require_page(limit, 0, self._settings.limits)
        state = self._state()
        allowed = filter_plan(state.fields, filters, date_from, date_to)
        words = telling_words(state.stored(state.number(id)), state.lexicon, state.reader)
        # One more, for the document itself, which is mostly the most similar.
        asked = SearchRequest(similar_plan(words), allowed, limit + 1, total=False)
        found = [hit for hit in state.reader.search(asked).hits if hit.id != id][:limit]
        heads = map(decode_head, state.reader.fetch([hit.number for hit in found], "head"))
        shared = shared_words(words, found, state.reader)
        return tuple(
            SimilarHit(head.id, head.title, head.date, hit.score, tied, head.metadata)
            for hit, head, tied in zip(found, heads, shared, strict=True)
        )

    def scan(self) -> Iterator[StoredDocument]:
        """Every document, in the order the index holds them: the same for one state of the index.

        What is committed meanwhile does not show. Needs no more memory than a few documents.

        >>> sum(len(document.text) for document in index.scan())
        2535
        """
        state = self._state()
        yield from map(state.document, state.reader.numbers())

    def search_many(self, queries: Iterable[str], **options: Any) -> Iterator[SearchResult]:
        """Search for many queries, each as ``search`` does; all see one state of the index.

        What is looked up for one query is kept for the others.

        Args:
            queries: read as the results are taken, which may go on for ever.
            options: as for ``search``; the same for all.

        Raises what ``search`` does, when the result is taken.

        >>> [result.total for result in index.search_many(["Gipfel", "Quastenflosser"], limit=0)]
        [1, 0]
        """
        pinned: Index = copy(self)  # type: ignore[assignment]
        pinned._opened = self._state()
        return (pinned.search(query, **options) for query in queries)
