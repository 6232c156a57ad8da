"""What a query looks for, as what can be recognised in a text."""

from __future__ import annotations

from dataclasses import dataclass, field

from searchkit.query import plan


@dataclass(frozen=True, slots=True)
class Highlights:
    """What a query looks for, as what can be recognised in a text.

    Args:
        stems: of single words.
        parts: stems of the parts of those words, worth less.
        exact: lower-case forms asked for as such.
        phrases: stems that are marked only where they follow one another.
        expansions: patterns over the unstemmed forms.
        names: facet and value of what fields such as ``person:`` ask for.
    """

    stems: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    expansions: tuple[plan.Expansion, ...] = ()
    names: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class Marks:
    """The highlights while they are being gathered."""

    stems: set[str] = field(default_factory=set)
    stop_words: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    exact: set[str] = field(default_factory=set)
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    expansions: list[plan.Expansion] = field(default_factory=list)
    names: set[tuple[str, str]] = field(default_factory=set)

    def highlights(self) -> Highlights:
        """What was gathered."""
        return Highlights(
            # Stop words are worth marking only where nothing else was asked for.
            frozenset(self.stems or self.stop_words),
            frozenset(self.parts - self.stems),
            frozenset(self.exact),
            frozenset(self.phrases),
            tuple(self.expansions),
            frozenset(self.names),
        )
