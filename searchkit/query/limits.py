"""How large a query may be."""

from __future__ import annotations

from dataclasses import dataclass

from searchkit.errors import ConfigurationError

# Comparing or showing a much deeper tree could reach Python's recursion limit.
_MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """Bounds on one query.

    Args:
        length: code points, from 0; what is longer is cut.
        words: words, those of phrases and values included, from 0; further ones are left out.
        depth: parentheses inside one another, 0 to 50; deeper ones are ignored.
        phrase_words: words of one phrase, from 1; further ones are left out.

    Raises:
        ConfigurationError: a limit is out of its range.

    >>> QueryLimits(depth=5).length
    10000
    """

    length: int = 10_000
    words: int = 256
    depth: int = 50
    phrase_words: int = 100

    def __post_init__(self) -> None:
        if min(self.length, self.words, self.phrase_words - 1, self.depth) < 0:
            raise ConfigurationError(f"{self} has a limit below its range", "choose a larger one")
        if self.depth > _MAX_DEPTH:
            raise ConfigurationError(
                f"queries cannot nest {self.depth} deep", f"choose a depth of 0 to {_MAX_DEPTH}"
            )
