"""Query text -> tree: reads anything a person types, and says what it reinterpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from searchkit.config import QueryLimits
from searchkit.query.builder import TreeBuilder
from searchkit.query.faults import IsWord, no_word
from searchkit.query.fields import FieldTable
from searchkit.query.leaves import has_word
from searchkit.query.lexer import OPERATORS, QUOTES, Token, split_words, tokenise
from searchkit.query.notes import Note, Reporter
from searchkit.query.tree import Bool, Node, Nothing, Word, combine

_DEFAULT_LIMITS = QueryLimits()
_OPERATORS = frozenset(OPERATORS.values())
_SURROGATE = re.compile("[\ud800-\udfff]")
_FIRST_WORD = re.compile(r"[^\W_]+")
_QUESTIONS = """
wer wen wem wessen was wann wo wohin woher wie wieso weshalb weswegen warum wieviel wieviele
welch welche welcher welches welchen welchem wobei wodurch wofür wogegen womit wonach woran
worauf woraus worin worüber worum worunter wovon wovor wozu
"""
_QUESTION_WORDS = frozenset(_QUESTIONS.split())


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a query says.

    Args:
        text: the query as typed.
        tree: what it asks for; its spans are offsets in ``text``.
        notes: what was not taken as typed, in the order of the query; 21 at most.
        is_question: whether it ends with a question mark or begins with a question word.
    """

    text: str
    tree: Node
    notes: tuple[Note, ...]
    is_question: bool


def parse_query(
    text: str,
    *,
    fields: FieldTable | None = None,
    strict: bool = False,
    literal: bool = False,
    limits: QueryLimits = _DEFAULT_LIMITS,
    is_word: IsWord = no_word,
) -> ParsedQuery:
    """Read a query; time grows with its length only, whatever it holds.

    Args:
        text: what a person typed; the language is described by ``grammar_help``.
        fields: the fields that may be named; by default those that every index has.
        strict: raise where the query breaks the grammar or a limit, instead of noting it.
        literal: take everything as words, nothing as syntax.
        limits: how large a query may be.
        is_word: whether a text with a colon in it is a word rather than a field and its value.

    Raises:
        QuerySyntaxError: with ``strict``: the query breaks the grammar, at the position given.
        LimitExceeded: with ``strict``: the query is beyond one of the limits.

    >>> parsed = parse_query("Gipfel (Helsinki")
    >>> [str(note) for note in parsed.notes]
    ["'(' is never closed; closed at the end (at character 8)"]
    """
    report = Reporter(text, strict)
    # A lone surrogate is no character and could not be encoded later on.
    kept = _SURROGATE.sub("\ufffd", _cut(text, limits.length, report))
    if literal:
        tree = _words(split_words(kept), limits, report)
    else:
        tree = _tree(kept, fields or FieldTable.default(), limits, report, is_word)
    _remark_on(tree, report)
    return ParsedQuery(text, tree, report.notes(), _is_question(kept))


def _cut(text: str, length: int, report: Reporter) -> str:
    if len(text) > length:
        report.limit(f"the query is longer than {length} characters", "cut there", length)
    return text[:length]


def _words(chunks: Sequence[Token], limits: QueryLimits, report: Reporter) -> Node:
    chunks = [chunk for chunk in chunks if has_word(chunk.text)]
    if len(chunks) > limits.words:
        start = chunks[limits.words].start
        report.limit(f"the query has more than {limits.words} words", "cut there", start)
    words = (Word(chunk.text, (chunk.start, chunk.end)) for chunk in chunks[: limits.words])
    return combine(should=tuple(words))


def _tree(
    text: str, fields: FieldTable, limits: QueryLimits, report: Reporter, is_word: IsWord
) -> Node:
    tokens = tokenise(text, lambda name: fields.get(name) is not None, fields.is_date)
    operators: list[Token] = []
    for token in tokens:
        if token.kind not in _OPERATORS:
            tokens = chain(operators, [token], tokens)
            break
        operators.append(token)
    else:
        tokens = _as_words(operators, report)
    return TreeBuilder(text, fields, limits, report, is_word).build(tokens)


def _as_words(operators: Sequence[Token], report: Reporter) -> Iterator[Token]:
    """The operators of a query that holds nothing else."""
    for token in operators[:1]:
        report.fault(
            f"'{token.text}' has nothing to connect",
            "read as a word",
            token.start,
            f"write words beside it, or \\{token.text} for the word itself",
        )
    return (token._replace(kind="chunk") for token in operators)


def _remark_on(tree: Node, report: Reporter) -> None:
    if isinstance(tree, Nothing):
        report.remark("there is no word to look for", 0)
    elif isinstance(tree, Bool) and not tree.must and not tree.should:
        report.remark("there are only exclusions; everything else is found", 0)


def _is_question(text: str) -> bool:
    if text.rstrip(" \t\r\n)" + QUOTES).endswith("?"):
        return True
    first = _FIRST_WORD.search(text)
    return first is not None and first[0].casefold() in _QUESTION_WORDS
