"""The grammar as it is printed, held against the parser example by example."""

from __future__ import annotations

import re
from itertools import pairwise

from searchkit.config import Limits
from searchkit.query.fields import FieldTable
from searchkit.query.grammar import EXAMPLES, grammar_help
from searchkit.query.parser import parse_query
from searchkit.query.printer import print_query

FIELDS = FieldTable.with_metadata({"source": ("keyword",), "zahl": ("number",)})

# What each example is read as, in the canonical form that ``print_query`` writes.
READ_AS = {
    "Gipfel Washington": "Gipfel Washington",
    '"Gipfel in Helsinki"': '"Gipfel in Helsinki"',
    "„Gipfel in Helsinki“": '"Gipfel in Helsinki"',
    '"Trump Putin"~5': '"Trump Putin"~5',
    "Gipfel AND Helsinki": "Gipfel AND Helsinki",
    "Gipfel UND NICHT Helsinki": "+Gipfel -Helsinki",
    "Gipfel OR Treffen AND Helsinki": "Gipfel (Treffen AND Helsinki)",
    "(Gipfel ODER Treffen) UND Helsinki": "(Gipfel Treffen) AND Helsinki",
    "+Gipfel Helsinki -Trump": "+Gipfel Helsinki -Trump",
    "-Trump": "-Trump",
    "titel:Gipfel": "title:Gipfel",
    "titel:(Gipfel Treffen)": "title:(Gipfel Treffen)",
    'person:"Wladimir Putin"': 'person:"Wladimir Putin"',
    "person:(Putin OR Trump) -ort:USA": "person:(Putin Trump) -place:USA",
    "(Gipfel Treffen) AND datum:2018": "(Gipfel Treffen) AND date:2018",
    "erwaehnt:2018-07": "mentioned_date:2018-07",
    "organisation:NATO datum:2018": "organisation:NATO date:2018",
    "quelle:Tagesblatt": "source:Tagesblatt",
    "datum:2018-07": "date:2018-07",
    'datum:"Juli 2018"': "date:2018-07",
    "Gipfel AND datum:2018-07..2018-12": "Gipfel AND date:2018-07..2018-12",
    "datum:2018..": "date:2018..",
    "datum:..2018": "date:..2018",
    "datum:<2018-07": "date:..2018-06",
    "datum:Q3/2018": "date:2018-07..2018-09",
    'datum:"April 2018".."Mai 2019"': "date:2018-04..2019-05",
    "zahl:[10 TO 20]": "zahl:10..20",
    "zahl:10..20": "zahl:10..20",
    "Regier*": "Regier*",
    "Reg?er*ng": "Reg?er*ng",
    "Putn~1": "Putn~1",
    "Gipfel^2 Treffen": "Gipfel^2 Treffen",
    "=Gipfel": "=Gipfel",
    "person:Put*": "person:Put*",
    "person:*": "person:*",
    "*": "*",
    "Wer war Putin?": "Wer war Putin\\?",
    r"\AND": r"\AND",
}


def test_every_example_is_read_as_it_says() -> None:
    read = {
        example.query: print_query(parse_query(example.query, fields=FIELDS, strict=True).tree)
        for example in EXAMPLES
    }
    assert read == READ_AS


def test_examples_said_to_be_the_same_are() -> None:
    for before, example in pairwise(EXAMPLES):
        if example.meaning == "the same":
            first, second = (parse_query(e.query, fields=FIELDS).tree for e in (before, example))
            assert first == second


def test_the_words_the_grammar_lists_are_words() -> None:
    line = next(line for line in grammar_help().splitlines() if line.startswith("Words"))
    words = line.removeprefix("Words").removesuffix(", and Bürger:innen,").split(", ")
    assert len(words) > 3
    for word in map(str.strip, words):
        assert parse_query(word, strict=True).notes == ()


def test_the_limits_are_those_in_force() -> None:
    limits = Limits()
    told = grammar_help().partition("\nLimits ")[2]
    assert [int(number) for number in re.findall(r"\d+", told.partition("\n\n")[0])] == [
        limits.query.length,
        limits.query.words,
        limits.query.phrase_words,
        limits.query.depth,
        limits.query.patterns,
        limits.query.pattern,
        limits.expansions,
    ]


def test_help_fits_a_terminal_and_holds_every_example() -> None:
    lines = grammar_help().splitlines()
    assert max(map(len, lines)) <= 80
    for example in EXAMPLES:
        assert any(example.query in line and example.meaning in line for line in lines)
