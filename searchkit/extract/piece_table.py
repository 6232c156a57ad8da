"""Everything that is worked out once per chunk and once per form, as growing arrays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.features import BOUNDARY, OFFSETS
from searchkit.extract.pieces import cut_chunks
from searchkit.extract.tagger_model import LABELS, TaggerModel
from searchkit.text.growing import GrowingArray

Traits = Callable[[list[str]], list[int]]

# So many new chunks are learned together.
_TOGETHER = 30_000

# What marks of chunks say: a sentence may end with it, may begin with it.
CLOSES = 1
OPENS = 2


class PieceTable:
    """Numbers chunks and forms as texts bring them; safe to share among threads.

    Form 0 stands between sentences.

    Args:
        model: scores the forms.
        traits: what else is to be kept of new forms, one number each, in ``form_traits``.
    """

    def __init__(self, model: TaggerModel, traits: Traits | None = None) -> None:
        self._model = model
        self._traits = traits
        self._lock = threading.Lock()
        self._chunks: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self.chunk_first = GrowingArray()  # chunk -> its first piece
        self.chunk_first.extend([0])
        self.chunk_marks = GrowingArray()  # CLOSES, OPENS
        self.piece_form = GrowingArray()
        self.piece_start = GrowingArray()
        self.piece_end = GrowingArray()
        self.form_traits = GrowingArray()
        self.forms: list[str] = []
        self._rows = np.zeros((len(OFFSETS), 1024, len(LABELS)), dtype=np.int16)
        self._learn_forms([BOUNDARY])

    def __len__(self) -> int:
        return len(self._chunks)

    @property
    def rows(self) -> NDArray[np.int16]:
        """Offsets by forms by labels; more rows than forms."""
        return self._rows

    def numbers(self, chunks: list[str]) -> NDArray[np.int64]:
        """The number of each chunk; new ones are learned."""
        # One pass over all: nearly every batch has some new ones, and few.
        found = np.array([*map(self._chunks.get, chunks, repeat(-1))], dtype=np.int64)
        missing = np.flatnonzero(found < 0)
        if len(missing):
            unknown = [chunks[place] for place in missing.tolist()]
            new = self._ordered(dict.fromkeys(unknown))
            # A single text may bring a million, and learning takes memory for each.
            for begin in range(0, len(new), _TOGETHER):
                self.learn(new[begin : begin + _TOGETHER])
            found[missing] = [*map(self._chunks.__getitem__, unknown)]
        return found

    def _ordered(self, new: dict[str, None]) -> list[str]:
        """New chunks in the order in which they get their numbers."""
        if len(new) < len(self._chunks):
            return sorted(new)  # so that numbers are the same in every process
        # At first in the order of the text: what is frequent stays together in the caches.
        return list(new)

    def learn(self, chunks: Iterable[str]) -> None:
        """Take new chunks apart and score their new forms.

        Args:
            chunks: distinct; those known are passed over.
        """
        with self._lock:
            new = [chunk for chunk in chunks if chunk not in self._chunks]
            pieces = cut_chunks(new)
            self._learn_forms([f for f in dict.fromkeys(pieces.forms) if f not in self._forms])
            self.piece_form.extend([*map(self._forms.__getitem__, pieces.forms)])
            self.piece_start.extend(pieces.starts)
            self.piece_end.extend(pieces.ends)
            marks = np.array(pieces.closes, np.int32) * CLOSES
            marks += np.array(pieces.opens, np.int32) * OPENS
            self.chunk_marks.extend(marks)
            last = self.chunk_first.view()[-1]
            self.chunk_first.extend(last + np.cumsum(pieces.counts, dtype=np.int64))
            # Filled last: who finds a number there without the lock finds all behind it.
            known = len(self._chunks)
            self._chunks.update(zip(new, range(known, known + len(new)), strict=True))

    def _learn_forms(self, forms: list[str]) -> None:
        known, size = len(self._forms), len(self._forms) + len(forms)
        rows = self._model.rows(forms).transpose(1, 0, 2)
        if size > self._rows.shape[1]:
            larger = np.zeros((len(OFFSETS), 2 * size, len(LABELS)), dtype=np.int16)
            larger[:, :known] = self._rows[:, :known]
            self._rows = larger
        self._rows[:, known:size] = rows
        self.form_traits.extend(self._traits(forms) if self._traits else [0] * len(forms))
        self.forms.extend(forms)
        self._forms.update(zip(forms, range(known, size), strict=True))
