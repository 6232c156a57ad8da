"""Turn pages while the index changes, without doublets; offer what is like a document."""

from collections.abc import Iterator
from pathlib import Path

import searchkit


def pages(index: searchkit.Index, query: str) -> Iterator[searchkit.SearchResult]:
    """Page after page; from the first one again where the index has changed meanwhile."""
    cursor: str | None = None
    while True:
        try:
            result = index.search(query, limit=2, cursor=cursor, collapse="duplicates")
        except searchkit.CursorInvalid:
            cursor = None
            continue
        yield result
        cursor = result.next_cursor
        if cursor is None:
            return


def main(folder: Path) -> None:
    """Index reports of several agencies, read on, and look around."""
    report = "Am Gipfel in Helsinki nahmen beide Präsidenten teil."
    texts = [
        searchkit.Document("dpa-1", report, date="2018-07-16"),
        searchkit.Document("afp-1", report, date="2018-07-15"),
        searchkit.Document("dpa-2", "Vor dem Gipfel sprach die Kanzlerin.", date="2018-07-14"),
        searchkit.Document("dpa-3", "Der Gipfel endete ohne Erklärung.", date="2018-07-13"),
    ]
    index = searchkit.build_index(texts, folder / "index")
    for number, result in enumerate(pages(index, "Gipfel")):
        print([(hit.id, hit.hidden) for hit in result.hits], "of", result.total)
        if number == 0:
            index.add([searchkit.Document("dpa-4", "Ein Gipfel der Minister folgt.")])
    for like in index.similar("dpa-1", limit=1):
        print(like.id, [shared.word for shared in like.words[:2]])
