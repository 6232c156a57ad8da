"""Options that narrow an answer down, the same for every command that has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from searchkit.cli.shell import complete_filters

_OPTIONS = (
    click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="NAME=VALUE",
        shell_complete=complete_filters,
        help="Only documents with this value; several of one name are alternatives.",
    ),
    click.option(
        "--from",
        "date_from",
        metavar="DATE",
        help="Not before: 2018, 2018-07, Q3/2018 ...",
    ),
    click.option(
        "--to", "date_to", metavar="DATE", help="Not after, the whole year or month included."
    ),
)


def narrowing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--filter``, ``--from`` and ``--to``."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
