"""Collects what could not be read as it stands, without growing with the corpus."""

from __future__ import annotations

from dataclasses import dataclass, replace

from searchkit.model import Problem


@dataclass(frozen=True, slots=True)
class Remark:
    """What a parser has to say about one text.

    Args:
        reason: a stable code, see `searchkit.corpus.Corpus`.
        message: what was found, in one line.
        name: the field it concerns; remarks on one field are counted together.
        lost: whether the text has to be left out.
    """

    reason: str
    message: str
    name: str = ""
    lost: bool = False


class ProblemLog:
    """Problems in the order met, bounded for each file and reason.

    A mere remark is listed once for each file, reason and field, a loss up to ``limit`` times;
    what comes after is counted in the message of the last one listed.

    Args:
        limit: how many losses of one reason are listed for one file, 1 or more.

    >>> log = ProblemLog(limit=1000)
    >>> for line in (3, 5, 8):
    ...     log.add("a.jsonl", line, Remark("decoding", "is not UTF-8"))
    >>> [str(problem) for problem in log.problems]
    ['a.jsonl:3: is not UTF-8 (and 2 more like it)']
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._listed: list[Problem] = []
        self._counts: dict[tuple[str, str, str], int] = {}
        self._more: dict[int, int] = {}  # place in the list -> how many it stands for besides
        self._last: dict[tuple[str, str, str], int] = {}

    def add(self, path: str, line: int | None, remark: Remark) -> None:
        """Note a remark on a line of a file; ``None`` for the file as a whole."""
        key = (path, remark.reason, remark.name)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count <= (self._limit if remark.lost else 1):
            self._last[key] = len(self._listed)
            self._listed.append(Problem(path, line, remark.reason, remark.message, remark.lost))
        else:
            place = self._last[key]
            self._more[place] = self._more.get(place, 0) + 1

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was noted, in the order first met."""
        return tuple(
            replace(problem, message=f"{problem.message} (and {self._more[place]:,} more like it)")
            if place in self._more
            else problem
            for place, problem in enumerate(self._listed)
        )
