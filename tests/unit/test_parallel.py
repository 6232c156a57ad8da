"""Several processes make the same index as one."""

from __future__ import annotations

import random

import pytest

from searchkit import ConfigurationError, Document, EngineError, Settings, build_index, open_index
from searchkit.indexing import change, learning, parallel
from tests.random_queries import documents, query


def many(count: int) -> list[Document]:
    """More documents than one batch takes in."""
    found = documents(random.Random(7), count)
    return [Document(f"m{n}", d.text, d.title, d.date, d.metadata) for n, d in enumerate(found)]


@pytest.fixture
def small_batches(monkeypatch):
    for room in (change, learning):
        monkeypatch.setattr(room, "SHARED", 16)


@pytest.mark.usefixtures("small_batches")
def test_the_answers_do_not_depend_on_the_number_of_processes(tmp_path):
    corpus = many(120)
    alone = build_index(corpus, tmp_path / "1")
    together = build_index(corpus, tmp_path / "3", jobs=3)
    changed = [Document("m5", "Der Gipfel von Helsinki"), *many(130)[100:]]
    for index, jobs in ((alone, 1), (together, 3)):
        report = index.update(changed, jobs=jobs)
        assert (report.added, report.replaced, report.removed) == (10, 1, 99)
    rng = random.Random(8)
    for _ in range(40):
        text = query(rng)[1]
        one, other = (i.search(text, limit=100, facets=["year"]) for i in (alone, together))
        assert [(hit.id, hit.score) for hit in one.hits] == [(h.id, h.score) for h in other.hits]
        assert (one.total, one.facets) == (other.total, other.facets)
    assert alone.complete("gip") == together.complete("gip")


@pytest.mark.usefixtures("small_batches")
def test_a_process_that_dies_leaves_the_old_index(tmp_path, monkeypatch):
    build_index([Document("old", "Der alte Gipfel")], tmp_path)
    started = parallel.Workers.__init__

    def dying(self, settings, count):
        started(self, settings, count)
        for worker in self._workers:
            worker._process.kill()

    monkeypatch.setattr(parallel.Workers, "__init__", dying)
    with pytest.raises(EngineError, match="ended"):
        build_index(many(120), tmp_path, jobs=2)
    assert [hit.id for hit in open_index(tmp_path).search("Gipfel").hits] == ["old"]


@pytest.mark.usefixtures("small_batches")
def test_what_a_process_cannot_do_is_said_here(tmp_path, monkeypatch):
    """The extractor works in this process only: its module is no file."""
    import sys
    import types

    from searchkit.extract import default_extractor

    module = types.ModuleType("nowhere_else")
    module.make = default_extractor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nowhere_else", module)
    settings = Settings(extractor="python:nowhere_else:make")
    with pytest.raises(ConfigurationError, match="nowhere_else"):
        build_index(many(120), tmp_path, settings=settings, jobs=2)


@pytest.mark.usefixtures("small_batches")
def test_an_extractor_that_fails_in_any_process_is_named(tmp_path, monkeypatch):
    (tmp_path / "failing_names.py").write_text(
        "class Failing:\n"
        "    name, version = 'failing', '1'\n"
        "    def extract(self, text): raise RuntimeError('out of order')\n"
        "    def canonical(self, span_text, label): return span_text\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    settings = Settings(extractor="python:failing_names:Failing")
    with pytest.raises(ConfigurationError, match="RuntimeError: out of order"):
        build_index(many(120), tmp_path / "index", settings=settings, jobs=2)


@pytest.mark.parametrize("jobs", [0, 65])
def test_nobody_or_too_many(tmp_path, jobs):
    with pytest.raises(ConfigurationError, match=f"{jobs} processes"):
        build_index([Document("a", "Text")], tmp_path, jobs=jobs)
