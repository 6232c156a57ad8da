"""The wording of everything that can be wrong with a query."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from searchkit.config import QueryLimits
from searchkit.query.fields import FieldInfo, FieldTable, is_name
from searchkit.query.lexer import QUOTES, Token, field_prefix
from searchkit.query.notes import Reporter, shown
from searchkit.query.tree import Node, Phrase, Wildcard, start_of
from searchkit.query.values import date_advice

_DATE_HINT = "write 2018, 2018-07, 2018-07-16, Q3/2018 or a range as 2018-07..2018-12"
_NUMBER_HINT = "write 10, or a range as 10..20 or [10 TO 20]"
# A chunk made of these alone was meant as syntax; other marks without a word are punctuation.
_SYNTAX_MARKS = frozenset("+=~*|\\")


_PUNCTUATION = ".,;!?"
IsWord: TypeAlias = Callable[[str], bool]


def no_word(_: str) -> bool:
    """That no text with a colon in it is a word."""
    return False


class Faults:
    """Reports, one method for each fault: what was found, and what was understood.

    Args:
        text: the query the tokens come from.
        fields: the fields that may be named.
        limits: the limits in force.
        report: takes the messages.
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
        self._text = text
        self._fields = fields
        self._limits = limits
        self._report = report
        self._is_word = is_word
        self._was_too_deep = False

    def _left_out(self, message: str, position: int, hint: str) -> None:
        self._report.fault(message, "left out", position, hint)

    def too_many_words(self, token: Token) -> None:
        """More words than allowed; this is the first one too many."""
        message = f"the query has more than {self._limits.words} words"
        self._report.limit(message, "cut there", token.start)

    def too_many_marks(self, token: Token) -> None:
        """Far more syntax than the words allowed could use."""
        message = f"the query has too many marks for {self._limits.words} words"
        self._report.limit(message, "cut there", token.start)

    def too_deep(self, token: Token) -> None:
        """A parenthesis beyond the depth allowed; reported once."""
        if not self._was_too_deep:
            message = f"parentheses nest deeper than {self._limits.depth}"
            self._report.limit(message, "the inner ones are ignored", token.start)
        self._was_too_deep = True

    def long_phrase(self, phrase: Phrase) -> None:
        """A phrase of more words than allowed."""
        message = f"the phrase has more than {self._limits.phrase_words} words"
        self._report.limit(message, "cut there", phrase.span[0])

    def long_pattern(self, pattern: Wildcard) -> None:
        """A word with wildcards that is longer than allowed."""
        message = f"a word with wildcards has more than {self._limits.pattern} characters"
        self._report.limit(message, "left out", pattern.span[0])

    def too_many_patterns(self, position: int, understood: str) -> None:
        """More words with wildcards or forgiveness than allowed."""
        message = f"the query has more than {self._limits.patterns} words with wildcards or '~'"
        self._report.limit(message, understood, position)

    def unclosed(self, position: int) -> None:
        """A parenthesis without its end."""
        hint = "write ')' behind the last word that belongs in"
        self._report.fault("'(' is never closed", "closed at the end", position, hint)

    def unopened(self, token: Token) -> None:
        """A parenthesis without its beginning."""
        self._left_out("')' closes nothing", token.start, "write '(' before, or leave it out")

    def empty_group(self, position: int) -> None:
        """Parentheses around nothing."""
        self._left_out("the parentheses hold no word", position, "leave them out")

    def stray(self, token: Token) -> None:
        """A quotation mark without a partner, or a suffix without a word."""
        if token.text in QUOTES:
            message, hint = "no closing mark follows", "write one mark before and one behind"
            self._left_out(f"{message} {shown(token.text)}", token.start, hint)
        else:
            message = f"{shown(token.text)} follows no word directly"
            self._left_out(message, token.start, "write it directly behind a word")

    def lonely(self, token: Token) -> None:
        """An operator, sign or field name without a word to apply to."""
        if token.kind in ("and", "or"):
            hint = f"write words on both sides, or \\{token.text} for the word itself"
            self._left_out(f"'{token.text}' has nothing to connect", token.start, hint)
        else:
            hint = f"write a word behind it, or \\{token.text} for the word itself"
            self._left_out(f"no word follows {shown(token.text)}", token.start, hint)

    def negations(self, count: int, token: Token) -> None:
        """Several negations of the same word."""
        meaning = "one" if count % 2 else "none"
        self._report.remark(f"{count} negations in a row; read as {meaning}", token.start)

    def second_weight(self, token: Token) -> None:
        """A weight behind a weight."""
        self._left_out("a second weight follows the first", token.start, "write one weight")

    def no_condition(self, node: Node) -> None:
        """A date, number or value beside words, where it does not narrow the answer down."""
        from searchkit.query.printer import print_query  # seldom needed

        text = print_query(node)
        self._report.remark(
            f"{shown(text)} is one more alternative; to narrow down: {shown(f'(...) AND {text}')}",
            start_of(node),
        )

    def inexact(self, token: Token) -> None:
        """An exact form asked of something that is no word."""
        self._left_out("'=' works on single words only", token.start, "write it before a word")

    def meaningless(self, token: Token, info: FieldInfo | None) -> None:
        """A token without a word in it; silent where it is mere punctuation."""
        if token.kind == "range":
            name = info.name if info else ""
            self._left_out(f"'{name}' has no ranges", token.start, "write a word or a phrase")
        elif token.kind == "phrase":
            self._left_out("the quotes hold no word", token.start, "leave them out")
        elif token.text == "&&" or _SYNTAX_MARKS.issuperset(token.text):
            message = f"{shown(token.text)} holds no letter or digit"
            self._left_out(message, token.start, "leave it out; AND, OR, NOT combine words")

    def bad_value(self, token: Token, info: FieldInfo, readable: bool) -> None:
        """Something in a date or number field that is neither."""
        kind, hint = ("date", _DATE_HINT) if "date" in info.kinds else ("number", _NUMBER_HINT)
        understood = "read as words" if readable else "left out"
        if kind == "date" and (advice := date_advice(token.text)):
            understood = f"{understood}; {advice}"
        self._report.fault(f"{shown(token.text)} is no {kind}", understood, token.start, hint)

    def check_name(self, token: Token) -> None:
        """A word that begins as if with the name of a field."""
        name = field_prefix(token.text)
        if name is None or not is_name(name):
            return
        value = token.text[len(name) + 1 :]
        goes_on = self._text[token.end : token.end + 1] in tuple("(" + QUOTES)
        if self._fields.get(name):
            if not value:
                hint = f"write the value without a blank, as in {name}:wert"
                self._report.fault(
                    f"no value follows '{name}:' directly", "read as a word", token.start, hint
                )
            elif self._text[token.start - 1 : token.start] == "=":
                hint = f"write it behind the colon, as in {name}:=wert"
                self._report.fault(
                    f"'=' stands before '{name}:'", "read as a word", token.start - 1, hint
                )
        elif self._is_word(token.text.rstrip(_PUNCTUATION)):
            return
        elif (value or goes_on) and not value.startswith("innen") and len(name) > 1:
            # A single letter is a drive ("C:\\texte") or a score rather than a field.
            self._unknown(name, token)

    def _unknown(self, name: str, token: Token) -> None:
        # Looking for the nearest name is slow beside all else here; no one reads 20 of them.
        nearest = None if self._report.full else self._fields.nearest(name)
        self._report.fault(
            f"there is no field {shown(name)}",
            f"read as a word (the nearest field is '{nearest}')" if nearest else "read as a word",
            token.start,
            f"write {nearest}: for the field" if nearest else "write \\: for a mere colon",
        )
