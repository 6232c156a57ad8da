"""Words of a user's own kind that stay whole: product numbers, hashtags, ``C++``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from searchkit.text.normalise import is_normal, normalise


class WordPatterns:
    """Finds the words that some patterns say are one.

    Args:
        patterns: regular expressions, checked by ``Settings``. A word fits one of them in any case,
            has a letter or digit in it and none beside it, and no white space.

    >>> [word[0] for word in WordPatterns([r"#\\w+"]).words("(#BTW21)", r"\\w+")]
    ['#BTW21']
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        any_of_them = "|".join(f"(?:{pattern})" for pattern in patterns)
        # No letter or digit beside it: else every letter of a long word would be a beginning.
        self._source = rf"(?P<whole>(?<![^\W_])(?i:{any_of_them})(?![^\W_]))"
        self._whole = re.compile(self._source)

    def touch(self, chunk: str) -> bool:
        """Whether such a word may be in a chunk of text."""
        return self._whole.search(chunk if is_normal(chunk) else normalise(chunk)[0]) is not None

    def fit(self, form: str) -> bool:
        """Whether a word, in normal form, is one of these."""
        return self._whole.fullmatch(form) is not None and any(map(str.isalnum, form))

    def words(self, text: str, others: str) -> Iterator[tuple[str, int, int, bool]]:
        """The words of a text without white space: form, start, end, and whether a pattern fits.

        Args:
            text: in normal form.
            others: a regular expression for all other words.
        """
        for match in re.finditer(f"{self._source}|{others}", text):
            if any(map(str.isalnum, match[0])):
                yield match[0], match.start(), match.end(), match.lastgroup == "whole"
