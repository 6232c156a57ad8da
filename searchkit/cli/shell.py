"""What a shell offers when the tab key is pressed behind an option or in a query.

Where there is no index, or anything is wrong with it, nothing is offered: a shell is no place for
errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from searchkit.errors import SearchkitError

if TYPE_CHECKING:
    import click

    from searchkit.search.index import Index

#: Set by the script of a shell that asks what to offer.
VARIABLE = "_SEARCHKIT_COMPLETE"
_OFFERED = 20
# What stands before a word in a query: signs, the name of a field, quotes.
_LEAD = re.compile(r'[-+(=]*(?:(\w+):)?"?')


def complete_words(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Words and names of the index; behind the name of a facet its values, quoted where needed."""
    lead = _LEAD.match(incomplete)
    assert lead is not None
    before, facet, word = lead[0].rstrip('"'), lead[1], incomplete[lead.end() :]

    def found(index: Index) -> list[str]:
        if facet in index.stats().fields:
            values = index.facet(facet, prefix=word, limit=_OFFERED).values
            return [before + (f'"{v.value}"' if " " in v.value else v.value) for v in values]
        return [lead[0] + each.value for each in index.complete(word)]

    return _offered(ctx, found)


def complete_facets(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Names of facets."""
    return _offered(ctx, lambda index: _beginning(index.stats().fields, incomplete))


def complete_filters(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Names of facets, then their values."""
    name, equals, prefix = incomplete.partition("=")
    if not equals:
        return [f"{name}=" for name in complete_facets(ctx, _parameter, incomplete)]

    def values(index: Index) -> list[str]:
        facet = index.facet(name, prefix=prefix, limit=_OFFERED)
        return [f"{name}={each.value}" for each in facet.values]

    return _offered(ctx, values)


def _beginning(names: tuple[str, ...], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def _offered(ctx: click.Context, find: Callable[[Index], list[str]]) -> list[str]:
    from searchkit.cli.options import settings_told
    from searchkit.search.index import open_index

    try:
        settings, _ = settings_told(ctx, ctx.params.get("changes") or ())
        with open_index(ctx.params.get("index_path") or "index", settings=settings) as index:
            return find(index)[:_OFFERED]
    except (SearchkitError, OSError):
        return []
