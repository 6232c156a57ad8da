"""A search engine in plain Python, slow and obvious: the judge of exactness.

It shares no code with searchkit but the constants of the ranking; it tokenises with a regular
expression of its own and stems with the pure Python package. Queries are nested tuples:

    ("word", "Gipfel"), ("phrase", ["neue", "Gipfel"]), ("near", ["Gipfel", "Putin"], 3),
    ("prefix", "Gip"), ("wildcard", "G?pf*"), ("fuzzy", "Gipfl", 1), ("and", a, b, ...),
    ("or", a, b, ...), ("not", a, b) for a without b, ("must", a, b) for a, ranked up by b,
    ("dates", "2018-07", "2018-12") for what overlaps them, ("value", "source", "dpa"),
    ("numbers", "pages", 2, 5), ("exact", "Gipfel"), ("boost", a, 2.5), ("in", "title", a)
"""

from __future__ import annotations

import bisect
import datetime
import fnmatch
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import snowballstemmer

from searchkit import Document, PartialDate, Ranking

_STEMMER = snowballstemmer.stemmer("german")
FIELDS = ("title", "text")


@dataclass(frozen=True)
class Answer:
    """Ids with scores, best first, over all matches."""

    hits: list[tuple[str, float]]

    @property
    def ids(self) -> list[str]:
        return [document_id for document_id, _ in self.hits]


class Reference:
    """Documents held as lists of words; every title must be explicit.

    ``words`` cuts a text into lower-case words; real texts need more than a regular expression.
    """

    def __init__(
        self,
        documents: list[Document],
        ranking: Ranking | None = None,
        words: Callable[[str], list[str]] = lambda text: re.findall(r"\w+", text.lower()),
    ) -> None:
        self.documents = documents
        self.ranking = ranking or Ranking()
        self._stems: dict[str, str] = {}
        self._known: dict[str, dict[int, float]] = {}
        # Where words are looked for, and what they count there.
        self._weights = (("text", 1.0), ("title", self.ranking.title))
        self.fields: dict[str, list[list[str]]] = {}
        for name in FIELDS:
            found = [words(getattr(d, name)) for d in documents]
            self.fields[name + "_exact"] = [[_fold(w) for w in ws] for ws in found]
            self.fields[name] = [[self._stem(w) for w in ws] for ws in found]
        self._counts = {f: [Counter(ws) for ws in found] for f, found in self.fields.items()}

    def search(self, query: tuple, keep=lambda _: True, sort: str = "relevance") -> Answer:
        """All matches in order; ``keep`` filters documents."""
        found = {n: s for n, s in self._evaluate(query).items() if keep(self.documents[n])}
        rounded = {n: float(np.float32(score)) for n, score in found.items()}
        order = sorted(rounded, key=lambda n: self._key(n, rounded[n], sort))
        return Answer([(self.documents[n].id, rounded[n]) for n in order])

    def _key(self, number: int, score: float, sort: str) -> tuple:
        document = self.documents[number]
        day = PartialDate.parse(document.date).first_day.toordinal() if document.date else 0
        if sort == "relevance":
            return (-score, -day, document.id)
        return (day == 0, day if sort == "date" else -day, -score, document.id)

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = _STEMMER.stemWord(word)
        return self._stems[word]

    def _evaluate(self, query: tuple) -> dict[int, float]:
        """Each query is worked out once; the queries of a test have many words in common."""
        asked = repr((query, self._weights))
        if asked not in self._known:
            kind, *rest = query
            self._known[asked] = getattr(self, "_" + kind)(*rest)
        return self._known[asked]

    def _word(self, word: str) -> dict[int, float]:
        exact = _fold(word)
        total: Counter[int] = Counter()
        for name, weight in self._weights:
            for field, term, factor in (
                (name, self._stem(word.lower()), weight),
                (name + "_exact", exact, weight * self.ranking.exact),
            ):
                counts = {
                    n: c[term] + self._early(field, n, term)
                    for n, c in enumerate(self._counts[field])
                }
                for n, score in self._bm25(field, counts, [term]).items():
                    total[n] += score * factor
        return dict(total)

    def _exact(self, word: str) -> dict[int, float]:
        total: Counter[int] = Counter()
        for name, weight in self._weights:
            field, term = name + "_exact", _fold(word)
            counts = {n: c[term] for n, c in enumerate(self._counts[field])}
            for n, score in self._bm25(field, counts, [term]).items():
                total[n] += score * weight
        return dict(total)

    def _in(self, field: str, part: tuple) -> dict[int, float]:
        before, self._weights = self._weights, ((field, 1.0),)
        try:
            return self._evaluate(part)
        finally:
            self._weights = before

    def _boost(self, part: tuple, factor: float) -> dict[int, float]:
        return {n: score * factor for n, score in self._evaluate(part).items()}

    def _early(self, field: str, number: int, term: str) -> float:
        """Words at the beginning of a text count half as much again."""
        if field != "text":
            return 0.0
        return 0.5 * self.fields[field][number][: self.ranking.opening].count(term)

    def _dates(self, first: str | None, last: str | None) -> dict[int, float]:
        begin = PartialDate.parse(first).first_day if first else datetime.date.min
        end = PartialDate.parse(last).last_day if last else datetime.date.max
        dates = {n: PartialDate.parse(d.date) for n, d in enumerate(self.documents) if d.date}
        return {n: 0.0 for n, d in dates.items() if d.first_day <= end and d.last_day >= begin}

    def _value(self, name: str, value: str) -> dict[int, float]:
        found = enumerate(self.documents)
        return {n: 0.0 for n, d in found if str(d.metadata.get(name)) == value}

    def _numbers(self, name: str, low: float, high: float) -> dict[int, float]:
        found = enumerate(self.documents)
        return {n: 0.0 for n, d in found if low <= float(d.metadata[name]) <= high}

    def _phrase(self, words: list[str]) -> dict[int, float]:
        return self._sequence(
            words, lambda ws, terms: sum(ws[i : i + len(terms)] == terms for i in range(len(ws)))
        )

    def _near(self, words: list[str], slop: int) -> dict[int, float]:
        return self._sequence(words, lambda ws, terms: _windows(ws, terms, len(terms) + slop))

    def _sequence(self, words: list[str], count) -> dict[int, float]:
        terms = [self._stem(w.lower()) for w in words]
        total: Counter[int] = Counter()
        for field, weight in self._weights:
            counts = {n: count(ws, terms) for n, ws in enumerate(self.fields[field])}
            for n, score in self._bm25(field, counts, terms).items():
                total[n] += score * weight
        return dict(total)

    def _prefix(self, prefix: str) -> dict[int, float]:
        return self._expansion(lambda term: term.startswith(_fold(prefix)))

    def _wildcard(self, pattern: str) -> dict[int, float]:
        return self._expansion(lambda term: fnmatch.fnmatchcase(term, _fold(pattern)))

    def _fuzzy(self, word: str, edits: int) -> dict[int, float]:
        return self._expansion(lambda term: _distance(term, _fold(word)) <= edits)

    def _expansion(self, fits) -> dict[int, float]:
        total: Counter[int] = Counter()
        for name, weight in self._weights:
            field = name + "_exact"
            meant = {term for term in set().union(*self._counts[field]) if fits(term)}
            counts = {n: sum(c[t] for t in meant) for n, c in enumerate(self._counts[field])}
            for n, score in self._bm25(field, counts, None).items():
                total[n] += score * weight
        return dict(total)

    def _and(self, *parts: tuple) -> dict[int, float]:
        found = [self._evaluate(part) for part in parts]
        return {n: sum(f[n] for f in found) for n in found[0] if all(n in f for f in found)}

    def _or(self, *parts: tuple) -> dict[int, float]:
        """Beside other alternatives, the words of a phrase count for what matches anyway."""
        total = self._sum(*parts)
        phrases = [part[1] for part in parts if part[0] in ("phrase", "near")]
        if phrases and len(phrases) < len(parts):
            words = self._sum(*(("word", word) for phrase in phrases for word in phrase))
            return {n: score + words.get(n, 0.0) for n, score in total.items()}
        return total

    def _sum(self, *parts: tuple) -> dict[int, float]:
        total: Counter[int] = Counter()
        for part in parts:
            for n, score in self._evaluate(part).items():
                total[n] += score
        return dict(total)

    def _not(self, wanted: tuple, unwanted: tuple) -> dict[int, float]:
        excluded = self._evaluate(unwanted)
        return {n: s for n, s in self._evaluate(wanted).items() if n not in excluded}

    def _must(self, wanted: tuple, *others: tuple) -> dict[int, float]:
        extra = self._sum(*others)
        return {n: s + extra.get(n, 0.0) for n, s in self._evaluate(wanted).items()}

    def _bm25(
        self, field: str, counts: dict[int, float], terms: list[str] | None
    ) -> dict[int, float]:
        """Lucene's formula, with an exponent for the rarity; a phrase is as rare as its terms
        together, and the length of a document counts as coarsely as a byte can say it, but not so
        the mean.
        """
        lengths = [len(words) for words in self.fields[field]]
        having = sum(length > 0 for length in lengths)
        found = {n: count for n, count in counts.items() if count}
        if not found:
            return {}
        mean = sum(lengths) / having
        if terms is None:
            frequencies = [len(found)]
        else:
            frequencies = [sum(t in c for c in self._counts[field]) for t in terms]
        idf = [math.log(1 + (having - df + 0.5) / (df + 0.5)) for df in frequencies]
        rarity = sum(value**self.ranking.rarity for value in idf)
        k1, b = self.ranking.k1, self.ranking.b
        return {
            n: rarity * tf / (tf + k1 * (1 - b + b * _coarse(lengths[n]) / mean))
            for n, tf in found.items()
        }


#: The lengths that one byte can say (Lucene's SmallFloat): 0 to 23 are themselves. Above, steps of
#: 1 take sixteen lengths, then steps of 2 eight, of 4 eight, and so on to the 256th.
_LENGTHS = [*range(40), *(24 + n * 2**e for e in range(1, 28) for n in range(8, 16))]
assert len(_LENGTHS) == 256


def _coarse(length: int) -> int:
    """The largest length that one byte can say and that is not larger."""
    return _LENGTHS[bisect.bisect_right(_LENGTHS, length) - 1]


def _fold(word: str) -> str:
    return word.lower().replace("ß", "ss")


def _windows(words: list[str], terms: list[str], width: int) -> int:
    """Windows with all terms, at most ``width`` words wide, that no smaller one lies in."""
    needed = Counter(terms)
    places = [(n, word) for n, word in enumerate(words) if word in needed]
    narrowest: dict[int, int] = {}
    for end in range(len(places)):
        for begin in range(end, -1, -1):
            if not needed - Counter(word for _, word in places[begin : end + 1]):
                narrowest.setdefault(begin, end)
                break
    return sum(places[end][0] - places[begin][0] < width for begin, end in narrowest.items())


def _distance(a: str, b: str) -> int:
    """Edits of single letters and swaps of neighbours (optimal string alignment)."""
    table = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]
