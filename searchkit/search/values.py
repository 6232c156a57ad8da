"""The values of facets as people name them: in any case, a person by the surname."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from searchkit.dates import PartialDate
from searchkit.engine.port import EngineReader, SearchRequest
from searchkit.extract.protocol import KINDS
from searchkit.model import DATE_FACETS, ENTITY_FACETS, MENTION_FACETS, MENTIONED_DATE
from searchkit.query.plan import (
    Boolean,
    Everything,
    ExpansionKind,
    Values,
)
from searchkit.query.values import read_date, read_number
from searchkit.query.wildcards import wildcard_regex
from searchkit.search.full_names import full_names, groups

PERSON = "person"
# Comparing is slow: so many values, of those that begin with the same letter, and so many
# characters of the one that nobody has.
_COMPARED, _COMPARED_LENGTH = 1000, 40
# Nobody types a longer beginning of a value.
_LONGEST_PREFIX = 1000
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WORD = re.compile(r"\w+")
_LABELS = {kind: label for label, kind in KINDS.items()}


class FacetValues:
    """Knows which values the facets of one unchanging state of an index have.

    Args:
        reader: the state; asked for the values of a facet when they are first needed.
    """

    def __init__(self, reader: EngineReader) -> None:
        self._reader = reader
        self._counts: dict[str, Mapping[str, int]] = {}
        self._ranks: dict[str, Mapping[str, int]] = {}
        self._spellings: dict[str, dict[str, list[str]]] = {}
        self._joined: dict[str, str] = {}
        self._full: dict[str, str] | None = None
        self._shorts: dict[str, list[str]] | None = None
        self._shared: dict[tuple[str, ...], bool] = {}

    def counts(self, facet: str) -> Mapping[str, int]:
        """Every value of a facet, and in how many documents it is; of ``id`` every id."""
        if facet not in self._counts:
            if facet == "id":
                found: Mapping[str, int] = dict.fromkeys(self._reader.origins(), 1)
            else:
                found = self._reader.facet_counts(facet)
            self._counts[facet] = found
        return self._counts[facet]

    def ranks(self, facet: str) -> Mapping[str, int]:
        """The place of every value that texts mention: the most mentions first, then by name.

        Counted over the whole index, once: counting mentions anew for every search would cost as
        much again as counting documents. Empty for facets of other values.
        """
        if facet not in MENTION_FACETS:
            return {}
        if facet not in self._ranks:
            mentions = dict(self._reader.facet_mentions(facet))
            for full, names in self._groups(facet, mentions).items():
                mentions[full] = sum(mentions[name] for name in names)
            ordered = sorted(mentions, key=lambda value: (-mentions[value], value))
            self._ranks[facet] = {value: rank for rank, value in enumerate(ordered)}
        return self._ranks[facet]

    def _groups(self, facet: str, values: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The full names among some values, with all that is shown under each."""
        return groups(self._full_names(), values) if facet == PERSON else {}

    def named(self, facet: str, text: str) -> tuple[str, ...]:
        """The values that a text may mean, the most frequent first.

        Returns:
            a value spelt so; else those that differ in case or in the spelling of umlauts only, or
            are the same number. Of persons also those with all its words in their names,
            ``Angela Merkel`` for ``Merkel``. Where there are none, what mentions of this name are
            counted under, ``USA`` for ``Vereinigte Staaten``; else places and organisations with
            all its words. Nothing where no document has any of them.
        """
        if facet == "id" and self._reader.number(text) is not None:
            return (text,)  # without a look at all ids
        found = self._alike(facet, text)
        if not found and facet in ENTITY_FACETS:
            name = _canonical(facet, text)
            found = self._alike(facet, name) if name != text else ()
            if facet != PERSON:
                found = found or self._with_words(facet, text)
        same = [each for value in found for each in self.same(facet, value)]
        return self._by_count(facet, {*found, *same})

    def _alike(self, facet: str, text: str) -> Collection[str]:
        """The values that are spelt so, or nearly so; of persons also longer names."""
        if text in self.counts(facet):
            found = [text]
        else:
            found = self._spelt(facet).get(_spelling(text)) or self._equal(facet, text)
        return {*found, *self._with_words(facet, text)} if facet == PERSON else found

    def _with_words(self, facet: str, text: str) -> Collection[str]:
        """The values with all words of a text."""
        words = set(_words(text))
        if facet not in self._joined:
            self._joined[facet] = "\n".join(self._spelt(facet))
        # Looking at each value is slow beside seeing that none can be the one, and cutting it into
        # words beside seeing that it cannot.
        if not words or not all(word in self._joined[facet] for word in words):
            return []
        return self._where(
            facet,
            lambda spelt: all(word in spelt for word in words) and words <= set(_words(spelt)),
        )

    def same(self, facet: str, value: str) -> tuple[str, ...]:
        """A value and what is shown under the same name; a person by surname and in full."""
        if facet != PERSON:
            return (value,)
        full = self._full_names()
        group = groups(full, [value]) or groups(full, self._shorts_of(value))
        return next(iter(group.values()), (value,))

    def shown(self, facet: str, values: Iterable[str]) -> tuple[str, ...]:
        """Values as facets show them, each once: short names of persons under the full name."""
        if facet != PERSON:
            return tuple(values)
        full = self._full_names()
        return tuple(dict.fromkeys(full.get(value, value) for value in values))

    def under_full_names(
        self, counts: Mapping[str, int], request: SearchRequest
    ) -> Mapping[str, int]:
        """Counts of persons with those of short names under the full name, where that is known.

        Args:
            counts: of the documents that match ``request``.
            request: asked again where a document may have both names.
        """
        merged = dict(counts)
        for full, names in self._groups(PERSON, counts).items():
            added = sum(merged.pop(name, 0) for name in names)
            merged[full] = self._distinct(names, request) if self._is_shared(names) else added
        return merged

    def _distinct(self, names: tuple[str, ...], request: SearchRequest) -> int:
        """How many of the documents that match have any of some names."""
        allowed = Boolean(must=(request.filter, Values(PERSON, names)))
        counted = SearchRequest(request.plan, allowed, limit=0, deadline=request.deadline)
        return self._reader.search(counted).total

    def _is_shared(self, names: tuple[str, ...]) -> bool:
        """Whether any document has several of some names."""
        if names not in self._shared:
            counts = self.counts(PERSON)
            added = sum(counts[name] for name in names)
            self._shared[names] = self._distinct(names, SearchRequest(Everything())) < added
        return self._shared[names]

    def _full_names(self) -> dict[str, str]:
        if self._full is None:
            self._full = full_names(self.counts(PERSON))
        return self._full

    def _shorts_of(self, name: str) -> list[str]:
        if self._shorts is None:
            found: dict[str, list[str]] = {}
            for short, full in self._full_names().items():
                found.setdefault(full, []).append(short)
            self._shorts = found
        return self._shorts.get(name, [])

    def fitting(self, facet: str, kind: ExpansionKind, pattern: str) -> tuple[str, ...]:
        """The values that fit a pattern in any case, the most frequent first.

        Args:
            facet: its name.
            kind: ``prefix`` or ``wildcard``.
            pattern: as in ``plan.Expansion``.
        """
        spelt = _spelling(pattern)
        if kind == "prefix":
            found = self._where(facet, lambda text: text.startswith(spelt))
        else:
            fits = wildcard_regex(spelt).fullmatch
            found = self._where(facet, lambda text: fits(text) is not None)
        return self._by_count(facet, found)

    def dates(self, first: datetime.date | None, last: datetime.date | None) -> tuple[str, ...]:
        """The dates in texts that overlap a range of days, both ends included; ``None`` is open."""
        # Cut to the precision of a value, the first day of the range compares with its last.
        low, high = first.isoformat() if first else "", last.isoformat() if last else "9999-12-31"
        found = self.counts(MENTIONED_DATE)
        return tuple(value for value in found if low[: len(value)] <= value <= high)

    def beginning(self, facet: str, prefix: str) -> tuple[str, ...]:
        """The values that begin so, or of which a word does, by frequency."""
        if len(prefix) > _LONGEST_PREFIX:
            return ()
        spelt = _spelling(prefix)
        begins = re.compile(rf"(?<!\w){re.escape(spelt)}").search
        return self._by_count(facet, self._where(facet, lambda text: begins(text) is not None))

    def nearest(self, facet: str, text: str) -> str | None:
        """The value most like one that no document has; ``None`` where none comes near.

        A single word is compared with the words of names as well: ``Putn`` with ``Putin``. Of
        dates the nearest in time.
        """
        if facet in (*DATE_FACETS, MENTIONED_DATE) and (date := read_date(text)):
            return min(self.counts(facet), key=partial(_days_between, date), default=None)
        from difflib import get_close_matches

        wanted = _spelling(text)[:_COMPARED_LENGTH]
        is_word = facet in ENTITY_FACETS and len(_words(text)) == 1

        def alike(spelling: str) -> list[str]:
            """What of a value may be compared."""
            found = [spelling, *_WORD.findall(spelling)] if is_word else [spelling]
            return [s for s in found if s[:1] == wanted[:1] and abs(len(s) - len(wanted)) < 4]

        values = self._where(facet, lambda spelling: bool(alike(spelling)))
        named: dict[str, str] = {}  # the most frequent value first
        for value in self._by_count(facet, values)[:_COMPARED]:
            for spelling in alike(_spelling(value)):
                named.setdefault(spelling, value)
        nearest = get_close_matches(wanted, named, 1, 0.7)
        return named[nearest[0]] if nearest else None

    def commonest(self, facet: str, value: str) -> str:
        """Of a value and those that differ from it in case only, the most frequent."""
        return self._by_count(facet, self._spelt(facet)[_spelling(value)])[0]

    def _equal(self, facet: str, text: str) -> list[str]:
        """The values that are the same number, as ``1.5`` for ``1,5``."""
        number = read_number(text)
        if number is None:
            return []
        return [value for value in self.counts(facet) if read_number(value) == number]

    def _where(self, facet: str, fits: Callable[[str], bool]) -> list[str]:
        spelt = self._spelt(facet).items()
        return [value for spelling, values in spelt if fits(spelling) for value in values]

    def _spelt(self, facet: str) -> dict[str, list[str]]:
        """The values by their spelling without case."""
        if facet not in self._spellings:
            found: dict[str, list[str]] = {}
            for value in self.counts(facet):
                found.setdefault(_spelling(value), []).append(value)
            self._spellings[facet] = found
        return self._spellings[facet]

    def _by_count(self, facet: str, values: Iterable[str]) -> tuple[str, ...]:
        counts = self.counts(facet)
        return tuple(sorted(values, key=lambda value: (-counts[value], value)))


def _canonical(facet: str, text: str) -> str:
    """What mentions of this text are counted under in texts."""
    if len(text) > _LONGEST_PREFIX:
        return text
    from searchkit.extract.names import canonical_name  # seldom needed

    return canonical_name(text, _LABELS[facet]) or text


def _days_between(date: PartialDate, value: str) -> tuple[int, str]:
    """How far a value is from a date; of two as far the earlier comes first."""
    other = read_date(value)  # metadata may be called as a facet of dates
    return abs((other.first_day - date.first_day).days) if other else sys.maxsize, value


def _spelling(text: str) -> str:
    """A value without its case and with umlauts written out."""
    return text.casefold().translate(_WRITTEN_OUT)


def _words(text: str) -> list[str]:
    return _WORD.findall(_spelling(text))
