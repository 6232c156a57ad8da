"""Open German text, for statistics of words: parliamentary records and articles of Wikipedia.

Where both come from, and under which licence, is in ``searchkit/extract/data/NOTICE``.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ARTICLES = ("wiki", "klexikon")


@dataclass(frozen=True, slots=True)
class OpenTexts:
    """The paragraphs of both, as often as they are iterated over.

    Attributes:
        bundestag: xz-compressed text, one paragraph a line.
        klexikon: the folder ``data/raw`` of the data set, with one file for each article.
    """

    bundestag: Path
    klexikon: Path

    def __iter__(self) -> Iterator[str]:
        with lzma.open(self.bundestag, "rt", encoding="utf-8") as lines:
            yield from lines
        for folder in _ARTICLES:
            for path in sorted((self.klexikon / folder).iterdir()):
                for line in path.read_text(encoding="utf-8").splitlines():
                    yield line.strip(" =")  # headings stand between these
