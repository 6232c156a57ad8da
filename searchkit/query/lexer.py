"""Query text -> tokens, in one pass over the text.

Tokens are raw: what a chunk of characters means (word, prefix, date ...) depends on the field
it stands in, and is decided by ``leaves``. The rules are written down in ``grammar``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

TokenKind = Literal[
    "open", "close", "and", "or", "not", "plus", "minus", "field", "exact",
    "chunk", "phrase", "range", "boost", "tilde", "stray",
]  # fmt: skip

OPERATORS: dict[str, TokenKind] = {
    "AND": "and", "UND": "and", "OR": "or", "ODER": "or", "NOT": "not", "NICHT": "not",
}  # fmt: skip

# Which marks may end a phrase, by the one that opens it.
_CLOSING = {
    '"': '"', "„": '“”"', "“": '”“"', "”": "”", "»": "«", "«": "»", "›": "‹", "‹": "›",
}  # fmt: skip
QUOTES = "".join(_CLOSING)

# White space, control characters and marks of direction. Other invisible characters (soft
# hyphen, joiners) may stand inside words; analysis drops them.
_BLANK = r"\s\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
# Forms such as "Lehrer(in)" are the only place for parentheses inside a word.
_GENDER_PARENTHESES = r"(?<=[^\W\d_]{3})\((?:in|innen)\)(?![^\W_])"
_END = rf"(?=[{_BLANK}{QUOTES}()^]|\Z)"
_TILDE_TEXT = rf"~([0-9.,;!?+\-]*+){_END}"

_BLANKS = re.compile(f"[{_BLANK}]*")
_TILDE = re.compile(_TILDE_TEXT)
_BOOST = re.compile(rf"\^([^{_BLANK}{QUOTES}()^~\\]*)")
_RANGE = re.compile(r"\[([^\[\]]*)\]")
# Possessive quantifiers stand behind single characters only: CPython before 3.11.5 gets them wrong
# behind groups.
_CHUNK = re.compile(
    rf"(?:[^{_BLANK}{QUOTES}()^~\\]++|\\[^{_BLANK}]|\\|~(?!{_TILDE_TEXT[1:]})"
    rf"|{_GENDER_PARENTHESES})+"
)
# What makes a colon no field: the scheme of an address, and forms such as "Autor:innen".
NO_VALUE = r"//|in(?:nen)?(?![\w*])"
_FIELD = re.compile(rf"([^{_BLANK}{QUOTES}():^~*?=+\\\[\]]++):(?!{NO_VALUE})")
_PHRASES = {
    mark: re.compile(rf"{mark}([^\\{ends}]*+(?:\\.[^\\{ends}]*+)*)[{ends}]", re.DOTALL)
    for mark, ends in _CLOSING.items()
}

_QUOTED = "|".join(rf"{mark}[^\\{ends}]{{0,99}}[{ends}]" for mark, ends in _CLOSING.items())
_GAP = f"[{_BLANK}]{{0,3}}"
_BARE = rf"[^{_BLANK}{QUOTES}()^~\\]"
_DOTS = r"(?:\.{2,}|…|–)"
# Behind the colon of a date: comparisons and ranges of which an end is quoted. Bounded, so that the
# search for a closing mark stays linear. Compiled when first needed.
_DATES = (
    rf"[<>≤≥]=?(?:{_GAP}(?:{_QUOTED})|[{_BLANK}]{_BARE}{{1,99}}(?<![,;!?]))"
    rf"|(?:{_QUOTED})(?:{_GAP}{_DOTS}{_GAP}(?:{_QUOTED})|{_DOTS}{_BARE}{{0,99}}(?<![,;!?]))"
    rf"|{_BARE}{{0,99}}?{_DOTS}(?:{_QUOTED})"
)
_NO_QUOTES = str.maketrans("", "", QUOTES)


class Token(NamedTuple):
    """A piece of a query; a tuple, as there may be one for every character.

    Args:
        kind: what it is; ``stray`` is a mark of syntax where it means nothing.
        text: what it says, without the marks around it; escapes are still in it.
        start, end: where ``text`` stands in the query; for a mark, the mark itself.
    """

    kind: TokenKind
    text: str
    start: int
    end: int


def tokenise(
    text: str, is_field: Callable[[str], bool], is_date: Callable[[str], bool] = lambda _: False
) -> Iterator[Token]:
    """Cut a query into tokens, in order, no further than they are asked for; never raises.

    Args:
        text: the query.
        is_field: whether a name before a colon is that of a field.
        is_date: whether it is one of dates, where quoted ends make a range: a single phrase.

    >>> [token.kind for token in tokenise('+titel:"G20 Gipfel"', "titel".__eq__)]
    ['plus', 'field', 'phrase']
    """
    return _Lexer(text, is_field, is_date).run()


def split_words(text: str) -> list[Token]:
    """Cut a text at its blanks alone: chunks, in order.

    >>> [token.text for token in split_words("a AND (b")]
    ['a', 'AND', '(b']
    """
    words = re.finditer(f"[^{_BLANK}]+", text)
    return [Token("chunk", word[0], word.start(), word.end()) for word in words]


def without_quotes(text: str) -> str:
    """A text without quotation marks of any kind.

    >>> without_quotes('"Juli 2018"..„Mai 2019“')
    'Juli 2018..Mai 2019'
    """
    return text.translate(_NO_QUOTES)


def field_prefix(text: str) -> str | None:
    """What stands before the colon, where a word looks as if it began with a field."""
    match = _FIELD.match(text)
    return match[1] if match else None


class _Lexer:
    def __init__(
        self, text: str, is_field: Callable[[str], bool], is_date: Callable[[str], bool]
    ) -> None:
        self._text = text
        self._is_field = is_field
        self._is_date = is_date
        self._at = 0
        # What the present step found: a chunk and its suffixes, say.
        self._tokens: list[Token] = []
        # The token that touches the present position and binds what follows, if any.
        self._bound_by: TokenKind | None = None
        # The field that was named last.
        self._field = ""
        # Opening marks known to have no partner further on; keeps the search linear.
        self._unpaired: set[str] = set()

    def run(self) -> Iterator[Token]:
        while self._skip_blanks():
            self._step()
            yield from self._tokens
            self._tokens.clear()

    def _step(self) -> None:
        char = self._text[self._at]
        if self._bound_by == "field" and self._dates():
            return
        if char in "()":
            self._paren(char)
        elif char in QUOTES:
            self._quote(char)
        elif char == "^" or (char == "~" and _TILDE.match(self._text, self._at)):
            self._emit("stray", char, self._at)
        elif not self._sign(char) and not self._exact(char) and not self._field_or_range():
            self._chunk()

    def _skip_blanks(self) -> bool:
        blanks = _BLANKS.match(self._text, self._at)
        assert blanks is not None
        if blanks[0]:
            self._bound_by = None
            self._at = blanks.end()
        return self._at < len(self._text)

    def _emit(self, kind: TokenKind, text: str, start: int, after: int | None = None) -> None:
        end = start + len(text)
        self._tokens.append(Token(kind, text, start, end))
        self._at = end if after is None else after
        self._bound_by = kind if kind in ("plus", "minus", "field", "exact") else None

    def _paren(self, char: str) -> None:
        self._emit("open" if char == "(" else "close", char, self._at)
        if char == ")":
            self._suffixes()

    def _quote(self, mark: str) -> None:
        if mark not in self._unpaired:
            match = _PHRASES[mark].match(self._text, self._at)
            if match:
                self._emit("phrase", match[1], match.start(1), match.end())
                self._suffixes()
                return
            self._unpaired.add(mark)
        self._emit("stray", mark, self._at)

    def _sign(self, char: str) -> bool:
        """``+`` and ``-`` count at the start of a word only, so that ``G20-Gipfel`` is a word."""
        if char not in "+-" or self._bound_by or not self._after_space():
            return False
        following = self._text[self._at + 1 : self._at + 2]
        if not following or following in "+-)^~" or _is_blank(following):
            return False
        self._emit("plus" if char == "+" else "minus", char, self._at)
        return True

    def _after_space(self) -> bool:
        before = self._text[self._at - 1] if self._at else "("
        return before in "()" or _is_blank(before)

    def _exact(self, char: str) -> bool:
        following = self._text[self._at + 1 : self._at + 2]
        if char != "=" or self._bound_by == "exact" or not following:
            return False
        if not following.isalnum() and following not in "\\" + QUOTES:
            return False
        self._emit("exact", char, self._at)
        return True

    def _field_or_range(self) -> bool:
        if self._bound_by == "field":
            match = _RANGE.match(self._text, self._at)
            if match:
                self._emit("range", match[1], match.start(1), match.end())
                self._suffixes()
            return match is not None
        match = None if self._bound_by == "exact" else _FIELD.match(self._text, self._at)
        if not match or not self._is_field(match[1]):
            return False
        following = self._text[match.end() : match.end() + 1]
        if not following or following in ")^~" or _is_blank(following):
            return False
        self._emit("field", match[1], match.start(1), match.end())
        self._field = match[1]
        return True

    def _dates(self) -> bool:
        """A range of which an end is quoted: what it says stands for it, as one phrase would."""
        if not self._is_date(self._field):
            return False
        match = re.compile(_DATES).match(self._text, self._at)
        if not match:
            return False
        text = without_quotes(match[0])
        self._tokens.append(Token("phrase", text, self._at, match.end()))
        self._at, self._bound_by = match.end(), None
        self._suffixes()
        return True

    def _chunk(self) -> None:
        match = _CHUNK.match(self._text, self._at)
        assert match is not None
        suffixed = self._text[match.end() : match.end() + 1] in ("^", "~")
        operator = None if self._bound_by or suffixed else OPERATORS.get(match[0])
        self._emit(operator or "chunk", match[0], match.start())
        if not operator:
            self._suffixes()

    def _suffixes(self) -> None:
        """``^`` and ``~`` count only where they touch what they belong to."""
        while (mark := self._text[self._at : self._at + 1]) in ("^", "~"):
            match = (_BOOST if mark == "^" else _TILDE).match(self._text, self._at)
            if not match:
                return
            self._emit("boost" if mark == "^" else "tilde", match[1], match.start(1), match.end())


def _is_blank(char: str) -> bool:
    blanks = _BLANKS.match(char)
    return blanks is not None and blanks[0] != ""
