"""An index of some thousand articles, where the development corpora are beside the checkout."""

from __future__ import annotations

import itertools
import json
import lzma

import pytest

from searchkit import Document, Index, build_index

ARTICLES = 2000


@pytest.fixture(scope="session")
def news(shared, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The first of the news articles; not to be changed."""
    path = shared / "data" / "news" / "news-dev.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, ARTICLES)]
    documents = [
        Document(
            *(row["id"], row["text"], row.get("title") or "", row.get("date")),
            metadata={"source": row["source"], "zeichen": len(row["text"])},
        )
        for row in rows
    ]
    index = build_index(documents, tmp_path_factory.mktemp("news"))
    # What is opened once, and is no part of any query.
    index.search("Gipfel Gipfl person:x a* a~1", facets=["person"])
    index.complete("a")
    return index
