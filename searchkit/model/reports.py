"""What is said of an index: how large it is, and what an update did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What an index holds.

    Args:
        documents: how many documents.
        terms: how many different stems, over all fields.
        size_bytes: the files of the generation in use.
        generation: its number, growing by one with every commit.
        fields: the facets and filters there are: the built-in ones, then metadata by name.

    >>> stats = index.stats()
    >>> stats.documents, stats.fields
    (1, ('year', 'month', 'day', 'person', 'place', 'organisation', 'mentioned_date'))
    """

    documents: int
    terms: int
    size_bytes: int
    generation: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A text, line or file of a corpus that was not indexed as it stands.

    Args:
        path: the file, as it was named or found.
        line: its line, from 1; ``None`` for the file as a whole.
        reason: a stable code: ``empty``, ``nul-byte``, ``invalid-json``, ``invalid-document``,
            ``duplicate-id``, ``unreadable``, ``too-large``; as remarks ``decoding``,
            ``invalid-date``, ``metadata``, ``no-id``.
        message: what was found, in one line.
        lost: whether the text was left out; False for a mere remark.

    >>> print(Problem("a.jsonl", 3, "invalid-json", "is no JSON object"))
    a.jsonl:3: is no JSON object
    """

    path: str
    line: int | None
    reason: str
    message: str
    lost: bool = True

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update of an index did.

    Args:
        added, replaced, removed, unchanged: documents by what became of them.
        skipped: files not read, counted by reason (``hidden``, ``link``, ``special``, ``other``,
            ``unreadable``).
        problems: what could not be indexed as it stands, in the order met.
        took_s: seconds it took.

    >>> lost = Problem("leer.txt", None, "empty", "there is no text in it")
    >>> report = UpdateReport(2, 0, 0, 0, {"hidden": 1}, (lost,), 0.1)
    >>> report.added, report.lost
    (2, 1)
    """

    added: int
    replaced: int
    removed: int
    unchanged: int
    skipped: Mapping[str, int]
    problems: tuple[Problem, ...]
    took_s: float

    def __hash__(self) -> int:
        return hash((self.added, self.replaced, self.removed, self.unchanged))

    @property
    def lost(self) -> int:
        """How many texts were left out for a problem."""
        return sum(problem.lost for problem in self.problems)
