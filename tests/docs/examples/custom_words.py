"""Words, fields and metadata of one's own: part numbers that stay whole, prices to filter by."""

from pathlib import Path

import searchkit

SETTINGS = searchkit.Settings(word_patterns=(r"[A-Z]-\d+(?:/\d+)?", r"#\w+"))
PARTS = [
    searchkit.Document(
        "ventil",
        "Das Ventil A-123/45 ersetzt A-123/44. #Wartung",
        title="Ventil",
        metadata={"lager": "Bremen", "preis": 19.5},
    ),
    searchkit.Document(
        "pumpe",
        "Zur Pumpe passt jedes Ventil der Reihe A-123. Die Wartung ist einfach.",
        title="Pumpe",
        metadata={"lager": "Kiel", "preis": 240},
    ),
]


def main(folder: Path) -> None:
    """Index parts, and ask for them by number, hashtag, price and place."""
    with searchkit.build_index(PARTS, folder / "index", settings=SETTINGS) as index:
        for query in ("a-123/45", "A-123", "#wartung", "Ventil AND preis:[10 TO 20]", "lager:kiel"):
            print(query, [hit.id for hit in index.search(query).hits])
        print(index.search("a-123/45").hits[0].snippets[0].html())
        print([(each.value, each.count) for each in index.facet("lager", order="value").values])
    # The patterns are part of the index: it opens with the same only.
    try:
        searchkit.open_index(folder / "index")
    except searchkit.SettingsMismatch as error:
        print(error.code)
