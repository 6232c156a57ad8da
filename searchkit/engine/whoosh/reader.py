"""All segments of an index as one reader of Whoosh."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from whoosh.fields import Schema
from whoosh.reading import MultiReader, SegmentReader

from searchkit.config import Ranking
from searchkit.engine.arrays.guard import reading
from searchkit.engine.arrays.reader import ArraySnapshot
from searchkit.engine.evaluate import Evaluator
from searchkit.engine.matches import Matches
from searchkit.engine.port import EngineResult, SearchRequest
from searchkit.query.plan import Plan


class ArrayMultiReader(MultiReader):  # type: ignore[misc]
    """A reader of any number of segments, with what evaluates plans on them.

    Args:
        readers: of the segments, in their order.
        schema: of the index.
        generation: of the index.
        ranking: how searchkit scores.
        folder: where the index lies.
    """

    def __init__(
        self,
        readers: Sequence[SegmentReader],
        schema: Schema,
        generation: int,
        ranking: Ranking,
        folder: Path,
    ) -> None:
        super().__init__(list(readers), generation)
        self.schema = schema
        self._ranking = ranking
        self._folder = folder

    @cached_property
    def snapshot(self) -> ArraySnapshot:
        """The segments; document numbers are those of Whoosh."""
        segments = [reader.segment() for reader in self.readers]
        return ArraySnapshot(
            [segment.arrays for segment in segments], [segment.deleted for segment in segments]
        )

    @cached_property
    def evaluator(self) -> Evaluator:
        """Evaluates plans."""
        return Evaluator(self.snapshot, self._ranking)

    def search(self, request: SearchRequest) -> EngineResult:
        """The best matches of a plan, and how many there are."""
        with reading(self._folder):
            return self.evaluator.search(request)

    def matches(self, plan: Plan) -> Matches:
        """Every match of a plan, in the order of document numbers."""
        with reading(self._folder):
            return self.evaluator.matches(plan)

    def min_field_length(self, fieldname: str) -> int:
        return min((r.min_field_length(fieldname) for r in self.readers), default=0)

    def max_field_length(self, fieldname: str) -> int:
        return max((r.max_field_length(fieldname) for r in self.readers), default=0)
