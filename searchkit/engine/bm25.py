"""BM25 as Lucene computes it, on arrays.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section
3.4, with Lucene's three changes: one is added inside the logarithm, so that no word counts against
a document; the constant factor ``k1 + 1`` is left out; and the length of a document counts as
coarsely as one byte can say it, while the mean length is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Lengths below this are exact (Lucene, SmallFloat.intToByte4); above, four significant bits of
# what exceeds it are kept.
_EXACT_BELOW = 24
_SIGNIFICANT_BITS = 4


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """One field over a snapshot: documents that have it, and their mean length in words."""

    documents: int
    mean_length: float

    @classmethod
    def of(cls, lengths: NDArray[Any]) -> FieldStatistics:
        """Statistics of the lengths of live documents, 0 where the field is missing."""
        documents = int(np.count_nonzero(lengths))
        total = float(lengths.sum(dtype=np.int64))
        return cls(documents, total / documents if documents else 0.0)


def idf(document_frequency: int, documents: int) -> float:
    """The weight of a term by its rarity, above 0.

    >>> round(idf(1, 9), 4)
    1.8971
    """
    return math.log(1 + (documents - document_frequency + 0.5) / (document_frequency + 0.5))


def quantised(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Lengths as one byte can say them: the largest such number that is not larger.

    >>> quantised(np.array([23, 40, 41, 1000])).tolist()
    [23, 40, 40, 984]
    """
    excess = np.maximum(lengths.astype(np.int64) - _EXACT_BELOW, 0)
    # frexp gives the number of bits; a float64 holds every length exactly.
    bits = np.frexp(excess.astype(np.float64))[1].astype(np.int64)
    shift = np.maximum(bits - _SIGNIFICANT_BITS, 0)
    coarse = ((excess >> shift) << shift) + _EXACT_BELOW
    return np.where(lengths < _EXACT_BELOW, lengths, coarse)


def length_norms(
    lengths: NDArray[Any], statistics: FieldStatistics, k1: float, b: float
) -> NDArray[np.float64]:
    """What a frequency is weighed against in each document: ``tf / (tf + norm)``.

    Args:
        lengths: of the field in every document, in words.
        statistics: of the field.
        k1, b: see ``Ranking``.
    """
    mean = statistics.mean_length or 1.0
    return np.asarray(k1 * (1 - b + b * quantised(lengths) / mean), dtype=np.float64)
