"""The default extractor: a trained tagger, helped by lists and by the memory of the document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice, pairwise
from operator import itemgetter

import numpy as np

from searchkit.extract.dates import DateMention, find_dates
from searchkit.extract.decode import Places
from searchkit.extract.known import (
    has_organisation_word,
    is_known_name,
    is_organisation_only,
    is_place_only,
    learn_words,
)
from searchkit.extract.listed import (
    ALONE,
    CHAIN,
    FIRST_WORD,
    SECOND_WORD,
    certain_labels,
    list_traits,
    listed_name,
    names_in_chain,
    with_alone,
)
from searchkit.extract.lists import lists
from searchkit.extract.names import canonical_name, is_first_name, is_name, without_genitive
from searchkit.extract.ordered import with_better, with_further
from searchkit.extract.protocol import Mention
from searchkit.extract.settle import settled
from searchkit.extract.tagger import TaggedText, Tagger
from searchkit.extract.tagger_model import SCALE, TaggerModel
from searchkit.extract.versions import TRAINED
from searchkit.text.growing import offsets
from searchkit.text.known_chunks import CutText

# Below these, two names of five are right: of one unlisted word, of several words.
_SURE = SCALE
_SURE_OF_SEVERAL = 3 * SCALE // 4
# And below this, one of six: of one word for a person that no list knows as a name, of several for
# an organisation of which none says so.
_SURE_OF_WEAK = 9 * SCALE // 4
_START = itemgetter(0)
_NAMES_KEPT = 1 << 16
_CHAINS_KEPT = 1 << 14
_BATCH = 1 << 20  # code points tagged at once: larger batches leave the caches of the processor


class TrainedExtractor:
    """Finds persons, places and organisations by a trained tagger.

    Args:
        model: the weights; those that ship with the package unless given.

    >>> extractor = TrainedExtractor()
    >>> extractor.extract("Kanzlerin Merkel besuchte die Lufthansa in Köln.")
    [(10, 16, 'PER'), (30, 39, 'ORG'), (43, 47, 'LOC')]
    """

    name, version = TRAINED

    def __init__(self, model: TaggerModel | None = None) -> None:
        self._tagger = Tagger(model or TaggerModel.shipped(), list_traits)
        self._canonical = lru_cache(_NAMES_KEPT)(canonical_name)
        self._names_in_chain = lru_cache(_CHAINS_KEPT)(names_in_chain)
        self._learned: set[str] = set()

    def canonical(self, span_text: str, label: str) -> str:
        """The name of what a mention names; see ``searchkit.extract.names``.

        >>> TrainedExtractor().canonical("Präsident Putin", "PER")
        'Putin'
        """
        return self._canonical(span_text, label)

    def dates(self, text: str) -> list[DateMention]:
        """The absolute dates in a text; see ``searchkit.extract.dates``."""
        return find_dates(text)

    def extract(self, text: str) -> list[Mention]:
        """The mentions in a text, in order, none overlapping another.

        Args:
            text: a whole document or a part of one.
        """
        mentions, unsure, listed = self._found(text, self._tagger.tag(text))
        return settled(text, with_alone(text, mentions, listed), unsure)

    def extract_many(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions in each of many texts, as ``extract`` finds them, in less time.

        Args:
            texts: whole documents; some hundred at a time serve best.

        >>> TrainedExtractor().extract_many(["Bonn", "Sie fuhr nach Köln."])
        [[(0, 4, 'LOC')], [(14, 18, 'LOC')]]
        """
        found: list[list[Mention]] = []
        for some in _batches(texts):
            # A line break ends a sentence, so that texts in one do not see one another.
            joined = "\n".join(some)
            found += self._settled(some, joined, self._tagger.tag(joined))
        return found

    def extract_cut(self, texts: Sequence[str], cuts: Sequence[CutText]) -> list[list[Mention]]:
        """The mentions in each of many texts, as ``extract`` finds them, in still less time.

        Args:
            texts: whole documents; some hundred at a time serve best.
            cuts: what each was cut into; by the same ``KnownChunks``.

        >>> from searchkit.text.lexicon import Lexicon
        >>> texts = ["Bonn", "Sie fuhr nach Köln."]
        >>> cuts = [words.cut for words in Lexicon().analyse_all(texts)]
        >>> TrainedExtractor().extract_cut(texts, cuts)
        [[(0, 4, 'LOC')], [(14, 18, 'LOC')]]
        """
        remaining = iter(cuts)
        batches = [*_batches(texts)]
        joined = ["\n".join(some) for some in batches]
        pieces = [_joined(some, [*islice(remaining, len(some))]) for some in batches]
        found: list[list[Mention]] = []
        for some, text, tagged in zip(
            batches, joined, self._tagger.tag_cuts(joined, pieces), strict=True
        ):
            found += self._settled(some, text, tagged)
        return found

    def _settled(
        self, texts: list[str], joined: str, tagged: TaggedText
    ) -> Iterator[list[Mention]]:
        """The mentions in each of some texts that were tagged together."""
        mentions, unsure, listed = self._found(joined, tagged)
        begins = [0, *accumulate(len(text) + 1 for text in texts)]
        marks = [bisect_left(unsure, begin) for begin in begins]
        parts = zip(_parted(mentions, begins), _parted(listed, begins), strict=True)
        for text, begin, (found, further), (c, d) in zip(
            texts, begins, parts, pairwise(marks), strict=False
        ):
            if further:
                found = with_alone(text, found, further)
            yield settled(text, found, {start - begin for start in unsure[c:d]})

    def _found(
        self, text: str, tagged: TaggedText
    ) -> tuple[list[Mention], list[int], list[Mention]]:
        """What tagger and lists find, sentence by sentence, where they are not sure, and further
        words that may be names.
        """
        self._learn({text[start:end] for start, end, _ in tagged.mentions})
        canonical = lists().canonical
        unsure = []
        numbers = np.flatnonzero(tagged.sureness < _SURE_OF_WEAK)
        for number, sureness in zip(
            numbers.tolist(), tagged.sureness[numbers].tolist(), strict=True
        ):
            start, end, label = tagged.mentions[number]
            if sureness >= _SURE and label == "LOC":
                continue
            name = text[start:end]
            if sureness >= _SURE and not _is_weak(name, label):
                continue
            if name in canonical["LOC"] or self._canonical(name, label) in canonical[label]:
                continue
            if not _is_sure(name, label, sureness):
                unsure.append(start)
        mentions, alone = self._with_listed(text, tagged)
        return mentions, unsure, [*self._alone(tagged, alone)]

    def _learn(self, names: set[str]) -> None:
        """Ask the lists about the words of names, all at once, for one by one is slow."""
        new = names - self._learned
        learn_words({part for name in new for part in _looked_up(name)})
        if len(self._learned) > _NAMES_KEPT:
            self._learned = set()
        self._learned |= new

    def _with_listed(self, text: str, tagged: TaggedText) -> tuple[list[Mention], Places]:
        """The mentions with those that lists know, and the words in none that lists know, too."""
        traits = self._tagger.table.form_traits.take(tagged.forms)
        # Few words are more than the second of a name.
        some = np.flatnonzero(traits > SECOND_WORD)
        is_first = (traits[some] & FIRST_WORD != 0) & (some + 1 < len(traits))
        firsts, chains = some[is_first], some[traits[some] & CHAIN != 0]
        firsts = firsts[traits[firsts + 1] & SECOND_WORD != 0]
        listed = self._listed(text, tagged, firsts)
        mentions = with_better(tagged.mentions, listed)
        alone = tagged.unnamed(some[traits[some] & ALONE != 0])
        return with_further(mentions, self._in_chains(tagged, chains)), alone

    def _alone(self, tagged: TaggedText, words: Places) -> Iterator[Mention]:
        spans = [column.tolist() for column in tagged.spans(words)]
        for number, start, end in zip(tagged.forms[words].tolist(), *spans, strict=True):
            yield start, end, certain_labels()[self._tagger.table.forms[number]]

    def _listed(self, text: str, tagged: TaggedText, words: Places) -> Iterator[Mention]:
        reach = 0
        starts, _ = tagged.spans(words)
        for form, start in zip(tagged.forms[words].tolist(), starts.tolist(), strict=True):
            found = listed_name(text, start, self._tagger.table.forms[form])
            if found and start >= reach:
                reach = found[1]
                yield found

    def _in_chains(self, tagged: TaggedText, words: Places) -> Iterator[Mention]:
        spans = [column.tolist() for column in tagged.spans(words)]
        for number, offset, stop in zip(tagged.forms[words].tolist(), *spans, strict=True):
            form = self._tagger.table.forms[number]
            if offset + len(form) != stop:
                continue  # soft hyphens inside: the offsets would be wrong
            for start, end, label in self._names_in_chain(form):
                yield offset + start, offset + end, label


def _looked_up(name: str) -> tuple[str, ...]:
    """The words of a name that the lists are asked about."""
    if name.isalpha():
        return (name,)
    first, _, rest = name.partition(" ")
    return first, first.partition("-")[0], rest.rpartition(" ")[2] or first


def _is_sure(name: str, label: str, sureness: int) -> bool:
    """Whether an unlisted mention that is not surely above no name may be trusted all the same."""
    if " " not in name:
        if label != "PER":
            return is_known_name(name)
        return is_name(without_genitive(name)) or is_place_only(name) or is_organisation_only(name)
    if label == "PER" and is_first_name(name.split()[0]):
        return True
    return sureness >= _SURE_OF_SEVERAL and not _is_weak(name, label)


def _is_weak(name: str, label: str) -> bool:
    """Whether names like an unlisted one are seldom right where the tagger is not very sure."""
    if label == "PER":
        return " " not in name
    return label == "ORG" and " " in name and not has_organisation_word(name)


def _parted(mentions: list[Mention], begins: list[int]) -> Iterator[list[Mention]]:
    """The mentions in each of some texts that were joined, as they stand there."""
    firsts = [bisect_left(mentions, begin, key=_START) for begin in begins]
    for begin, (a, b) in zip(begins, pairwise(firsts), strict=False):
        yield [(start - begin, end - begin, label) for start, end, label in mentions[a:b]]


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _joined(texts: list[str], cuts: Sequence[CutText]) -> CutText:
    """What texts joined by one line break are cut into."""
    first = offsets(np.fromiter(map(len, texts), np.int64) + 1)[:-1].astype(np.int32)
    chunks = np.fromiter([len(cut.numbers) for cut in cuts], np.int64)
    return CutText(
        cuts[0].known,
        np.concatenate([cut.numbers for cut in cuts]),
        np.concatenate([cut.starts for cut in cuts]) + np.repeat(first, chunks),
        np.concatenate([cut.letters for cut in cuts]),
    )
