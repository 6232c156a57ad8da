"""Measures and tests of significance against values worked out by hand."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from searchkit.evaluation.measures import MEASURES, measure
from searchkit.evaluation.significance import holm, randomisation_p


def test_measures_by_hand() -> None:
    pytest.importorskip("ir_measures")
    others = [f"x{number}" for number in range(20)]
    qrels = {
        # Ideal: gains 3, 1, 1. Found: gain 1 at rank 2, gain 3 at rank 4; one not found.
        "graded": {"a": 3, "b": 1, "gone": 1, "x0": 0},
        "eleventh": {"a": 1, "b": 1},
        "nothing": {"a": 1},
        "absent": {"a": 1},
    }
    rankings = {
        "graded": ["x0", "b", "x1", "a"],
        "eleventh": [*others[:10], "a", *others[10:]],
        "nothing": [],
    }
    scores = measure(qrels, rankings)
    gained = 1 / math.log2(3) + 3 / math.log2(5)
    ideal = 3 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert list(scores) == list(MEASURES)
    zero = {"nothing": 0.0, "absent": 0.0}
    assert scores["nDCG@10"] == pytest.approx({"graded": gained / ideal, "eleventh": 0.0, **zero})
    assert scores["RR@10"] == pytest.approx({"graded": 0.5, "eleventh": 0.0, **zero})
    assert scores["R@10"] == pytest.approx({"graded": 2 / 3, "eleventh": 0.0, **zero})
    assert scores["R@100"] == pytest.approx({"graded": 2 / 3, "eleventh": 0.5, **zero})


def test_the_order_given_counts_to_the_last_place() -> None:
    pytest.importorskip("ir_measures")
    ids = [f"{number:03}" for number in range(100)]
    random.Random(1).shuffle(ids)
    for rank in (1, 2, 9, 10):
        scores = measure({"t": {ids[rank - 1]: 1}}, {"t": ids})
        assert scores["RR@10"]["t"] == pytest.approx(1 / rank)
        assert scores["nDCG@10"]["t"] == pytest.approx(1 / math.log2(rank + 1))
    assert measure({"t": {ids[99]: 1}}, {"t": ids})["R@100"]["t"] == 1


def test_few_topics_are_permuted_in_all_ways() -> None:
    differences = [0.3, -0.1, 0.25, 0.4, 0.0, 0.05]
    observed = abs(sum(differences))
    signed = itertools.product((1, -1), repeat=len(differences))
    sums = [sum(s * d for s, d in zip(signs, differences, strict=True)) for signs in signed]
    expected = sum(abs(each) >= observed - 1e-9 for each in sums) / len(sums)
    assert randomisation_p(differences) == pytest.approx(expected)
    assert randomisation_p([-each for each in differences]) == pytest.approx(expected)


def test_five_gains_cannot_be_significant() -> None:
    assert randomisation_p([0.1] * 5) == 2 / 2**5


def test_many_topics_are_permuted_at_random_but_repeatably() -> None:
    noise = random.Random(7)
    none = [noise.gauss(0, 1) for _ in range(200)]
    some = [noise.gauss(0.15, 1) for _ in range(200)]
    # Nearly normal, so that the z-test says about the same.
    z = abs(sum(some)) / math.sqrt(sum(each * each for each in some))
    assert randomisation_p(some) == pytest.approx(math.erfc(z / math.sqrt(2)), abs=0.015)
    assert randomisation_p(some) == randomisation_p(some)
    assert randomisation_p(some, seed=1) != randomisation_p(some)
    assert randomisation_p(none) > 0.05
    assert randomisation_p([1.0] * 200) == 1 / 10_001


def test_no_topic_no_evidence() -> None:
    assert randomisation_p([]) == 1.0
    assert randomisation_p([0.5]) == 1.0


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []
