"""What was read of a query so far: operands in clauses, clauses in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from searchkit.query.fields import FieldInfo
from searchkit.query.lexer import Token
from searchkit.query.tree import Node, combine


@dataclass(slots=True)
class Operand:
    """A word or group, and what the signs around it say of it."""

    node: Node
    excluded: bool
    required: bool
    weighted: bool = False


@dataclass(slots=True)
class Clause:
    """Operands joined by AND; ``either`` where an OR stands beside it."""

    operands: list[Operand]
    either: bool

    @property
    def is_positive(self) -> bool:
        """Whether there is something in it to look for."""
        return not all(operand.excluded for operand in self.operands)

    def is_plain(self, fits: Callable[[Node], bool]) -> bool:
        """Whether it is one operand without a sign that fits."""
        first = self.operands[0]
        return (
            len(self.operands) == 1 and not (first.excluded or first.required) and fits(first.node)
        )


@dataclass(slots=True)
class Waiting:
    """What was read of the next operand before the operand itself."""

    signs: list[Token] = field(default_factory=list)
    name: Token | None = None
    exact: Token | None = None


@dataclass(slots=True)
class Group:
    """An open parenthesis, or the query as a whole."""

    scope: FieldInfo | None
    opened_at: int
    clauses: list[Clause] = field(default_factory=list)
    joiner: Token | None = None
    waiting: Waiting = field(default_factory=Waiting)
    # What a suffix belongs to.
    last: Operand | None = None

    def add(self, operand: Operand) -> None:
        """Take an operand in; whatever waited for it is used up."""
        if self.joiner and self.joiner.kind == "and":
            self.clauses[-1].operands.append(operand)
        else:
            if self.joiner:
                self.clauses[-1].either = True
            self.clauses.append(Clause([operand], self.joiner is not None))
        self.joiner, self.waiting, self.last = None, Waiting(), operand

    def skip(self) -> None:
        """Forget what waited for an operand that came to nothing."""
        self.waiting, self.last = Waiting(), None

    def mere_alternatives(self, is_filter: Callable[[Node], bool]) -> Iterator[Node]:
        """Filters side by side with words, without an OR: each looks like a condition, but is none.

        Args:
            is_filter: whether a node only filters.
        """
        filters = [clause for clause in self.clauses if clause.is_plain(is_filter)]
        if any(c.is_positive for c in self.clauses if c not in filters):
            yield from (c.operands[0].node for c in filters if not c.either)

    def node(self) -> Node:
        """What the group says."""
        must: list[Node] = []
        should: list[Node] = []
        must_not: list[Node] = []
        for clause in self.clauses:
            first = clause.operands[0]
            if len(clause.operands) > 1 or (first.excluded and clause.either):
                should.append(conjunction(clause.operands))
            else:
                part = must_not if first.excluded else must if first.required else should
                part.append(first.node)
        return combine(tuple(must), tuple(should), tuple(must_not))


def conjunction(operands: Sequence[Operand]) -> Node:
    return combine(
        must=tuple(operand.node for operand in operands if not operand.excluded),
        must_not=tuple(operand.node for operand in operands if operand.excluded),
    )
