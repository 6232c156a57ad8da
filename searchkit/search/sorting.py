"""The page of an answer in the order of some metadata, whatever the engine.

A document has one value of each name of metadata, so that the counts of the values tell which of
them lie on the page: the engine is asked for these only, once for those that lie on it as a whole
and once for each that its beginning or its end cuts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from searchkit.engine.port import EngineHit, EngineReader, EngineResult, SearchRequest
from searchkit.engine.stored import decode_head
from searchkit.query.plan import (
    ALL_VALUES,
    Boolean,
    Everything,
    Plan,
    ValuePattern,
    Values,
    value_text,
)
from searchkit.query.values import read_number

_WITHOUT_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})


@dataclass(frozen=True, slots=True)
class MetadataOrder:
    """An order by the values of metadata: numbers by size, before texts by the alphabet.

    Args:
        name: of the metadata.
        descending: the largest first.
    """

    name: str
    descending: bool = False

    def ordered(self, values: Mapping[str, int]) -> list[str]:
        """The values in this order."""
        return sorted(values, key=_key, reverse=self.descending)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one value, or a run of whole values, contributes to a page."""

    values: tuple[str, ...]
    offset: int
    limit: int


def page_by(reader: EngineReader, request: SearchRequest, order: MetadataOrder) -> EngineResult:
    """Answer a request with its page in the order of metadata.

    Args:
        reader: answers.
        request: its own order counts among documents of one value.
        order: the metadata; documents without come last.

    Returns:
        as the engine would; the counts of the facets asked for.
    """
    names = dict.fromkeys((*request.facets, order.name))
    counted = reader.search(replace(request, limit=0, offset=0, facets=tuple(names)))
    counts = counted.facets[order.name]
    hits: list[EngineHit] = []
    for share in _shares(order.ordered(counts), counts, request.offset, request.limit):
        hits += _hits(reader, request, order, share)
    with_value = sum(counts.values())
    left = min(request.limit, counted.total - request.offset) - len(hits)
    if left > 0:
        any_value = ValuePattern(order.name, "prefix", "", limit=ALL_VALUES)
        without = Boolean(must=(Everything(),), must_not=(any_value,))
        hits += _asked(reader, request, without, max(0, request.offset - with_value), left)
    facets = {name: counted.facets[name] for name in request.facets}
    return EngineResult(tuple(hits), counted.total, facets, counted.partial)


def _shares(
    values: Sequence[str], counts: Mapping[str, int], begin: int, limit: int
) -> Iterator[_Share]:
    """Which values lie on the page, runs of whole ones together."""
    whole: list[str] = []
    position = 0
    for value in values:
        first, last = max(begin, position), min(begin + limit, position + counts[value])
        if last - first == counts[value]:
            whole.append(value)
        elif last > first:
            yield from _whole(whole, counts)
            whole = []
            yield _Share((value,), first - position, last - first)
        position += counts[value]
    yield from _whole(whole, counts)


def _whole(values: Sequence[str], counts: Mapping[str, int]) -> Iterator[_Share]:
    if values:
        yield _Share(tuple(values), 0, sum(counts[value] for value in values))


def _hits(
    reader: EngineReader, request: SearchRequest, order: MetadataOrder, share: _Share
) -> Sequence[EngineHit]:
    wanted = Values(order.name, share.values)
    found = _asked(reader, request, wanted, share.offset, share.limit)
    if len(share.values) == 1:
        return found
    stored = map(decode_head, reader.fetch([hit.number for hit in found], "head"))
    place = {value: number for number, value in enumerate(share.values)}
    texts = (value_text(document.metadata.get(order.name, "")) for document in stored)
    places = [place.get(text, len(place)) for text in texts]
    return [found[n] for n in sorted(range(len(found)), key=places.__getitem__)]


def _asked(
    reader: EngineReader, request: SearchRequest, besides: Plan, offset: int, limit: int
) -> Sequence[EngineHit]:
    narrowed = Boolean(must=(request.filter, besides))
    asked = replace(request, filter=narrowed, offset=offset, limit=limit, facets=())
    return reader.search(asked).hits


def _key(value: str) -> tuple[bool, float, str, str]:
    """Numbers by size, then texts as in a dictionary (DIN 5007-1: ``ä`` as ``a``)."""
    number = read_number(value)
    plain = value.casefold().translate(_WITHOUT_UMLAUTS)
    return number is None, number or 0.0, plain, value
