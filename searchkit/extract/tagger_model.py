"""The weights of the tagger: what each feature of a form adds to each label.

``python -m searchkit.training.tagger`` makes the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.features import OFFSETS, applying_features
from searchkit.extract.word_facts import WordFacts
from searchkit.text.hash_places import HashPlaces

_FILE = Path(__file__).parent / "data" / "tagger.npz"

TYPES = ("PER", "LOC", "ORG", "OTH")
LABELS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
"""In the order of the columns; odd numbers begin a name, the even ones after them continue it."""

SCALE = 256
"""Scores are whole numbers, so many to the unit: sums are then the same on every machine."""

_AT_ONCE = 8192
_SCALED_AT_ONCE = 512
# What applies to a larger share of the forms is added to all of them, zeros to some.
_MANY = 0.4


@dataclass(frozen=True, slots=True)
class TaggerModel:
    """A linear-chain conditional random field over ``LABELS``.

    J. Lafferty, A. McCallum and F. Pereira, "Conditional random fields: probabilistic models for
    segmenting and labeling sequence data", 2001.

    Attributes:
        keys: the numbers of the features, ascending.
        weights: of each feature, for each offset and label; one row of zeros more for others.
        step: what one unit of ``weights`` is worth.
        transitions: from each label to each, in units of ``1 / SCALE``.
        biases: added to each label of every word, likewise: less of one label, more precision.
        facts: what the features look words up in.
    """

    keys: NDArray[np.uint32]
    weights: NDArray[np.int8]
    step: float
    transitions: NDArray[np.int32]
    biases: NDArray[np.int32]
    facts: WordFacts
    _places: HashPlaces = field(init=False, repr=False, compare=False)
    _wide: NDArray[np.int16] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", HashPlaces(self.keys))
        wide = self.weights.reshape(len(self.weights), -1).astype(np.int16)
        object.__setattr__(self, "_wide", wide)

    @staticmethod
    @cache
    def shipped() -> TaggerModel:
        """The model that ships with the package."""
        with np.load(_FILE, allow_pickle=False) as stored:
            return TaggerModel.from_arrays(stored, WordFacts.shipped())

    @classmethod
    def from_arrays(cls, stored: Any, facts: WordFacts) -> TaggerModel:
        """The model as ``to_arrays`` gave it."""
        keys = np.cumsum(stored["key_steps"], dtype=np.uint32)
        weights = np.zeros((len(keys) + 1, len(OFFSETS), len(LABELS)), dtype=np.int8)
        weights[:-1] = stored["weights"].transpose(2, 0, 1)
        return cls(
            keys,
            weights,
            float(stored["step"]),
            stored["transitions"],
            stored["biases"],
            facts,
        )

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The model as it is stored: the numbers of one offset and label together pack better."""
        return {
            "key_steps": np.diff(self.keys, prepend=np.uint32(0)),
            "weights": np.ascontiguousarray(self.weights[:-1].transpose(1, 2, 0)),
            "step": np.array(self.step),
            "transitions": self.transitions,
            "biases": self.biases,
        }

    def rows(self, forms: Sequence[str]) -> NDArray[np.int16]:
        """What forms add to the labels of the words around them.

        Returns:
            An array of forms by ``OFFSETS`` by ``LABELS``, in units of ``1 / SCALE``.
        """
        rows = np.zeros((len(forms), len(OFFSETS), len(LABELS)), dtype=np.int16)
        for some, scores in self.scored(forms):
            rows[some] = scores
        return rows

    def scored(self, forms: Sequence[str]) -> Iterator[tuple[slice, NDArray[Any]]]:
        """The ``rows`` of some forms after the other, as whole numbers in floating point."""
        for start in range(0, len(forms), _AT_ONCE):
            sums = self._summed(forms[start : start + _AT_ONCE])
            # So few that what is worked out of them stays in the caches of the processor.
            for first in range(0, len(sums), _SCALED_AT_ONCE):
                scores = sums[first : first + _SCALED_AT_ONCE] * (self.step * SCALE)
                np.rint(scores, out=scores)
                scores[:, OFFSETS.index(0)] += self.biases
                np.clip(scores, -32768, 32767, out=scores)
                yield slice(start + first, start + first + len(scores)), scores

    def _summed(self, forms: Sequence[str]) -> NDArray[np.int16]:
        rows = self.weights.shape[0]
        sums = np.zeros((len(forms), self._wide.shape[1]), dtype=np.int16)
        for _, places, numbers in applying_features(forms, self.facts):
            found = self._places.find(numbers)
            if len(places) > len(forms) * _MANY:
                every = np.full(len(forms), rows - 1)
                every[places] = found
                sums += self._wide.take(every, axis=0)
            else:
                known = np.flatnonzero(found < rows - 1)
                sums[places[known]] += self._wide.take(found[known], axis=0)
        return sums.reshape(len(forms), len(OFFSETS), len(LABELS))
