"""Answers and documents as text that people read in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from searchkit.markup import ansi
from searchkit.markup.escape import terminal_safe
from searchkit.markup.plain import plain_line
from searchkit.markup.spans import clipped
from searchkit.model import (
    DATE_FACETS,
    ENTITY_FACETS,
    FacetCount,
    Hit,
    SearchResult,
    Snippet,
    StoredDocument,
)
from searchkit.query.plan import value_text
from searchkit.render.wrap import columns, line_spans, shortened

_NARROWEST = 20
_NARROWEST_VALUE = 10
# Persons of a large answer run into thousands; years and months stay whole, as a gap misleads.
_SHOWN_VALUES = 20


@dataclass(frozen=True, slots=True)
class Style:
    """How text is laid out.

    Args:
        colour: whether to use escape codes.
        width: columns of a line; less than 20 counts as 20.
    """

    colour: bool = False
    width: int = 80

    def bold(self, text: str) -> str:
        """Text as a heading."""
        return ansi.bold(text) if self.colour else terminal_safe(text)

    def dim(self, text: str) -> str:
        """Text that matters less."""
        return ansi.dim(text) if self.colour else terminal_safe(text)

    def marked(self, text: str, spans: Iterable[tuple[int, int]]) -> str:
        """A passage with its marked words."""
        return ansi.marked_ansi(text, spans) if self.colour else terminal_safe(text)

    def room(self, indent: int) -> int:
        """Columns left beside an indentation."""
        return max(_NARROWEST, self.width) - indent


def result_text(result: SearchResult, style: Style, *, first_rank: int = 1) -> str:
    """An answer: the hits with their passages, then the facets.

    Args:
        result: the answer.
        style: colour and width.
        first_rank: the number of the first hit, from 1.

    Returns:
        Lines, each ended; nothing at all where nothing was found.

    >>> hit = Hit("a", "Der Gipfel", None, 1.0, (Snippet("Am Gipfel."),))
    >>> print(result_text(SearchResult("Gipfel", (hit,), 1, {}, (), None, 0.5), Style()), end="")
    1. Der Gipfel
       a
         Am Gipfel.
    """
    blocks = [_hit_lines(rank, hit, style) for rank, hit in enumerate(result.hits, first_rank)]
    if result.total:
        blocks += [_facet_lines(name, values, style) for name, values in result.facets.items()]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _hit_lines(rank: int, hit: Hit, style: Style) -> Iterator[str]:
    label = f"{rank}. "
    indent = " " * len(label)
    title = plain_line(hit.title) or "(no title)"
    room = style.room(len(label))
    for number, (start, end) in enumerate(line_spans(title, room)):
        yield (indent if number else label) + style.bold(title[start:end])
    facts = [plain_line(fact) for fact in (hit.date, hit.id) if fact]
    yield indent + style.dim("  ".join(facts))
    bullet = "- " if len(hit.snippets) > 1 else "  "
    for snippet in hit.snippets:
        yield from _snippet_lines(snippet, indent + bullet, style)


def _snippet_lines(snippet: Snippet, lead: str, style: Style) -> Iterator[str]:
    text = plain_line(snippet.text)
    for start, end in line_spans(text, style.room(len(lead))):
        yield lead + style.marked(text[start:end], clipped(snippet.spans, start, end))
        lead = " " * len(lead)


def _facet_lines(name: str, values: Sequence[FacetCount], style: Style) -> Iterator[str]:
    yield style.bold(plain_line(name))
    if not values:
        yield "  (no document has one)"
        return
    shown = values if name in DATE_FACETS else values[:_SHOWN_VALUES]
    digits = max(len(f"{each.count:,}") for each in shown)
    labels = [shortened(plain_line(each.value), style.room(digits + 4)) for each in shown]
    widest = max(map(columns, labels))
    for label, each in zip(labels, shown, strict=True):
        yield f"  {label}{' ' * (widest - columns(label))}  {each.count:>{digits},}"
    if len(values) > len(shown):
        yield f"  and {len(values) - len(shown):,} more (--format json has all)"


def document_text(document: StoredDocument, style: Style, *, wrapped: bool = True) -> str:
    """A document: title, what is known of it, then its text.

    Args:
        document: as the index holds it.
        style: colour and width.
        wrapped: whether to break the text's lines to the width; without it they stay as they are.

    >>> print(document_text(StoredDocument("a", "Text.", "Titel", None, {}), Style()), end="")
    Titel
    <BLANKLINE>
    id  a
    <BLANKLINE>
    Text.
    """
    head = style.bold(plain_line(document.title) or "(no title)")
    rows = [("id", document.id), ("date", document.date or "")]
    rows += [(name, value_text(value)) for name, value in document.metadata.items()]
    rows += _entity_rows(document)
    text = terminal_safe(document.text.replace("\r\n", "\n"))
    body = "\n".join(_paragraph_lines(text, style)) if wrapped else text
    return f"{head}\n\n{rows_text(rows, style)}\n{body.rstrip()}\n"


def _entity_rows(document: StoredDocument) -> Iterator[tuple[str, str]]:
    for kind in ENTITY_FACETS:
        found = [entity for entity in document.entities if entity.kind == kind]
        found.sort(key=lambda entity: (-len(entity.mentions), entity.name))
        yield kind, ", ".join(f"{entity.name} ({len(entity.mentions)})" for entity in found)


def _paragraph_lines(text: str, style: Style) -> Iterator[str]:
    for paragraph in text.split("\n"):
        lines = line_spans(paragraph, style.room(0))
        yield "\n".join(paragraph[start:end] for start, end in lines)


def rows_text(rows: Iterable[tuple[str, str]], style: Style) -> str:
    """Names and values in two columns, long values wrapped; empty values are left out.

    >>> print(rows_text([("documents", "12"), ("size", "1.2 MB")], Style()), end="")
    documents  12
    size       1.2 MB
    """
    filled = [(plain_line(name), plain_line(value)) for name, value in rows if value]
    name_columns = max((columns(name) for name, _ in filled), default=0)
    return "".join(
        f"{line}\n"
        for name, value in filled
        for line in _row_lines(name, value, name_columns, style)
    )


def _row_lines(name: str, value: str, name_columns: int, style: Style) -> Iterator[str]:
    lead = style.dim(name) + " " * (name_columns - columns(name) + 2)
    # A name of metadata may fill the whole line; the value still gets its share.
    room = max(_NARROWEST_VALUE, style.room(name_columns + 2))
    for start, end in line_spans(value, room):
        yield lead + value[start:end]
        lead = " " * (name_columns + 2)
