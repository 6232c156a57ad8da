"""What an index knows of single words: learned when it is built, fixed until it is rebuilt.

What the parts of a word are depends on word statistics. Were they to change with every update, a
document indexed before would hold other terms than the same document indexed after.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from searchkit.store.arrays import read_arrays
from searchkit.store.draft import Draft
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.lexicon import Lexicon
from searchkit.text.word_counts import WORDS_FILE, WordCounts

if TYPE_CHECKING:
    from searchkit.indexing.feed import Item

#: Text whose words are counted before anything is indexed. More changes the counts of frequent
#: words by little, and all of it has to be held in memory.
SAMPLE_LENGTH = 32_000_000

# Texts that are enough to see what they have in common.
_SAMPLE_TEXTS = 1500


def write_words(draft: Draft, splitter: CompoundSplitter) -> None:
    """Keep the statistics with the generation that is being made."""
    draft.write_arrays(WORDS_FILE, splitter.counts.to_arrays())


def read_words(folder: Path) -> CompoundSplitter:
    """The splitter an index was built with, from the folder of its generation.

    Raises:
        IndexCorrupt: its statistics are damaged.
    """
    return CompoundSplitter(WordCounts.from_arrays(read_arrays(folder / WORDS_FILE)))


def learn_words(
    items: Iterable[Item], lexicon: Lexicon
) -> tuple[CompoundSplitter, list[str], Iterator[Item]]:
    """Merge the words of the first documents into the statistics that ship with searchkit.

    Args:
        items: the documents.
        lexicon: analyses them; made without a splitter.

    Returns:
        The splitter; some texts of the first documents; and all documents again.
    """
    rest = iter(items)
    sample: deque[Item] = deque()
    length = 0
    for item in rest:
        sample.append(item)
        length += len(item.document.text)
        if length >= SAMPLE_LENGTH:
            break
    splitter = CompoundSplitter(WordCounts.seed())
    if sample:
        # What the parts of a word are does not change where it stands: no text is analysed twice.
        words = lexicon.analyse_all([item.document.text for item in sample])
        sample = deque(replace(i, words=w) for i, w in zip(sample, words, strict=True))
        splitter = _merged(splitter, sample, lexicon)
    step = -(-len(sample) // _SAMPLE_TEXTS) or 1
    texts = [item.document.text for item in islice(sample, 0, None, step)]
    return splitter, texts, chain(_used_up(sample), rest)


def _used_up(sample: deque[Item]) -> Iterator[Item]:
    """The items, each let go of when it was taken."""
    while sample:
        yield sample.popleft()


def _merged(
    splitter: CompoundSplitter, sample: Iterable[Item], lexicon: Lexicon
) -> CompoundSplitter:
    counts = np.zeros(len(lexicon.forms), dtype=np.int64)
    for item in sample:
        assert item.words is not None
        np.add.at(counts, item.words.forms, 1)
    capital = np.fromiter(
        map(str.isupper, map(itemgetter(0), lexicon.forms)), np.bool_, len(counts)
    )
    return splitter.merged(lexicon.forms, counts, counts * capital)
