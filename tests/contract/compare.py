"""Whether two engines say the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from searchkit.engine.port import PLACE_COLUMNS, EngineReader, EngineResult, SearchRequest

#: Scores may differ by so much for the order of two documents to be either.
_SAME = 1e-6


def assert_same_answer(slow: EngineReader, other: EngineReader, request: SearchRequest) -> None:
    """Ids, order, total and facets are equal, scores to 1e-5; and the page is the part of all
    matches that it should be.
    """
    everything = replace(request, limit=10_000, offset=0, after=None)
    expected, found = slow.search(everything), other.search(everything)
    assert found.total == expected.total
    assert {n: dict(c) for n, c in found.facets.items()} == expected.facets
    assert not found.partial
    assert_same_hits(expected, found)
    page = other.search(request)
    assert page.hits == _page(found, request, other), request
    assert (page.total, page.facets) == (found.total, found.facets)
    for reader in (slow, other):
        matching = reader.search(SearchRequest(request.plan, limit=10_000)).hits
        scores = reader.scores(request.plan, reader.numbers()[::-1])
        assert scores == pytest.approx({hit.number: hit.score for hit in matching}, rel=1e-5)


def assert_same_hits(expected: EngineResult, found: EngineResult) -> None:
    """The same documents with the same scores, in one order but where scores are as good as equal:
    float32 sums may then fall on either side.
    """
    scores = {hit.id: hit.score for hit in expected.hits}
    assert {hit.id: hit.score for hit in found.hits} == pytest.approx(scores, rel=1e-5, abs=1e-12)
    for a, b in zip(expected.hits, found.hits, strict=True):
        assert a.id == b.id or scores[a.id] == pytest.approx(scores[b.id], rel=_SAME), (a, b)


def _page(found: EngineResult, request: SearchRequest, reader: EngineReader) -> tuple:
    """The page a request asks for, cut out of all matches where that needs no comparing."""
    ids = [hit.id for hit in found.hits]
    begin = request.offset
    if request.after in ids:
        begin += ids.index(request.after) + 1
    elif request.after is not None and reader.number(request.after) is not None:
        return reader.search(request).hits
    return found.hits[begin : begin + request.limit]


def assert_same_state(slow: EngineReader, other: EngineReader, *, deleted: bool) -> None:
    """Everything but searches is equal; where ``deleted`` documents may lie in the files still,
    their stems and names may count.
    """
    assert other.document_count() == slow.document_count()
    expected, found = slow.statistics(), other.statistics()
    assert found == expected or (deleted and found.terms >= expected.terms)
    assert set(other.names().facets) >= set(slow.names().facets)
    assert set(other.names().numbers) >= set(slow.names().numbers)
    assert other.origins() == slow.origins()
    assert other.vocabulary() == slow.vocabulary()
    for name in (*slow.names().facets, "unbekannt"):
        assert other.facet_counts(name) == slow.facet_counts(name)
        assert other.facet_mentions(name) == slow.facet_mentions(name)
    other.check()


def places(reader: EngineReader, targets: list, ids: list[str]) -> list[tuple]:
    """What ``locate`` finds, as rows, every document by its place among ``ids``."""
    numbers = [reader.number(document_id) for document_id in ids]
    assert None not in numbers
    found = reader.locate(targets, [n for n in numbers if n is not None])
    columns = [getattr(found, name).tolist() for name in PLACE_COLUMNS]
    return list(zip(*columns, strict=True))
