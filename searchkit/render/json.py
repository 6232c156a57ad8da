"""Answers as JSON: a stable shape with a version, harmless to show in a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from searchkit.markup.escape import REPLACEMENT, SURROGATE, UNSAFE
from searchkit.model import (
    Completion,
    FacetCount,
    Hit,
    IndexStats,
    Scalar,
    SearchResult,
    Snippet,
    StoredDocument,
)

FORMAT_VERSION = 1
Object = dict[str, Any]

# A pair of numbers that the indentation spread over four lines; no JSON string holds a line feed.
_SPREAD_PAIR = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")


def result_object(result: SearchResult) -> Object:
    """An answer as one JSON object.

    Returns:
        ``format_version``, ``query``, ``total``, ``took_ms``, ``hits``, ``facets``, ``notes`` and
        ``suggestion``, in the order of the result.

    >>> result_object(SearchResult("Gipfel", (), 0, {}, (), None, 0.5))["total"]
    0
    """
    return {
        "format_version": FORMAT_VERSION,
        "query": _text(result.query),
        "total": result.total,
        "took_ms": round(result.took_ms, 3),
        "hits": [_hit(hit) for hit in result.hits],
        "facets": {_text(name): _counts(values) for name, values in result.facets.items()},
        "notes": [_text(note) for note in result.notes],
        "suggestion": None if result.suggestion is None else _text(result.suggestion),
    }


def result_messages(result: SearchResult) -> Iterator[Object]:
    """An answer as typed messages, one for each line of a JSON Lines file.

    Returns:
        One ``summary`` (with the ``format_version``), one ``hit`` each, one ``facet`` each.

    >>> [m["type"] for m in result_messages(SearchResult("x", (), 0, {"year": []}, (), None, 0.5))]
    ['summary', 'facet']
    """
    whole = result_object(result)
    hits, facets = whole.pop("hits"), whole.pop("facets")
    yield {"type": "summary", **whole}
    for hit in hits:
        yield {"type": "hit", **hit}
    for name, values in facets.items():
        yield {"type": "facet", "name": name, "values": values}


def document_object(document: StoredDocument) -> Object:
    """A stored document as one JSON object; mentions are code point offsets into ``text``."""
    return {
        "format_version": FORMAT_VERSION,
        "id": _text(document.id),
        "title": _text(document.title),
        "date": _date(document.date),
        "metadata": _metadata(document.metadata),
        "entities": [
            {
                "name": _text(entity.name),
                "kind": entity.kind,
                "mentions": [list(span) for span in entity.mentions],
            }
            for entity in document.entities
        ],
        "text": _text(document.text),
    }


def status_object(
    stats: IndexStats, *, index: str, sources: Sequence[str], up_to_date: bool
) -> Object:
    """What an index holds, and whether it still agrees with its sources, as one JSON object."""
    return {
        "format_version": FORMAT_VERSION,
        "index": _text(index),
        "documents": stats.documents,
        "terms": stats.terms,
        "size_bytes": stats.size_bytes,
        "generation": stats.generation,
        "fields": [_text(name) for name in stats.fields],
        "sources": [_text(source) for source in sources],
        "up_to_date": up_to_date,
    }


def completions_object(prefix: str, found: Sequence[Completion]) -> Object:
    """Words and names that begin with a prefix, as one JSON object."""
    return {
        "format_version": FORMAT_VERSION,
        "prefix": _text(prefix),
        "completions": [{"value": _text(c.value), "count": c.count} for c in found],
    }


def json_text(value: Object, *, indent: int | None = 2) -> str:
    """A JSON object as text that no terminal misreads.

    Umlauts stay readable; control, bidirectional and invisible characters are written as
    ``\\\\uXXXX``, so that a program reads back exactly what the document holds.

    Args:
        value: as the other functions of this module make it.
        indent: blanks per level; ``None`` puts everything on one line.

    >>> json_text({"title": "Müller\\u202e"}, indent=None)
    '{"title": "Müller\\\\u202e"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return UNSAFE.sub(_escape, _SPREAD_PAIR.sub(r"[\1, \2]", text))


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f"


def _hit(hit: Hit) -> Object:
    return {
        "id": _text(hit.id),
        "title": _text(hit.title),
        "date": _date(hit.date),
        "score": hit.score,
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        "metadata": _metadata(hit.metadata),
    }


def _snippet(snippet: Snippet) -> Object:
    return {
        "text": _text(snippet.text),
        "spans": [list(span) for span in snippet.spans],
        "offset": snippet.offset,
    }


def _counts(values: Sequence[FacetCount]) -> list[Object]:
    return [{"value": _text(each.value), "count": each.count} for each in values]


def _metadata(metadata: Mapping[str, Scalar]) -> Object:
    return {
        _text(name): _text(value) if isinstance(value, str) else value
        for name, value in metadata.items()
    }


def _date(date: str | None) -> str | None:
    return None if date is None else str(date)


def _text(text: str) -> str:
    """A lone surrogate has no place in JSON; one character stands for it, so spans stay valid."""
    return SURROGATE.sub(REPLACEMENT, text)
