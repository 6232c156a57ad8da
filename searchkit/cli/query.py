"""``searchkit query``: search, and show what was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchkit.cli.asking import Question, Shape, parse_filters, write_results
from searchkit.cli.dashes import QueryCommand
from searchkit.cli.narrowing import narrowing_options
from searchkit.cli.options import (
    DEFAULT_SOURCE,
    Choice,
    Common,
    WholeNumber,
    command_line,
    common_options,
    index_named,
    limit_option,
)
from searchkit.cli.shell import complete_facets, complete_words
from searchkit.cli.terminal import conventions, narrate
from searchkit.errors import IndexNotFound
from searchkit.model import SearchResult
from searchkit.render.quantities import count_text, duration_text

if TYPE_CHECKING:
    from searchkit.search.index import Index

_SHOWN_STEPS = 3


@click.command("query", cls=QueryCommand, short_help="Search, and show the passages that answer.")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...", shell_complete=complete_words)
@limit_option("Hits to show.")
@click.option("--offset", type=WholeNumber(0), default=0, help="Hits to pass over first.")
@click.option(
    "--cursor", metavar="TEXT", help="Go on behind a page: its next_cursor in --format json."
)
@click.option(
    "--snippets",
    type=WholeNumber(0, 10),
    default=3,
    show_default=True,
    help="Passages of each hit, at most.",
)
@click.option(
    "--facet",
    "facets",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_facets,
    help="Count the values of year, month, day, person, place, organisation, mentioned_date or a "
    "metadata field.",
)
@narrowing_options
@click.option(
    "--sort",
    default="relevance",
    metavar="ORDER",
    show_default=True,
    help="relevance, date, or a metadata field; with a minus in descending order, as -date.",
)
@click.option(
    "--collapse",
    type=Choice(["duplicates"]),
    help="Of texts that are nearly the same show the first, and how many are hidden.",
)
@click.option("--literal", is_flag=True, help="Take everything as words, nothing as syntax.")
@click.option("--strict", is_flag=True, help="Refuse a query that breaks the grammar.")
@click.option("--scores", is_flag=True, help="Show the score of each hit.")
@click.option("--explain", is_flag=True, help="Show what was understood, and what scores are of.")
@click.option("--entities", is_flag=True, help="Say of each hit what it names most.")
@click.option("--count", is_flag=True, help="Write only how many documents match.")
@click.option("-l", "--ids", is_flag=True, help="Write only the ids of the hits.")
@click.option("-0", "--null", "nul", is_flag=True, help="As -l, but end ids in NUL, for xargs -0.")
@common_options
def command(
    common: Common,
    words: tuple[str, ...],
    limit: int,
    offset: int,
    cursor: str | None,
    snippets: int,
    facets: tuple[str, ...],
    filters: tuple[str, ...],
    date_from: str | None,
    date_to: str | None,
    sort: str,
    collapse: str | None,
    literal: bool,
    strict: bool,
    scores: bool,
    explain: bool,
    entities: bool,
    count: bool,
    ids: bool,
    nul: bool,
) -> int:
    """Search, and show the best documents with the passages that answer.

    Words are alternatives. "A phrase" needs quotation marks of its own; AND, OR, NOT, +must, -not
    and field:value work, too; searchkit help query tells all. A dash alone stands for queries on
    standard input, one a line. Where there is no index yet, one is made of seeds/ first.

    \b
    Examples:
      searchkit query "Gipfel Washington"
      searchkit query '"Gipfel von Helsinki"' --facet person --facet month
      searchkit query Gipfel --filter place=Helsinki --from 2018-07 --to 2018
      searchkit query --format json Gipfel
      searchkit query -- Gipfel -Washington
      searchkit query - --count < queries.txt

    Exit status: 0 found, 1 nothing found, 2 error.
    """
    options = {
        "limit": 0 if count else limit,
        "offset": offset,
        "cursor": cursor,
        "snippets": 0 if count or ids or nul else snippets,
        "facets": facets,
        "filters": parse_filters(filters),
        "date_from": date_from,
        "date_to": date_to,
        "sort": sort,
        "collapse": collapse or "",
    }
    chosen = {"literal": literal, "strict": strict, "explain": explain, "entities": entities}
    options |= {name: True for name, wanted in chosen.items() if wanted}
    ids = ids or nul
    question = Question(" ".join(words), options)
    with index_named(common.index), _opened(common) as index:
        found = 0
        for results in _written_together(question.ask(index), common):
            write_results(results, question, common, Shape(scores, ids, count, nul), index)
            found += sum(result.total for result in results)
            if not common.quiet and not count:
                if common.output_format == "csv" and (facets or explain):
                    narrate("note: csv has a line for each hit, and no facets or explanations")
                for result in results:
                    _narrate_outcome(result, question, common.index)
        if not common.quiet and index.is_stale():
            command_ = command_line("index", index=common.index)
            narrate(f"the texts have changed since they were indexed; to catch up: {command_}")
    return 0 if found else 1


def _written_together(
    results: Iterator[SearchResult], common: Common
) -> Iterator[list[SearchResult]]:
    """JSON and CSV have one head for all results; else each is written as soon as it is there."""
    if common.output_format in ("json", "csv"):
        yield list(results)
    else:
        yield from ([result] for result in results)


def _opened(common: Common) -> Index:
    """Open an index; make it first where there is none."""
    from searchkit.search.index import open_index

    try:
        return open_index(common.index, settings=common.settings)
    except IndexNotFound as error:
        if not Path(DEFAULT_SOURCE).exists():
            raise IndexNotFound(
                f"{error.message}, and no folder {DEFAULT_SOURCE} to make one of",
                "name your texts: searchkit index FOLDER",
            ) from error
    from searchkit.cli.building import build

    if not common.quiet:
        narrate(f"there is no index in {common.index} yet; making one of {DEFAULT_SOURCE}")
    return build([DEFAULT_SOURCE], common)


def _narrate_outcome(result: SearchResult, question: Question, index_path: str) -> None:
    took = duration_text(result.took_ms / 1000, conventions())
    query = f"{result.query}: " if question.is_batch else ""
    narrate(f"{query}{_summary(result, question)}, {took}")
    for note in result.notes:
        narrate(f"note: {note}")
    if question.is_batch:
        return
    if not result.total:
        _narrate_next_steps(result, question, index_path)
    elif result.suggestion:
        narrate(f"did you mean: {command_line('query', [result.suggestion], index=index_path)}")
    elif question.options["limit"] and not result.hits:
        narrate(f"  try: --offset 0 (there are no more than {conventions().number(result.total)})")


def _narrate_next_steps(result: SearchResult, question: Question, index_path: str) -> None:
    from searchkit.cli.advice import next_steps

    steps = next_steps(
        question.query,
        suggestion=result.suggestion,
        filters=list(question.options["filters"]),
        dates=(question.options["date_from"], question.options["date_to"]),
        index=index_path,
    )
    for step in list(steps)[:_SHOWN_STEPS]:
        narrate(f"  try: {step}")


def _summary(result: SearchResult, question: Question) -> str:
    if not result.total:
        return "nothing found"
    ways = conventions()
    documents = count_text(result.total, "document", conventions=ways)
    shown, first_rank = len(result.hits), question.first_rank
    if shown == result.total or not question.options["limit"]:
        return documents
    if first_rank > 1 and shown:
        last = first_rank + shown - 1
        return f"{ways.number(first_rank)} to {ways.number(last)} of {documents}"
    return f"{ways.number(shown)} of {documents}"
