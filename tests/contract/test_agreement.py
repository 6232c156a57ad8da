"""Any documents, any plan: the array engine answers as the slow one, whatever its segments."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.config import Ranking
from searchkit.engine.port import IndexDocument
from tests.contract.compare import assert_same_answer, assert_same_state, places
from tests.contract.documents import LEXICON, documents, requests, targets
from tests.contract.engines import ArrayEngine, SlowEngine, write

IDS = [f"d{number:02}" for number in range(12)] + ["ä", "Straße 5", "𝄞"]
RANKING = Ranking(b=0.75)
_folders = itertools.count()

some_documents = st.lists(documents(IDS), max_size=14)
some_requests = st.lists(requests(IDS), min_size=1, max_size=6)
quick = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("agreement")


def engines(folder: Path) -> tuple[SlowEngine, ArrayEngine]:
    slow = SlowEngine(folder, LEXICON, RANKING)
    return slow, ArrayEngine(folder / str(next(_folders)), LEXICON, RANKING)


def in_batches(found: list[IndexDocument], size: int) -> list[list[IndexDocument]]:
    return [found[begin : begin + size] for begin in range(0, len(found), size)]


@quick
@given(some_documents, some_requests)
def test_on_one_segment(folder, found, asked):
    slow, arrays = engines(folder)
    readers = [write(engine, found) for engine in (slow, arrays)]
    assert_same_state(*readers, deleted=True)
    for request in asked:
        assert_same_answer(*readers, request)


@quick
@given(some_documents, st.integers(1, 4), st.lists(st.sampled_from(IDS)), some_requests)
def test_on_many_segments_after_replacements_and_deletions(folder, found, size, deleted, asked):
    slow, arrays = engines(folder)
    for batch in in_batches(found, size):
        writers = [engine.writer() for engine in (slow, arrays)]
        outcomes = [writer.write(batch) for writer in writers]
        assert outcomes[0] == outcomes[1]
        for writer, engine in zip(writers, (slow, arrays), strict=True):
            writer.commit()
            engine.committed()
    readers = [write(engine, [], deleted) for engine in (slow, arrays)]
    assert_same_state(*readers, deleted=True)
    for request in asked:
        assert_same_answer(*readers, request)


@quick
@given(some_documents, st.lists(st.sampled_from(IDS)), some_requests)
def test_after_a_merge_of_all(folder, found, deleted, asked):
    slow, arrays = engines(folder)
    for batch in in_batches(found, 3):
        for engine in (slow, arrays):
            write(engine, batch)
    readers = [write(engine, [], deleted) for engine in (slow, arrays)]
    arrays.optimise()
    readers[1] = arrays.reader()
    assert_same_state(*readers, deleted=False)
    for request in asked:
        assert_same_answer(*readers, request)


@quick
@given(some_documents.filter(bool), st.lists(targets(), min_size=1, max_size=5), st.booleans())
def test_places_in_texts(folder, found, wanted, in_parts):
    slow, arrays = engines(folder)
    for batch in in_batches(found, 4 if in_parts else 100):
        readers = [write(engine, batch) for engine in (slow, arrays)]
    ids = list(dict.fromkeys(document.id for document in reversed(found)))
    expected, rows = (places(reader, wanted, ids) for reader in readers)
    assert sorted(rows) == sorted(expected)
    assert [row[0] for row in rows] == [row[0] for row in expected]
    assert [row[3] for row in rows] == [row[3] for row in expected]  # by document, then place
