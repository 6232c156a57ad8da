"""The values of facets as people name them: in any case, a person by the surname."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from itertools import chain

from searchkit.dates import PartialDate
from searchkit.engine.port import EngineReader, SearchRequest
from searchkit.extract.protocol import KINDS
from searchkit.model import DATED_FACETS, ENTITY_FACETS, MENTION_FACETS
from searchkit.query.plan import (
    Boolean,
    Everything,
    ExpansionKind,
    Values,
)
from searchkit.query.values import read_date, read_dates, read_number
from searchkit.search.full_names import full_names, groups
from searchkit.search.spellings import WORD, Spellings, spelling, words_of

PERSON = "person"
# Comparing is slow: so many values, of those that begin with the same letter, and so many
# characters of the one that nobody has.
_COMPARED, _COMPARED_LENGTH = 1000, 40
# Nobody types a longer name.
_LONGEST = 1000
# A name in the genitive is read without its ending where that one is in so many times as many
# documents as what merely has the word: Merkels, in the presence of a "Merkels Wahnsinn".
_FAR_MORE = 10
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
        self._spellings: dict[str, Spellings] = {}
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
                found = found or self._spelt(facet).with_words(text)
        return self._with_same(facet, found)

    def _with_same(self, facet: str, found: Collection[str]) -> tuple[str, ...]:
        """Some values with all that is shown under the same names, the most frequent first."""
        if facet != PERSON:
            return self._by_count(facet, found)
        shorts = (short for value in found for short in self._shorts_of(value))
        grouped = self._groups(facet, {*found, *shorts}).values()
        return self._by_count(facet, {*found, *chain.from_iterable(grouped)})

    def _alike(self, facet: str, text: str) -> Collection[str]:
        """The values that are spelt so, or nearly so; of persons also longer names."""
        exact = [text] if text in self.counts(facet) else self._spelt(facet).same(text)
        if facet != PERSON:
            return exact or self._equal(facet, text)
        longer = self._spelt(facet).with_words(text)
        if longer and not exact and (name := self._in_genitive(text, longer)):
            return self._alike(facet, name)
        return {*exact, *longer}

    def _in_genitive(self, text: str, longer: Collection[str]) -> str:
        """The name that a text is the genitive of, where that is what was meant; else ``""``.

        Args:
            text: no value.
            longer: the persons with its words in their names.
        """
        enough = _FAR_MORE * self._documents(longer)
        likely = [
            name
            for name in _without_ending(text)
            if self._documents(self._spelt(PERSON).same(name)) >= enough
        ]
        # The lists say whether an s is the name's own; they take long to read.
        return next((name for name in likely if name == _canonical(PERSON, text)), "")

    def _documents(self, persons: Collection[str]) -> int:
        """In how many documents some persons are, by surname or in full; at most."""
        counts = self.counts(PERSON)
        return sum(counts[value] for value in self._with_same(PERSON, persons))

    def same(self, facet: str, value: str) -> tuple[str, ...]:
        """A value and what is shown under the same name; a person by surname and in full."""
        if facet != PERSON:
            return (value,)
        full = self._full_names()
        group = groups(full, [value]) or groups(full, self._shorts_of(value))
        return next(iter(group.values()), (value,))

    def shown(self, facet: str, values: Iterable[str]) -> tuple[str, ...]:
        """Values as facets show them, each once: short names of persons under the full name."""
        values = tuple(values)
        if facet != PERSON or not values:
            return values
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
        """The values that fit a pattern in any case, the most frequent first; names, too, of
        which a word does.

        Args:
            facet: its name.
            kind: ``prefix`` or ``wildcard``.
            pattern: as in ``plan.Expansion``.
        """
        words, spelt = facet in ENTITY_FACETS, self._spelt(facet)
        find = spelt.beginning if kind == "prefix" else spelt.fitting
        return self._with_same(facet, find(pattern, words=words))

    def dates(
        self, facet: str, first: datetime.date | None, last: datetime.date | None
    ) -> tuple[str, ...]:
        """The values of a facet of dates that overlap a range of days, both ends included.

        Args:
            facet: ``mentioned_date``, ``year``, ``month`` or ``day``.
            first, last: ``None`` is open.
        """
        # Cut to the precision of a value, the first day of the range compares with its last.
        low, high = first.isoformat() if first else "", last.isoformat() if last else "9999-12-31"
        found = self.counts(facet)
        return tuple(value for value in found if low[: len(value)] <= value <= high)

    def beginning(self, facet: str, prefix: str) -> tuple[str, ...]:
        """The values that begin so, or of which a word does, by frequency."""
        return self._by_count(facet, self._spelt(facet).beginning(prefix))

    def nearest(self, facet: str, text: str) -> str | None:
        """The value most like one that no document has; ``None`` where none comes near.

        A single word is compared with the words of names as well: ``Putn`` with ``Putin``. Of
        dates the nearest in time.
        """
        dates = read_dates(text) if facet in DATED_FACETS else None
        if dates and (date := dates.low or dates.high):
            return min(self.counts(facet), key=partial(_days_between, date), default=None)
        from difflib import get_close_matches

        wanted = spelling(text)[:_COMPARED_LENGTH]
        is_word = facet in ENTITY_FACETS and len(words_of(text)) == 1

        def alike(spelt: str) -> list[str]:
            """What of a value may be compared."""
            found = [spelt, *WORD.findall(spelt)] if is_word else [spelt]
            return [s for s in found if s[:1] == wanted[:1] and abs(len(s) - len(wanted)) < 4]

        values = self._spelt(facet).where(lambda spelt: bool(alike(spelt)))
        named: dict[str, str] = {}  # the most frequent value first
        for value in self._by_count(facet, values)[:_COMPARED]:
            for spelt in alike(spelling(value)):
                named.setdefault(spelt, value)
        nearest = get_close_matches(wanted, named, 1, 0.7)
        return named[nearest[0]] if nearest else None

    def commonest(self, facet: str, value: str) -> str:
        """Of a value and those that differ from it in case only, the most frequent."""
        return self._by_count(facet, self._spelt(facet).same(value))[0]

    def _equal(self, facet: str, text: str) -> list[str]:
        """The values that are the same number, as ``1.5`` for ``1,5``."""
        number = read_number(text)
        if number is None:
            return []
        return [value for value in self.counts(facet) if read_number(value) == number]

    def _spelt(self, facet: str) -> Spellings:
        if facet not in self._spellings:
            self._spellings[facet] = Spellings(self.counts(facet))
        return self._spellings[facet]

    def _by_count(self, facet: str, values: Iterable[str]) -> tuple[str, ...]:
        counts = self.counts(facet)
        return tuple(sorted(values, key=lambda value: (-counts[value], value)))


def _canonical(facet: str, text: str) -> str:
    """What mentions of this text are counted under in texts."""
    if len(text) > _LONGEST:
        return text
    from searchkit.extract.names import canonical_name  # seldom needed

    return canonical_name(text, _LABELS[facet]) or text


def _without_ending(text: str) -> list[str]:
    """What a text may be the genitive of: ``Max'``, ``Putins``, ``Putin's``."""
    bare = text.rstrip("'’")
    stems = (bare, bare[:-1].rstrip("'’") if bare[-1:] in ("s", "S") else "")
    return [stem for stem in stems if stem not in ("", text)]


def _days_between(date: PartialDate, value: str) -> tuple[int, str]:
    """How far a value is from a date; of two as far the earlier comes first."""
    other = read_date(value)  # metadata may be called as a facet of dates
    return abs((other.first_day - date.first_day).days) if other else sys.maxsize, value
