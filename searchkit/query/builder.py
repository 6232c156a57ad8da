"""Tokens -> tree. Open parentheses are kept on a stack of our own, not on Python's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from searchkit.config import QueryLimits
from searchkit.query.faults import Faults, IsWord
from searchkit.query.fields import FieldInfo, FieldTable
from searchkit.query.groups import Group, Operand
from searchkit.query.leaves import has_word, plain, read_leaf, unquoted
from searchkit.query.lexer import Token, TokenKind
from searchkit.query.notes import Reporter
from searchkit.query.suffixes import boosted, is_forgiving, loosened
from searchkit.query.tree import (
    Boost,
    Field,
    Leaf,
    Node,
    Nothing,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
)

# More than a word can use, with a sign, a field, parentheses, suffixes and an operator.
_MARKS_PER_WORD = 10
_WORD = re.compile(r"\S+")


class TreeBuilder:
    """Builds the tree of one query.

    Args:
        text: the query the tokens come from.
        fields: the fields that may be named.
        limits: bounds on words and depth.
        report: gets everything that is not taken as typed.
        is_word: whether a text with a colon in it is a word.
    """

    def __init__(
        self,
        text: str,
        fields: FieldTable,
        limits: QueryLimits,
        report: Reporter,
        is_word: IsWord,
    ) -> None:
        self._fields = fields
        self._limits = limits
        self._report = report
        self._faults = Faults(text, fields, limits, report, is_word)
        self._groups = [Group(None, 0)]
        # Parentheses open beyond the depth allowed; they close before any other.
        self._ignored = 0
        self._words = 0
        self._patterns = 0
        leaves: tuple[TokenKind, ...] = ("chunk", "phrase", "range")
        self._handlers: dict[TokenKind, Callable[[Token], None]] = {
            **dict.fromkeys(leaves, self._leaf),
            "open": self._open,
            "close": self._close,
            "and": self._join,
            "or": self._join,
            "not": self._sign,
            "plus": self._sign,
            "minus": self._sign,
            "field": self._name,
            "exact": self._exact,
            "boost": self._suffix,
            "tilde": self._suffix,
            "stray": self._stray,
        }

    def build(self, tokens: Iterable[Token]) -> Node:
        """Build the tree; for one call."""
        for count, token in enumerate(tokens):
            self._words += self._words_in(token)
            if self._words > self._limits.words:
                self._faults.too_many_words(token)
                break
            if count == self._limits.words * _MARKS_PER_WORD:
                self._faults.too_many_marks(token)
                break
            self._handlers[token.kind](token)
        while len(self._groups) > 1:
            self._faults.unclosed(self._group.opened_at)
            self._finish()
        self._end(self._group)
        for node in self._group.mere_alternatives(self._is_filter):
            self._faults.no_condition(node)
        return self._group.node()

    @property
    def _group(self) -> Group:
        return self._groups[-1]

    def _is_filter(self, node: Node) -> bool:
        """Whether a node is a date, a number or a value, and adds nothing to a score."""
        while isinstance(node, Boost):
            node = node.child
        info = self._fields.get(node.name) if isinstance(node, Field) else None
        return info is not None and "text" not in info.kinds

    def _words_in(self, token: Token) -> int:
        if token.kind == "phrase":
            return min(len(token.text.split()), self._limits.phrase_words)
        return int(token.kind == "range" or (token.kind == "chunk" and has_word(token.text)))

    def _open(self, token: Token) -> None:
        group = self._group
        if len(self._groups) > self._limits.depth:
            self._ignored += 1
            self._faults.too_deep(token)
            return
        name = group.waiting.name
        inner = self._fields.get(name.text) if name else group.scope
        self._groups.append(Group(inner, token.start))

    def _close(self, token: Token) -> None:
        if self._ignored:
            self._ignored -= 1
            self._group.last = None
        elif len(self._groups) > 1:
            self._finish()
        else:
            self._group.last = None
            self._faults.unopened(token)

    def _finish(self) -> None:
        """End the innermost group and make it an operand of the one around."""
        self._end(self._group)
        group = self._groups.pop()
        node = group.node()
        if isinstance(node, Nothing):
            self._faults.empty_group(group.opened_at)
            self._group.skip()
        else:
            self._add(node)

    def _end(self, group: Group) -> None:
        self._drop_waiting(group)
        if group.joiner:
            self._faults.lonely(group.joiner)

    def _drop_waiting(self, group: Group) -> None:
        """Report what waits for an operand that does not come."""
        for token in (*group.waiting.signs, group.waiting.name, group.waiting.exact):
            if token:
                self._faults.lonely(token)
        group.skip()

    def _join(self, token: Token) -> None:
        group = self._group
        self._drop_waiting(group)
        if group.joiner or not group.clauses:
            self._faults.lonely(token)
        else:
            group.joiner = token

    def _sign(self, token: Token) -> None:
        self._group.waiting.signs.append(token)

    def _name(self, token: Token) -> None:
        self._group.waiting.name = token

    def _exact(self, token: Token) -> None:
        self._group.waiting.exact = token

    def _stray(self, token: Token) -> None:
        self._faults.stray(token)

    def _suffix(self, token: Token) -> None:
        last = self._group.last
        if last is None:
            return
        if token.kind == "tilde":
            last.node = self._loosened(last.node, token)
        elif last.weighted:
            self._faults.second_weight(token)
        else:
            last.node = boosted(last.node, token, self._report)
            last.weighted = True

    def _loosened(self, node: Node, token: Token) -> Node:
        found = loosened(node, token, self._report)
        if is_forgiving(found) and self._is_pattern_too_many():
            self._faults.too_many_patterns(token.start, "this one read as written")
            return node
        return found

    def _is_pattern_too_many(self) -> bool:
        self._patterns += 1
        return self._patterns > self._limits.patterns

    def _leaf(self, token: Token) -> None:
        group = self._group
        name = group.waiting.name
        info = self._fields.get(name.text) if name else group.scope
        leaf = read_leaf(token, info, self._report) or self._fallback(token, info)
        if isinstance(leaf, Wildcard) and len(leaf.pattern) > self._limits.pattern:
            self._faults.long_pattern(leaf)
            leaf = None
        elif isinstance(leaf, Wildcard | Prefix) and self._is_pattern_too_many():
            self._faults.too_many_patterns(token.start, "this one left out")
            leaf = None
        if leaf is None:
            group.skip()
            return
        if token.kind == "chunk" and not name:
            self._faults.check_name(token)
        self._add(self._made_exact(self._shortened(leaf)))

    def _fallback(self, token: Token, info: FieldInfo | None) -> Leaf | None:
        """What stands for a token that means nothing in its field, if anything."""
        group = self._group
        if info is None or {"text", "keyword"}.intersection(info.kinds):
            self._faults.meaningless(token, info)
            return None
        name, group.waiting.name = group.waiting.name, None
        outer = group.scope is None or "text" in group.scope.kinds
        readable = name and outer and token.kind != "range" and has_word(token.text)
        self._faults.bad_value(token, info, bool(readable))
        if not name or not readable:
            return None
        if token.kind == "phrase":
            return Phrase(unquoted(token.text), (token.start, token.end))
        return Word(f"{name.text}:{plain(token.text)}", (name.start, token.end))

    def _shortened(self, leaf: Leaf) -> Leaf:
        most = self._limits.phrase_words
        if not isinstance(leaf, Phrase) or len(leaf.text) < 2 * most:
            return leaf
        words = list(islice(_WORD.finditer(leaf.text), most + 1))
        if len(words) <= most:
            return leaf
        self._faults.long_phrase(leaf)
        return replace(leaf, text=leaf.text[: words[most - 1].end()])

    def _made_exact(self, leaf: Leaf) -> Leaf:
        exact = self._group.waiting.exact
        if not exact or isinstance(leaf, Value):
            return leaf
        if isinstance(leaf, Word):
            return replace(leaf, exact=True)
        self._faults.inexact(exact)
        return leaf

    def _add(self, node: Node) -> None:
        group = self._group
        name = group.waiting.name
        info = self._fields.get(name.text) if name else None
        if info:
            node = Field(info.name, node)
        kinds = [sign.kind for sign in group.waiting.signs]
        negations = len(kinds) - kinds.count("plus")
        if negations > 1:
            self._faults.negations(negations, group.waiting.signs[0])
        excluded = negations % 2 == 1
        group.add(Operand(node, excluded, "plus" in kinds and not excluded))
