"""The splitter against words split by hand; see compounds_gold.md for how they were chosen."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from searchkit.text.compounds import CompoundSplitter
from searchkit.text.word_counts import WordCounts

_HERE = Path(__file__).parent
_NEWS = _HERE.parents[2] / "shared" / "data" / "news" / "news-2k.jsonl.xz"


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a splitter did: precision and recall by word, and by word with every cut found."""

    precision: float
    recall: float
    exact: float


def _cuts(marked: str) -> set[int]:
    pieces = marked.rstrip("?").split("|")
    return {len("".join(pieces[:count])) for count in range(1, len(pieces))}


def measure(splitter: CompoundSplitter, half: str) -> Quality:
    """Precision and recall of a splitter on one half (``tune`` or ``test``) of the gold list."""
    lines = (_HERE / "compounds_gold.tsv").read_text(encoding="utf-8").splitlines()
    marked = [line.split("\t")[2] for line in lines if line.startswith(half)]
    found = splitter.split([word.replace("|", "").rstrip("?") for word in marked])
    tally: Counter[str] = Counter()
    for word, spans in zip(marked, found, strict=True):
        gold, own = _cuts(word), {start for start, _ in spans[1:]}
        demanded = bool(gold) and not word.endswith("?")
        right = bool(own) and own <= gold
        tally["demanded"] += demanded
        tally["right"] += right and demanded
        tally["exact"] += own == gold and demanded
        tally["wrong"] += bool(own) and not right
    return Quality(
        tally["right"] / (tally["right"] + tally["wrong"]),
        tally["right"] / tally["demanded"],
        tally["exact"] / tally["demanded"],
    )


def split_share(splitter: CompoundSplitter, names: Sequence[str]) -> float:
    """The share of names that a splitter takes apart."""
    return float(np.mean([bool(spans) for spans in splitter.split(names)]))


def _names(group: str) -> list[str]:
    lines = (_HERE / "names.txt").read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if line.startswith(f"{group}: "))
    return line.split()[1:]


@pytest.fixture(scope="module")
def seed_splitter() -> CompoundSplitter:
    return CompoundSplitter(WordCounts.seed())


@pytest.fixture(scope="module")
def news_splitter(seed_splitter: CompoundSplitter) -> CompoundSplitter:
    if not _NEWS.exists():
        pytest.skip("the development corpora are not beside the checkout")
    words: Counter[str] = Counter()
    with lzma.open(_NEWS, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            words.update(re.findall(r"[^\W\d_]+", article["text"]))
    capitalised = np.array([n if w[0].isupper() else 0 for w, n in words.items()])
    return seed_splitter.merged(list(words), np.array(list(words.values())), capitalised)


@pytest.mark.parametrize("half", ["tune", "test"])
def test_seed_alone_reaches_the_floor(seed_splitter: CompoundSplitter, half: str) -> None:
    quality = measure(seed_splitter, half)
    assert quality.precision >= 0.98
    assert quality.recall >= 0.78


@pytest.mark.corpus
@pytest.mark.parametrize("half", ["tune", "test"])
def test_corpus_merged_reaches_the_floor(news_splitter: CompoundSplitter, half: str) -> None:
    quality = measure(news_splitter, half)
    assert quality.precision >= 0.98
    assert quality.recall >= 0.78


@pytest.mark.parametrize("group", ["surnames", "places"])
def test_names_stay_whole(seed_splitter: CompoundSplitter, group: str) -> None:
    assert split_share(seed_splitter, _names(group)) < 0.1


@pytest.mark.corpus
@pytest.mark.parametrize("group", ["surnames", "places"])
def test_names_stay_whole_with_a_corpus(news_splitter: CompoundSplitter, group: str) -> None:
    assert split_share(news_splitter, _names(group)) < 0.1


def main() -> None:
    """Prints the table: PYTHONPATH=. python tests/relevance/test_compounds.py."""
    splitter = CompoundSplitter(WordCounts.seed())
    for half in ("tune", "test"):
        print(half, measure(splitter, half))
    for group in ("surnames", "places"):
        print(group, f"{split_share(splitter, _names(group)):.3f}")


if __name__ == "__main__":
    main()
