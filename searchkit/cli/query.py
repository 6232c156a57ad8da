"""``searchkit query``: search, and show what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchkit.cli.options import (
    DEFAULT_SOURCE,
    colour_option,
    command_line,
    index_named,
    index_option,
    quiet_option,
)
from searchkit.cli.terminal import narrate, output_style, write_result
from searchkit.errors import IndexNotFound, QueryError
from searchkit.model import SearchResult
from searchkit.render.quantities import count_text, duration_text

if TYPE_CHECKING:
    from searchkit.search.index import Index

_SHOWN_STEPS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for on the command line, apart from how to show it."""

    query: str
    limit: int
    offset: int
    facets: tuple[str, ...]
    filters: dict[str, list[str]]
    date_from: str | None
    date_to: str | None
    sort: str

    def ask(self, index: Index) -> SearchResult:
        """Search."""
        return index.search(
            self.query,
            limit=self.limit,
            offset=self.offset,
            facets=self.facets,
            filters=self.filters,
            date_from=self.date_from,
            date_to=self.date_to,
            sort=self.sort,
        )


class QueryCommand(click.Command):
    """The command, whose words may look like options (``-Washington``) though none is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; where a word was taken for an option, say how to write it."""
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            arguments = with_dashes(typed, self.params)
            raise WordTakenForOption(error.option_name, arguments, ctx) from error


class WordTakenForOption(click.UsageError):
    """A word with a dash; ``hint`` is the command that makes it part of the query."""

    def __init__(self, option: str, arguments: Sequence[str], ctx: click.Context) -> None:
        super().__init__(f"there is no option {option}", ctx)
        self.hint = f"{command_line('query', arguments)} (what follows -- is all query)"


def with_dashes(arguments: Sequence[str], parameters: Sequence[click.Parameter]) -> list[str]:
    """Arguments with all options first, then ``--``, then all else as the words of a query.

    Args:
        arguments: as typed.
        parameters: the options there are.

    >>> with_dashes(["Gipfel", "-n", "3", "-Moskau"], command.params)
    ['-n', '3', '--', 'Gipfel', '-Moskau']
    """
    known = {name: option for option in parameters for name in option.opts}
    options: list[str] = []
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        option = known.get(argument.partition("=")[0]) if argument.startswith("-") else None
        (words if option is None else options).append(argument)
        if isinstance(option, click.Option) and not option.is_flag and "=" not in argument:
            options += islice(rest, 1)
    return [*options, "--", *words]


@click.command("query", cls=QueryCommand)
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(0, 1000),
    default=10,
    show_default=True,
    help="Hits to show.",
)
@click.option("--offset", type=click.IntRange(0), default=0, help="Hits to pass over first.")
@click.option(
    "--facet",
    "facets",
    multiple=True,
    metavar="NAME",
    help="Count the values of year, month, person, place, organisation or a metadata field.",
)
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Only documents with this value; several of one name are alternatives.",
)
@click.option(
    "--from", "date_from", metavar="DATE", help="Not before: 2018, 2018-07 or 2018-07-16."
)
@click.option(
    "--to", "date_to", metavar="DATE", help="Not after, the whole year or month included."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "-date"]),
    default="relevance",
    show_default=True,
    help="Best first, oldest first or newest first.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="How to write the answer.",
)
@colour_option
@index_option
@quiet_option
def command(
    words: tuple[str, ...],
    limit: int,
    offset: int,
    facets: tuple[str, ...],
    filters: tuple[str, ...],
    date_from: str | None,
    date_to: str | None,
    sort: str,
    output_format: str,
    colour: str,
    index_path: str,
    quiet: bool,
) -> int:
    """Search, and show the best documents with the passages that answer.

    Words are alternatives. "A phrase" needs quotation marks of its own; AND, OR, NOT, +must, -not
    and field:value work, too. Where there is no index yet, one is made of seeds/ first.

    \b
    Examples:
      searchkit query "Gipfel Washington"
      searchkit query '"Gipfel von Helsinki"' --facet person --facet month
      searchkit query Gipfel --filter place=Helsinki --from 2018-07 --to 2018
      searchkit query --format json Gipfel
      searchkit query -- Gipfel -Washington

    Exit status: 0 found, 1 nothing found, 2 error.
    """
    chosen = parse_filters(filters)
    question = Question(" ".join(words), limit, offset, facets, chosen, date_from, date_to, sort)
    with index_named(index_path), _opened(index_path, quiet) as index:
        result = question.ask(index)
        write_result(_rendered(result, output_format, colour, question.offset))
        if not quiet:
            _narrate_outcome(result, question, index_path)
            if index.is_stale():
                command_ = command_line("index", index=index_path)
                narrate(f"the texts have changed since they were indexed; to catch up: {command_}")
    return 0 if result.total else 1


def parse_filters(texts: Iterable[str]) -> dict[str, list[str]]:
    """Filters by name, from ``NAME=VALUE``.

    Raises:
        QueryError: one has no equals sign or no name.

    >>> parse_filters(["place=Helsinki", "place=Syrien", "source=a=b"])
    {'place': ['Helsinki', 'Syrien'], 'source': ['a=b']}
    """
    filters: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (equals and name.strip()):
            raise QueryError(
                f"the filter {text!r} is not of the form NAME=VALUE",
                "--filter place=Helsinki",
            )
        filters.setdefault(name.strip(), []).append(value.strip())
    return filters


def _opened(index_path: str, quiet: bool) -> Index:
    """Open an index; make it first where there is none."""
    from searchkit.search.index import open_index

    try:
        return open_index(index_path)
    except IndexNotFound as error:
        if not Path(DEFAULT_SOURCE).exists():
            raise IndexNotFound(
                f"{error.message}, and no folder {DEFAULT_SOURCE} to make one of",
                "name your texts: searchkit index FOLDER",
            ) from error
    from searchkit.cli.building import build

    if not quiet:
        narrate(f"there is no index in {index_path} yet; making one of {DEFAULT_SOURCE}")
    return build([DEFAULT_SOURCE], index_path, quiet=quiet)


def _rendered(result: SearchResult, output_format: str, colour: str, offset: int) -> str:
    # Imported only where used: the start of the program is most of the time of a query.
    if output_format == "text":
        from searchkit.render.text import result_text

        return result_text(result, output_style(colour), first_rank=offset + 1)
    from searchkit.render.json import json_text, result_messages, result_object

    if output_format == "json":
        return json_text(result_object(result)) + "\n"
    messages = result_messages(result)
    return "".join(json_text(message, indent=None) + "\n" for message in messages)


def _narrate_outcome(result: SearchResult, question: Question, index_path: str) -> None:
    narrate(f"{_summary(result, question.offset)}, {duration_text(result.took_ms / 1000)}")
    for note in result.notes:
        narrate(f"note: {note}")
    if not result.total:
        _narrate_next_steps(result, question, index_path)
    elif result.suggestion:
        narrate(f"did you mean: {command_line('query', [result.suggestion], index=index_path)}")
    elif question.limit and not result.hits:
        narrate(f"  try: --offset 0 (there are no more than {result.total:,})")


def _narrate_next_steps(result: SearchResult, question: Question, index_path: str) -> None:
    from searchkit.cli.advice import next_steps

    steps = next_steps(
        question.query,
        suggestion=result.suggestion,
        filters=list(question.filters),
        dates=(question.date_from, question.date_to),
        index=index_path,
    )
    for step in list(steps)[:_SHOWN_STEPS]:
        narrate(f"  try: {step}")


def _summary(result: SearchResult, offset: int) -> str:
    if not result.total:
        return "nothing found"
    documents = count_text(result.total, "document")
    shown = len(result.hits)
    if shown == result.total:
        return documents
    if offset and shown:
        return f"{offset + 1:,} to {offset + shown:,} of {documents}"
    return f"{shown:,} of {documents}"
