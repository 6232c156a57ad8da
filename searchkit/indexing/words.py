"""What an index knows of single words: learned when it is built, fixed until it is rebuilt.

What the parts of a word are depends on word statistics. Were they to change with every update, a
document indexed before would hold other terms than the same document indexed after.
"""

from __future__ import annotations

from pathlib import Path

from searchkit.store.arrays import read_arrays
from searchkit.store.draft import Draft
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.word_counts import WORDS_FILE, WordCounts


def write_words(draft: Draft, splitter: CompoundSplitter) -> None:
    """Keep the statistics with the generation that is being made."""
    draft.write_arrays(WORDS_FILE, splitter.counts.to_arrays())


def read_words(folder: Path) -> CompoundSplitter:
    """The splitter an index was built with, from the folder of its generation.

    Raises:
        IndexCorrupt: its statistics are damaged.
    """
    return CompoundSplitter(WordCounts.from_arrays(read_arrays(folder / WORDS_FILE)))
