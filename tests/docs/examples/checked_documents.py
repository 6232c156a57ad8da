"""What is wrong with a document is said when it is made: which field, of which document."""

from pathlib import Path

import searchkit


def main(folder: Path) -> None:
    """Index what can be indexed, and say what cannot."""
    rows = [
        {"id": "a", "text": "Der Pegel steigt.", "date": "2019-05"},
        {"id": "b", "text": "Der Pegel fällt.", "date": "gestern"},
        {"id": "", "text": "Der Pegel bleibt."},
    ]
    documents = []
    for row in rows:
        try:
            documents.append(searchkit.Document(row["id"], row["text"], date=row.get("date")))
        except searchkit.DocumentInvalid as error:
            print(f"{error.code}: {error.message}")
    with searchkit.build_index(documents, folder / "index") as index:
        print(index.stats().documents)
