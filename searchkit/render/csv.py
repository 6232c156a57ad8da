"""Answers as CSV (RFC 4180): a header line, then a line for each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from searchkit.markup.plain import plain_line
from searchkit.model import Hit, Scalar, SimilarHit
from searchkit.query.plan import value_text


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
    snippets = [hit.snippets[0].text if hit.snippets else None for hit in hits]
    return _table(hits, "snippet", snippets, first_rank)


def similar_table(hits: Sequence[SimilarHit]) -> Table:
    """Documents like one as rows: as ``hits_table``, but with the words they share for a passage.

    >>> similar_table([SimilarHit("a", "Titel", None, 1.5, (SharedWord("Elbe", 1.5),))]).rows
    [{'rank': 1, 'id': 'a', 'title': 'Titel', 'date': None, 'score': 1.5, 'words': 'Elbe'}]
    """
    return _table(hits, "words", [" ".join(word.word for word in hit.words) for hit in hits])


def _table(
    hits: Sequence[Hit | SimilarHit],
    shown: str,
    texts: Sequence[str | None],
    first_rank: int = 1,
) -> Table:
    """Hits as rows, with a text for each in the column ``shown``."""
    own = ("rank", "id", "title", "date", "score", shown)
    names = dict.fromkeys(name for hit in hits for name in hit.metadata)
    columns = {name: f"metadata.{name}" if name in own else name for name in names}
    rows = [
        dict(zip(own, (rank, hit.id, hit.title, hit.date, hit.score, text), strict=True))
        | {columns[name]: value for name, value in hit.metadata.items()}
        for rank, (hit, text) in enumerate(zip(hits, texts, strict=True), first_rank)
    ]
    return Table((*own, *columns.values()), rows)
