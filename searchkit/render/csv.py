"""Answers as CSV (RFC 4180): a header line, then a line for each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from searchkit.markup.plain import plain_line
from searchkit.model import Hit, Scalar
from searchkit.query.plan import value_text

_HIT_COLUMNS = ("rank", "id", "title", "date", "score", "snippet")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by column name.

    Args:
        columns: their names, in order.
        rows: values by column; what is missing stays empty.
    """

    columns: Sequence[str]
    rows: Iterable[Mapping[str, Scalar | None]]


def csv_text(table: Table) -> str:
    """A table as CSV in UTF-8 with LF at the ends of lines.

    Every value stands on one line, control characters replaced as on a terminal: what a program
    must read exactly it should read as JSON.

    >>> print(csv_text(Table(("value", "count"), [{"value": "Müller, Ina", "count": 2}])), end="")
    value,count
    "Müller, Ina",2
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([plain_line(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(row.get(column)) for column in table.columns])
    return written.getvalue()


def _cell(value: Scalar | None) -> str:
    return "" if value is None else plain_line(value_text(value))


def hits_table(hits: Sequence[Hit], first_rank: int = 1) -> Table:
    """Hits as rows: rank, id, title, date, score, the best passage, then metadata by name.

    Metadata that bears the name of another column is called ``metadata.NAME``.

    >>> hits_table([Hit("a", "Titel", None, 1.5, (), {"source": "dpa"})]).columns[-2:]
    ('snippet', 'source')
    """
    names = dict.fromkeys(name for hit in hits for name in hit.metadata)
    columns = {name: f"metadata.{name}" if name in _HIT_COLUMNS else name for name in names}
    return Table(
        (*_HIT_COLUMNS, *columns.values()),
        [_hit_row(rank, hit, columns) for rank, hit in enumerate(hits, first_rank)],
    )


def _hit_row(rank: int, hit: Hit, columns: Mapping[str, str]) -> dict[str, Scalar | None]:
    found = zip(_HIT_COLUMNS, _hit_values(rank, hit), strict=True)
    return dict(found) | {columns[name]: value for name, value in hit.metadata.items()}


def _hit_values(rank: int, hit: Hit) -> Iterator[Scalar | None]:
    yield from (rank, hit.id, hit.title, hit.date, hit.score)
    yield hit.snippets[0].text if hit.snippets else None
