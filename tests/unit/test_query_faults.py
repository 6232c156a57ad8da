"""Every fault of a query: where it is, how to write it instead, and what is understood."""

from __future__ import annotations

import re

import pytest

from searchkit.config import QueryLimits
from searchkit.errors import LimitExceeded, QuerySyntaxError
from searchkit.query.fields import FieldTable
from searchkit.query.parser import parse_query
from searchkit.query.tree import Bool, DateRange, Everything, Field, NumberRange, Phrase, Word

FIELDS = FieldTable.with_metadata(
    {
        "source": ("keyword",),
        "zahl": ("number",),
        "seite": ("keyword", "number"),
        "Größe": ("number",),
    }
)


def parse(text, **options):
    return parse_query(text, fields=FIELDS, **options)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("a (b", 2),
        ("a) b", 1),
        ("a () b", 2),
        ('a "b', 2),
        ("a ^2", 2),
        ("a ~1", 2),
        ("a AND", 2),
        ("OR a", 0),
        ("a NOT", 2),
        ("a +( )", 3),
        ("a^2^3", 4),
        ('="a b"', 0),
        ('a "!"', 3),
        ("a &&", 2),
        ("a ==", 2),
        ("titel:[a TO b]", 7),
        ("datum:gestern", 6),
        ("zahl:viel", 5),
        ("datum:[gestern TO heute]", 7),
        ("titel: a", 0),
        ("=titel:a", 0),
        ("titl:a", 0),
        ("qwertz:a", 0),
        ("a^x", 2),
        ("a^1001", 2),
        ("a~3", 2),
        ("a~x1", None),
        ('"a b"~101', 6),
        ('"a b"~1.5', 6),
        ("datum:2018~1", 11),
    ],
)
def test_a_fault_has_a_place_and_a_hint_that_says_what_to_write(query, place):
    if place is None:
        assert parse(query, strict=True).notes == ()
        return
    with pytest.raises(QuerySyntaxError) as found:
        parse(query, strict=True)
    error = found.value
    assert error.position == place
    assert re.match(r"(write|leave) \S", error.hint), error.hint
    # Read leniently, it is noted at the same place, with what was understood.
    notes = [note for note in parse(query).notes if note.position == place]
    assert any(note.message.startswith(error.message) for note in notes)
    assert all("; " in note.message for note in notes)


def test_names_that_nearly_exist_are_proposed_and_others_left_as_words():
    with pytest.raises(QuerySyntaxError) as near:
        parse("titl:a", strict=True)
    assert "title:" in near.value.hint
    with pytest.raises(QuerySyntaxError) as far:
        parse("qwertz:a", strict=True)
    assert "\\:" in far.value.hint
    # Whoever writes twenty of them is not told of each.
    assert len(parse("qwertz:a " * 100).notes) == 21


@pytest.mark.parametrize(
    ("query", "limits", "place"),
    [
        ('x "aa bb cc"', {"phrase_words": 2}, 3),
        ("x ab?d", {"pattern": 3}, 2),
        ("x a* b*", {"patterns": 1}, 5),
        ("x (a (b (c)))", {"depth": 1}, 5),
        ("x y z", {"words": 2}, 4),
        ("x y z", {"length": 2}, 2),
    ],
)
def test_a_limit_is_noted_where_it_is_passed_and_only_there(query, limits, place):
    chosen = QueryLimits(**limits)
    assert [note.position for note in parse(query, limits=chosen).notes] == [place]
    with pytest.raises(LimitExceeded) as found:
        parse(query, limits=chosen, strict=True)
    assert found.value.hint
    larger = QueryLimits(**{name: value + 2 for name, value in limits.items()})
    assert parse(query, limits=larger if "length" not in limits else QueryLimits()).notes == ()


def test_parentheses_beyond_the_depth_close_before_the_others():
    limits = QueryLimits(depth=1)
    assert parse("(a ((b)) c) AND d", limits=limits).tree == parse("(a b c) AND d").tree
    assert parse("(a) AND d", limits=limits).notes == ()


@pytest.mark.parametrize(("count", "meaning"), [(2, "none"), (3, "one"), (4, "none"), (5, "one")])
def test_negations_of_negations(count, meaning):
    (note, *_) = parse("a " + "NOT " * count + "b").notes
    assert note.message == f"{count} negations in a row; read as {meaning}"
    excluded = Bool(should=(Word("a"),), must_not=(Word("b"),))
    both = Bool(should=(Word("a"), Word("b")))
    assert parse("a " + "NOT " * count + "b").tree == (excluded if meaning == "one" else both)


@pytest.mark.parametrize("text", ["*", "[* TO *]", "[* BIS *]", "[ *  TO  * ]"])
@pytest.mark.parametrize("field", ["datum", "zahl"])
def test_a_range_open_at_both_ends_is_whatever_has_a_value(field, text):
    tree = parse(f"{field}:{text}").tree
    assert isinstance(tree, Field)
    assert isinstance(tree.child, Everything)
    start = len(field) + 1 + text.startswith("[")
    assert tree.child.span == (start, start + len(text.strip("[]")))


@pytest.mark.parametrize("query", ["zahl:[TO *]", "zahl:[x TO *]", "zahl:[* to *]"])
def test_what_is_no_range_is_noted(query):
    assert parse(query).notes


def test_numbers_and_ranges_know_their_place():
    date, number = parse("datum:2018..2019"), parse("zahl:5")
    assert (date.tree.child.span, number.tree.child.span) == ((6, 16), (5, 6))
    assert isinstance(date.tree.child, DateRange)
    assert parse('datum:"April 2018".."Mai 2019" a').tree.should[0].child.span == (6, 30)
    assert parse("zahl:[5 TO 5]").notes == ()
    assert parse("zahl:[6 TO 5]").notes[0].position == 6


@pytest.mark.parametrize("end", [".", ",", "!", "?", ".,"])
def test_the_end_of_a_sentence_is_no_part_of_a_number(end):
    assert parse(f"zahl:15{end}").tree == Field("zahl", NumberRange(15.0, 15.0))
    assert parse(f"datum:2018{end}").tree == parse("datum:2018").tree


def test_a_value_that_is_none_is_read_as_words_where_it_stands():
    phrase, word = parse('datum:"am Montag"').tree, parse("datum:Montag").tree
    assert (phrase, phrase.span) == (Phrase("am Montag"), (7, 16))
    assert (word, word.span) == (Word("datum:Montag"), (0, 12))
    # Inside a text field it is text, and inside a field of values it is nothing.
    assert parse("titel:(a datum:Montag)").tree == Field(
        "title", Bool(should=(Word("a"), Word("datum:Montag")))
    )
    assert "left out" in parse("datum:(Montag 2018)").notes[0].message


@pytest.mark.parametrize("name", ["Größe", "größe", "GRÖSSE", "gro\u0308ße"])
def test_names_of_metadata_are_found_in_any_case_and_spelling(name):
    info = FIELDS.get(name)
    assert info is not None
    assert info.name == "Größe"


def test_literal_words_know_their_place():
    tree = parse_query("  a AND (b", literal=True).tree
    assert [(word.text, word.span) for word in tree.should] == [
        ("a", (2, 3)),
        ("AND", (4, 7)),
        ("(b", (8, 10)),
    ]
