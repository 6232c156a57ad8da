"""Finds and reads the documents of a corpus: seed texts, plain text, Markdown, JSON Lines.

Nothing that lies in a corpus folder is trusted: links are not followed, pipes and devices not
opened, sizes bounded, and whatever cannot be read is reported with its place while the rest is.
"""

from __future__ import annotations

from searchkit.corpus.limits import CorpusLimits
from searchkit.corpus.reader import Corpus, Found
from searchkit.corpus.snapshot import changed_since, snapshot
from searchkit.corpus.states import FileState
from searchkit.corpus.titles import derive_title

__all__ = [
    "Corpus",
    "CorpusLimits",
    "FileState",
    "Found",
    "changed_since",
    "derive_title",
    "snapshot",
]
