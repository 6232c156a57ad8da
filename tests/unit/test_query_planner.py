"""What a query asks of an engine: weighted terms of fields, filters; and what is to be marked."""

from __future__ import annotations

import datetime

import pytest

from searchkit.config import Limits, QueryLimits, Ranking
from searchkit.errors import LimitExceeded
from searchkit.query.fields import FieldTable
from searchkit.query.parser import parse_query
from searchkit.query.plan import (
    ALL_VALUES,
    Boolean,
    Dates,
    Everything,
    Expansion,
    Ids,
    Nothing,
    Numbers,
    Phrase,
    Term,
    ValuePattern,
    Values,
    value_text,
)
from searchkit.query.planner import plan_query
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.lexicon import Lexicon
from searchkit.text.word_counts import WordCounts

FIELDS = FieldTable.with_metadata({"zahl": ("number",), "source": ("keyword",)})
RANKING = Ranking(title=0.5, exact=0.25, parts=0.125, stop_words=0.0625)


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(CompoundSplitter(WordCounts.seed()))


@pytest.fixture
def planned(lexicon):
    """Plans a query, with limits and values if need be."""

    def plan(query, *, limits=None, values=None):
        parsed = parse_query(query, fields=FIELDS)
        return plan_query(
            parsed.tree,
            lexicon,
            RANKING,
            limits or Limits(),
            is_question=parsed.is_question,
            values=values,
        )

    return plan


def terms(node):
    """Every term of a plan with its weight."""
    if isinstance(node, Term):
        return {(node.field, node.term): node.weight}
    children = (*node.must, *node.should, *node.must_not) if isinstance(node, Boolean) else ()
    return {term: weight for child in children for term, weight in terms(child).items()}


def word(stem, exact, weight=1.0):
    """What a word without parts is planned as."""
    return {
        ("text", stem): weight,
        ("text_exact", exact): 0.25 * weight,
        ("title", stem): 0.5 * weight,
        ("title_exact", exact): 0.125 * weight,
    }


def test_a_word_is_its_stem_and_its_form_in_text_and_title(planned):
    assert terms(planned("Kanzlern").plan) == word("kanzl", "kanzlern")
    assert terms(planned("Kanzlern^3").plan) == word("kanzl", "kanzlern", 3)


def test_stop_words_count_less_in_questions_only(planned):
    assert terms(planned("der Kanzler").plan)["text", "der"] == 1.0
    question = terms(planned("Wer ist der Kanzler?").plan)
    assert {question["text", stem] for stem in ("wer", "ist", "der")} == {0.0625}
    assert question["text", "kanzl"] == 1.0
    assert question["title_exact", "der"] == 0.5 * 0.25 * 0.0625
    assert question["title_exact", "kanzler"] == 0.5 * 0.25


def test_an_exact_form_is_asked_for_alone(planned):
    found = planned("=Gipfeltreffen")
    assert terms(found.plan) == {
        ("text_exact", "gipfeltreffen"): 1.0,
        ("title_exact", "gipfeltreffen"): 0.5,
    }
    assert (found.highlights.exact, found.highlights.stems) == ({"gipfeltreffen"}, set())


def test_parts_of_an_optional_compound_count_a_little_each(planned):
    found = planned("Gipfeltreffen Rom")
    assert terms(found.plan)["text", "treff"] == 0.125
    assert terms(found.plan)["title", "treff"] == 0.5 * 0.125
    assert (found.highlights.stems, found.highlights.parts) == (
        {"gipfeltreff", "rom"},
        {"gipfel", "treff"},
    )


def test_of_a_compound_that_must_match_all_parts_stand_in_for_the_whole(planned):
    found = planned("Gipfeltreffen AND Rom").plan
    (compound,) = [each for each in found.must if ("text", "gipfeltreff") in terms(each)]
    (together,) = [each for each in compound.should if isinstance(each, Boolean)]
    assert [terms(part) for part in together.must] == [
        {("text", stem): 0.125, ("title", stem): 0.0625} for stem in ("gipfel", "treff")
    ]
    # Either field will do for each.
    assert all(part.should and not part.must for part in together.must)
    # Of a word without parts nothing stands in, nor for an exact form.
    (rom,) = [each for each in found.must if ("text", "rom") in terms(each)]
    assert all(isinstance(each, Term) for each in rom.should)
    exact = planned("=Gipfeltreffen AND Rom").plan
    assert ("text", "treff") not in terms(exact)


def test_what_is_excluded_is_neither_split_nor_marked(planned):
    found = planned("Rom -Gipfeltreffen")
    (excluded,) = found.plan.must_not
    assert ("text", "treff") not in terms(excluded)
    assert not any(isinstance(each, Boolean) for each in excluded.should)
    assert (found.highlights.stems, found.highlights.parts) == ({"rom"}, set())


def test_a_gender_form_asks_for_both_stems_and_marks_them(planned):
    found = planned("Ärzt:innen")
    assert {stem for field, stem in terms(found.plan) if field == "text"} == {"arzt", "arztinn"}
    assert set(terms(found.plan).values()) == {1.0, 0.25, 0.5, 0.125}
    assert ("text_exact", "ärzt:innen") in terms(found.plan)
    assert found.highlights.stems == {"arzt", "arztinn"}


def test_phrases(planned):
    found = planned('"Treffen der Kanzler"')
    assert found.plan == Boolean(
        should=(
            Phrase("text", ("treff", "der", "kanzl"), 0, 1.0),
            Phrase("title", ("treff", "der", "kanzl"), 0, 0.5),
        )
    )
    assert (found.highlights.phrases, found.highlights.stems) == (
        {("treff", "der", "kanzl")},
        set(),
    )
    near = planned('"Treffen Kanzler"~3')
    assert {each.slop for each in near.plan.should} == {3}
    assert (near.highlights.phrases, near.highlights.stems) == (set(), {"treff", "kanzl"})


def test_words_of_phrases_beside_words_count_for_the_ranking_alone(planned):
    found = planned('"der Kanzler" Rom').plan
    ((choice,), ranking) = (found.must, found.should)
    assert any(isinstance(leaf, Phrase) for leaf in choice.should[0].should)
    assert ("text", "rom") in terms(choice)
    assert {term for _, term in terms(Boolean(should=ranking))} == {"der", "kanzl", "kanzler"}
    # Phrases alone, and words alone, are simply alternatives.
    for query in ('"der Kanzler" "die Wahl"', "Kanzler Wahl"):
        plan = planned(query).plan
        assert (plan.must, len(plan.should)) == ((), 2)


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        ("datum:2018..", Dates(datetime.date(2018, 1, 1).toordinal(), None)),
        ("datum:..2018", Dates(None, datetime.date(2018, 12, 31).toordinal())),
        ("datum:*", Dates(None, None)),
        ("zahl:5..", Numbers("zahl", 5.0, None)),
        ("zahl:..5", Numbers("zahl", None, 5.0)),
        ("person:pu*", ValuePattern("person", "prefix", "pu", 0, 1000)),
        ("person:p*n", ValuePattern("person", "wildcard", "p*n", 0, 1000)),
        ('person:"Wladimir Putin"', Values("person", ("Wladimir Putin",))),
        ("person:*", ValuePattern("person", "prefix", "", limit=ALL_VALUES)),
        ("id:a", Ids(("a",))),
        ("id:*", Everything()),
        ("titel:*", Everything()),
        ("*", Everything()),
        ("", Nothing()),
        ("erwaehnt:2018", Values("mentioned_date", ())),
        (
            "titel:gip*",
            Boolean(
                should=(
                    Expansion("title_exact", "prefix", "gip"),
                    Expansion("lead_exact", "prefix", "gip"),
                )
            ),
        ),
        (
            "Gipfl~2",
            Boolean(
                should=(
                    Expansion("text_exact", "fuzzy", "gipfl", 2),
                    Expansion("title_exact", "fuzzy", "gipfl", 2, weight=0.5),
                )
            ),
        ),
    ],
)
def test_filters_and_patterns(planned, query, plan):
    assert planned(query).plan == plan


def test_a_pattern_stands_for_so_many_as_the_limits_say(planned):
    limits = Limits(expansions=7)
    assert {node.limit for node in planned("gip*", limits=limits).plan.should} == {7}
    assert planned("person:pu*", limits=limits).plan.limit == 7


class Names:
    """Knows a few values."""

    def named(self, facet, text):
        return (f"{facet}:{text}", "other")

    def dates(self, first, last):
        return (str(first), str(last))

    def fitting(self, facet, kind, pattern):
        return (facet, kind, pattern)


@pytest.mark.parametrize(
    ("query", "facet", "values"),
    [
        ("person:Merkel", "person", ("person:Merkel", "other")),
        ('person:"Angela Merkel"', "person", ("person:Angela Merkel", "other")),
        ("person:mer*", "person", ("person", "prefix", "mer")),
        ("source:m?r*l", "source", ("source", "wildcard", "m?r*l")),
        ("erwaehnt:2018-07..", "mentioned_date", ("2018-07-01", "None")),
        ("erwaehnt:..2018", "mentioned_date", ("None", "2018-12-31")),
    ],
)
def test_values_are_those_that_are_known_by_the_name_and_marked(planned, query, facet, values):
    found = planned(query, values=Names())
    assert found.plan == Values(facet, values)
    assert found.highlights.names == {(facet, value) for value in values}
    assert planned(f"a AND NOT {query}", values=Names()).highlights.names == set()


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), (False, "false"), (3, "3"), (2.5, "2.5"), ("a", "a")]
)
def test_values_as_texts(value, text):
    assert value_text(value) == text


def test_literal_text_has_a_limit_of_words_too():
    limits = QueryLimits(words=3)
    assert parse_query("a ( b ) c", literal=True, limits=limits).notes == ()
    cut = parse_query("a b c dd", literal=True, limits=limits)
    assert len(cut.tree.should) == 3
    assert [(note.position, note.message) for note in cut.notes] == [
        (6, "the query has more than 3 words; cut there")
    ]
    with pytest.raises(LimitExceeded, match="3 words"):
        parse_query("a b c dd", literal=True, strict=True, limits=limits)
