"""What is known of every word form, worked out once per form.

A text is first cut at white space. Each distinct chunk (``„Gipfel“,``) is taken apart once, each
distinct form (``Gipfel``) is analysed once; after that a text costs a dictionary look-up per
chunk and a few array gathers. Numbers of forms and terms hold within one lexicon only.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.text.compounds import CompoundSplitter
from searchkit.text.growing import GrowingArray, IntArray, ranges
from searchkit.text.stem import MAX_TERM_LENGTH, stem_words
from searchkit.text.stop_words import STOP_WORDS
from searchkit.text.tokenise import tokenise_chunks

#: Names the rules of this module (gender forms, genitives, exact forms) in the fingerprint of an
#: index.
FORMS = "forms-1"

# What str.split() cuts at, as a table over the code points below it.
_SPACES = [
    *range(0x09, 0x0E),
    *range(0x1C, 0x21),
    0x85,
    0xA0,
    0x1680,
    *range(0x2000, 0x200B),
    0x2028,
    0x2029,
    0x202F,
    0x205F,
    0x3000,
]
_IS_SPACE: NDArray[np.bool_] = np.zeros(0x3002, dtype=np.bool_)
_IS_SPACE[_SPACES] = True

_GENDER = re.compile(r"(?:(?:[:*_]|/-?)(in|innen)|\((in|innen)\))$|(?<=[a-zäöüß])I(n|nnen)$")
_GENITIVE = re.compile(r"'s?$|'(?=[^']*$)")


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text as numbers of forms.

    Invariants: ``forms``, ``starts`` and ``ends`` have one int32 entry per word, in text order;
    ``text[starts[i]:ends[i]]`` is word ``i`` as it stands. ``joined_forms`` are the hyphen chains
    written as one word, ``joined_starts`` and ``joined_ends`` where each chain stands.
    """

    forms: IntArray
    starts: IntArray
    ends: IntArray
    joined_forms: IntArray
    joined_starts: IntArray
    joined_ends: IntArray

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, slots=True)
class FormParts:
    """The parts of compounds among some forms.

    Invariants: int32 arrays of one length; ``words`` counts into the forms that were asked for,
    ascending; ``terms`` are stems; ``starts`` and ``ends`` lie in the form, in its order.
    """

    words: IntArray
    terms: IntArray
    starts: IntArray
    ends: IntArray


class Lexicon:
    """Forms and terms by number, growing as texts bring new ones; safe to share among threads.

    Args:
        splitter: finds the parts of compounds; ``None`` for none.

    >>> lexicon = Lexicon()
    >>> words = lexicon.analyse("Nach den Gipfeln")
    >>> [lexicon.terms[n] for n in lexicon.stems(words.forms)]
    ['nach', 'den', 'gipfel']
    """

    def __init__(self, splitter: CompoundSplitter | None = None) -> None:
        self._splitter = splitter
        self._lock = threading.Lock()
        self._chunks: dict[str, int] = {}
        self._chunk_first = GrowingArray()  # chunk -> its first token
        self._chunk_first.extend([0])
        self._token_form = GrowingArray()
        self._token_start = GrowingArray()
        self._token_end = GrowingArray()
        self._token_joined = GrowingArray()
        self.forms: list[str] = []
        self._form_numbers = _Numbering(self.forms)
        self._form_stem = GrowingArray()
        self._form_second = GrowingArray()
        self._form_exact = GrowingArray()
        self._form_stop = GrowingArray()
        self._form_part = GrowingArray()  # form -> its first part
        self._form_part.extend([0])
        self._part_term = GrowingArray()
        self._part_start = GrowingArray()
        self._part_end = GrowingArray()
        self.terms: list[str] = []
        self._term_numbers = _Numbering(self.terms)

    def analyse(self, text: str) -> AnalysedText:
        """Cut a text into words.

        Args:
            text: any text, of any length; nothing raises.
        """
        chunks = text.split()
        numbers = self._chunk_numbers(chunks)
        first = self._chunk_first.view()
        begin, count = first[numbers], first[numbers + 1] - first[numbers]
        tokens = ranges(begin, count)
        base = np.repeat(_chunk_starts(text, len(chunks)), count)
        forms = self._token_form.view()[tokens]
        starts = self._token_start.view()[tokens] + base
        ends = self._token_end.view()[tokens] + base
        joined = self._token_joined.view()[tokens] != 0
        if not joined.any():
            none = np.zeros(0, dtype=np.int32)
            return AnalysedText(forms, starts, ends, none, none, none)
        is_word = ~joined
        return AnalysedText(
            forms[is_word],
            starts[is_word],
            ends[is_word],
            forms[joined],
            starts[joined],
            ends[joined],
        )

    def is_known_word(self, word: str) -> bool:
        """Whether the word statistics have a word, whether or not a text did."""
        return self._splitter is not None and self._splitter.counts.knows(word)

    def term_number(self, term: str) -> int | None:
        """The number of a term; None where no text has brought it yet."""
        return self._term_numbers.get(term)

    def stems(self, forms: IntArray) -> IntArray:
        """The term number of each form's stem."""
        return self._form_stem.view()[forms]

    def second_stems(self, forms: IntArray) -> IntArray:
        """The term number of a gender form's (``Bürger:innen``) second stem, -1 for others."""
        return self._form_second.view()[forms]

    def exact_terms(self, forms: IntArray) -> IntArray:
        """The term number of each form in lower case, unstemmed."""
        return self._form_exact.view()[forms]

    def parts(self, forms: IntArray) -> FormParts:
        """The parts of those forms that are compounds."""
        first = self._form_part.view()
        count = first[forms + 1] - first[forms]
        places = ranges(first[forms], count)
        return FormParts(
            np.repeat(np.arange(len(forms), dtype=np.int32), count),
            self._part_term.view()[places],
            self._part_start.view()[places],
            self._part_end.view()[places],
        )

    def is_stop(self, forms: IntArray) -> NDArray[np.bool_]:
        """Whether each form is a stop word."""
        return np.asarray(self._form_stop.view()[forms] != 0)

    def adopt(self, splitter: CompoundSplitter) -> None:
        """Split with a splitter from now on, and find the parts of the forms known so far.

        Only for a lexicon that was made without one, before anybody asked for parts.
        """
        with self._lock:
            self._splitter = splitter
            self._form_part = GrowingArray()
            self._form_part.extend([0])
            self._learn_parts(self.forms)

    def learn(self, texts: Iterable[str]) -> None:
        """Analyse the forms of many texts at once, which is faster than text by text."""
        chunks = {chunk for text in texts for chunk in text.split()}
        with self._lock:
            self._learn([chunk for chunk in chunks if chunk not in self._chunks])

    def _chunk_numbers(self, chunks: list[str]) -> NDArray[np.int64]:
        try:
            return np.array([*map(self._chunks.__getitem__, chunks)], dtype=np.int64)
        except KeyError:
            with self._lock:
                self._learn([c for c in dict.fromkeys(chunks) if c not in self._chunks])
            return np.array([*map(self._chunks.__getitem__, chunks)], dtype=np.int64)

    def _learn(self, chunks: list[str]) -> None:
        """Take new chunks apart and analyse their new forms; the caller holds the lock.

        The dictionary of chunks is filled last: who finds a number there without the lock finds
        everything behind it complete.
        """
        forms, starts, ends, joined, counts = tokenise_chunks(chunks)
        known = len(self.forms)
        self._token_form.extend(self._form_numbers.of(forms))
        self._learn_forms(self.forms[known:])
        self._token_start.extend(starts)
        self._token_end.extend(ends)
        self._token_joined.extend(joined)
        number = len(self._chunk_first) - 1
        self._chunk_first.extend(self._chunk_first.view()[-1] + np.cumsum(counts, dtype=np.int64))
        self._chunks.update(zip(chunks, range(number, number + len(chunks)), strict=True))

    def _learn_forms(self, forms: list[str]) -> None:
        """Analyse forms that have just been given the next numbers."""
        lower = [form.lower()[:MAX_TERM_LENGTH] for form in forms]
        plain, second = lower.copy(), [-1] * len(forms)
        for n, form in enumerate(forms):
            if "In" in form or not form.isalnum():
                plain[n], feminine = _plain(form, lower[n])
                if feminine:
                    (stem,) = stem_words([feminine])
                    second[n] = self._term_numbers.of([stem])[0]
        stems = self._term_numbers.of(stem_words(plain))
        self._form_stem.extend(stems)
        self._form_second.extend(
            [n if n != stem else -1 for n, stem in zip(second, stems, strict=True)]
        )
        self._form_exact.extend(self._term_numbers.of([w.replace("ß", "ss") for w in lower]))
        self._form_stop.extend([word in STOP_WORDS for word in lower])
        self._learn_parts(forms)

    def _learn_parts(self, forms: list[str]) -> None:
        if self._splitter is None:
            self._form_part.extend([0] * len(forms))
            return
        # Of a gender form (Mitarbeiter:innen) the part before the sign is split.
        plain = [form if form.isalnum() else _GENDER.sub("", form) for form in forms]
        words, starts, ends = self._splitter.split_array(plain)
        texts = [
            forms[word][start:end].lower()
            for word, start, end in zip(words.tolist(), starts.tolist(), ends.tolist(), strict=True)
        ]
        distinct = list(dict.fromkeys(texts))
        terms = dict(zip(distinct, self._term_numbers.of(stem_words(distinct)), strict=True))
        self._part_term.extend([terms[text] for text in texts])
        self._part_start.extend(starts.astype(np.int32))
        self._part_end.extend(ends.astype(np.int32))
        counts = np.bincount(words, minlength=len(forms))
        self._form_part.extend(self._form_part.view()[-1] + np.cumsum(counts))


class _Numbering:
    """Numbers texts in the order in which they first appear.

    Args:
        names: gets every new text; its own, so that it is the inverse of the numbers.
    """

    __slots__ = ("_names", "_numbers")

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._numbers: dict[str, int] = {}

    def get(self, name: str) -> int | None:
        """The number of a text; None where it has none."""
        return self._numbers.get(name)

    def of(self, names: list[str]) -> list[int]:
        """The numbers of texts; new ones get the next."""
        numbers = self._numbers
        new = [name for name in dict.fromkeys(names) if name not in numbers]
        first = len(self._names)
        # The name first: who finds a number without the lock finds its name.
        self._names.extend(new)
        numbers.update(zip(new, range(first, first + len(new)), strict=True))
        return [*map(numbers.__getitem__, names)]


def _plain(form: str, lower: str) -> tuple[str, str | None]:
    """The word to stem, and of a form that names both genders the feminine: ``bürger`` and
    ``bürgerinnen`` for ``Bürger:innen``, ``autor`` and ``autorin`` for ``Autor:in``.
    """
    gender = _GENDER.search(form)
    if gender:
        base = lower[: gender.start()]
        return base, base + gender.group().strip(":*_/-()").lower()
    return (_without_genitive(lower) if "'" in lower else lower), None


def _without_genitive(word: str) -> str:
    return _GENITIVE.sub("", word) or word


def _chunk_starts(text: str, count: int) -> IntArray:
    """Where each white-space chunk of a text begins."""
    if text.isascii():
        space = _IS_SPACE[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    else:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        space = _IS_SPACE[np.minimum(points, np.uint32(len(_IS_SPACE) - 1))]
    begins = ~space
    begins[1:] &= space[:-1]
    starts = np.flatnonzero(begins).astype(np.int32)
    assert len(starts) == count, "the table of spaces differs from str.split()"
    return starts
