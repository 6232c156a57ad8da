"""What a query says: text -> tree -> plan, without knowing any engine.

The nodes of the tree are in ``searchkit.query.tree``, those of the plan in
``searchkit.query.plan``.
"""

from searchkit.query.fields import FieldInfo, FieldTable
from searchkit.query.limits import QueryLimits
from searchkit.query.notes import Note, caret_line
from searchkit.query.parser import ParsedQuery, parse_query
from searchkit.query.printer import print_query

__all__ = [
    "FieldInfo",
    "FieldTable",
    "Note",
    "ParsedQuery",
    "QueryLimits",
    "caret_line",
    "parse_query",
    "print_query",
]
