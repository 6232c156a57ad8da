"""The words of documents as lists, and what may be asked of them: the slow engine's arithmetic.

Nothing here is shared with the engines that are judged: no arrays, no cleverness, one loop each.
"""

from __future__ import annotations

import math
import re
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from searchkit.engine.port import IndexDocument
from searchkit.query.plan import EXACT, TEXT
from searchkit.text.lexicon import AnalysedText, Lexicon

STEMS_OF = {exact: name for name, exact in EXACT.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: its stem, and where it stands in the form."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, or a hyphen chain: its form, what that counts for, where it stands.

    ``position`` is the number of the word in its text; of a chain, that of its first word.
    """

    form: str
    exact: str
    stems: tuple[str, ...]
    parts: tuple[Part, ...]
    position: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """The words and hyphen chains of one field of a document."""

    words: tuple[Word, ...] = ()
    chains: tuple[Word, ...] = ()

    def stem_units(self, opening: int) -> Counter[str]:
        """A word counts two for its stems and one for those of its parts; a chain counts one. The
        first words count three for their stems.
        """
        units: Counter[str] = Counter()
        for word in self.words:
            for stem in word.stems:
                units[stem] += 3 if word.position < opening else 2
            for part in word.parts:
                units[part.stem] += 1
        for chain in self.chains:
            for stem in chain.stems:
                units[stem] += 1
        return units

    def exact_units(self) -> Counter[str]:
        """Words count two for what they are in lower case; parts and chains for nothing."""
        return Counter({term: 2 * n for term, n in Counter(w.exact for w in self.words).items()})


class WordReader:
    """Spells the numbers of a lexicon out."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._forms: dict[int, tuple[str, str, tuple[str, ...], tuple[Part, ...]]] = {}

    def field(self, words: AnalysedText) -> Field:
        """The words of an analysed text."""
        starts = words.starts.tolist()
        positions = {start: position for position, start in enumerate(starts)}
        rows = zip(words.forms.tolist(), starts, words.ends.tolist(), strict=True)
        chains = zip(
            words.joined_forms.tolist(),
            words.joined_starts.tolist(),
            words.joined_ends.tolist(),
            strict=True,
        )
        return Field(
            tuple(self._word(form, n, a, b) for n, (form, a, b) in enumerate(rows)),
            tuple(self._word(form, positions[a], a, b) for form, a, b in chains),
        )

    def _word(self, number: int, position: int, start: int, end: int) -> Word:
        if number not in self._forms:
            self._forms[number] = self._form(number)
        return Word(*self._forms[number], position, start, end)

    def _form(self, number: int) -> tuple[str, str, tuple[str, ...], tuple[Part, ...]]:
        lexicon, form = self._lexicon, np.array([number], dtype=np.int32)
        stems = [int(lexicon.stems(form)[0]), int(lexicon.second_stems(form)[0])]
        parts = lexicon.parts(form)
        rows = zip(parts.terms.tolist(), parts.starts.tolist(), parts.ends.tolist(), strict=True)
        return (
            lexicon.forms[number],
            lexicon.terms[int(lexicon.exact_terms(form)[0])],
            tuple(lexicon.terms[stem] for stem in stems if stem >= 0),
            tuple(Part(lexicon.terms[stem], a, b) for stem, a, b in rows),
        )


class SlowDocument:
    """A document with its words spelt out."""

    def __init__(self, document: IndexDocument, reader: WordReader, opening: int) -> None:
        self.given = document
        self.fields = {name: reader.field(words) for name, words in document.fields.items()}
        self._units: dict[str, Counter[str]] = {}
        for name, exact in EXACT.items():
            field = self.field(name)
            early = opening if name == TEXT else 0
            self._units |= {name: field.stem_units(early), exact: field.exact_units()}

    def field(self, name: str) -> Field:
        """A field by its name or that of its exact terms; empty where the document has none."""
        return self.fields.get(STEMS_OF.get(name, name), Field())

    def units(self, field: str) -> Counter[str]:
        """How much of each term a field has, in halves of a word."""
        return self._units[field]

    def says_the_same(self, other: SlowDocument) -> bool:
        """Whether four fifths of the runs of four words are in both texts."""
        one, two = self._shingles(), other._shingles()
        return bool(one | two) and len(one & two) >= 0.8 * len(one | two)

    def _shingles(self) -> set[tuple[str, ...]]:
        words = [word.exact for word in self.field(TEXT).words]
        return {tuple(words[n : n + 4]) for n in range(len(words))}

    def positions(self, field: str, term: str) -> list[int]:
        """Where the words of a term stand."""
        exact = field in STEMS_OF
        words = self.field(field).words
        return [w.position for w in words if (w.exact == term if exact else term in w.stems)]


def quantised(length: int) -> int:
    """A length after it was one byte: Lucene's ``SmallFloat.intToByte4`` and ``byte4ToInt``.

    The first 24 bytes are lengths themselves. The rest count from there as small floating point
    numbers: three bits behind a leading one that is not written, the upper five bits the exponent;
    exponent 0 is for numbers that have no leading one.
    """
    if length < 24:
        return length
    excess = length - 24
    shift = excess.bit_length() - 4
    byte = excess if excess < 8 else ((shift + 1) << 3) | ((excess >> shift) & 0b111)
    assert 24 + byte <= 255
    exponent, mantissa = byte >> 3, byte & 0b111
    return 24 + (mantissa if exponent == 0 else (0b1000 | mantissa) << (exponent - 1))


def rarity(frequency: int, documents: int) -> float:
    """Lucene's idf."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def as_float32(score: float) -> float:
    """The nearest number that four bytes can hold."""
    return float(struct.unpack("f", struct.pack("f", score))[0])


def windows(positions: Sequence[tuple[str, int]], terms: Sequence[str], width: int) -> int:
    """How many stretches of at most ``width`` words hold all terms and no smaller one inside.

    Args:
        positions: the words of the terms and where they stand.
        terms: as often as each has to be there.
        width: the longest stretch.
    """

    def whole(begin: int, end: int) -> bool:
        return not Counter(terms) - Counter(t for t, place in positions if begin <= place <= end)

    places = sorted({place for _, place in positions})
    return sum(
        whole(a, b) and not whole(a + 1, b) and not whole(a, b - 1)
        for a in places
        for b in places
        if 0 <= b - a < width
    )


def fits(text: str, kind: str, pattern: str, edits: int) -> bool:
    """Whether a pattern stands for a text; a line break is a blank to it."""
    text, pattern = text.replace("\n", " "), pattern.replace("\n", " ")
    if kind == "prefix":
        return text.startswith(pattern)
    if kind == "fuzzy":
        return text != "" and distance(text, pattern) <= edits
    pieces = re.findall(r"\\.|.", pattern)
    wild = {"*": ".*", "?": "."}
    regex = "".join(wild.get(piece) or re.escape(piece[-1]) for piece in pieces)
    return re.fullmatch(regex, text) is not None


@lru_cache(1 << 16)
def distance(a: str, b: str) -> int:
    """Edits of single letters and swaps of neighbours, no letter touched twice."""
    if not a or not b:
        return len(a) + len(b)
    found = min(
        distance(a[1:], b) + 1, distance(a, b[1:]) + 1, distance(a[1:], b[1:]) + (a[0] != b[0])
    )
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        found = min(found, distance(a[2:], b[2:]) + 1)
    return found


def mostly_written(forms: Iterable[str]) -> dict[str, int]:
    """Forms of one word: the most frequent, and how many there are. Of equally frequent ones that
    in lower case, else that with a capital, else the first in the alphabet.
    """
    counts = Counter(forms)

    def order(form: str) -> tuple[int, bool, bool, bytes]:
        folded = form.lower()[:255].replace("ß", "ss")  # terms of more letters are cut
        capital = folded[:1].upper() + folded[1:]
        return (-counts[form], form != folded, form != capital, form.encode())

    return {min(counts, key=order): counts.total()} if counts else {}
