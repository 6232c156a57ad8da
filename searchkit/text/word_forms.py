"""What is known of every word form, worked out once per form, in columns."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq

import numpy as np
from numpy.typing import NDArray

from searchkit.text.compounds import CompoundSplitter
from searchkit.text.gender import plain_forms, without_gender
from searchkit.text.growing import GrowingArray, IntArray, ranges
from searchkit.text.numbering import Numbering
from searchkit.text.stem import MAX_TERM_LENGTH, stem_words
from searchkit.text.stop_words import STOP_WORDS
from searchkit.text.word_patterns import WordPatterns

#: Names the rules of this module (gender forms, genitives, exact forms) in the fingerprint of an
#: index.
FORMS = "forms-1"

#: How a form is written beside its exact term: as that stands, with a capital, or otherwise.
SAME, CAPITALISED, OTHER = 0, 1, 2

# So many forms are analysed together at most where there may be any number.
_TOGETHER = 30_000


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


class WordForms:
    """Forms and terms by number, growing as new ones are asked for.

    Args:
        splitter: finds the parts of compounds; ``None`` for none.
        word_patterns: what stays one word, unstemmed and without parts, besides what is one anyway;
            see ``Settings.word_patterns``.
    """

    def __init__(
        self, splitter: CompoundSplitter | None = None, word_patterns: Sequence[str] = ()
    ) -> None:
        self._splitter = splitter
        self._patterns = WordPatterns(word_patterns) if word_patterns else None
        self._lock = threading.Lock()
        self.forms: list[str] = []
        self._form_numbers = Numbering(self.forms)
        self._form_letters = GrowingArray()
        self._form_writing = GrowingArray()
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
        self._term_numbers = Numbering(self.terms)

    def is_whole(self, form: str) -> bool:
        """Whether a form is a word because a pattern says so."""
        return self._patterns is not None and self._patterns.fit(form)

    def is_known_word(self, word: str) -> bool:
        """Whether the word statistics have a word, whether or not a text did."""
        return self._splitter is not None and self._splitter.counts.knows(word)

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

    def letters(self) -> IntArray:
        """How many code points each form has, by number."""
        return self._form_letters.view()

    def writings(self, forms: IntArray) -> IntArray:
        """How each form is written: ``SAME``, ``CAPITALISED`` or ``OTHER``."""
        return self._form_writing.view()[forms]

    def adopt(self, splitter: CompoundSplitter) -> None:
        """Split with a splitter from now on, and find the parts of the forms known so far.

        Only for a lexicon that was made without one, before anybody asked for parts.
        """
        with self._lock:
            self._splitter = splitter
            self._form_part = GrowingArray()
            self._form_part.extend([0])
            for begin in range(0, len(self.forms), _TOGETHER):
                self._learn_parts(self.forms[begin : begin + _TOGETHER])

    def _numbers_of(self, forms: Sequence[str]) -> IntArray:
        """The numbers of forms, new ones analysed; the caller holds the lock."""
        before = len(self.forms)
        numbers = self._form_numbers.of(forms)
        if len(self.forms) > before:
            self._learn_forms(self.forms[before:])
        return numbers

    def _learn_forms(self, forms: list[str]) -> None:
        """Analyse forms that have just been given the next numbers."""
        lower = [form.lower()[:MAX_TERM_LENGTH] for form in forms]
        exact = [word.replace("ß", "ss") for word in lower]
        whole = [n for n, form in enumerate(forms) if self.is_whole(form)] if self._patterns else []
        plain, feminine = lower.copy(), {}
        for n, form in enumerate(forms):
            if "In" in form or not form.isalnum():
                plain[n], other = plain_forms(form, lower[n])
                if other:
                    feminine[n] = other
        stemmed = stem_words(plain)
        for n in whole:
            stemmed[n] = exact[n]
            feminine.pop(n, None)
        stems = self._term_numbers.of(stemmed)
        second = np.full(len(forms), -1, np.int32)
        second[[*feminine]] = self._term_numbers.of(stem_words([*feminine.values()]))
        self._form_stem.extend(stems)
        self._form_second.extend(np.where(second == stems, -1, second))
        self._form_exact.extend(self._term_numbers.of(exact))
        self._form_letters.extend([*map(len, forms)])
        self._form_writing.extend(_writings(forms, exact))
        self._form_stop.extend([*map(STOP_WORDS.__contains__, lower)])
        self._learn_parts(forms)

    def _learn_parts(self, forms: list[str]) -> None:
        if self._splitter is None:
            self._form_part.extend([0] * len(forms))
            return
        # Of a gender form (Mitarbeiter:innen) the part before the sign is split.
        plain = [form if form.isalnum() else without_gender(form) for form in forms]
        if self._patterns:
            plain = ["" if self.is_whole(forms[n]) else word for n, word in enumerate(plain)]
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


def _writings(forms: Sequence[str], exact: Sequence[str]) -> IntArray:
    same = np.fromiter(map(eq, forms, exact), np.bool_, len(forms))
    capitalised = np.fromiter(map(eq, forms, map(str.capitalize, exact)), np.bool_, len(forms))
    return np.where(same, SAME, np.where(capitalised, CAPITALISED, OTHER)).astype(np.int32)
