"""An index folder opened for searching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from searchkit.config import Ranking
from searchkit.engine.arrays.folder import SegmentFolder
from searchkit.engine.arrays.guard import reading
from searchkit.engine.arrays.locate import Locator
from searchkit.engine.arrays.reader import ArraySnapshot
from searchkit.engine.evaluate import Evaluator
from searchkit.engine.port import (
    EngineNames,
    EngineReader,
    EngineResult,
    EngineStatistics,
    Origin,
    Part,
    Places,
    SearchRequest,
    Target,
)
from searchkit.query.plan import Expansion, Plan


def open_reader(folder: Path, ranking: Ranking) -> EngineReader:
    """The state of the index in ``folder``, open until closed.

    Args:
        folder: where a writer committed.
        ranking: how to score.

    Raises:
        IndexCorrupt: the files are damaged.
    """
    with reading(folder):
        files = SegmentFolder(folder)
        return ArrayReader(files, ranking)


class ArrayReader:
    """An ``EngineReader`` over mapped segments.

    Args:
        files: the segments.
        ranking: how to score.
    """

    def __init__(self, files: SegmentFolder, ranking: Ranking) -> None:
        infos = files.infos()
        self._folder = files.folder
        self._compressor = files.compressor()
        segments = [files.open(info, ranking.opening) for info in infos]
        self.snapshot = ArraySnapshot(segments, [files.deleted(info) for info in infos])
        self._evaluator = Evaluator(self.snapshot, ranking)
        self._locator = Locator(self.snapshot, self._evaluator.leaves.occurrences)

    def search(self, request: SearchRequest) -> EngineResult:
        with reading(self._folder):
            return self._evaluator.search(request)

    def scores(self, plan: Plan, numbers: Sequence[int]) -> Mapping[int, float]:
        with reading(self._folder):
            return self._evaluator.scores(plan, numbers)

    def locate(self, targets: Sequence[Target], numbers: Sequence[int]) -> Places:
        with reading(self._folder):
            return self._locator.locate(targets, numbers)

    def fetch(self, numbers: Sequence[int], part: Part) -> list[bytes]:
        with reading(self._folder):
            found = self.snapshot.stored(part, numbers)
            if part == "head":
                return found
            return self._compressor.restore_all(found)

    def numbers(self) -> Sequence[int]:
        return np.flatnonzero(self.snapshot.live).tolist()

    def number(self, document_id: str) -> int | None:
        with reading(self._folder):
            return self.snapshot.number(document_id)

    def document_count(self) -> int:
        return self.snapshot.document_count

    def expand(self, node: Expansion) -> list[str]:
        with reading(self._folder):
            return self.snapshot.expand(node)

    def document_frequency(self, field: str, term: str) -> int:
        with reading(self._folder):
            return self._evaluator.leaves.document_frequency(field, term)

    def frequency_bounds(self, field: str, terms: Sequence[str]) -> list[int]:
        with reading(self._folder):
            return self._evaluator.leaves.frequency_bounds(field, terms)

    def origin(self, document_id: str) -> Origin | None:
        number = self.number(document_id)
        if number is None:
            return None
        with reading(self._folder):
            segment, local = self.snapshot.local(number)
            source, digest = segment.documents.origin(local)
            return Origin(source.decode("utf-8", "surrogateescape"), digest.hex())

    def origins(self) -> Mapping[str, Origin]:
        found: dict[str, Origin] = {}
        with reading(self._folder):
            for number, segment in enumerate(self.snapshot.segments):
                rows = zip(*segment.documents.origins(), strict=True)
                live = self.snapshot.live_in(number).tolist()
                for (document_id, source, digest), is_live in zip(rows, live, strict=True):
                    if is_live:
                        origin = Origin(source.decode("utf-8", "surrogateescape"), digest)
                        found[document_id.decode()] = origin
        return found

    def vocabulary(self) -> Mapping[str, int]:
        with reading(self._folder):
            return self.snapshot.vocabulary()

    def facet_counts(self, name: str) -> Mapping[str, int]:
        with reading(self._folder):
            column = self.snapshot.facet(name)
            counts = np.bincount(column.ordinals, minlength=len(column.values))
            rows = zip(column.values, counts.tolist(), strict=True)
            return {value: count for value, count in rows if count}

    def facet_mentions(self, name: str) -> Mapping[str, int]:
        with reading(self._folder):
            return self.snapshot.facet_mentions(name)

    def names(self) -> EngineNames:
        with reading(self._folder):
            return EngineNames(
                tuple(self.snapshot.facet_names()), tuple(self.snapshot.number_names())
            )

    def statistics(self) -> EngineStatistics:
        with reading(self._folder):
            return EngineStatistics(
                documents=self.snapshot.document_count,
                terms=self.snapshot.term_count(),
            )

    def check(self) -> None:
        from searchkit.engine.arrays.check import check_segment  # a search needs none of it

        with reading(self._folder):
            for segment in self.snapshot.segments:
                check_segment(segment, self._compressor)

    def close(self) -> None:
        """Nothing to do: the files are let go of with the last array that looks into them."""
