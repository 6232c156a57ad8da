"""One token -> one leaf of the tree, as the kind of its field asks."""

from __future__ import annotations

import re

from searchkit.query.fields import FieldInfo, Kind
from searchkit.query.lexer import Token
from searchkit.query.notes import Reporter, shown
from searchkit.query.tree import (
    DateRange,
    Everything,
    Leaf,
    NumberRange,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
)
from searchkit.query.values import read_dates, read_number, read_numbers

# The star of "Bürger*innen", "Bürger*in": followed by the ending and nothing else, or by more
# of a compound after "innen".
GENDER_STAR = re.compile(r"(?<=\w)\*(?=in(?:nen\w*)?(?!\w))")

# Marks at the end of a word that cannot belong to a wildcard, and to a value.
WILDCARD_TRAILING = ".,;!:"
_VALUE_TRAILING = ",;!?"

# A character or an escaped one. A backslash before a blank or at the end is a character.
_UNIT = re.compile(r"\\\S|.", re.DOTALL)
_ESCAPED_QUOTE = re.compile(r"\\([\\\"„“”»«›‹])")
_INNER_QUESTION_MARK = re.compile(r"\?a")


def plain(raw: str) -> str:
    """A chunk with its escapes resolved.

    A backslash makes the next character ordinary. Inside a word it does so for punctuation only,
    so that a path such as ``C:\\temp`` stays what it is.

    >>> plain("\\\\AND"), plain("a\\\\:b"), plain("C:\\\\temp")
    ('AND', 'a:b', 'C:\\\\temp')
    """
    if "\\" not in raw:
        return raw
    return "".join(_plain_unit(unit, at == 0) for at, unit in enumerate(_UNIT.findall(raw)))


def _plain_unit(unit: str, first: bool) -> str:
    return unit[1:] if len(unit) == 2 and (first or not unit[1].isalnum()) else unit


def unquoted(raw: str) -> str:
    """The text of a phrase: escaped quotes and backslashes resolved, all else as it stands."""
    return _ESCAPED_QUOTE.sub(r"\1", raw)


def has_word(text: str) -> bool:
    """Whether there is a letter or a digit to look for."""
    return any(map(str.isalnum, text))


def read_leaf(token: Token, info: FieldInfo | None, report: Reporter) -> Leaf | None:
    """Read a chunk, phrase or bracketed range.

    Args:
        token: one of these three kinds.
        info: the field it stands in, None for running text.
        report: gets a remark where a range runs backwards.

    Returns:
        None where it means nothing there: no letter or digit, no value of that kind.
    """
    kinds = info.kinds if info else ("text",)
    if ("date" in kinds or "number" in kinds) and not ("keyword" in kinds and _single(token)):
        ordered = _read_ordered(token, kinds, report)
        if ordered or not {"keyword", "text"}.intersection(kinds):
            return ordered
    if token.kind == "range":
        return None
    return _read_keyword(token) if "keyword" in kinds else _read_text(token)


def _read_text(token: Token) -> Word | Prefix | Wildcard | Everything | Phrase | None:
    """What a chunk or phrase means in running text; None where it holds no letter or digit."""
    span = (token.start, token.end)
    if token.kind == "phrase":
        return Phrase(unquoted(token.text), span) if has_word(token.text) else None
    text = plain(token.text)
    # An address may well hold a question mark.
    pattern = None if "://" in text else _pattern(token.text)
    if pattern == ["*"]:
        return Everything(span)
    if not has_word(text):
        return None
    if pattern is None:
        return Word(text, span)
    if pattern[-1] == "*" and not {"*", "?"}.intersection(pattern[:-1]):
        return Prefix("".join(unit[-1] for unit in pattern[:-1]), span)
    return Wildcard("".join(pattern), span)


def _pattern(raw: str) -> list[str] | None:
    """The units of a wildcard pattern, its literal ``*``, ``?`` and backslashes escaped.

    None where no ``*`` or ``?`` of the chunk is a wildcard: see "Wildcards" in ``grammar``.
    """
    if "*" not in raw and "?" not in raw:
        return None
    units: list[str] = []
    for unit in _UNIT.findall(_without_trailing(GENDER_STAR.sub(r"\\*", raw), WILDCARD_TRAILING)):
        if unit in ("*", "?"):
            units += [] if unit == "*" and units[-1:] == ["*"] else [unit]
        else:
            literal = _plain_unit(unit, not units)
            units += ["\\" + char if char in "*?\\" else char for char in literal]
    shape = "".join("a" if unit.isalnum() else unit if unit == "?" else "-" for unit in units)
    return units if "*" in units or _INNER_QUESTION_MARK.search(shape) else None


def _without_trailing(raw: str, marks: str) -> str:
    """A chunk without the marks at its end that are not escaped."""
    units = _UNIT.findall(raw)
    while units and units[-1] in marks:
        units.pop()
    return "".join(units)


def _read_keyword(token: Token) -> Value | Prefix | Wildcard | Everything | None:
    """What a chunk or phrase means in a keyword field; None where it is empty."""
    span = (token.start, token.end)
    if token.kind == "phrase":
        text = unquoted(token.text)
        return Value(text, span) if text.strip() else None
    leaf = _read_text(token)
    if isinstance(leaf, Prefix | Wildcard | Everything):
        return leaf
    return Value(plain(_without_trailing(token.text, _VALUE_TRAILING) or token.text), span)


def _single(token: Token) -> bool:
    """Whether a value cannot be a range, so that metadata is compared as it was spelt."""
    return token.kind == "phrase" or read_number(_ordered_text(token)) is not None


def _read_ordered(
    token: Token, kinds: tuple[Kind, ...], report: Reporter
) -> DateRange | NumberRange | Everything | None:
    text, span = _ordered_text(token), (token.start, token.end)
    bracketed = token.kind == "range"
    if text == "*" or (bracketed and text.split() in (["*", "TO", "*"], ["*", "BIS", "*"])):
        return Everything(span)
    if "date" in kinds and (dates := read_dates(text, bracketed=bracketed)):
        if dates.is_turned:
            _remark_turned(token, report)
        return DateRange(dates.low, dates.high, span)
    if "number" in kinds and (numbers := read_numbers(text, bracketed=bracketed)):
        if numbers.is_turned:
            _remark_turned(token, report)
        return NumberRange(numbers.low, numbers.high, span)
    return None


def _ordered_text(token: Token) -> str:
    if token.kind != "chunk":
        return token.text
    text = plain(token.text).rstrip(_VALUE_TRAILING)
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _remark_turned(token: Token, report: Reporter) -> None:
    report.remark(
        f"the range {shown(token.text)} runs backwards; read from its lower end to its upper",
        token.start,
    )
