"""What the parser makes of queries as people type them."""

from __future__ import annotations

import pytest

from searchkit.config import QueryLimits
from searchkit.dates import PartialDate
from searchkit.errors import ConfigurationError, LimitExceeded, QuerySyntaxError
from searchkit.query.fields import FieldTable
from searchkit.query.notes import caret_line
from searchkit.query.parser import parse_query
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

FIELDS = FieldTable.with_metadata(
    {
        "source": ("keyword",),
        "zahl": ("number",),
        "seite": ("keyword", "number"),
        "Größe": ("number",),
    }
)
A, B, C, D = map(Word, "abcd")


def tree(text: str) -> Node:
    return parse_query(text, fields=FIELDS).tree


def notes(text: str, **options: bool) -> list[str]:
    return [note.message for note in parse_query(text, fields=FIELDS, **options).notes]


def dates(first: str | None, last: str | None) -> DateRange:
    return DateRange(
        PartialDate.parse(first) if first else None, PartialDate.parse(last) if last else None
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", Bool(should=(A, B))),
        ("a OR b ODER c", Bool(should=(A, B, C))),
        ("a AND b UND c", Bool(must=(A, B, C))),
        ("a b AND c", Bool(should=(A, Bool(must=(B, C))))),
        ("a AND b OR c AND d", Bool(should=(Bool(must=(A, B)), Bool(must=(C, D))))),
        ("(a b) AND c", Bool(must=(Bool(should=(A, B)), C))),
        ("a -b", Bool(should=(A,), must_not=(B,))),
        ("a NICHT b", Bool(should=(A,), must_not=(B,))),
        ("+a b -c", Bool((A,), (B,), (C,))),
        ("+a", A),
        ("a AND NOT b", Bool(must=(A,), must_not=(B,))),
        ("NOT a AND NOT b", Bool(must_not=(A, B))),
        ("a AND -b", Bool(must=(A,), must_not=(B,))),
        ("a OR NOT b", Bool(should=(A, Bool(must_not=(B,))))),
        ("-a OR b", Bool(should=(Bool(must_not=(A,)), B))),
        ("-(a b)", Bool(must_not=(Bool(should=(A, B)),))),
        ("a (-b)", Bool(should=(A, Bool(must_not=(B,))))),
        ("((a))", A),
        ("NOT NOT a", A),
        ("NOT -a", A),
        ("NOT NOT NOT a", Bool(must_not=(A,))),
        ("a und b", Bool(should=(A, Word("und"), B))),
        ("*", Everything()),
        ("* -a", Bool(should=(Everything(),), must_not=(A,))),
        ("", Nothing()),
        (" \t\n\0", Nothing()),
    ],
)
def test_combinations(text: str, expected: Node) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    "word",
    [
        "G20-Gipfel", "C++", "C#", "E-Mail", "12:30", "3,5", "geht's", "geht’s", "https://x.y/z?q=1",
        "https://x.y/~user/", "Bürger:innen", "Bürger*innen", "Bürger_innen", "Bürger/-innen",
        "Bürger(innen)", "Lehrer(in)", "Bürger:innenrat", "Bürger*innenrat", "Autor*in", "Putin?",
        "Gipfel,", "Achtung:", "C:\\temp", "a~b", "--a", "a+b", "[sic]", "+-a", "Gip\u00adfel",
    ],
)  # fmt: skip
def test_words_that_look_like_syntax_stay_whole_and_unremarked(word: str) -> None:
    parsed = parse_query(word, fields=FIELDS)
    assert (parsed.tree, parsed.notes) == (Word(word), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\AND", Word("AND")),
        ("\\-5", Word("-5")),
        ("a\\:b", Word("a:b")),
        ("titel\\:b", Word("titel:b")),
        ("a\\*", Word("a*")),
        ("a\\ b", Bool(should=(Word("a\\"), B))),
        ("=Gipfel", Word("Gipfel", exact=True)),
        ("-=Gipfel", Bool(must_not=(Word("Gipfel", exact=True),))),
        ("=UND", Word("UND", exact=True)),
        ("Putn~", Word("Putn", fuzzy=1)),
        ("Putn~2, a", Bool(should=(Word("Putn", fuzzy=2), A))),
        ("=Putn~1^2", Boost(Word("Putn", fuzzy=1, exact=True), 2)),
        ("Putn^2~1", Boost(Word("Putn", fuzzy=1), 2)),
        ("Gipfel^2", Boost(Word("Gipfel"), 2)),
        ("Gipfel^0,5", Boost(Word("Gipfel"), 0.5)),
        ("(a b)^3", Boost(Bool(should=(A, B)), 3)),
        ('"a b"^3', Boost(Phrase("a b"), 3)),
        ("Regier*", Prefix("Regier")),
        ("Regier**,", Prefix("Regier")),
        ("a\\**", Prefix("a*")),
        ("Reg?er*ng", Wildcard("Reg?er*ng")),
        ("Reg??r", Wildcard("Reg??r")),
        ("Reg?er?", Wildcard("Reg?er?")),
        ("Reg*?", Wildcard("Reg*?")),
        ("*gipfel", Wildcard("*gipfel")),
        ("a\\?b*c", Wildcard("a\\?b*c")),
        ("a\\?b?", Word("a?b?")),
        ("Kapit**in", Wildcard("Kapit*in")),
        ("Bürger*innen*", Prefix("Bürger*innen")),
        ("Putin??", Word("Putin??")),
        ("Gipfel - Treffen", Bool(should=(Word("Gipfel"), Word("Treffen")))),
        ("Wer war Putin ?", Bool(should=(Word("Wer"), Word("war"), Word("Putin")))),
    ],
)
def test_words_with_syntax(text: str, expected: Node) -> None:
    parsed = parse_query(text, fields=FIELDS)
    assert (parsed.tree, parsed.notes[:-1] if text[0] == "-" else parsed.notes) == (expected, ())


@pytest.mark.parametrize("text", ['"a b"', "„a b“", "„a b”", "“a b”", "»a b«", "«a b»", '„a b"'])
def test_quotes_of_all_kinds(text: str) -> None:
    assert tree(text) == Phrase("a b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a b"~5', Phrase("a b", slop=5)),
        (r'"a \"b\" \\ \c"', Phrase('a "b" \\ \\c')),
        ('"a „b“ c"', Phrase("a „b“ c")),
        ('"G20"-Gipfel', Bool(should=(Phrase("G20"), Word("-Gipfel")))),
        ('-"a b"', Bool(must_not=(Phrase("a b"),))),
    ],
)
def test_phrases(text: str, expected: Node) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("titel:a", Field("title", A)),
        ("TITLE:a", Field("title", A)),
        ("-titel:a", Bool(must_not=(Field("title", A),))),
        ("titel:-a", Field("title", Word("-a"))),
        ("titel:UND", Field("title", Word("UND"))),
        ('titel:"a b"~2', Field("title", Phrase("a b", slop=2))),
        ("titel:(a b)", Field("title", Bool(should=(A, B)))),
        ("titel:(a person:b)", Field("title", Bool(should=(A, Field("person", Value("b")))))),
        ("titel:=a", Field("title", Word("a", exact=True))),
        ("titel:a~1^2", Boost(Field("title", Word("a", fuzzy=1)), 2)),
        ("titel:(a^2)", Field("title", Boost(A, 2))),
        ("text:Reg*", Field("text", Prefix("Reg"))),
        ("person:Putin,", Field("person", Value("Putin"))),
        ("person:=Putin", Field("person", Value("Putin"))),
        ('person:"Wladimir Putin"', Field("person", Value("Wladimir Putin"))),
        (
            "person:Wladimir\\ Putin",
            Bool(should=(Field("person", Value("Wladimir\\")), Word("Putin"))),
        ),
        ("person:(Putin -Trump)", Field("person", Bool((), (Value("Putin"),), (Value("Trump"),)))),
        ("person:*", Field("person", Everything())),
        ("ort:Hels*", Field("place", Prefix("Hels"))),
        ("org:NATO", Field("organisation", Value("NATO"))),
        ("id:2018/a~1.txt", Field("id", Value("2018/a~1.txt"))),
        ("id:file~1", Field("id", Value("file~1"))),
        ("id:a:b", Field("id", Value("a:b"))),
        ("Quelle:x", Field("source", Value("x"))),
        ("source:x", Field("source", Value("x"))),
        ("Gro\u0308ße:3", Field("Größe", NumberRange(3, 3))),
        ("seite:10", Field("seite", Value("10"))),
        ("seite:10..20", Field("seite", NumberRange(10, 20))),
        ('seite:"10..20"', Field("seite", Value("10..20"))),
        ("person:innen", Word("person:innen")),
        ("person:in*", Field("person", Prefix("in"))),
        ("titel:\\in", Field("title", Word("in"))),
        ('person:"innen"', Field("person", Value("innen"))),
    ],
)
def test_fields(text: str, expected: Node) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2018", "2018", "2018"),
        ("2018-7", "2018-07", "2018-07"),
        ("2018-07-16", "2018-07-16", "2018-07-16"),
        ("2018-07..2018-12", "2018-07", "2018-12"),
        ("2018..", "2018", None),
        ("..2018", None, "2018"),
        ("2018–2020", "2018", "2020"),
        ("16.7.2018", "2018-07-16", "2018-07-16"),
        ("1.7.2018..5.7.2018", "2018-07-01", "2018-07-05"),
        ("7/2018,", "2018-07", "2018-07"),
        ('"Juli 2018"', "2018-07", "2018-07"),
        ('"16. Juli 2018"', "2018-07-16", "2018-07-16"),
        ('"märz 2018 .. Dez. 2019"', "2018-03", "2019-12"),
        ("[2018-07 TO 2018-12]", "2018-07", "2018-12"),
        ("[Juli 2018 BIS *]", "2018-07", None),
        ("16/7/2018", "2018-07-16", "2018-07-16"),
        ('"April 2018"..', "2018-04", None),
        ('"April 2018"...', "2018-04", None),
        ('.."Mai 2019"', None, "2019-05"),
        ('"April 2018".."Mai 2019"', "2018-04", "2019-05"),
        ('"April 2018" … "Mai 2019"', "2018-04", "2019-05"),
        ("„April 2018“..„Mai 2019“", "2018-04", "2019-05"),
        ('2018-03.."Mai 2019"', "2018-03", "2019-05"),
        ('"Mai 2018"..2019,', "2018-05", "2019"),
        ('"2018 bis Mai 2019"', "2018", "2019-05"),
        (">=2018", "2018", None),
        (">2018", "2019", None),
        (">2018-12", "2019-01", None),
        ("<=2019-05", None, "2019-05"),
        ("<2019-05", None, "2019-04"),
        ("<1.3.2020", None, "2020-02-29"),
        ("≥2018", "2018", None),
        ('>="April 2018"', "2018-04", None),
        ('> "April 2018"', "2018-05", None),
        ("<= 2018,", None, "2018"),
        ("Q1/2018", "2018-01", "2018-03"),
        ("2018-q4", "2018-10", "2018-12"),
        ("2018Q2", "2018-04", "2018-06"),
        ('"Q1 2018"', "2018-01", "2018-03"),
        ('"2. Quartal 2018"', "2018-04", "2018-06"),
        ('"2. Halbjahr 2018"', "2018-07", "2018-12"),
        ("H1/2018..", "2018-01", None),
        ("2018-Q1..2019-Q2", "2018-01", "2019-06"),
        ('"Q1 2018".."Q2 2019"', "2018-01", "2019-06"),
        ("[2018-Q1 TO *]", "2018-01", None),
        (">Q1/2018", "2018-04", None),
    ],
)
def test_dates(value: str, first: str | None, last: str | None) -> None:
    parsed = parse_query(f"datum:{value}")
    assert (parsed.tree, parsed.notes) == (Field("date", dates(first, last)), ())


def test_quotes_make_ranges_of_dates_only() -> None:
    a, b = Value("A"), Phrase("B")
    assert tree('person:"A".."B"') == Bool(should=(Field("person", a), b))
    assert tree('titel:"B"...') == Field("title", b)
    assert tree('"B"..') == b


def test_years_and_months_are_dates_in_fields_of_their_own() -> None:
    assert tree("jahr:2016..2018") == Field("year", dates("2016", "2018"))
    assert tree("monat:(2018-07 2018-08)") == Field(
        "month", Bool(should=(dates("2018-07", "2018-07"), dates("2018-08", "2018-08")))
    )


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("10", 10, 10),
        ("-3", -3, -3),
        ("1,5", 1.5, 1.5),
        ("[10 TO 20]", 10, 20),
        ("[* TO 20]", None, 20),
        ("10..20", 10, 20),
        ("-5..-3", -5, -3),
        (">=10", 10, None),
        ("<=1,5", None, 1.5),
        (">10", 10.000000000000002, None),
        ("<10", None, 9.999999999999998),
        ("..1e3", None, 1000),
    ],
)
def test_numbers(value: str, low: float | None, high: float | None) -> None:
    assert tree(f"zahl:{value}") == Field("zahl", NumberRange(low, high))


@pytest.mark.parametrize(
    ("text", "expected", "message", "position"),
    [
        ('a "b', Bool(should=(A, B)), "no closing mark follows '\"'; left out", 2),
        ("a b“", Bool(should=(A, B)), "no closing mark follows '“'; left out", 3),
        ("a (b", Bool(should=(A, B)), "'(' is never closed; closed at the end", 2),
        ("a b)", Bool(should=(A, B)), "')' closes nothing; left out", 3),
        ("a ()", A, "the parentheses hold no word; left out", 2),
        ('a ""', A, "the quotes hold no word; left out", 3),
        ("a AND", A, "'AND' has nothing to connect; left out", 2),
        ("ODER a", A, "'ODER' has nothing to connect; left out", 0),
        ("a AND OR b", Bool(must=(A, B)), "'OR' has nothing to connect; left out", 6),
        ("a (b UND) c", Bool(should=(A, B, C)), "'UND' has nothing to connect; left out", 5),
        ("a NOT", A, "no word follows 'NOT'; left out", 2),
        ("NOT", Word("NOT"), "'NOT' has nothing to connect; read as a word", 0),
        ("UND ODER", Bool(should=(Word("UND"), Word("ODER"))),
         "'UND' has nothing to connect; read as a word", 0),
        ("a + b", Bool(should=(A, B)), "'+' holds no letter or digit; left out", 2),
        ("a && b", Bool(should=(A, B)), "'&&' holds no letter or digit; left out", 2),
        ("^2 a", Bool(should=(Word("2"), A)), "'^' follows no word directly; left out", 0),
        ("a^x", A, "'^x' is no weight; left out", 2),
        ("a^nan", A, "'^nan' is no weight; left out", 2),
        ("a^inf", A, "'^inf' is no weight; left out", 2),
        ("a^1e999", A, "'^1e999' is no weight; left out", 2),
        ("a^0", A, "'^0' is no weight; left out", 2),
        ("a^1001", A, "'^1001' is no weight; left out", 2),
        ("a^2^3", Boost(A, 2), "a second weight follows the first; left out", 4),
        ("a~9", Word("a", fuzzy=2), "'~9' is more than 2; read as ~2", 2),
        ("a~0.8", A, "'~0.8' is no whole number; left out", 2),
        ('"a b"~', Phrase("a b"), "'~' is no whole number; left out", 6),
        ('"a b"~999', Phrase("a b", slop=100), "'~999' is more than 100; read as ~100", 6),
        ("a*~1", Prefix("a"), "'~1' follows neither a word nor a phrase; left out", 3),
        ('="a b"', Phrase("a b"), "'=' works on single words only; left out", 0),
        ("titel: a", Bool(should=(Word("titel:"), A)),
         "no value follows 'titel:' directly; read as a word", 0),
        ("Persn:a", Word("Persn:a"),
         "there is no field 'Persn'; read as a word (the nearest field is 'person')", 0),
        ('xyz:"a b"', Bool(should=(Word("xyz:"), Phrase("a b"))),
         "there is no field 'xyz'; read as a word", 0),
        ("datum:gestern", Word("datum:gestern"), "'gestern' is no date; read as words", 6),
        ('datum:"letzte Woche"', Phrase("letzte Woche"),
         "'letzte Woche' is no date; read as words", 7),
        ("a datum:[2018 TO", Bool(should=(A, Word("datum:[2018"), Word("TO"))),
         "'[2018' is no date; read as words", 8),
        ("jahr:(2018 nie)", Field("year", dates("2018", "2018")), "'nie' is no date; left out", 11),
        ("a datum:2018-13", Bool(should=(A, Word("datum:2018-13"))),
         "'2018-13' is no date; read as words", 8),
        ("datum:2019..2018", Field("date", dates("2018", "2019")),
         "the range '2019..2018' runs backwards; read from its lower end to its upper", 6),
        ('datum:"Q3 2018".."Q1 2018"', Field("date", dates("2018-01", "2018-09")),
         "the range 'Q3 2018..Q1 2018' runs backwards; read from its lower end to its upper", 6),
        ('datum:"Sommer 2018"', Phrase("Sommer 2018"),
         "'Sommer 2018' is no date; read as words; write the months, as 2018-06..2018-08", 7),
        ('datum:"letzte Woche"..', Phrase("letzte Woche.."),
         "'letzte Woche..' is no date; read as words", 6),
        ("a datum:Juli", Bool(should=(A, Word("datum:Juli"))),
         "'Juli' is no date; read as words; write quotes around a date with blanks, "
         'as "Juli 2018"', 8),
        ("datum:<0001", Word("datum:<0001"), "'<0001' is no date; read as words", 6),
        ("datum:>31.12.9999", Word("datum:>31.12.9999"),
         "'>31.12.9999' is no date; read as words", 6),
        ("datum:Q5/2018", Word("datum:Q5/2018"), "'Q5/2018' is no date; read as words", 6),
        ("datum:2018-H3", Word("datum:2018-H3"), "'2018-H3' is no date; read as words", 6),
        ("zahl:20..10", Field("zahl", NumberRange(10, 20)),
         "the range '20..10' runs backwards; read from its lower end to its upper", 5),
        ("zahl:nan", Word("zahl:nan"), "'nan' is no number; read as words", 5),
        ("a zahl:[1 TO 1e999]", A, "'1 TO 1e999' is no number; left out", 8),
        ("a titel:[1 TO 2]", A, "'title' has no ranges; left out", 9),
        ("-a", Bool(must_not=(A,)), "there are only exclusions; everything else is found", 0),
        ("NOT NOT a", A, "2 negations in a row; read as none", 0),
        ("", Nothing(), "there is no word to look for", 0),
    ],
)  # fmt: skip
def test_what_is_not_taken_as_typed_is_noted(
    text: str, expected: Node, message: str, position: int
) -> None:
    parsed = parse_query(text, fields=FIELDS)
    assert parsed.tree == expected
    assert [(note.message, note.position) for note in parsed.notes] == [(message, position)]


@pytest.mark.parametrize("text", ["a - b", "Re: a", "Achtung: a", "Leser:innen a", "a & b ... ?"])
def test_plain_prose_is_not_remarked_on(text: str) -> None:
    assert notes(text) == []


def test_operators_in_a_row_leave_the_first_to_connect() -> None:
    parsed = parse_query("a AND NOT OR b")
    assert parsed.tree == Bool(must=(A, B))
    assert [note.message for note in parsed.notes] == [
        "no word follows 'NOT'; left out",
        "'OR' has nothing to connect; left out",
    ]


def test_notes_come_in_the_order_of_the_query_and_are_bounded() -> None:
    parsed = parse_query("(a ^ " * 30)
    assert len(parsed.notes) == 21
    assert parsed.notes[-1].message == "40 more notes of this sort"
    assert [note.position for note in parsed.notes] == sorted(n.position for n in parsed.notes)


def test_spans_point_at_the_words_as_typed() -> None:
    text = '+titel:Gipfel^2 -"Donald Trump"~3 =Putn~1 Reg*'
    found = tree(text)
    assert isinstance(found, Bool)
    boosted, *_ = found.must
    assert isinstance(boosted, Boost)
    assert isinstance(boosted.child, Field)
    leaves = [boosted.child.child, *found.should, *found.must_not]
    spans = [leaf.span for leaf in leaves]  # type: ignore[union-attr]
    assert [text[slice(*span)] for span in spans] == ["Gipfel", "Putn", "Reg*", "Donald Trump"]


def test_literal_takes_every_character_as_it_is() -> None:
    parsed = parse_query('titel:a AND "b* - (c', literal=True)
    words = ("titel:a", "AND", '"b*', "(c")
    assert parsed.tree == Bool(should=tuple(map(Word, words)))
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Wer war Putin?", True),
        ("„Wer war Putin?“ ", True),
        ("wann begann der Gipfel", True),
        ("Worüber sprach Trump", True),
        ("Gipfel Washington", False),
        ("Gip?el", False),
        ("", False),
    ],
)
def test_questions(text: str, question: bool) -> None:
    assert parse_query(text).is_question is question


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ('a "b', 2),
        ("a (b", 2),
        ("a AND", 2),
        ("tietl:a", 0),
        ("datum:x", 6),
        ("a^x", 2),
        ("a~9", 2),
    ],
)
def test_strict_raises_at_the_fault(text: str, position: int) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text, strict=True)
    assert (caught.value.query, caught.value.position) == (text, position)
    assert caught.value.hint


@pytest.mark.parametrize("text", ["a - b", "-a", "", 'titel:(a "b c"~2)^2 AND NOT datum:2018..'])
def test_strict_accepts_what_breaks_no_rule(text: str) -> None:
    assert parse_query(text, strict=True).tree == tree(text)


def test_the_caret_stands_below_the_fault_and_nothing_harms_the_terminal() -> None:
    error = QuerySyntaxError("x", "", "日本\t\x1b[31m\u202ea (b", 11)
    assert caret_line(error) == "日本 ·[31m·a (b\n             ^"
    lines = caret_line(QuerySyntaxError("x", "", "a" * 300, 150)).splitlines()
    assert lines == ["…" + "a" * 75 + "…", " " * 51 + "^"]


def test_limits() -> None:
    limits = QueryLimits(length=20, words=3, depth=2, phrase_words=2, pattern=4)

    def parsed(text: str) -> tuple[Node, list[str]]:
        result = parse_query(text, limits=limits)
        return result.tree, [note.message for note in result.notes]

    assert parsed("a " * 11)[1][-1] == "the query is longer than 20 characters; cut there"
    assert parsed("a b c d") == (
        Bool(should=(A, B, C)),
        ["the query has more than 3 words; cut there"],
    )
    assert parsed("a" + ")" * 19)[1] == ["')' closes nothing; left out"] * 19
    assert parse_query("a" + ")" * 30, limits=QueryLimits(words=2)).notes[-1].message == (
        "the query has too many marks for 2 words; cut there"
    )
    assert parsed("(((a)^2))") == (
        A,
        ["parentheses nest deeper than 2; the inner ones are ignored"],
    )
    assert parsed('"aa bb cc"') == (
        Phrase("aa bb"),
        ["the phrase has more than 2 words; cut there"],
    )
    assert parsed("+a?cde b") == (
        B,
        ["a word with wildcards has more than 4 characters; left out"],
    )
    assert parsed("a?cd abcde*")[1] == []
    for text in ("a " * 11, "a b c d", "(((a)))", '"aa bb cc"', "a?cde"):
        with pytest.raises(LimitExceeded):
            parse_query(text, limits=limits, strict=True)
    with pytest.raises(LimitExceeded):
        parse_query("a b c d", limits=limits, literal=True, strict=True)


def test_each_pattern_beyond_the_limit_is_left_out_or_read_as_written() -> None:
    limits = QueryLimits(patterns=2)
    result = parse_query("a* titel:b?c d* e~ titel:f^2~1 g", limits=limits)
    wanted = "a* titel:b?c e titel:f^2 g"
    assert result.tree == parse_query(wanted).tree
    beyond = [note for note in result.notes if note.message.startswith("the query has more than 2")]
    assert [(note.position, note.message.partition("; ")[2]) for note in beyond] == [
        (13, "this one left out"),
        (18, "this one read as written"),
        (29, "this one read as written"),
    ]
    assert parse_query("a* titel:* titel:b c~1 *", limits=limits).notes == ()
    with pytest.raises(LimitExceeded, match="wildcards"):
        parse_query("a* b* c*", limits=limits, strict=True)


@pytest.mark.parametrize(
    "values",
    [{"depth": 51}, {"depth": -1}, {"phrase_words": 0}, {"pattern": 0}, {"patterns": -1}],
)
def test_limits_out_of_range_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(ConfigurationError):
        QueryLimits(**values)


def test_a_surrogate_never_gets_into_the_tree() -> None:
    assert tree('a\ud800 "b \udfff"') == Bool(should=(Word("a\ufffd"), Phrase("b \ufffd")))


def test_metadata_beside_fields_of_the_same_name() -> None:
    fields = FieldTable.with_metadata(
        {"Titel": ("keyword",), "quelle": ("keyword",), "source": ("keyword",), "a b": ("number",)}
    )
    titled, source = fields.get("Titel"), fields.get("Quelle")
    assert titled is not None
    assert source is not None
    assert (titled.name, source.name) == ("title", "quelle")
    assert fields.get("a b") is None


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("Gipfel datum:2018", ["date:2018"]),
        ("+Gipfel quelle:dpa^2", ["source:dpa^2"]),
        ("quelle:dpa Gipfel -ort:Wien zahl:1..2", ["source:dpa", "zahl:1..2"]),
        ("Gipfel ort:(Wien Bern)", ["place:(Wien Bern)"]),
        ("Gipfel +datum:2018", []),
        ("Gipfel AND datum:2018", []),
        ("Gipfel OR datum:2018", []),
        ("datum:2018 ort:Wien", []),
        ("datum:2018 -Gipfel", []),
        ("Gipfel titel:Treffen", []),
    ],
)
def test_a_filter_beside_words_is_said_to_be_none(text: str, filters: list[str]) -> None:
    said = "'{0}' is one more alternative; to narrow down: '(...) AND {0}'"
    assert notes(text) == [said.format(name) for name in filters]


def test_the_sign_of_exactness_belongs_behind_the_field() -> None:
    assert notes("=titel:Gipfel") == ["'=' stands before 'titel:'; read as a word"]
    assert notes("titel:=Gipfel") == notes("=titel\\:Gipfel") == notes("=xy") == []
