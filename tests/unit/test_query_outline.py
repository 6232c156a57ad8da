"""Trees and plans as lines."""

from __future__ import annotations

import pytest

from searchkit.query import plan
from searchkit.query.fields import FieldTable
from searchkit.query.outline import plan_outline, tree_outline
from searchkit.query.parser import parse_query

FIELDS = FieldTable.with_metadata({"zahl": ("number",)})


def tree(text: str) -> list[str]:
    return list(tree_outline(parse_query(text, fields=FIELDS).tree))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["nothing"]),
        ("*", ["everything"]),
        ("=Gipfel", ["word =Gipfel"]),
        ('"a b"~3', ['phrase "a b"~3']),
        ("Regier*", ["prefix Regier*"]),
        ("R?gier*g", ["wildcard R?gier*g"]),
        ("datum:2018..", ["field date", "  dates 2018.."]),
        ("zahl:1..2", ["field zahl", "  numbers 1..2"]),
        ("person:Putin", ["field person", "  value Putin"]),
        (
            "+a b^2 -(c AND d)",
            [
                "combination",
                "  must have: word a",
                "  may have: weight 2",
                "    word b",
                "  must not have: combination",
                "    must have: word c",
                "    must have: word d",
            ],
        ),
    ],
)
def test_trees(text: str, lines: list[str]) -> None:
    assert tree(text) == lines


@pytest.mark.parametrize(
    ("node", "line"),
    [
        (plan.Term("text", "gipfel", 0.35), "term text:gipfel, weight 0.35"),
        (plan.Phrase("text", ("a", "b")), 'phrase text:"a b", weight 1'),
        (plan.Phrase("text", ("a", "b"), 2), 'phrase text:"a b"~2, weight 1'),
        (plan.Expansion("text_exact", "prefix", "a"), "prefix text_exact:a*, weight 1"),
        (plan.Expansion("text_exact", "wildcard", "a?b"), "wildcard text_exact:a?b, weight 1"),
        (plan.Expansion("text_exact", "fuzzy", "ab", 1), "fuzzy text_exact:ab~1, weight 1"),
        (plan.Values("place", ("Wien",)), "values of place: 'Wien'"),
        (plan.Values("place", ()), "values of place: none"),
        (plan.Values("x", tuple("abcdefg")), "values of x: 'a', 'b', 'c', 'd', 'e' and 2 more"),
        (plan.ValuePattern("place", "prefix", ""), "prefix of place: any value"),
        (plan.Dates(736_695, None), "days 2018-01-01.."),
        (plan.Numbers("zahl", None, 1.5), "numbers of zahl: ..1.5"),
        (plan.Ids(("a",)), "ids: 'a'"),
        (plan.Everything(), "everything"),
        (plan.Nothing(), "nothing"),
    ],
)
def test_plans(node: plan.Plan, line: str) -> None:
    assert plan_outline(node) == (line,)


def test_the_deepest_query_is_no_matter() -> None:
    deep: plan.Plan = plan.Everything()
    for _ in range(5000):
        deep = plan.Boolean(must=(deep,))
    assert len(plan_outline(deep)) == 5001
