"""What is known of every word form, worked out once per form.

A text is first cut at white space. Each distinct chunk (``„Gipfel“,``) is taken apart once, each
distinct form (``Gipfel``) is analysed once; after that a text costs a dictionary look-up per
chunk and a few array gathers. Numbers of forms and terms hold within one lexicon only.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.text.compounds import CompoundSplitter
from searchkit.text.fold import fold_exact
from searchkit.text.growing import GrowingArray, IntArray, ranges
from searchkit.text.stem import MAX_TERM_LENGTH, stem_words
from searchkit.text.stop_words import STOP_WORDS
from searchkit.text.tokenise import tokenise_chunk

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
        self._forms: dict[str, int] = {}
        self.forms: list[str] = []
        self._form_stem = GrowingArray()
        self._form_second = GrowingArray()
        self._form_exact = GrowingArray()
        self._form_stop = GrowingArray()
        self._form_part = GrowingArray()  # form -> its first part
        self._form_part.extend([0])
        self._part_term = GrowingArray()
        self._part_start = GrowingArray()
        self._part_end = GrowingArray()
        self._terms: dict[str, int] = {}
        self.terms: list[str] = []

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

    def term_number(self, term: str) -> int | None:
        """The number of a term; None where no text has brought it yet."""
        return self._terms.get(term)

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
        tokens = [tokenise_chunk(chunk) for chunk in chunks]
        flat = [token for found in tokens for token in found]
        self._learn_forms([f for f in dict.fromkeys(t.form for t in flat) if f not in self._forms])
        self._token_form.extend([self._forms[token.form] for token in flat])
        self._token_start.extend([token.start for token in flat])
        self._token_end.extend([token.end for token in flat])
        self._token_joined.extend([token.joined for token in flat])
        counts = np.array([len(found) for found in tokens], dtype=np.int64)
        number = len(self._chunk_first) - 1
        self._chunk_first.extend(self._chunk_first.view()[-1] + np.cumsum(counts))
        self._chunks.update(zip(chunks, range(number, number + len(chunks)), strict=True))

    def _learn_forms(self, forms: list[str]) -> None:
        plain = [_plain(form) for form in forms]
        stems = stem_words([first for first, _ in plain])
        second = stem_words([other or "" for _, other in plain])
        exact = [fold_exact(form)[:MAX_TERM_LENGTH] for form in forms]
        self._form_stem.extend(self._term_numbers(stems))
        self._form_second.extend(
            [
                self._term_number(other) if other and other != first else -1
                for first, other in zip(stems, second, strict=True)
            ]
        )
        self._form_exact.extend(self._term_numbers(exact))
        self._form_stop.extend([form.lower() in STOP_WORDS for form in forms])
        self._learn_parts(forms)
        number = len(self.forms)
        self.forms.extend(forms)
        self._forms.update(zip(forms, range(number, number + len(forms)), strict=True))

    def _learn_parts(self, forms: list[str]) -> None:
        if self._splitter is None:
            self._form_part.extend([0] * len(forms))
            return
        # Of a gender form (Mitarbeiter:innen) the part before the sign is split.
        words, starts, ends = self._splitter.split_array([_GENDER.sub("", f) for f in forms])
        texts = [
            forms[word][start:end].lower()
            for word, start, end in zip(words.tolist(), starts.tolist(), ends.tolist(), strict=True)
        ]
        self._part_term.extend(self._term_numbers(stem_words(texts)))
        self._part_start.extend(starts.astype(np.int32))
        self._part_end.extend(ends.astype(np.int32))
        counts = np.bincount(words, minlength=len(forms))
        self._form_part.extend(self._form_part.view()[-1] + np.cumsum(counts))

    def _term_numbers(self, terms: list[str]) -> list[int]:
        return [self._term_number(term) for term in terms]

    def _term_number(self, term: str) -> int:
        number = self._terms.get(term)
        if number is None:
            number = self._terms[term] = len(self.terms)
            self.terms.append(term)
        return number


def _plain(form: str) -> tuple[str, str | None]:
    """The word to stem, lower-case, and the feminine plural where the form names both genders."""
    gender = _GENDER.search(form)
    if gender:
        stem = form[: gender.start()].lower()[:MAX_TERM_LENGTH]
        return stem, stem + "innen"
    lower = form.lower()[:MAX_TERM_LENGTH]
    return (_GENITIVE.sub("", lower) or lower if "'" in lower else lower), None


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
