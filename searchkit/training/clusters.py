"""Clusters of forms that are used alike, from the words around them.

Positive pointwise mutual information with the two words on either side, reduced by a singular value
decomposition (O. Levy and Y. Goldberg, "Neural word embedding as implicit matrix factorization",
2014), then spherical k-means (I. Dhillon and D. Modha, 2001). Needs scipy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.pieces import cut_chunks

_MIN_COUNT = 8
_CONTEXT_WORDS = 5000
_DIMENSIONS = 100
_ROUNDS = 15
_SIZES = (1024, 256, 64)
_SMOOTHING = 0.75
_BLOCK = 2_000_000
_AT_ONCE = 20_000

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Forms and the cluster of each.

    Attributes:
        forms: case kept.
        fine: of each form, the number of its cluster, from 0.
        coarser: of each fine cluster, the middle and the large one it belongs to; two rows.
    """

    forms: list[str]
    fine: NDArray[np.int64]
    coarser: NDArray[np.int64]


def learn_clusters(paragraphs: Iterable[str]) -> Clusters:
    """The clusters of the forms of a text; takes some minutes for 40 million words."""
    forms, text = _numbered(paragraphs)
    counts = np.bincount(text, minlength=len(forms))
    kept = np.flatnonzero(counts >= _MIN_COUNT)
    kept = kept[np.argsort(-counts[kept], kind="stable")]
    rank = np.full(len(forms), -1, dtype=np.int32)
    rank[kept] = np.arange(len(kept))
    vectors = _vectors(rank[text], len(kept))
    fine, centres = _k_means(vectors, _SIZES[0])
    middle, centres = _k_means(centres, _SIZES[1])
    large, _ = _k_means(centres, _SIZES[2])
    return Clusters([forms[n] for n in kept], fine, np.stack([middle, large[middle]]))


def _numbered(paragraphs: Iterable[str]) -> tuple[list[str], NDArray[np.int32]]:
    """The distinct forms, and the text as their numbers; 0 stands between sentences."""
    numbers: dict[str, int] = {"": 0}
    chunks: dict[str, list[int]] = {}
    blocks: list[NDArray[np.int32]] = []
    block: list[int] = []
    for paragraph in paragraphs:
        words = paragraph.split()
        _learn([word for word in dict.fromkeys(words) if word not in chunks], numbers, chunks)
        block.append(0)
        for word in words:
            block += chunks[word]
        if len(block) > _BLOCK:
            blocks.append(np.array(block, dtype=np.int32))
            block = []
    return list(numbers), np.concatenate([*blocks, np.array(block, dtype=np.int32)])


def _learn(words: list[str], numbers: dict[str, int], chunks: dict[str, list[int]]) -> None:
    pieces = cut_chunks(words)
    forms: Iterator[str] = iter(pieces.forms)
    for word, count, closes in zip(words, pieces.counts, pieces.closes, strict=True):
        found = [numbers.setdefault(next(forms), len(numbers)) for _ in range(count)]
        chunks[word] = [*found, 0] if closes else found


def _vectors(text: NDArray[np.int32], size: int) -> Vectors:
    from scipy.sparse.linalg import svds  # type: ignore[import-untyped, unused-ignore]

    left, weights, _ = svds(_mutual_information(text, size), k=_DIMENSIONS, random_state=0)
    vectors = left * np.sqrt(weights)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / (norms + 1e-9), dtype=np.float32)


def _mutual_information(text: NDArray[np.int32], size: int) -> Any:
    """A sparse matrix of forms by (place, neighbour)."""
    import scipy.sparse as sparse  # type: ignore[import-untyped, unused-ignore]

    near = []
    for offset in (-2, -1, 1, 2):
        here = text[max(0, -offset) : len(text) - max(0, offset)]
        there = text[max(0, offset) : len(text) - max(0, -offset)]
        both = (here >= 0) & (there >= 0) & (there < _CONTEXT_WORDS)
        ones = np.ones(int(both.sum()), dtype=np.float32)
        pairs = (here[both], there[both])
        near.append(sparse.coo_matrix((ones, pairs), shape=(size, _CONTEXT_WORDS)).tocsr())
    counts = sparse.hstack(near).tocoo()
    counts.sum_duplicates()
    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = np.asarray(counts.sum(axis=0)).ravel() ** _SMOOTHING
    expected = rows[counts.row] * columns[counts.col] / columns.sum()
    information = np.log(counts.data / expected)
    positive = information > 0
    places = (counts.row[positive], counts.col[positive])
    return sparse.coo_matrix((information[positive], places), shape=counts.shape).tocsr()


def _k_means(vectors: Vectors, size: int) -> tuple[NDArray[np.int64], Vectors]:
    """The cluster of each vector of length 1, and the directions of the centres."""
    random = np.random.default_rng(0)
    centres = vectors[random.choice(len(vectors), size, replace=False)].copy()
    labels = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(_ROUNDS):
        blocks = range(0, len(vectors), _AT_ONCE)
        near = [np.argmax(vectors[i : i + _AT_ONCE] @ centres.T, axis=1) for i in blocks]
        labels = np.concatenate(near)
        sums = np.zeros_like(centres)
        np.add.at(sums, labels, vectors)
        lengths = np.linalg.norm(sums, axis=1)
        empty = lengths < 1e-9
        centres = (sums / np.maximum(lengths, 1e-9)[:, None]).astype(np.float32)
        centres[empty] = vectors[random.choice(len(vectors), int(empty.sum()))]
    return labels, centres
