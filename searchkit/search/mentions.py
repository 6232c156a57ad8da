"""Where documents name whom a search is about, and whom they name most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from searchkit.markup.spans import Span
from searchkit.model import MENTION_FACETS, Entity
from searchkit.query.highlights import Highlights
from searchkit.search.highlight import Marks
from searchkit.search.request import FieldNames, Filters
from searchkit.search.values import PERSON, FacetValues

#: Kind and name of what is to be marked, as entities have them.
WantedNames: TypeAlias = frozenset[tuple[str, str]]

MOST_OF_A_KIND = 5
# As much as the commonest word: a name that every hit must have says little about a passage.
_WORTH = 1.0


def wanted_names(names: FieldNames, filters: Filters | None, highlights: Highlights) -> WantedNames:
    """The names that filters and fields of the query ask for."""
    chosen = ((names.facet(name), wanted) for name, wanted in (filters or {}).items())
    filtered = {
        (facet, value)
        for facet, wanted in chosen
        if facet in MENTION_FACETS
        for value in names.values(facet, wanted)
    }
    return frozenset(filtered | {pair for pair in highlights.names if pair[0] in MENTION_FACETS})


def most_named(entities: Sequence[Entity], limit: int = MOST_OF_A_KIND) -> tuple[Entity, ...]:
    """What a document names most often.

    Args:
        entities: of one document.
        limit: so many of a kind at most.

    Returns:
        Persons, places, organisations, dates, each by number of mentions, then by name.

    >>> helsinki = Entity("Helsinki", "place", ((0, 8),))
    >>> [each.name for each in most_named([helsinki, Entity("Putin", "person", ((9, 14),))])]
    ['Putin', 'Helsinki']
    """
    ordered = sorted(entities, key=lambda entity: (-len(entity.mentions), entity.name))
    return tuple(
        entity
        for kind in MENTION_FACETS
        for entity in [each for each in ordered if each.kind == kind][:limit]
    )


def as_shown(entities: Sequence[Entity], values: FacetValues) -> tuple[Entity, ...]:
    """What a document names, under the names that facets show: a surname under the full name.

    Args:
        entities: of one document.
        values: of the index it is in.

    Returns:
        By number of mentions, then by where they are first named, as they are stored.
    """
    persons = tuple(entity.name for entity in entities if entity.kind == PERSON)
    if values.shown(PERSON, persons) == persons:
        return tuple(entities)  # nearly always
    spans: dict[tuple[str, str], tuple[Span, ...]] = {}
    for entity in entities:
        (name,) = values.shown(entity.kind, [entity.name])
        known = spans.get((name, entity.kind), ())
        spans[name, entity.kind] = tuple(sorted(known + entity.mentions))
    found = [Entity(name, kind, mentions) for (name, kind), mentions in spans.items()]
    return tuple(sorted(found, key=lambda entity: (-len(entity.mentions), entity.mentions)))


def with_mentions(
    marks: Marks, documents: Sequence[Sequence[Entity]], wanted: WantedNames
) -> Marks:
    """Marks, and the mentions of wanted names besides.

    Args:
        marks: of the words of the query in the texts of a page.
        documents: the entities of each document of that page.
        wanted: what is marked; each name is a kind of its own.
    """
    kinds = {pair: number for number, pair in enumerate(sorted(wanted), len(marks.worths))}
    rows = [
        (document, kinds[entity.kind, entity.name], start, end)
        for document, entities in enumerate(documents)
        for entity in entities
        if (entity.kind, entity.name) in kinds
        for start, end in entity.mentions
    ]
    added = np.array(rows, np.int32).reshape(-1, 4).T
    own = (marks.documents, marks.kinds, marks.starts, marks.ends)
    columns = [np.concatenate(pair) for pair in zip(own, added, strict=True)]
    order = np.lexsort((columns[3], columns[2], columns[0]))
    is_part = np.concatenate((marks.is_part, np.zeros(len(rows), dtype=np.bool_)))
    found, kind, starts, ends = (column[order] for column in columns)
    worths = (*marks.worths, *[_WORTH] * len(kinds))
    return Marks(found, kind, starts, ends, is_part[order], worths, marks.part)
