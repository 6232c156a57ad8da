"""Tree -> query text that parses to the same tree."""

from __future__ import annotations

import re

from searchkit.query.fields import is_name
from searchkit.query.leaves import GENDER_STAR, WILDCARD_TRAILING
from searchkit.query.lexer import NO_VALUE, OPERATORS, QUOTES, field_prefix
from searchkit.query.tree import (
    Bool,
    Boost,
    DateRange,
    Everything,
    Field,
    Node,
    Nothing,
    NumberRange,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
)

_Part = str | tuple[Node, tuple[type, ...]]

_SYNTAX = re.compile(rf"[\\{QUOTES}()^~*?]")
_SYNTAX_IN_PATTERN = re.compile(rf"[{QUOTES}()^~]")
_BARE_VALUE = re.compile(r"[^\W_](?:\w|[.-](?![.]))*")
_NO_VALUE = re.compile(NO_VALUE)
# What needs parentheses, by where it stands.
_MEMBER = (Bool,)
_BOOSTED = (Bool, Boost)
_IN_FIELD = (Bool, Boost, Field)


def print_query(tree: Node) -> str:
    """Write a tree as query text; with the same fields, parsing it gives an equal tree.

    Args:
        tree: as ``parse_query`` makes it, or built of its nodes: words without blanks, ``Bool``
            made by ``combine``, values in keyword fields only.

    >>> print_query(Bool(must=(Word("Gipfel"), Phrase("Donald Trump")), must_not=(Word("G7"),)))
    'Gipfel AND "Donald Trump" AND NOT G7'
    """
    pieces: list[str] = []
    stack: list[_Part] = [(tree, ())]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part[0], part[1]):
            stack += [")", (part[0], ()), "("]
        else:
            stack += reversed(_parts(part[0]))
    return "".join(pieces)


def _parts(node: Node) -> list[_Part]:
    if isinstance(node, Bool):
        return _members(node)
    if isinstance(node, Boost):
        return [(node.child, _BOOSTED), f"^{_number(node.factor)}"]
    if isinstance(node, Field):
        # A word such as "in" behind a colon would be read as the end of a gender form.
        escape = not isinstance(node.child, _IN_FIELD) and _NO_VALUE.match(_leaf(node.child))
        return [f"{node.name}:\\" if escape else f"{node.name}:", (node.child, _IN_FIELD)]
    return [_leaf(node)]


def _members(node: Bool) -> list[_Part]:
    """The members in order: joined by AND where there is nothing optional, else with signs."""
    joined = len(node.must) > 1 and not node.should
    blank, plus, minus = (" AND ", "", "NOT ") if joined else (" ", "+", "-")
    parts: list[_Part] = []
    for sign, members in ((plus, node.must), ("", node.should), (minus, node.must_not)):
        for member in members:
            parts += [blank if parts else "", sign, (member, _MEMBER)]
    return parts


def _leaf(node: Node) -> str:
    match node:
        case Word():
            fuzzy = f"~{node.fuzzy}" if node.fuzzy else ""
            return (_exact(node.text) if node.exact else _word(node.text)) + fuzzy
        case Phrase():
            return _quoted(node.text) + (f"~{node.slop}" if node.slop else "")
        case Prefix():
            return f"{_word(node.text)}*"
        case Wildcard():
            return _pattern(node.pattern)
        case Value():
            return _value(node.text)
        case DateRange():
            same = node.first == node.last
            return f"{node.first}" if same else f"{node.first or ''}..{node.last or ''}"
        case NumberRange():
            text = "..".join("" if n is None else _number(n) for n in (node.low, node.high))
            return f"\\{text}" if text.startswith("-") else text
        case Everything():
            return "*"
        case Nothing():
            return ""
    raise TypeError(f"{type(node).__name__} is no node of a query tree")


def _word(text: str) -> str:
    return _escaped(text, _SYNTAX, text in OPERATORS)


def _exact(text: str) -> str:
    return "=" + _escaped(text, _SYNTAX, text in OPERATORS or not text[0].isalnum())


def _pattern(pattern: str) -> str:
    if pattern[-1] in WILDCARD_TRAILING:
        escaped = f"{_escaped(pattern[:-1], _SYNTAX_IN_PATTERN)}\\{pattern[-1]}"
    else:
        escaped = _escaped(pattern, _SYNTAX_IN_PATTERN)
    # Two stars mean the same as one, and are never read as that of a gender form.
    return GENDER_STAR.sub("**", escaped)


def _escaped(text: str, syntax: re.Pattern[str], begin: bool = False) -> str:
    """A word with its characters of syntax escaped, and its beginning where asked or needed."""
    escaped = syntax.sub(r"\\\g<0>", text)
    if begin or text[:1] in tuple("+-=["):
        return escaped if escaped.startswith("\\") else f"\\{escaped}"
    name = field_prefix(text)
    if name is None or not is_name(name):
        return escaped
    return f"{name}\\{escaped[len(name) :]}"


def _value(text: str) -> str:
    bare = _BARE_VALUE.fullmatch(text) and text not in OPERATORS
    return text if bare else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _number(number: float) -> str:
    whole = abs(number) < 1e15 and number == int(number)
    return str(int(number)) if whole else repr(float(number))
