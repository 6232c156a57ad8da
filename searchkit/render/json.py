"""Answers as JSON: a stable shape with a version, harmless to show in a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from searchkit.explanation import Explanation
from searchkit.markup.escape import REPLACEMENT, SURROGATE, UNSAFE
from searchkit.model import (
    Completion,
    Entity,
    Facet,
    FacetCount,
    Hit,
    IndexStats,
    Scalar,
    SearchResult,
    SimilarHit,
    Snippet,
    StoredDocument,
    UpdateReport,
)

FORMAT_VERSION = 1
Object = dict[str, Any]

# A pair of numbers that the indentation spread over four lines; no JSON string holds a line feed.
_SPREAD_PAIR = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")


def result_object(result: SearchResult) -> Object:
    """An answer as one JSON object.

    Returns:
        ``format_version``, ``query``, ``total``, ``took_ms``, ``hits``, ``facets``, ``notes``,
        ``suggestion``, ``next_cursor`` and ``partial``, in the order of the result; with an
        explanation also ``explanation``; hits have ``entities`` where these were asked for and
        there are any.

    >>> result_object(SearchResult("Gipfel", (), 0, {}, (), None, 0.5))["total"]
    0
    """
    explained = {"explanation": _explanation(result.explanation)} if result.explanation else {}
    return {
        "format_version": FORMAT_VERSION,
        "query": _text(result.query),
        "total": result.total,
        "took_ms": round(result.took_ms, 3),
        "hits": [_hit(hit) for hit in result.hits],
        "facets": {_text(name): _counts(values) for name, values in result.facets.items()},
        "notes": [_text(note) for note in result.notes],
        "suggestion": None if result.suggestion is None else _text(result.suggestion),
        "next_cursor": result.next_cursor,
        "partial": result.partial,
        **explained,
    }


def results_object(results: Sequence[SearchResult]) -> Object:
    """The answers to several queries as one JSON object: ``results``, in order."""
    answers = [result_object(result) for result in results]
    return {"format_version": FORMAT_VERSION, "results": answers}


def _explanation(explanation: Explanation) -> Object:
    return {
        "query": _text(explanation.query),
        "tree": [_text(line) for line in explanation.tree],
        "plan": [_text(line) for line in explanation.plan],
        "hits": [
            {
                "id": _text(hit.id),
                "score": hit.score,
                "parts": [
                    {
                        "field": part.field,
                        "term": _text(part.term),
                        "weight": part.weight,
                        "score": part.score,
                    }
                    for part in hit.parts
                ],
            }
            for hit in explanation.hits
        ],
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
        "entities": _entities(document.entities),
        "text": _text(document.text),
    }


def _entities(entities: Sequence[Entity]) -> list[Object]:
    return [
        {
            "name": _text(entity.name),
            "kind": entity.kind,
            "mentions": [list(span) for span in entity.mentions],
        }
        for entity in entities
    ]


def similar_object(document_id: str, found: Sequence[SimilarHit]) -> Object:
    """Documents like one as a JSON object.

    Returns:
        ``format_version``, ``id`` (of the one), ``similar``: in their order, each with the words
        it shares, the strongest first.

    >>> similar_object("a", [])
    {'format_version': 1, 'id': 'a', 'similar': []}
    """
    return {
        "format_version": FORMAT_VERSION,
        "id": _text(document_id),
        "similar": [
            {
                "id": _text(hit.id),
                "title": _text(hit.title),
                "date": _date(hit.date),
                "score": hit.score,
                "words": [{"word": _text(w.word), "score": w.score} for w in hit.words],
                "metadata": _metadata(hit.metadata),
            }
            for hit in found
        ],
    }


def status_object(
    stats: IndexStats,
    *,
    index: str,
    sources: Sequence[str],
    up_to_date: bool,
    settings: Mapping[str, tuple[Scalar, str]] | None = None,
) -> Object:
    """What an index holds, and whether it still agrees with its sources, as one JSON object.

    Args:
        stats: counts.
        index: the folder of the index.
        sources: what was indexed.
        up_to_date: whether nothing has changed there since.
        settings: by name, the value in force and what set it.
    """
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
        "settings": {
            name: {"value": _scalar(value), "origin": _text(origin)}
            for name, (value, origin) in (settings or {}).items()
        },
    }


def facets_object(facets: Sequence[Facet], query: str) -> Object:
    """The values of facets among the documents that match a query, as one JSON object."""
    return {
        "format_version": FORMAT_VERSION,
        "query": _text(query),
        "facets": [
            {
                "name": _text(facet.name),
                "distinct": facet.distinct,
                "documents": facet.documents,
                "missing": facet.missing,
                "values": _counts(facet.values),
                "notes": [_text(note) for note in facet.notes],
            }
            for facet in facets
        ],
    }


def update_object(report: UpdateReport, sources: Sequence[str]) -> Object:
    """What an update of an index did, as one JSON object."""
    return {
        "format_version": FORMAT_VERSION,
        "sources": [_text(source) for source in sources],
        "added": report.added,
        "replaced": report.replaced,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "skipped": dict(report.skipped),
        "problems": [
            {
                "path": _text(problem.path),
                "line": problem.line,
                "reason": problem.reason,
                "message": _text(problem.message),
                "lost": problem.lost,
            }
            for problem in report.problems
        ],
        "took_s": round(report.took_s, 3),
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
        "hidden": hit.hidden,
        **({"entities": _entities(hit.entities)} if hit.entities else {}),
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
    return {_text(name): _scalar(value) for name, value in metadata.items()}


def _scalar(value: Scalar) -> Scalar:
    return _text(value) if isinstance(value, str) else value


def _date(date: str | None) -> str | None:
    return None if date is None else str(date)


def _text(text: str) -> str:
    """A lone surrogate has no place in JSON; one character stands for it, so spans stay valid."""
    return SURROGATE.sub(REPLACEMENT, text)
