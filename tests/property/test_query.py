"""What holds for every query text and every query tree."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.config import QueryLimits
from searchkit.dates import PartialDate
from searchkit.errors import LimitExceeded, QuerySyntaxError
from searchkit.query.fields import FieldTable
from searchkit.query.notes import caret_line
from searchkit.query.parser import ParsedQuery, parse_query
from searchkit.query.printer import print_query
from searchkit.query.tree import (
    Bool,
    Boost,
    DateRange,
    Everything,
    Field,
    Node,
    NumberRange,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Word,
    combine,
)

FIELDS = FieldTable.with_metadata(
    {"source": ("keyword",), "zahl": ("number",), "seite": ("keyword", "number")}
)

# Text of which much is syntax.
PIECES = st.sampled_from(
    [
        *"()\"„“”»«›‹^~*?:=+-[]\\.,;!/_&|'",
        " ", "\t", "\0", "\u202e", "\u200b", "\ud800", "\ufdd0", "…", "–", "\u0308", "ß", "日",
        "AND", "UND", "OR", "ODER", "NOT", "NICHT", "TO", "a", "Gipfel", "in", "innen", "1", "2018",
        "2018-07", "..", "titel:", "person:", "datum:", "zahl:", "seite:", "quelle:", "id:", "xyz:",
        "://", "~1", "^2", "^1e999", "Juli 2018", "[1 TO 5]", "[2018 TO *]",
        "<", ">=", "Q1/2018", '"Mai 2018"', "„Mai 2018“", " bis ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text())
DEEP = "".join(f"{'-' * (i % 2)}titel:(a AND " for i in range(60)) + "b" + ")^2" * 60


def parse(text: str) -> ParsedQuery:
    return parse_query(text, fields=FIELDS)


@settings(deadline=None)
@given(TEXTS)
@example("(" * 10_000 + "a" + ")^2" * 10_000)
@example("NOT " * 1_000 + "a")
@example(DEEP)
@example("wort " * 100_000)
@example("x" * 1_000_000)
@example('"' + "a " * 5_000 + '"')
@example("„\\“" * 3_000)
@example("datum:[" * 2_000)
@example("datum:[" + " " * 9_000 + "TO")
@example("datum:„" * 1_500)
@example('datum:"a"..' * 900)
@example("zahl:" + "1" * 9_000 + "x")
@example("a~" + "1" * 9_000)
@example("a~" + ".," * 4_500 + "x")
@example("a^" + "9" * 9_000)
@example("^ ~ ) " * 2_000)
@example("xyz:y " * 250)
@example("*?" * 5_000 + "a")
def test_every_text_gets_an_answer_that_survives_printing(text: str) -> None:
    parsed = parse(text)
    assert hash(parsed.tree) == hash(parse(text).tree)
    printed = print_query(parsed.tree)
    again = parse_query(printed, fields=FIELDS, limits=QueryLimits(length=100_000))
    assert again.tree == parsed.tree
    assert len(parsed.notes) <= 21
    assert repr(parsed.tree)


@given(TEXTS)
def test_notes_are_one_harmless_line_and_point_into_the_text(text: str) -> None:
    for note in parse(text).notes:
        assert 0 <= note.position <= len(text)
        assert note.message.isprintable()


@given(TEXTS)
def test_what_is_printed_breaks_no_rule(text: str) -> None:
    printed = print_query(parse(text).tree)
    parsed = parse_query(printed, fields=FIELDS, strict=True)
    assert parsed.tree == parse(text).tree


def strictly(text: str) -> ParsedQuery | QuerySyntaxError | LimitExceeded:
    try:
        return parse_query(text, fields=FIELDS, strict=True)
    except (QuerySyntaxError, LimitExceeded) as error:
        return error


@given(TEXTS)
def test_strict_raises_typed_errors_only_and_agrees_where_it_does_not(text: str) -> None:
    answer = strictly(text)
    if isinstance(answer, QuerySyntaxError):
        assert 0 <= answer.position <= len(text)
        assert answer.message.isprintable()
        assert answer.hint.isprintable()
        assert len(caret_line(answer).splitlines()) == 2
    elif isinstance(answer, ParsedQuery):
        assert answer == parse(text)


@given(TEXTS)
def test_literal_words_are_what_stands_in_the_text(text: str) -> None:
    tree = parse_query(text, literal=True).tree
    words = tree.should if isinstance(tree, Bool) else (tree,)
    for word in words:
        if isinstance(word, Word):
            start, end = word.span
            assert word.text == text[start:end] or not text[start:end].isprintable()


def test_every_prefix_of_valid_syntax_gets_an_answer() -> None:
    text = (
        '+titel:("G20 Gipfel"~5 OR =Reg?er*ng~1)^2.5 AND NOT (datum:[2018-07 TO 2018-12] '
        'zahl:10..20 -person:"Wladimir Putin" „Wer war es?“ \\AND)'
    )
    for end in range(len(text)):
        parsed = parse(text[:end])
        assert parse(print_query(parsed.tree)).tree == parsed.tree


# Trees as a program might build them.

CHARACTERS = "abcinxANDäß019" + "\\\"„“()^~*?:=+-[].,;!/_'&|@"
WORDS = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=8).filter(lambda t: any(map(str.isalnum, t))),
    st.sampled_from(["in", "innen", "in-Haus", "NOT", "titel:a", "a*innen", "//a", "https://a/?b"]),
)
SPACED = st.text(CHARACTERS + " ", min_size=1, max_size=12)
PATTERNS = st.from_regex(r"[b-h]{1,3}[*?][b-h]{1,3}([*?.,][b-h:]{0,2})?", fullmatch=True).map(
    lambda pattern: pattern.replace("**", "*")
)
DATES = st.dates().map(lambda d: PartialDate.parse(d.isoformat()[: (4, 7, 10)[d.day % 3]]))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TEXT_LEAVES = st.one_of(
    st.builds(Word, WORDS, fuzzy=st.integers(0, 2), exact=st.booleans()),
    st.builds(Phrase, SPACED.filter(lambda t: any(map(str.isalnum, t))), slop=st.integers(0, 100)),
    st.builds(Prefix, st.text("bc-:+[=ä", min_size=1).map(lambda t: t + "b")),
    st.builds(Wildcard, PATTERNS),
    st.just(Everything()),
)
VALUES = st.one_of(
    st.builds(Value, SPACED.filter(str.strip)), st.builds(Prefix, WORDS.filter(str.isalnum))
)


def ordered(values: st.SearchStrategy[tuple[object, object]]) -> st.SearchStrategy[tuple]:
    return st.one_of(values, values.map(lambda v: (v[0], None)), values.map(lambda v: (None, v[1])))


DATE_RANGES = ordered(
    st.tuples(DATES, DATES).filter(lambda v: v[0].first_day <= v[1].last_day)
).map(lambda ends: DateRange(*ends))
NUMBER_RANGES = ordered(st.tuples(NUMBERS, NUMBERS).filter(lambda v: v[0] <= v[1])).map(
    lambda ends: NumberRange(*ends)
)


def grouped(members: list[tuple[int, Node]]) -> Node:
    parts = (tuple(node for place, node in members if place == part) for part in range(3))
    return combine(*parts)


def trees(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def grown(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        members = st.lists(st.tuples(st.integers(0, 2), children), min_size=1, max_size=6)
        boost = st.builds(Boost, children, st.floats(0, 1000, exclude_min=True))
        return st.one_of(members.map(grouped), boost)

    return st.recursive(leaves, grown, max_leaves=6)


def in_field(names: list[str], leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.builds(Field, st.sampled_from(names), trees(leaves))


TREES = trees(
    st.one_of(
        TEXT_LEAVES,
        in_field(["title", "text"], TEXT_LEAVES),
        in_field(["person", "source", "seite", "id"], VALUES),
        in_field(["date", "year"], DATE_RANGES),
        in_field(["zahl", "seite"], NUMBER_RANGES),
    )
)


@given(TREES)
def test_printing_and_parsing_a_tree_is_the_identity(tree: Node) -> None:
    assert parse(print_query(tree)).tree == tree


def test_the_deepest_tree_can_be_compared_hashed_and_shown() -> None:
    tree, other = parse(DEEP).tree, parse(DEEP).tree
    assert tree == other
    assert hash(tree) == hash(other)
    assert repr(tree) == repr(other)
    with pytest.raises(LimitExceeded):
        parse_query(DEEP, strict=True)
