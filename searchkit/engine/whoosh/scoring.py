"""searchkit's scores for Whoosh's matchers."""

from __future__ import annotations

from typing import Any

from whoosh.scoring import BaseScorer, WeightingModel

from searchkit.engine.port import WORD_UNITS


class ArrayBM25(WeightingModel):  # type: ignore[misc]
    """BM25 as ``engine.bm25`` computes it, document by document.

    Matchers then give the scores that plans are evaluated to. A field without scores counts 1.
    """

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: float = 1) -> BaseScorer:
        """The scorer of a term in the documents of a searcher."""
        if not searcher.schema[fieldname].scorable:
            return ConstantScorer()
        top = searcher.get_parent()
        leaves = top.reader().evaluator.leaves
        base = 0 if top is searcher else top._offset_for_subsearcher(searcher)
        decoded = text.decode() if isinstance(text, bytes) else text
        return ArrayBM25Scorer(
            leaves.rarity(fieldname, decoded) * qf,
            leaves.length_norms(fieldname)[base : base + searcher.doc_count_all()],
        )


class ConstantScorer(BaseScorer):  # type: ignore[misc]
    """1 for every document."""

    def score(self, matcher: Any) -> float:  # noqa: ARG002
        return 1.0


class ArrayBM25Scorer(BaseScorer):  # type: ignore[misc]
    """Scores of one term.

    Args:
        rarity: the weight of the term.
        norms: what frequencies are weighed against, by document number.
    """

    def __init__(self, rarity: float, norms: Any) -> None:
        self._rarity = rarity
        self._norms = norms

    def score(self, matcher: Any) -> float:
        frequency = matcher.weight() / WORD_UNITS
        return float(self._rarity * frequency / (frequency + self._norms[matcher.id()]))

    def max_quality(self) -> float:
        """No score reaches the weight of the term."""
        return self._rarity
