"""The best sequence of labels, found for many words at once.

A. Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm",
1967. Words that can hardly be part of a name, whatever stands around them, cut a text into
stretches; these do not depend on one another and are decoded side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.text.growing import offsets

Scores = NDArray[np.int32]
Places = NDArray[np.int64]
Margins = NDArray[np.int16]

_FAR = 1 << 38  # further below zero than any sentence is above
# So many words are fewer than it takes to make label by label pay.
_FEW = 256
# A way to a label is its worth, and in so many bits behind it which label it comes from.
_SOURCE_BITS = 4
_SOURCE = (1 << _SOURCE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Bounds:
    """What can be ruled out before decoding, by how a word's labels compare with ``O``.

    In the best sequence every stretch of names is worth at least as much as ``O`` for all its
    words. What it is worth is at most the sum of how far the best labels of its words are above
    ``O``, each with the best step to it, and of the best step away. A word in no stretch for which
    that is enough is no part of a name, so that nothing is lost.

    Attributes:
        enter: of each label but ``O``, what it gets for the step from ``O`` to it, beside ``O`` to
            ``O``.
        further: likewise, what it gets at most for a step from any other label but ``O``.
        leave: likewise, what the step back to ``O`` gets at most.
    """

    enter: Scores
    further: Scores
    leave: int

    @classmethod
    def of(cls, steps: Scores) -> Bounds:
        """The bounds for steps from label to label, ``O`` first, then by turns those that begin a
        name and those that continue it.
        """
        stay = steps[0, 0]
        return cls(
            steps[0, 1:] - stay,
            (steps[1:, 1:] - stay).max(axis=0),
            int(max(steps[1:, 0])) - int(stay),
        )

    def worth(self, margins: Margins) -> tuple[Margins, Margins]:
        """What words are worth at most as the first and as a further one of a stretch of names.

        Args:
            margins: words by labels, how far each is above ``O``; a step more must fit.
        """
        # Names mostly begin with one half of the labels and go on with the other: each is looked
        # at once, as what it is mostly, and counts for the other with the most it would get there.
        enter, further = self.enter.astype(margins.dtype), self.further.astype(margins.dtype)
        begin = _highest(margins[:, 0::2], enter[0::2])
        inner = _highest(margins[:, 1::2], further[1::2])
        first = np.maximum(begin, inner + (enter - further)[1::2].max())
        return first, np.maximum(inner, begin + (further - enter)[0::2].max(), out=inner)

    def possible(self, first: Margins, further: Margins, words: NDArray[np.bool_]) -> Places:
        """The places of words that may be part of a name.

        Args:
            first, further: of each place, its ``worth``.
            words: at which places words stand; at the others sentences end. At the borders of a
                sentence a name has no step to pay for.
        """
        edges = np.flatnonzero(np.diff(words, prepend=False, append=False))
        opening, closing = edges[::2], edges[1::2] - 1
        between = np.flatnonzero(~words)
        total, begun = further.astype(np.int64), first.astype(np.int64)
        total[between], begun[between] = -_FAR, -2 * _FAR
        np.cumsum(total, out=total)
        begun[opening] = np.maximum(
            first[opening] - int(self.enter[0::2].min()),
            further[opening] - int(self.further[1::2].min()),
        )
        begun -= total
        total += self.leave
        total[closing] -= self.leave
        # The most that a stretch with a word in it is worth: from the best beginning up to it to
        # the best end from it on.
        np.maximum.accumulate(begun, out=begun)
        begun += np.maximum.accumulate(total[::-1])[::-1]
        return np.flatnonzero(begun >= 0)


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
    # The worth of the best way to each label of each word; label by label, as it is worked out.
    best = np.ascontiguousarray(scores.take(order, axis=0).T)
    came_from = np.zeros(best.shape, dtype=np.int8)
    begins = offsets(alive).tolist()
    moves = [*zip(alive[1:].tolist(), begins[:-2], begins[1:-1], strict=True)]
    # Of ways worth the same the one from the first label is taken: its bits are the highest.
    sources = _SOURCE - np.arange(len(steps), dtype=np.int32)
    packed = (steps << _SOURCE_BITS) + sources[:, None]
    for n, before, at in moves:
        ways = _best_ways(best[:, before : before + n] << _SOURCE_BITS, packed)
        came_from[:, at : at + n] = ways & _SOURCE
        ways >>= _SOURCE_BITS
        # Which way is best hangs on differences, which stay small however long a stretch is.
        best[:, at : at + n] += ways - ways[0]
    last = np.flatnonzero(~np.append(follows[1:], False)[order])
    labels = np.zeros(len(order), dtype=np.int64)
    labels[last] = best[:, last].argmax(axis=0)
    for n, before, at in reversed(moves):
        found = came_from[labels[at : at + n], np.arange(at, at + n)]
        np.subtract(_SOURCE, found, out=labels[before : before + n])
    in_order = np.empty_like(labels)
    in_order[order] = labels
    return in_order


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


def _best_ways(before: Scores, packed: Scores) -> Scores:
    """The best ways to each label of some words, from the ways to the words before them.

    Of many words label by label, for maxima along a short axis are slow; of few all at once.
    """
    if before.shape[1] < _FEW:
        return np.asarray((before[:, None] + packed[:, :, None]).max(axis=0))
    best: Scores = before[0] + packed[0][:, None]
    way = np.empty_like(best)
    for ways, steps in zip(before[1:], packed[1:], strict=True):
        np.add(ways, steps[:, None], out=way)
        np.maximum(best, way, out=best)
    return best


def _highest(columns: Margins, extra: Margins) -> Margins:
    """The highest of some columns with what each gets; column by column, for there are few."""
    best: Margins = columns[:, 0] + extra[0]
    for column, more in zip(columns.T[1:], extra[1:], strict=True):
        np.maximum(best, column + more, out=best)
    return best
