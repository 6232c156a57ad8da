"""Postings in arrays, as a matcher of Whoosh."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import LeafMatcher, NullMatcher, ReadTooFar

#: Every place of a term, as ``FieldTerms.positions`` gives them.
Places = Callable[[], NDArray[np.int64]]


class PostingMatcher(LeafMatcher):  # type: ignore[misc]
    """Steps through documents that are known in advance.

    It has no blocks and no block qualities, so that nothing is skipped.

    Args:
        documents: ascending.
        weights: one for each document.
        term: field and text; None where the documents are not those of a term.
        format: of the values of postings.
        scorer: a scorer of Whoosh; without one the weight is the score.
        places: where the term stands, worked out when asked for.
    """

    def __init__(
        self,
        documents: Sequence[int],
        weights: Sequence[float],
        *,
        term: tuple[str, bytes] | None = None,
        format: Any = None,
        scorer: Any = None,
        places: Places | None = None,
    ) -> None:
        self._documents = documents
        self._weights = weights
        self._term = term
        self.format = format
        self.scorer = scorer
        self._places = places
        self._keys: NDArray[np.int64] | None = None
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._documents)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> PostingMatcher:
        made = PostingMatcher(
            self._documents,
            self._weights,
            term=self._term,
            format=self.format,
            scorer=self.scorer,
            places=self._places,
        )
        made._keys, made._at = self._keys, self._at
        return made

    def depth(self) -> int:
        return 1

    def replace(self, minquality: float = 0) -> Any:  # noqa: ARG002
        """Itself while there is more: low scores are never a reason to stop."""
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return float("inf")

    def id(self) -> int:
        if not self.is_active():
            raise ReadTooFar
        return self._documents[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._documents[self._at :])

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return False

    def skip_to(self, id: int) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._documents, id, self._at)
        return False

    def weight(self) -> float:
        return self._weights[self._at]

    def score(self) -> float:
        score: float = self.scorer.score(self) if self.scorer else self.weight()
        return score

    def supports(self, astype: str) -> bool:
        return self.format is not None and bool(self.format.supports(astype))

    def value(self) -> bytes:
        """The places in the document, encoded as Whoosh's codecs store them."""
        encoded: bytes = b"" if self._places is None else self.format.encode(self._positions())
        return encoded

    def value_as(self, astype: str) -> Any:
        if astype == "positions" and self._places is not None:
            return self._positions()
        if astype == "weight":
            return self.weight()
        return super().value_as(astype)

    def items_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        matcher = self.copy()
        while matcher.is_active():
            yield matcher.id(), matcher.value_as(astype)
            matcher.next()

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        matcher = self.copy()
        while matcher.is_active():
            yield matcher.id(), matcher.value()
            matcher.next()

    def _positions(self) -> list[int]:
        """The positions in the document, ascending; parts of compounds have none."""
        assert self._places is not None
        if self._keys is None:
            self._keys = self._places()
        document = self.id() << 32
        begin, end = np.searchsorted(self._keys, [document, document + (1 << 32)])
        positions: list[int] = (self._keys[begin:end] - document).tolist()
        return positions
