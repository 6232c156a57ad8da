"""Find the passages that answer a question, with their places, for a program that quotes them."""

from pathlib import Path

import searchkit

TEXTS = {
    "elbe": "Die Elbe entspringt im Riesengebirge. Sie mündet bei Cuxhaven in die Nordsee.",
    "rhein": "Der Rhein entspringt in den Alpen. Er mündet bei Rotterdam in die Nordsee.",
}


def main(folder: Path) -> None:
    """Ask, and quote what was found with its source."""
    documents = [searchkit.Document(name, text) for name, text in TEXTS.items()]
    with searchkit.build_index(documents, folder / "index") as index:
        for passage in index.passages("Wo mündet die Elbe?", limit=1, length=100):
            print(f"[{passage.id} {passage.start}-{passage.end}] {passage.text}")
