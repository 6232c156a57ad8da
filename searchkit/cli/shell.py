"""What a shell offers when the tab key is pressed behind an option or in a query.

Where there is no index, or anything is wrong with it, nothing is offered: a shell is no place for
errors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from searchkit.errors import SearchkitError

if TYPE_CHECKING:
    import click

    from searchkit.search.index import Index

_OFFERED = 20


def complete_words(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Words and names of the index."""
    return _offered(ctx, lambda index: [c.value for c in index.complete(incomplete)])


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
    from searchkit.search.index import open_index

    try:
        with open_index(ctx.params.get("index_path") or "index") as index:
            return find(index)[:_OFFERED]
    except (SearchkitError, OSError):
        return []
