"""How text for people is laid out: colour, width, links, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from searchkit.markup import ansi
from searchkit.markup.escape import terminal_safe
from searchkit.render.conventions import NEUTRAL, Conventions

_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """How text is laid out.

    Args:
        colour: whether to use escape codes.
        width: columns of a line; less than 20 counts as 20.
        links: whether the terminal can open files when their titles are clicked.
        scores: whether to show the score of a hit.
        conventions: how numbers and dates are written.
    """

    colour: bool = False
    width: int = 80
    links: bool = False
    scores: bool = False
    conventions: Conventions = NEUTRAL

    def bold(self, text: str) -> str:
        """Text as a heading."""
        return ansi.bold(text) if self.colour else terminal_safe(text)

    def dim(self, text: str) -> str:
        """Text that matters less."""
        return ansi.dim(text) if self.colour else terminal_safe(text)

    def marked(self, text: str, spans: Iterable[tuple[int, int]]) -> str:
        """A passage with its marked words."""
        return ansi.marked_ansi(text, spans) if self.colour else terminal_safe(text)

    def linked(self, text: str, address: str | None) -> str:
        """Text, laid out already, that leads to an address where there is one."""
        return ansi.linked(text, address) if self.links and address else text

    def room(self, indent: int) -> int:
        """Columns left beside an indentation."""
        return max(_NARROWEST, self.width) - indent
