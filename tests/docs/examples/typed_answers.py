"""What a type checker knows of the answers: mypy, strict, compares every line of this."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import assert_type

import searchkit
from searchkit import Document, Facet, Hit, Passage, SearchResult, SimilarHit, StoredDocument


def checked(index: searchkit.Index) -> list[str]:
    """Ask for everything once; the ids found."""
    result = assert_type(
        index.search("Pegel", facets=["year"], filters={"land": "de"}), SearchResult
    )
    hits = assert_type(result.hits, tuple[Hit, ...])
    assert_type(hits[0].date, searchkit.PartialDate | None)
    assert_type(hits[0].score, float)
    assert_type(hits[0].snippets[0].html(), str)
    assert_type(hits[0].metadata, Mapping[str, str | int | float | bool])
    assert_type(result.facets["year"][0].count, int)
    assert_type(result.next_cursor, str | None)
    assert_type(index.similar(hits[0].id), tuple[SimilarHit, ...])
    assert_type(index.passages("Pegel"), tuple[Passage, ...])
    assert_type(index.facet("year"), Facet)
    assert_type(index.get("elbe"), StoredDocument)
    assert_type(index.scan(), Iterator[StoredDocument])
    assert_type(index.search_many(["Pegel", "Elbe"]), Iterator[SearchResult])
    assert_type(index.search_ids("Pegel"), list[tuple[str, float]])
    assert_type(index.add([Document("main", "Der Main.")]), searchkit.UpdateReport)
    return [hit.id for hit in hits]


def main(folder: Path) -> None:
    """Run what was checked, for a checker believes what it is told."""
    elbe = Document("elbe", "Der Pegel.", date="2019-05", metadata={"land": "de"})
    with searchkit.build_index([elbe], folder / "index") as index:
        print(checked(index))
