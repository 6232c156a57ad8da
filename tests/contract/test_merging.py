"""A merged segment is the one that would have been built of its documents, array by array."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.config import Ranking
from searchkit.engine.arrays.builder import SegmentBuilder
from searchkit.engine.arrays.compression import TextCompressor
from searchkit.engine.arrays.integers import Arrays
from searchkit.engine.arrays.merge import merged_arrays
from searchkit.engine.arrays.segment import Segment
from searchkit.engine.arrays.writer import MERGED_AT_ONCE
from searchkit.engine.port import IndexDocument, SearchRequest
from searchkit.query.plan import TEXT, Everything, Term
from tests.contract.documents import FACETS, LEXICON, document, documents, requests
from tests.contract.engines import ArrayEngine, write

quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
IDS = [f"d{number:02}" for number in range(12)]


def built(found: list[IndexDocument]) -> Arrays:
    builder = SegmentBuilder(LEXICON, TextCompressor(None))
    for each in found:
        builder.add(each)
    return builder.arrays()


def assert_equal_arrays(found: Arrays, expected: Arrays) -> None:
    assert found.keys() == expected.keys()
    for name, array in expected.items():
        assert found[name].tolist() == array.tolist(), name
        assert found[name].dtype == array.dtype, name


@quick
@given(
    st.lists(documents(IDS), max_size=12, unique_by=lambda d: d.id),
    st.lists(st.integers(0, 12), max_size=3).map(sorted),
    st.sets(st.integers(0, 11)),
)
def test_merging_is_building_anew(found, cuts, deleted):
    bounds = [0, *(min(cut, len(found)) for cut in cuts), len(found)]
    batches = [found[a:b] for a, b in itertools.pairwise(bounds)]
    segments = [Segment(built(batch)) for batch in batches]
    live = np.array([number not in deleted for number in range(len(found))], dtype=np.bool_)
    masks = [live[a:b] for a, b in itertools.pairwise(bounds)]
    kept = [each for each, keep in zip(found, live.tolist(), strict=True) if keep]
    assert_equal_arrays(merged_arrays(segments, masks), built(kept))


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[list[IndexDocument], list[str]]]:
    """What is written and then deleted, commit by commit."""
    change = st.tuples(
        st.lists(documents(IDS), max_size=4), st.lists(st.sampled_from(IDS), max_size=2)
    )
    return draw(st.lists(change, min_size=1, max_size=10))


@settings(quick, max_examples=40)
@given(histories(), st.sets(st.integers(0, 9)), st.lists(requests(IDS), min_size=1, max_size=4))
def test_any_history_answers_as_a_fresh_build_bit_for_bit(tmp_path_factory, history, merged, asked):
    folder = tmp_path_factory.mktemp("history")
    grown = ArrayEngine(folder / "grown", LEXICON, Ranking())
    current: dict[str, IndexDocument] = {}
    for number, (written, deleted) in enumerate(history):
        write(grown, written, deleted)
        for each in written:
            current.pop(each.id, None)
            current[each.id] = each
        for gone in deleted:
            current.pop(gone, None)
        if number in merged:
            grown.optimise()
    fresh = write(ArrayEngine(folder / "fresh", LEXICON, Ranking()), current.values())
    reader = grown.reader()
    for request in asked:
        found, expected = reader.search(request), fresh.search(request)
        assert [(h.id, h.score) for h in found.hits] == [(h.id, h.score) for h in expected.hits]
        assert (found.total, found.facets) == (expected.total, expected.facets)
    for name in FACETS:
        assert reader.facet_mentions(name) == fresh.facet_mentions(name)
    assert reader.vocabulary() == fresh.vocabulary()
    assert reader.origins() == fresh.origins()


def segments_of(engine: ArrayEngine) -> list[int]:
    """How many documents each segment of an index has, deleted ones included."""
    return [len(segment) for segment in engine.reader().snapshot.segments]


@pytest.fixture
def engine(tmp_path) -> ArrayEngine:
    return ArrayEngine(tmp_path / "engine", LEXICON, Ranking())


def test_small_commits_are_merged_in_tiers(engine):
    for number in range(MERGED_AT_ONCE - 1):
        write(engine, [document(f"d{number}", "Gipfel")])
    assert segments_of(engine) == [1] * (MERGED_AT_ONCE - 1)
    reader = write(engine, [document("last", "Gipfel")])
    assert segments_of(engine) == [MERGED_AT_ONCE]
    found = reader.search(SearchRequest(Term(TEXT, "gipfel"), limit=100))
    assert found.total == MERGED_AT_ONCE
    assert len({hit.score for hit in found.hits}) == 1


def test_a_segment_of_mostly_deleted_documents_is_written_anew(engine):
    write(engine, [document(f"d{number}", "Gipfel") for number in range(4)])
    write(engine, [], ["d0", "d1"])
    assert segments_of(engine) == [4]
    write(engine, [], ["d2"])
    assert segments_of(engine) == [1]
    reader = write(engine, [], ["d3"])
    assert segments_of(engine) == []
    assert reader.search(SearchRequest(Everything())).total == 0


def test_an_old_reader_is_not_disturbed_by_merges(engine):
    old = write(engine, [document("a", "Gipfel"), document("b", "Treffen")])
    write(engine, [document("c", "Krise")], ["a"])
    engine.optimise()
    assert old.search(SearchRequest(Term(TEXT, "gipfel"))).total == 1
    assert old.document_count() == 2
    assert engine.reader().document_count() == 2
