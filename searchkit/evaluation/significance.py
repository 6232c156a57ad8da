"""Is a difference more than chance?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PERMUTATIONS = 10_000
_BLOCK = 1000  # permutations at a time: bounds the memory
_TOLERANCE = 1e-9  # sums that differ by less are equal; rounding orders them by chance


def randomisation_p(differences: Sequence[float], *, seed: int = 0) -> float:
    """The two-sided p-value of paired differences by Fisher's randomisation test.

    If two systems were equal, each topic's difference could as well have the other sign; p is how
    often that makes the mean difference as large as it is (Smucker, Allan and Carterette 2007).
    All signs are tried where that is no more than 10,000 ways, otherwise 10,000 are drawn and what
    was observed counts as one more (Phipson and Smyth 2010), so that p is never 0.

    Args:
        differences: one for each topic.
        seed: of the random signs; the same seed gives the same p.

    Returns:
        p, above 0 to 1; 1 where nothing differs.

    >>> randomisation_p([0.1, 0.2, 0.3]), randomisation_p([0.0, 0.0])
    (0.25, 1.0)
    """
    # Topics without a difference change no sum, whatever their sign.
    values = np.array([value for value in differences if value], dtype=np.float64)
    observed = abs(float(values.sum())) - _TOLERANCE
    if 2 ** len(values) <= PERMUTATIONS:
        numbers = np.arange(2 ** len(values))
        flips = (numbers[:, None] >> np.arange(len(values))) & 1
        return _as_large(values, flips, observed) / len(numbers)
    random = np.random.default_rng(seed)
    count = sum(
        _as_large(values, random.integers(0, 2, (_BLOCK, len(values)), np.int8), observed)
        for _ in range(PERMUTATIONS // _BLOCK)
    )
    return (count + 1) / (PERMUTATIONS + 1)


def _as_large(
    values: npt.NDArray[np.float64], flips: npt.NDArray[np.integer], observed: float
) -> int:
    """How many of the sign changes give a sum as far from 0 as the observed one."""
    sums = values.sum() - 2 * (flips @ values)
    return int(np.count_nonzero(np.abs(sums) >= observed))


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values corrected for their number (Holm 1979), in the order given.

    >>> holm([0.04, 0.01, 0.03])
    [0.06, 0.03, 0.06]
    """
    corrected = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, p_values[place] * (len(p_values) - rank)))
        corrected[place] = highest
    return corrected
