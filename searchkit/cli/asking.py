"""What ``searchkit query`` asks an index, and how the answers are written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.files import FileAddresses
from searchkit.cli.options import Common
from searchkit.cli.terminal import write_result
from searchkit.errors import QueryError
from searchkit.markup.plain import plain_line
from searchkit.model import Scalar, SearchResult

if TYPE_CHECKING:
    from searchkit.render.csv import Table
    from searchkit.render.style import Style
    from searchkit.search.index import Index

FROM_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for on the command line, apart from how to show it.

    Args:
        query: the words; ``-`` for one query a line on standard input.
        options: those of ``Index.search``.
    """

    query: str
    options: Mapping[str, Any]

    @property
    def is_batch(self) -> bool:
        """Whether the queries come from standard input."""
        return self.query == FROM_INPUT

    @property
    def first_rank(self) -> int:
        """The rank of the first hit of the page, from 1; the cursor must have been accepted."""
        from searchkit.search.cursor import Cursor

        cursor: str | None = self.options["cursor"]
        before = Cursor.decode(cursor).position if cursor is not None else 0
        return before + int(self.options["offset"]) + 1

    def ask(self, index: Index) -> Iterator[SearchResult]:
        """Search: one result, or one for every line of standard input as it comes."""
        if not self.is_batch:
            yield index.search(self.query, **self.options)
            return
        lines = (line.strip() for line in sys.stdin or ())
        yield from index.search_many(filter(None, lines), **self.options)


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of an answer to write.

    Args:
        scores: whether text shows scores.
        ids: only the ids of the hits.
        count: only how many documents match.
        nul: whether ids end in a NUL instead of a line feed.
    """

    scores: bool = False
    ids: bool = False
    count: bool = False
    nul: bool = False


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


def write_results(
    results: Sequence[SearchResult], question: Question, common: Common, shape: Shape, index: Index
) -> None:
    """Write what was found in the format and shape asked for.

    JSON is always whole, with what the search was asked for: no hits for a count, no passages for
    ids.
    """
    if common.output_format != "text" or not (shape.count or shape.ids):
        answer = _answer(results, question, index, shape)
        write_answer(answer, common, scores=shape.scores)
        return
    for result in results:
        write_result(_count(result, question) if shape.count else _ids(result, shape.nul))


def _count(result: SearchResult, question: Question) -> str:
    query = f"\t{plain_line(result.query)}" if question.is_batch else ""
    return f"{result.total}{query}\n"


def _ids(result: SearchResult, nul: bool) -> str:
    """An id that a program is to read must be what it is; NUL cannot be in any file name."""
    ids = (hit.id if nul else plain_line(hit.id) for hit in result.hits)
    return "".join(id_ + ("\0" if nul else "\n") for id_ in ids)


def _answer(
    results: Sequence[SearchResult], question: Question, index: Index, shape: Shape
) -> Answer:
    # Imported only where used: the start of the program is most of the time of a query.
    def text(style: Style) -> str:
        return "\n".join(_text(result, question, style, index) for result in results)

    def json() -> dict[str, Any]:
        from searchkit.render.json import result_object, results_object

        return results_object(results) if question.is_batch else result_object(results[0])

    def lines() -> Iterator[dict[str, Any]]:
        from searchkit.render.json import result_messages

        for result in results:
            yield from result_messages(result)

    return Answer(text, json, lambda: _table(results, question, shape), lines)


def _text(result: SearchResult, question: Question, style: Style, index: Index) -> str:
    from searchkit.render.text import result_text

    address = FileAddresses(index.sources).address if style.links else lambda _id: None
    first = question.first_rank
    text = result_text(result, style, first_rank=first, address=address)
    if result.explanation:
        from searchkit.render.explanation import explanation_text

        text = "\n".join(filter(None, [text, explanation_text(result.explanation, style)]))
    heading = f"{style.bold(plain_line(result.query))}\n" if question.is_batch else ""
    return heading + text


def _table(results: Sequence[SearchResult], question: Question, shape: Shape) -> Table:
    from searchkit.render.csv import Table, hits_table

    if shape.count:
        totals: list[dict[str, Scalar]] = [
            {"query": result.query, "total": result.total} for result in results
        ]
        return Table(("query", "total"), totals)
    first = question.first_rank
    tables = [hits_table(result.hits, first) for result in results]
    if not question.is_batch:
        return tables[0]
    columns = dict.fromkeys(name for table in tables for name in table.columns)
    rows = [
        {"query": result.query, **row}
        for result, table in zip(results, tables, strict=True)
        for row in table.rows
    ]
    return Table(("query", *columns), rows)
