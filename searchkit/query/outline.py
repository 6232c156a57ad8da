"""Trees and plans as indented lines, for ``explain``."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TypeAlias

from searchkit.query import plan, tree
from searchkit.query.printer import print_query

_Member: TypeAlias = tuple[int, str, "tree.Node | plan.Plan"]
_SHOWN_VALUES = 5


def tree_outline(root: tree.Node) -> tuple[str, ...]:
    """A query tree, a line for each node, members indented below what combines them.

    >>> from searchkit.query.parser import parse_query
    >>> print("\\n".join(tree_outline(parse_query("+Gipfel titel:Putn~1^2").tree)))
    combination
      must have: word Gipfel
      may have: weight 2
        field title
          word Putn~1
    """
    return _outline(root)


def plan_outline(root: plan.Plan) -> tuple[str, ...]:
    """A plan, a line for each node: what an engine is asked to match, with weights.

    >>> print("\\n".join(plan_outline(plan.Boolean(should=(plan.Term("text", "gipfel", 0.5),)))))
    combination
      may have: term text:gipfel, weight 0.5
    """
    return _outline(root)


def _outline(root: tree.Node | plan.Plan) -> tuple[str, ...]:
    lines: list[str] = []
    stack: list[_Member] = [(0, "", root)]
    while stack:
        depth, role, node = stack.pop()
        lines.append(f"{'  ' * depth}{role}{_label(node)}")
        stack += [(depth + 1, inner, child) for inner, child in reversed(_members(node))]
    return tuple(lines)


def _members(node: tree.Node | plan.Plan) -> list[tuple[str, tree.Node | plan.Plan]]:
    if isinstance(node, tree.Bool | plan.Boolean):
        groups: Sequence[tuple[str, Sequence[tree.Node | plan.Plan]]] = (
            ("must have: ", node.must),
            ("may have: ", node.should),
            ("must not have: ", node.must_not),
        )
        return [(role, child) for role, children in groups for child in children]
    if isinstance(node, tree.Boost | tree.Field):
        return [("", node.child)]
    return []


def _label(node: tree.Node | plan.Plan) -> str:
    match node:
        case tree.Bool() | plan.Boolean():
            return "combination"
        case tree.Boost(_, factor):
            return f"weight {factor:g}"
        case tree.Field(name, _):
            return f"field {name}"
        case tree.Everything() | plan.Everything():
            return "everything"
        case tree.Nothing() | plan.Nothing():
            return "nothing"
        case tree.Word() | tree.Phrase() | tree.Prefix() | tree.Wildcard() | tree.Value():
            return f"{type(node).__name__.lower()} {print_query(node)}"
        case tree.DateRange():
            return f"dates {print_query(node)}"
        case tree.NumberRange():
            return f"numbers {print_query(node)}"
    return _plan_label(node)


def _plan_label(node: plan.Plan) -> str:
    match node:
        case plan.Term(field, _, weight):
            return f"term {field}:{leaf_text(node)}, weight {weight:g}"
        case plan.Phrase(field, _, _, weight):
            return f"phrase {field}:{leaf_text(node)}, weight {weight:g}"
        case plan.Expansion(field, kind, _, _, _, weight):
            return f"{kind} {field}:{leaf_text(node)}, weight {weight:g}"
        case plan.Values(facet, values):
            return f"values of {facet}: {_listed(values)}"
        case plan.ValuePattern(facet, kind, pattern):
            return f"{kind} of {facet}: {pattern or 'any value'}"
        case plan.Dates(first, last):
            return f"days {_day(first)}..{_day(last)}"
        case plan.Numbers(facet, low, high):
            return f"numbers of {facet}: {_end(low)}..{_end(high)}"
        case plan.Ids(ids):
            return f"ids: {_listed(ids)}"
    raise TypeError(f"{type(node).__name__} is no node of a plan")


def leaf_text(node: plan.Term | plan.Phrase | plan.Expansion) -> str:
    """What a scored leaf of a plan looks for in its field, in the notation of queries.

    >>> leaf_text(plan.Phrase("text", ("neu", "gipfel"), 2))
    '"neu gipfel"~2'
    """
    match node:
        case plan.Term(_, term):
            return term
        case plan.Phrase(_, terms, slop):
            return f'"{" ".join(terms)}"' + (f"~{slop}" if slop else "")
        case plan.Expansion(_, "fuzzy", pattern, edits):
            return f"{pattern}~{edits}"
        case plan.Expansion(_, "prefix", pattern):
            return f"{pattern}*"
        case plan.Expansion(_, _, pattern):
            return pattern
    raise TypeError(f"{type(node).__name__} has no text")


def _listed(values: Sequence[str]) -> str:
    more = f" and {len(values) - _SHOWN_VALUES:,} more" if len(values) > _SHOWN_VALUES else ""
    return (", ".join(map(repr, values[:_SHOWN_VALUES])) or "none") + more


def _day(ordinal: int | None) -> str:
    return "" if ordinal is None else datetime.date.fromordinal(ordinal).isoformat()


def _end(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
