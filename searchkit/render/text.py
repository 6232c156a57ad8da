"""Answers and documents as text that people read in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from searchkit.markup.escape import terminal_safe
from searchkit.markup.plain import plain_line
from searchkit.markup.spans import clipped
from searchkit.model import (
    MENTION_FACETS,
    Hit,
    SearchResult,
    SimilarHit,
    Snippet,
    StoredDocument,
)
from searchkit.query.plan import value_text
from searchkit.render.facets import facet_lines
from searchkit.render.style import Style
from searchkit.render.wrap import columns, line_spans, shortened

_NARROWEST_VALUE = 10
_LONGEST_SOURCE = 40
_SHOWN_WORDS = 8


def result_text(
    result: SearchResult,
    style: Style,
    *,
    first_rank: int = 1,
    address: Callable[[str], str | None] = lambda _id: None,
) -> str:
    """An answer: the hits with their passages, then the facets.

    Args:
        result: the answer.
        style: colour, width and so on.
        first_rank: the number of the first hit, from 1.
        address: the file a document came from as an address, by its id, for terminals that can
            follow links.

    Returns:
        Lines, each ended; nothing at all where nothing was found.

    >>> hit = Hit("a", "Der Gipfel", None, 1.0, (Snippet("Am Gipfel."),))
    >>> print(result_text(SearchResult("Gipfel", (hit,), 1, {}, (), None, 0.5), Style()), end="")
    1. Der Gipfel
       a
         Am Gipfel.
    """
    blocks = [
        _hit_lines(rank, hit, style, address(hit.id) if style.links else None)
        for rank, hit in enumerate(result.hits, first_rank)
    ]
    if result.total:
        blocks += [facet_lines(name, values, style) for name, values in result.facets.items()]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def similar_text(
    found: Sequence[SimilarHit],
    style: Style,
    *,
    address: Callable[[str], str | None] = lambda _id: None,
) -> str:
    """Documents like one, each with the strongest words that it shares.

    Args:
        found: the documents in their order.
        style, address: as for ``result_text``.

    >>> hit = SimilarHit("a", "Der Gipfel", None, 1.0, (SharedWord("Gipfel", 1.0),))
    >>> print(similar_text([hit], Style()), end="")
    1. Der Gipfel
       a
       shares: Gipfel
    """
    return "\n".join(_similar_block(rank, hit, style, address) for rank, hit in enumerate(found, 1))


def _similar_block(
    rank: int, similar: SimilarHit, style: Style, address: Callable[[str], str | None]
) -> str:
    hit = Hit(similar.id, similar.title, similar.date, similar.score, (), similar.metadata)
    lines = [*_hit_lines(rank, hit, style, address(hit.id) if style.links else None)]
    indent = " " * len(f"{rank}. ")
    words = ", ".join(plain_line(shared.word) for shared in similar.words[:_SHOWN_WORDS])
    shares = f"shares: {words}"
    lines += [indent + shares[a:b] for a, b in line_spans(shares, style.room(len(indent)))]
    return "".join(f"{line}\n" for line in lines)


def _hit_lines(rank: int, hit: Hit, style: Style, address: str | None) -> Iterator[str]:
    label = f"{rank}. "
    indent = " " * len(label)
    title = plain_line(hit.title) or "(no title)"
    room = style.room(len(label))
    for number, (start, end) in enumerate(line_spans(title, room)):
        linked = style.linked(style.bold(title[start:end]), address)
        yield (indent if number else label) + linked
    yield indent + style.dim("  ".join(_facts(hit, style)))
    if hit.entities:
        names = ", ".join(plain_line(entity.name) for entity in hit.entities)
        for start, end in line_spans(names, room):
            yield indent + style.dim(names[start:end])
    bullet = "- " if len(hit.snippets) > 1 else "  "
    for snippet in hit.snippets:
        yield from _snippet_lines(snippet, indent + bullet, style)


def _facts(hit: Hit, style: Style) -> Iterator[str]:
    """Date, source and id; the score where that is asked for."""
    if hit.date:
        yield style.conventions.date(hit.date)
    source = hit.metadata.get("source")
    if isinstance(source, str) and source:
        yield shortened(plain_line(source), _LONGEST_SOURCE)
    yield plain_line(hit.id)
    if hit.hidden:
        yield f"{style.conventions.number(hit.hidden)} nearly the same hidden"
    if style.scores:
        yield f"score {style.conventions.number(hit.score, 4)}"


def _snippet_lines(snippet: Snippet, lead: str, style: Style) -> Iterator[str]:
    text = plain_line(snippet.text)
    for start, end in line_spans(text, style.room(len(lead))):
        yield lead + style.marked(text[start:end], clipped(snippet.spans, start, end))
        lead = " " * len(lead)


def document_text(document: StoredDocument, style: Style, *, wrapped: bool = True) -> str:
    """A document: title, what is known of it, then its text.

    Args:
        document: as the index holds it.
        style: colour and width.
        wrapped: whether to break the text's lines to the width; without it they stay as they are.

    What the document names is marked where the style has colours.

    >>> print(document_text(StoredDocument("a", "Text.", "Titel", None, {}), Style()), end="")
    Titel
    <BLANKLINE>
    id  a
    <BLANKLINE>
    Text.
    """
    head = style.bold(plain_line(document.title) or "(no title)")
    rows = [
        ("id", document.id),
        ("date", style.conventions.date(document.date) if document.date else ""),
    ]
    rows += [(name, value_text(value)) for name, value in document.metadata.items()]
    rows += _entity_rows(document)
    body = "\n".join(_paragraph_lines(document, style, wrapped))
    return f"{head}\n\n{rows_text(rows, style)}\n{body.rstrip()}\n"


def _entity_rows(document: StoredDocument) -> Iterator[tuple[str, str]]:
    for kind in MENTION_FACETS:
        found = [entity for entity in document.entities if entity.kind == kind]
        found.sort(key=lambda entity: (-len(entity.mentions), entity.name))
        yield kind, ", ".join(f"{entity.name} ({len(entity.mentions)})" for entity in found)


def _paragraph_lines(document: StoredDocument, style: Style, wrapped: bool) -> Iterator[str]:
    mentions = sorted(span for entity in document.entities for span in entity.mentions)
    place = 0
    for paragraph in document.text.split("\n"):
        shown = paragraph.removesuffix("\r")
        lines = line_spans(terminal_safe(shown), style.room(0)) if wrapped else []
        for start, end in lines or [(0, len(shown))]:
            yield style.marked(shown[start:end], clipped(mentions, place + start, place + end))
        place += len(paragraph) + 1


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
