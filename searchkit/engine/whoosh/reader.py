"""An index folder opened for searching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from whoosh import index as whoosh_index

from searchkit.config import Ranking
from searchkit.engine.evaluate import Evaluator
from searchkit.engine.port import (
    EngineReader,
    EngineResult,
    EngineStatistics,
    Origin,
    SearchRequest,
)
from searchkit.engine.whoosh.guard import reading
from searchkit.engine.whoosh.schema import make_schema
from searchkit.engine.whoosh.snapshot import WhooshSnapshot
from searchkit.query.plan import TEXT, TITLE, Expansion


def open_reader(folder: Path, ranking: Ranking) -> EngineReader:
    """The state of the index in ``folder``, open until closed.

    Args:
        folder: where a writer committed.
        ranking: how to score.

    Raises:
        IndexCorrupt: the files are damaged.
    """
    with reading(folder):
        opened = whoosh_index.open_dir(str(folder), schema=make_schema())
        return _WhooshReader(folder, WhooshSnapshot(opened.reader()), ranking)


class _WhooshReader:
    def __init__(self, folder: Path, snapshot: WhooshSnapshot, ranking: Ranking) -> None:
        self._folder = folder
        self._snapshot = snapshot
        self._evaluator = Evaluator(snapshot, ranking)

    def search(self, request: SearchRequest) -> EngineResult:
        with reading(self._folder):
            return self._evaluator.search(request)

    def fetch(self, numbers: Sequence[int]) -> list[bytes]:
        with reading(self._folder):
            return self._snapshot.stored(numbers)

    def number(self, document_id: str) -> int | None:
        with reading(self._folder):
            return self._snapshot.number(document_id)

    def expand(self, node: Expansion) -> list[str]:
        with reading(self._folder):
            return self._snapshot.expand(
                node.field, node.kind, node.pattern, node.edits, node.limit
            )

    def document_frequency(self, field: str, term: str) -> int:
        with reading(self._folder):
            return len(self._snapshot.postings(field, term).documents)

    def origins(self) -> Mapping[str, Origin]:
        snapshot = self._snapshot
        with reading(self._folder):
            numbers = snapshot.live.nonzero()[0].tolist()
            sources, digests = snapshot.texts("source"), snapshot.texts("digest")
            ids = snapshot.ids(numbers)
        return {
            document_id: Origin(sources[number], digests[number])
            for document_id, number in zip(ids, numbers, strict=True)
        }

    def statistics(self) -> EngineStatistics:
        with reading(self._folder):
            return EngineStatistics(
                documents=int(self._snapshot.live.sum()),
                terms=self._snapshot.term_count((TITLE, TEXT)),
                facets=tuple(self._snapshot.names("facet")),
                numbers=tuple(self._snapshot.names("number")),
            )

    def close(self) -> None:
        self._snapshot.close()
