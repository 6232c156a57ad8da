"""The words of the first documents: counted, and merged into what is known of words.

Others may count a share of the documents.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from searchkit.indexing.feed import SHARED, Item, batched
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.lexicon import AnalysedText, Lexicon
from searchkit.text.numbering import Numbering
from searchkit.text.word_counts import WordCounts

#: Text whose words are counted before anything is indexed. More changes the counts of frequent
#: words by little, and all of it has to be held in memory.
SAMPLE_LENGTH = 32_000_000

# Texts that are enough to see what they have in common.
_SAMPLE_TEXTS = 1500


@dataclass(frozen=True, slots=True)
class FormCounts:
    """Forms, none twice, and how often each occurs."""

    forms: Sequence[str]
    counts: NDArray[np.int64]

    @classmethod
    def of_texts(cls, forms: Sequence[str], texts: Iterable[AnalysedText]) -> FormCounts:
        """Those of texts whose words are numbers of ``forms``."""
        counts = np.zeros(len(forms), dtype=np.int64)
        for words in texts:
            np.add.at(counts, words.forms, 1)
        return cls(forms, counts)

    @classmethod
    def united(cls, found: Sequence[FormCounts]) -> FormCounts:
        """All of them together.

        >>> found = [FormCounts(["Rom"], np.array([2])), FormCounts(["Gipfel", "Rom"], np.ones(2))]
        >>> FormCounts.united(found).counts.tolist()
        [3, 1]
        """
        if len(found) == 1:
            return found[0]
        forms: list[str] = []
        numbers = Numbering(forms).of([form for each in found for form in each.forms])
        counts = np.bincount(numbers, np.concatenate([each.counts for each in found]))
        return cls(forms, counts.astype(np.int64))


class Helpers(Protocol):
    """Who may take documents off one's hands while words are counted."""

    def share(self, items: Sequence[Item]) -> bool:
        """Take documents for good, if there is time for them now."""

    def take_back(self) -> Sequence[Item]:
        """Give some of the documents taken back that nobody has begun with, or none."""

    def count(self) -> None:
        """Ask for the words of all documents taken so far; what is taken after that does not
        count.
        """

    def counts(self) -> Sequence[FormCounts]:
        """What was asked for, as soon as all have it."""


def learn_words(
    items: Iterable[Item], lexicon: Lexicon, helpers: Helpers
) -> tuple[CompoundSplitter, list[str], Iterator[Item]]:
    """Merge the words of the first documents into the statistics that ship with searchkit.

    Args:
        items: the documents.
        lexicon: analyses them; made without a splitter.
        helpers: may take some of the documents.

    Returns:
        The splitter; some texts of the first documents; and all documents again that the helpers
        did not take.
    """
    rest = iter(items)
    texts: list[str] = []
    kept: list[Item] = []
    # Where words stand does not hang on what their parts are: no text is analysed twice.
    words = [*lexicon.analyse_all(_texts_kept(rest, helpers, texts, kept))]
    while back := helpers.take_back():
        kept += back
        words += lexicon.analyse_all([item.document.text for item in back])
    sample = deque(replace(item, words=found) for item, found in zip(kept, words, strict=True))
    helpers.count()
    # They have something to do while the words are put together.
    left = _share_ahead(rest, helpers)
    own = FormCounts.of_texts(lexicon.forms, (item.words for item in sample if item.words))
    splitter = _merged(FormCounts.united([own, *helpers.counts()]))
    step = -(-len(texts) // _SAMPLE_TEXTS) or 1
    return splitter, texts[::step], chain(_used_up(sample), left, rest)


def _texts_kept(
    items: Iterator[Item], helpers: Helpers, texts: list[str], kept: list[Item]
) -> Iterator[str]:
    """The texts of the first documents that the helpers do not take.

    Args:
        items: the documents; as many are used up as are to be counted.
        texts: gets the texts of all of them.
        kept: gets the documents whose texts these are.
    """
    length = 0
    for batch in batched(items, SHARED):
        found = [item.document.text for item in batch]
        texts += found
        length += sum(map(len, found))
        if not helpers.share(batch):
            kept += batch
            yield from found
        if length >= SAMPLE_LENGTH:
            return


def _share_ahead(items: Iterator[Item], helpers: Helpers) -> list[Item]:
    """Give helpers further documents while they take them; those that none took are returned."""
    return next((batch for batch in batched(items, SHARED) if not helpers.share(batch)), [])


def _used_up(sample: deque[Item]) -> Iterator[Item]:
    """The items, each let go of when it was taken."""
    while sample:
        yield sample.popleft()


def _merged(found: FormCounts) -> CompoundSplitter:
    splitter = CompoundSplitter(WordCounts.seed())
    if not len(found.forms):
        return splitter
    capital = np.fromiter(
        map(str.isupper, map(itemgetter(0), found.forms)), np.bool_, len(found.forms)
    )
    return splitter.merged(found.forms, found.counts, found.counts * capital)
