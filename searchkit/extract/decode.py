"""The best sequence of labels, found for many words at once.

A. Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm",
1967. Words that can hardly be part of a name, whatever stands around them, cut a text into
stretches; these do not depend on one another and are decoded side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import offsets

Scores = NDArray[np.int32]
Places = NDArray[np.int64]

_FAR = 1 << 30  # further below zero than any sentence is above
# So many words are fewer than it takes to make label by label pay.
_FEW = 256


@dataclass(frozen=True, slots=True)
class Bounds:
    """What can be ruled out before decoding, by how a word's labels compare with ``O``.

    In the best sequence every name is worth at least as much as ``O`` for all its words. What a
    name is worth is at most the sum of how far the best labels of its words are above ``O``, and
    of the best steps to, within and from it. A word in no stretch for which that is enough is no
    part of a name, so that nothing is lost.

    Attributes:
        enter: what a name costs at least where another word stands before it.
        leave: what it costs at least where another word stands behind it.
        inside: what each step within it gets at most, beside ``O`` to ``O``.
    """

    enter: int
    leave: int
    inside: int

    @classmethod
    def of(cls, steps: Scores) -> Bounds:
        """The bounds for steps from label to label, ``O`` first."""
        stay = int(steps[0, 0])
        enter, leave, inner = steps[0, 1:].max(), steps[1:, 0].max(), steps[1:, 1:].max()
        return cls(stay - int(enter), stay - int(leave), int(inner) - stay)

    def possible(self, margins: NDArray[Any], words: NDArray[np.bool_]) -> Places:
        """The places of words that may be part of a name.

        Args:
            margins: of each place, how far the best other label is above ``O``.
            words: at which places words stand; at the others sentences end. At the borders of a
                sentence a name has no step to pay for.
        """
        worth = np.where(words, margins + np.int64(self.inside), -_FAR)
        edges = np.flatnonzero(np.diff(words, prepend=False, append=False))
        worth[edges[::2]] += self.enter
        worth[edges[1::2] - 1] += self.leave
        total = offsets(worth)
        # The most that a stretch with a word in it is worth: from the lowest sum before it to the
        # highest from it on.
        highest = np.maximum.accumulate(total[:0:-1])[::-1]
        lowest = np.minimum.accumulate(total[:-1])
        return np.flatnonzero(highest - lowest >= self.enter + self.leave + self.inside)


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
    order, alive = _side_by_side(follows)
    best = scores.T[:, order]  # the worth of the best way to each word and label
    came_from = np.zeros(best.shape, dtype=np.int8)
    begins = offsets(alive).tolist()
    moves = [*zip(alive[1:].tolist(), begins[:-2], begins[1:-1], strict=True)]
    for n, before, at in moves:
        came_from[:, at : at + n], ways = _best_ways(best[:, before : before + n], steps)
        best[:, at : at + n] += ways
    labels: Places = best.argmax(axis=0)
    for n, before, at in reversed(moves):
        labels[before : before + n] = came_from[labels[at : at + n], np.arange(at, at + n)]
    found = np.empty_like(labels)
    found[order] = labels
    return found


def _side_by_side(follows: NDArray[np.bool_]) -> tuple[Places, Places]:
    """The first words of all stretches, then their second words, and so on; how many of each.

    The longest stretch comes first, so that the words before some in a row are in a row too.
    """
    starts = np.flatnonzero(~follows)
    lengths = np.diff(np.append(starts, len(follows)))
    longest = np.argsort(-lengths, kind="stable")
    rank = np.empty_like(longest)
    rank[longest] = np.arange(len(longest))
    place = np.arange(len(follows)) - np.repeat(starts, lengths)
    alive = np.bincount(place)
    order = np.empty_like(place)
    order[offsets(alive)[place] + np.repeat(rank, lengths)] = np.arange(len(follows))
    return order, alive


def _best_ways(before: Scores, steps: Scores) -> tuple[NDArray[np.int8], Scores]:
    """From the worth of each label of some words, the best label before each of the next ones.

    Of many words label by label, for maxima along a short axis are slow; of few all at once.
    """
    if before.shape[1] < _FEW:
        ways = before[:, None] + steps[:, :, None]
        return ways.argmax(axis=0).astype(np.int8), ways.max(axis=0)
    best = before[0] + steps[0][:, None]
    source = np.zeros(best.shape, dtype=np.int8)
    for label in range(1, len(steps)):
        way = before[label] + steps[label][:, None]
        np.putmask(source, way > best, label)
        np.maximum(best, way, out=best)
    return source, best


def highest(scores: NDArray[np.int16]) -> NDArray[np.int16]:
    """The highest score of each word, without ``O``; column by column, for there are few."""
    best = scores[:, 0].copy()
    for column in scores.T[1:]:
        np.maximum(best, column, out=best)
    return best
