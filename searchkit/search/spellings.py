"""The values of one facet by how they are spelt, laid out for scans over all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from searchkit.query.wildcards import wildcard_source

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
WORD = re.compile(r"\w+")
# Nobody types more of a value; a regular expression of megabytes takes long to compile.
_LONGEST = 1000
_NO_BREAK = r"[^\n]"
_WORD_END = r"(?!\w)"


class Spellings:
    """Finds values in any case, their umlauts written either way.

    They are one text, a line each, which ``re`` scans faster than Python looks at each.

    Args:
        values: of one facet.

    >>> spellings = Spellings(["Eva Müller", "Müllers Büro", "Jo Mueller"])
    >>> spellings.same("eva mueller"), spellings.with_words("Müller")
    (['Eva Müller'], ['Eva Müller', 'Jo Mueller'])
    >>> spellings.beginning("müll"), spellings.fitting("*MÜLL?r")
    (['Eva Müller', 'Müllers Büro', 'Jo Mueller'], ['Eva Müller', 'Jo Mueller'])
    """

    def __init__(self, values: Iterable[str]) -> None:
        self._values: dict[str, list[str]] = {}
        for value in values:
            self._values.setdefault(spelling(value), []).append(value)

    def same(self, text: str) -> list[str]:
        """The values spelt so."""
        return self._values.get(spelling(text), [])

    def where(self, fits: Callable[[str], bool]) -> list[str]:
        """The values whose spelling fits."""
        return [v for spelt, values in self._values.items() if fits(spelt) for v in values]

    def with_words(self, text: str) -> list[str]:
        """The values that have all words of a text among theirs."""
        words = words_of(text) if len(text) <= _LONGEST else []
        if not words:
            return []
        found = self._lines(_at_word(max(words, key=len)) + _WORD_END)
        return self._of([line for line in found if set(words) <= set(WORD.findall(line))])

    def beginning(self, prefix: str, *, words: bool = True) -> list[str]:
        """The values that begin so or, unless told otherwise, of which a word does."""
        if len(prefix) > _LONGEST:
            return []
        begins = _at_word if words else _at_line
        return self._of(self._lines(begins(_line(prefix))))

    def fitting(self, pattern: str, *, words: bool = True) -> list[str]:
        """The values that fit a wildcard pattern or, unless told otherwise, of which a word does.

        Args:
            pattern: as for ``query.wildcards``; within a word, ``*`` stands for no blank.
            words: whether a word of a value may fit.
        """
        spelt = _line(pattern)
        whole = self._lines(f"^{wildcard_source(spelt, _NO_BREAK, _NO_BREAK)}$")
        if not words:
            return self._of(whole)
        return self._of([*whole, *self._lines(_word_source(spelt))])

    def _of(self, lines: Iterable[str]) -> list[str]:
        return [value for line in dict.fromkeys(lines) for value in self._values[line]]

    def _lines(self, source: str) -> list[str]:
        """The spellings in which a regular expression matches somewhere."""
        text, starts, spelt = self._table
        found = re.compile(source, re.MULTILINE).finditer(text)
        return [spelt[bisect_right(starts, match.start()) - 1] for match in found]

    @cached_property
    def _table(self) -> tuple[str, Sequence[int], Sequence[str]]:
        """All spellings with a line break between, where each begins, and each."""
        spelt = list(self._values)
        starts = accumulate((len(each) + 1 for each in spelt), initial=0)
        return "\n".join(each.replace("\n", " ") for each in spelt), list(starts)[:-1], spelt


def spelling(text: str) -> str:
    """A value without its case and with umlauts written out.

    >>> spelling("MÜLLER")
    'mueller'
    """
    return text.casefold().translate(_WRITTEN_OUT)


def _line(text: str) -> str:
    """The spelling of a text as a line has it."""
    return spelling(text).replace("\n", " ")


def words_of(text: str) -> list[str]:
    """The words of a value, as they are spelt."""
    return WORD.findall(spelling(text))


def _at_word(text: str) -> str:
    """Matches a text where no word goes on; begins with it, for which ``re`` scans quickly."""
    literal = re.escape(text)
    return rf"{literal}(?<!\w{literal})"


def _at_line(text: str) -> str:
    """Matches a text where a line begins, as quickly."""
    literal = re.escape(text)
    return f"{literal}(?<=^{literal})"


def _word_source(pattern: str) -> str:
    """Matches words that fit a wildcard pattern."""
    if pattern[:1] == "*" and "*" not in pattern[1:]:
        begin, rest = "", pattern[1:]  # wherever the word begins
    elif pattern[:1] in ("", "*", "?", "\\"):
        begin, rest = r"(?<!\w)", pattern
    else:
        begin, rest = _at_word(pattern[0]), pattern[1:]
    return begin + wildcard_source(rest, r"\w", r"\w") + _WORD_END
