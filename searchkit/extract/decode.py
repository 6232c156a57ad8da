"""The best sequence of labels, found for many words at once.

A. Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm",
1967. Most words are so surely no name that no neighbour could change it; they cut a text into short
stretches, which do not depend on one another and are decoded side by side.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.int32]


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
    came_from = np.zeros(scores.shape, dtype=np.int64)
    best = scores.copy()  # the worth of the best way to each word and label
    columns = np.ascontiguousarray(steps.T)
    for place in range(1, int(lengths[0])):
        words = starts[: alive[place]] + place
        ways = best[words - 1][:, None, :] + columns
        came_from[words] = ways.argmax(axis=2)
        best[words] += ways.max(axis=2)
    labels = best.argmax(axis=1)
    for place in range(int(lengths[0]) - 1, 0, -1):
        words = starts[: alive[place]] + place
        labels[words - 1] = came_from[words, labels[words]]
    return labels
