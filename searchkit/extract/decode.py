"""The best sequence of labels, found for many words at once.

A. Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm",
1967. Words that can hardly be part of a name, whatever stands around them, cut a text into
stretches; these do not depend on one another and are decoded side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.int32]
Places = NDArray[np.int64]

_FAR = 1 << 40
# So many words are fewer than it takes to make label by label pay.
_FEW = 256
# A name holds at most so many words in a row that by themselves would be none: "von der", "& Co.".
_WEAK_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Bounds:
    """What can be ruled out before decoding, by how a word's labels compare with ``O``.

    Attributes:
        edges: what a name must make up for by entering and leaving it.
        inside: what each of its words gets at best for the step to it, beside ``O`` to ``O``.
        bridge: what at most is saved by one name instead of two with a word between.
        border: what at most is saved where a sentence begins or ends with a name.
    """

    edges: int
    inside: int
    bridge: int
    border: int

    @classmethod
    def of(cls, steps: Scores) -> Bounds:
        """The bounds for steps from label to label, ``O`` first."""
        stay = int(steps[0, 0])
        enter, leave, inner = steps[0, 1:].max(), steps[1:, 0], int(steps[1:, 1:].max())
        edges = 2 * stay - int(enter) - int(leave.max())
        bridge = 2 * inner - int(enter) - int(leave.min())
        return cls(edges, max(inner - stay, 0), max(bridge, 0), max(edges, stay, 0))

    def possible(self, margins: Scores, places: Places, outer: NDArray[np.bool_]) -> Places:
        """Which of some words may be part of a name.

        Args:
            margins: of each word, how far its best other label is above ``O``.
            places: where each word stands, ascending.
            outer: which words begin or end a sentence: there a name has no edge to pay for.
        """
        kept = np.flatnonzero(margins > -self.bridge)
        margins, at = margins[kept] + self.inside, places[kept]
        margins[outer[kept]] += self.border
        strong = margins > 0
        # Weak words count between strong ones only.
        before = np.maximum.accumulate(np.where(strong, at, -_FAR))
        after = np.minimum.accumulate(np.where(strong, at, 2 * _FAR)[::-1])[::-1]
        near = (at - before <= _WEAK_IN_A_ROW) & (after - at <= _WEAK_IN_A_ROW)
        kept, margins, at = kept[near], margins[near], at[near]
        if not len(kept):
            return kept
        # A stretch whose words together cannot pay for its edges holds no name.
        starts = np.flatnonzero(~following(at))
        worth = np.add.reduceat(np.maximum(margins, 0), starts)
        pays = worth > self.edges + self.inside
        return kept[np.repeat(pays, np.diff(np.append(starts, len(kept))))]


def following(places: Places) -> NDArray[np.bool_]:
    """Whether each word stands right after the one before it.

    >>> following(np.array([3, 4, 7])).tolist()
    [False, True, False]
    """
    follows = np.zeros(len(places), dtype=np.bool_)
    follows[1:] = places[1:] == places[:-1] + 1
    return follows


def decode(scores: Scores, follows: NDArray[np.bool_], steps: Scores) -> NDArray[np.int64]:
    """The labels of the best sequences.

    Args:
        scores: words by labels; what it is worth that a stretch begins or ends with a label must
            be part of those of its first and last word.
        follows: of each word, whether it stands in one stretch with the word before it; the first
            does not.
        steps: from each label to the next.

    >>> scores = np.array([[0, 5], [3, 2]], dtype=np.int32)
    >>> steps = np.array([[0, 0], [0, 4]], dtype=np.int32)
    >>> decode(scores, np.array([False, True]), steps).tolist()
    [1, 1]
    """
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(~follows)
    lengths = np.diff(np.append(starts, len(scores)))
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    # The longest stretches come first: so many of them are longer than 0, 1, 2 ... words.
    alive = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left").tolist()
    came_from = np.zeros(scores.shape, dtype=np.int8)
    best = scores.copy()  # the worth of the best way to each word and label
    for place in range(1, int(lengths[0])):
        words = starts[: alive[place]] + place
        came_from[words], ways = _best_ways(best[words - 1], steps)
        best[words] += ways
    labels: Places = best.argmax(axis=1)
    for place in range(int(lengths[0]) - 1, 0, -1):
        words = starts[: alive[place]] + place
        labels[words - 1] = came_from[words, labels[words]]
    return labels


def _best_ways(before: Scores, steps: Scores) -> tuple[NDArray[np.int8], Scores]:
    """From the worth of each label of some words, the best label before each of the next ones.

    Of many words label by label, for maxima along a short axis are slow; of few all at once.
    """
    if len(before) < _FEW:
        ways = before[:, None, :] + steps.T
        return ways.argmax(axis=2).astype(np.int8), ways.max(axis=2)
    best = before[:, :1] + steps[0]
    source = np.zeros(best.shape, dtype=np.int8)
    for label in range(1, len(steps)):
        way = before[:, label : label + 1] + steps[label]
        source[way > best] = label
        np.maximum(best, way, out=best)
    return source, best


def best_other(scores: Scores) -> Scores:
    """Of each word, how far its best label but the first is above the first."""
    best = scores[:, 1].copy()
    for label in range(2, scores.shape[1]):
        np.maximum(best, scores[:, label], out=best)
    return best - scores[:, 0]
