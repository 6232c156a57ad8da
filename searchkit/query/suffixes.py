"""What may follow an operand directly: ``~n`` (looser) and ``^n`` (weightier)."""

from __future__ import annotations

import re
from dataclasses import replace

from searchkit.query.lexer import Token
from searchkit.query.notes import Reporter, shown
from searchkit.query.tree import Boost, Field, Node, Phrase, Value, Word
from searchkit.query.values import read_number

_MAX_FACTOR = 1000.0
_MAX_FUZZY = 2
_MAX_SLOP = 100
_PUNCTUATION = ".,;!?"
_WHOLE = re.compile(r"[0-9]{1,6}")


def boosted(node: Node, token: Token, report: Reporter) -> Node:
    """Weigh a node by the number behind ``^``; unchanged where that is none or out of range."""
    factor = read_number(token.text.rstrip(_PUNCTUATION))
    hint = f"write a number above 0, at most {_MAX_FACTOR:.0f}, as in Gipfel^2"
    if factor is not None and 0 < factor <= _MAX_FACTOR:
        return Boost(node, factor)
    report.fault(f"{shown('^' + token.text)} is no weight", "left out", token.start, hint)
    return node


def loosened(node: Node, token: Token, report: Reporter) -> Node:
    """Let a word have typing errors, or a phrase gaps; other nodes stay unchanged."""
    if isinstance(node, Field | Boost):
        return replace(node, child=loosened(node.child, token, report))
    if isinstance(node, Value):
        # Values are compared as a whole, and ids of files may well end in "~1".
        return replace(node, text=f"{node.text}~{token.text}".rstrip(",;!?"))
    if isinstance(node, Word):
        return replace(node, fuzzy=_count(token, "1", _MAX_FUZZY, node.fuzzy, report))
    if isinstance(node, Phrase):
        return replace(node, slop=_count(token, "", _MAX_SLOP, node.slop, report))
    report.fault(
        f"{shown('~' + token.text)} follows neither a word nor a phrase",
        "left out",
        token.start,
        'write it directly behind, as in Putn~1 or "Trump Putin"~5',
    )
    return node


def is_forgiving(node: Node) -> bool:
    """Whether a node is a word that may have typing errors, whatever its field and weight."""
    while isinstance(node, Field | Boost):
        node = node.child
    return isinstance(node, Word) and node.fuzzy > 0


def _count(token: Token, default: str, most: int, unchanged: int, report: Reporter) -> int:
    text = token.text.rstrip(_PUNCTUATION) or default
    hint = f"write a whole number, at most {most}"
    if not _WHOLE.fullmatch(text):
        what = f"{shown('~' + token.text)} is no whole number"
        report.fault(what, "left out", token.start, hint)
        return unchanged
    if int(text) > most:
        report.fault(f"'~{text}' is more than {most}", f"read as ~{most}", token.start, hint)
    return min(int(text), most)
