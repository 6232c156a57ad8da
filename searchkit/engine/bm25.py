"""BM25 as Lucene computes it, on arrays.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section
3.4, with Lucene's two changes: one is added inside the logarithm, so that no word counts against
a document, and the constant factor ``k1 + 1`` is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """One field over a snapshot: documents that have it, and their mean length in words."""

    documents: int
    mean_length: float

    @classmethod
    def of(cls, lengths: NDArray[np.int32]) -> FieldStatistics:
        """Statistics of the lengths of live documents, 0 where the field is missing."""
        documents = int(np.count_nonzero(lengths))
        return cls(documents, float(lengths.sum()) / documents if documents else 0.0)


def idf(document_frequency: int, documents: int) -> float:
    """The weight of a term by its rarity, above 0.

    >>> round(idf(1, 9), 4)
    1.8971
    """
    return math.log(1 + (documents - document_frequency + 0.5) / (document_frequency + 0.5))


def term_scores(
    frequencies: NDArray[np.int32] | NDArray[np.float64],
    lengths: NDArray[np.int32],
    statistics: FieldStatistics,
    k1: float,
    b: float,
) -> NDArray[np.float64]:
    """The part of BM25 that depends on the document, 0 to 1.

    Args:
        frequencies, lengths: of one shape: occurrences in the document, its words.
        statistics: of the field.
        k1, b: see ``Ranking``.
    """
    norm = k1 * (1 - b + b * lengths / statistics.mean_length)
    return np.asarray(frequencies / (frequencies + norm), dtype=np.float64)
