"""searchkit for the relevance harness beside the checkout (``relevance.py``), and plain Snowball.

    python ../shared/evaluation/relevance.py \\
        --collection squad:../shared/data/relevance/xquad.de.json \\
        --system plain=tests.relevance.adapter:make,parts=0,exact=0,stop_words=1,plain=yes \\
        --system searchkit=tests.relevance.adapter:make --baseline plain

with the checkout in ``PYTHONPATH``. ``title``, ``exact``, ``parts``, ``stop_words``, ``k1``,
``b``, ``rarity`` and ``opening`` set weights of ``searchkit.Ranking``; ``plain=yes`` indexes no
parts of compounds, lets the beginning of a text count like the rest and rarity as in BM25;
``correct=no`` asks what was typed and nothing else; ``path=FOLDER`` keeps the index for another
run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path

from searchkit import Document, IndexNotFound, Ranking, Settings, build_index, open_index


class Adapter:
    """An index of one collection, asked through the public interface."""

    def __init__(
        self, plain: bool = False, path: str = "", correct: bool = True, **weights: float
    ) -> None:
        known = {field.name for field in fields(Ranking)}
        assert set(weights) <= known, f"weights are {sorted(known)}"
        ranking = Ranking(rarity=1.0, opening=0) if plain else Ranking()
        ranking = replace(ranking, **{name: float(value) for name, value in weights.items()})
        self._settings = Settings(extractor="none", ranking=ranking, compounds=not plain)
        self._path = path
        self._correct = correct
        self._folder = tempfile.TemporaryDirectory()

    def index(self, docs: Iterable[dict[str, str]]) -> None:
        """Build, or open what was kept."""
        folder = Path(self._path or self._folder.name) / "index"
        try:
            self._index = open_index(folder, settings=self._settings)
        except IndexNotFound:
            documents = (Document(str(d["id"]), d["text"], d["title"]) for d in docs)
            self._index = build_index(documents, folder, settings=self._settings)

    def search(self, query: str, k: int) -> list[str]:
        """The ids of the best ``k``."""
        # Titles and questions are no query language: their quotation marks ask for no phrase.
        found = self._index.search(
            query, limit=k, snippets=False, correct=self._correct, literal=True
        )
        return [hit.id for hit in found.hits]

    def close(self) -> None:
        """Remove an index that was not to be kept."""
        self._index.close()
        self._folder.cleanup()


make = Adapter
