"""Many threads on one open index get the answers of one."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from searchkit import Index, SearchResult, build_index, open_index
from tests.random_queries import documents, query

THREADS = 8
_FIXED = [
    "Gipfel Treffen Helsinki",
    '"neue Gipfel"',
    '"Gipfel Moskau"~5',
    "Gip* Mos*",
    "Gpifel~1",
    "source:dpa",
    "Präsident AND Minister",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Several segments and some deleted documents: everything that is laid out when first asked."""
    path = tmp_path_factory.mktemp("threads")
    corpus = documents(random.Random(11), 240)
    with build_index(corpus[:120], path) as index:
        index.add(corpus[120:])
        index.remove([f"d{number:03}" for number in range(0, 240, 9)])
    return path


@pytest.fixture(autouse=True)
def _switching_often():
    """Threads take turns every 20 microseconds instead of every 5 milliseconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(2e-5)
    yield
    sys.setswitchinterval(before)


def ask(index: Index, text: str) -> SearchResult:
    found = index.search(text, facets=["year", "source", "pages"], snippets=2, limit=20)
    return replace(found, took_ms=0.0)


def test_eight_threads_get_the_answers_of_one(folder):
    rng = random.Random(12)
    asked = _FIXED + [query(rng)[1] for _ in range(33)]
    with open_index(folder) as alone:
        expected = {text: ask(alone, text) for text in asked}
    assert sum(answer.total > 0 for answer in expected.values()) > 25
    # Every round begins with an index in which nothing is laid out or kept yet.
    for seed in range(2):
        orders = [random.Random(100 * seed + n).sample(asked, len(asked)) for n in range(THREADS)]
        with open_index(folder) as shared, ThreadPoolExecutor(THREADS) as pool:
            answers = pool.map(lambda order: [ask(shared, text) for text in order], orders)
            for order, found in zip(orders, answers, strict=True):
                for text, answer in zip(order, found, strict=True):
                    assert answer == expected[text], text


def test_threads_that_all_begin_with_the_same_pattern(folder):
    """The tables of terms are made by the first that asks, while the others wait or look."""
    patterns = ["Gpifel~2", "*reffen", "Reg?erung*", "Mosk~1"]
    with open_index(folder) as alone:
        expected = {text: ask(alone, text) for text in patterns}
    for text in patterns * 3:
        with open_index(folder) as shared, ThreadPoolExecutor(THREADS) as pool:
            answers = list(pool.map(lambda t, i=shared: ask(i, t), [text] * THREADS))
            assert answers == [expected[text]] * THREADS
