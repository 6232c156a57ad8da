"""Sums in float32 find all documents that may be among the best by their exact sums."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engine.matches import Matches, exact_sums, rough_common_sums, rough_sums
from searchkit.engine.ranking import likely_best

_LIMIT = 3000


def _matches(rng: np.random.Generator, share: float, base: float) -> Matches:
    """Some documents with scores that hardly differ, so that sums come out equal or nearly so."""
    documents = np.flatnonzero(rng.random(_LIMIT) < share).astype(np.int32)
    scores = base * (1 + rng.integers(0, 8, len(documents)) * 2.0**-23)
    return Matches(documents, scores).laid_out(_LIMIT)


def _dense(found: Matches) -> np.ndarray:
    scores = np.zeros(_LIMIT)
    documents, points = found.columns()
    scores[documents] = points
    return scores


@given(
    seed=st.integers(0, 2**32 - 1),
    shares=st.lists(st.sampled_from([0.0005, 0.01, 0.1, 0.3, 0.9]), min_size=1, max_size=12),
    count=st.integers(1, 40),
)
def test_the_best_are_always_among_the_likely_ones(seed, shares, count):
    rng = np.random.default_rng(seed)
    found = [_matches(rng, share, float(10.0 ** rng.integers(-3, 3))) for share in shares]
    scores = rough_sums(found, _LIMIT)
    expected = np.sum([_dense(each) for each in found], axis=0)
    if scores is None:
        assert not expected.any()
        return
    assert ((scores > 0) == (expected > 0)).all()
    likely = likely_best(scores, count, len(found))
    assert exact_sums(found, likely).tolist() == expected[likely].tolist()
    rounded = expected.astype(np.float32)
    least = max(np.sort(rounded)[-count], np.float32(0))
    best = np.flatnonzero((rounded >= least) & (rounded > 0))
    assert set(best.tolist()) <= set(likely.tolist())


@given(seed=st.integers(0, 2**32 - 1), parts=st.integers(1, 5))
def test_what_is_in_all_is_what_is_in_each(seed, parts):
    rng = np.random.default_rng(seed)
    found = [_matches(rng, 0.6, float(10.0 ** rng.integers(-3, 3))) for _ in range(parts)]
    scores = rough_common_sums(found)
    assert scores is not None
    in_all = np.all([_dense(each) > 0 for each in found], axis=0)
    assert ((scores > 0) == in_all).all()
    likely = likely_best(scores, 10, parts)
    assert in_all[likely].all()
    rounded = np.where(in_all, np.sum([_dense(each) for each in found], axis=0), 0)
    rounded = rounded.astype(np.float32)
    least = np.sort(rounded)[-10]
    assert set(np.flatnonzero((rounded >= least) & (rounded > 0))) <= set(likely.tolist())


def test_what_float32_has_no_number_for_still_matches():
    found = [Matches(np.array([5], np.int32), np.array([1e-60]))]
    scores = rough_sums(found, _LIMIT)
    assert scores is not None
    assert scores.nonzero()[0].tolist() == [5]
