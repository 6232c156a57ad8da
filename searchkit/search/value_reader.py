"""The values in a query and in its filters: what they were taken for, and notes on it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from searchkit.engine.port import EngineReader
from searchkit.model import MENTIONED_DATE
from searchkit.query.plan import EXACT, TEXT, Expansion, ExpansionKind
from searchkit.search.request import FieldNames, Filters
from searchkit.search.values import FacetValues

_SHOWN_NAMES = 3
# Of so many unknown values, the nearest that exists is looked for.
_MOST_UNKNOWN = 10


class ValueReader:
    """Reads the values of one query, and notes what they were taken for.

    Args:
        values: of the index.
        limit: values that one name or pattern stands for, at most; the most frequent are kept.
        is_late: whether the time is over, and further values are what they are called.
    """

    def __init__(self, values: FacetValues, limit: int, is_late: Callable[[], bool]) -> None:
        self._values = values
        self._limit = limit
        self._is_late = is_late
        self.notes: list[str] = []
        self._unknown = 0

    def named(self, facet: str, text: str) -> tuple[str, ...]:
        """The values that a text in a field means; the text itself where nothing fits."""
        if self._is_late():
            return (text,)
        found = self._values.named(facet, text)
        if not found:
            self._unknown += 1
            if self._unknown <= _MOST_UNKNOWN:
                self._note(_unknown(self._values, facet, text))
            elif self._unknown == _MOST_UNKNOWN + 1:
                self._note("no document has further values, either")
            return (text,)
        shown = self._values.shown(facet, found)
        if shown != (text,):
            more = f" and {len(shown) - _SHOWN_NAMES} more" if len(shown) > _SHOWN_NAMES else ""
            names = ", ".join(map(repr, shown[:_SHOWN_NAMES]))
            self._note(f"{facet} {text!r} was read as {names}{more}")
        return self._bounded(facet, text, found)

    def dates(self, first: datetime.date | None, last: datetime.date | None) -> tuple[str, ...]:
        """The dates in texts that overlap a range of days; all of them, for none is a guess."""
        return self._values.dates(MENTIONED_DATE, first, last)

    def fitting(self, facet: str, kind: ExpansionKind, pattern: str) -> tuple[str, ...]:
        """The values that a pattern in a field stands for."""
        if self._is_late():
            return ()
        return self._bounded(facet, pattern, self._values.fitting(facet, kind, pattern))

    def _bounded(self, facet: str, text: str, found: tuple[str, ...]) -> tuple[str, ...]:
        if len(found) > self._limit:
            self._note(
                f"{facet} {text!r} stands for {len(found)} values; "
                f"the {self._limit} most frequent were searched"
            )
        return found[: self._limit]

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def cut_expansions(expansions: Sequence[Expansion], reader: EngineReader) -> Iterator[str]:
    """Notes on the patterns that stand for more words than are searched."""
    if not expansions:
        return
    from searchkit.query.outline import leaf_text  # seldom needed

    # The forms in titles are hardly ever more than those in the texts: not both, as it takes time.
    asked = {leaf_text(n): n for n in sorted(expansions, key=lambda n: n.field == EXACT[TEXT])}
    cut = {t: n.limit for t, n in asked.items() if len(reader.expand(n)) >= n.limit}
    for text, limit in cut.items():
        yield f"{text!r} stands for many words; the {limit} most frequent were searched"


def unknown_values(
    values: FacetValues, names: FieldNames, filters: Filters | None
) -> Iterator[str]:
    """Notes on the values of filters that no document has, with the nearest that some have."""
    unknown = _noted(values, names, filters)
    yield from islice(unknown, _MOST_UNKNOWN)
    if next(unknown, None):
        yield "no document has further values, either"


def _noted(values: FacetValues, names: FieldNames, filters: Filters | None) -> Iterator[str]:
    """A note on every value that no document has, or hardly any under this spelling."""
    for name, wanted in (filters or {}).items():
        facet = names.facet(name)
        for text in names.wanted(facet, wanted):
            counts = values.counts(facet)
            if text not in counts:
                yield _unknown(values, facet, text)
            elif (other := values.commonest(facet, text)) != text:
                documents = "document" if counts[text] == 1 else "documents"
                here = f"the {facet} {text!r} is in {counts[text]} {documents}"
                yield f"{here}, {other!r} in {counts[other]}"


def _unknown(values: FacetValues, facet: str, text: str) -> str:
    named = values.named(facet, text)
    found = named[0] if named else values.nearest(facet, text)
    nearest = values.shown(facet, [found])[0] if found else None
    meant = f"; the nearest is {nearest!r}" if nearest else ""
    return f"no document has the {facet} {text!r}{meant}"
