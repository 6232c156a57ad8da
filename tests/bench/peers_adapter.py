"""searchkit among its peers: an engine for a side-by-side benchmark of embedded search engines.

The benchmark brings ``adapters.base``; see "Working on searchkit" in the README for how to run it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from typing import Any

from adapters.base import Adapter, Doc, Hit, Page, Query, Row

import searchkit
from searchkit import Document, SearchResult, Settings, build_index, open_index

_FACETS = ("month", "source")


class SearchkitAdapter(Adapter):  # type: ignore[misc]
    """The whole German analysis, entities off; everything through the public interface."""

    def version(self) -> str:
        return f"searchkit {searchkit.__version__}"

    def index(self, docs: Iterable[Doc]) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        build_index(map(_document, docs), self.path, settings=_SETTINGS).close()

    def open(self) -> None:
        self._index = open_index(self.path, settings=_SETTINGS)

    def search(self, query: Query, k: int) -> list[Hit]:
        found = self._index.search_ids(_text(query), limit=k, **_dates(query))
        return [Hit(int(document_id), score) for document_id, score in found]

    def fetch(self, query: Query, k: int) -> list[Row]:
        return list(_rows(self._index.search(_text(query), limit=k, snippets=0, **_dates(query))))

    def search_with_snippets(self, query: Query, k: int) -> list[Row]:
        return list(_rows(self._index.search(_text(query), limit=k, snippets=1, **_dates(query))))

    def search_with_facets(self, query: Query, k: int, snippets: bool = False) -> Page:
        result = self._index.search(
            _text(query), limit=k, snippets=int(snippets), facets=_FACETS, **_dates(query)
        )
        months, sources = (
            {value.value: value.count for value in result.facets[name]} for name in _FACETS
        )
        return Page(list(_rows(result)), months, sources)

    def count(self, query: Query) -> int:
        return self._index.search(_text(query), limit=0, snippets=0, **_dates(query)).total


_SETTINGS = Settings(extractor="none")


def _document(doc: Doc) -> Document:
    return Document(
        str(doc.id), doc.text, title=doc.title, date=doc.when, metadata={"source": doc.source}
    )


def _text(query: Query) -> str:
    if query.kind == "all":
        return " AND ".join(query.terms)
    if query.kind == "phrase":
        return f'"{" ".join(query.terms)}"'
    if query.kind == "bool":
        return " ".join([f"+{term}" for term in query.terms] + [f"-{t}" for t in query.must_not])
    if query.kind == "prefix":
        return f"{query.terms[0]}*"
    return " ".join(query.terms)


def _dates(query: Query) -> dict[str, Any]:
    return {"date_from": query.start, "date_to": query.end} if query.kind == "date" else {}


def _rows(result: SearchResult) -> Iterator[Row]:
    for hit in result.hits:
        snippet = hit.snippets[0].html() if hit.snippets else ""
        yield Row(int(hit.id), hit.score, hit.title, hit.date or "", snippet)
