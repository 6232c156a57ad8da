"""Explanations as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchkit.explanation import Explanation, HitExplanation
from searchkit.markup.plain import plain_line
from searchkit.render.style import Style
from searchkit.render.wrap import columns


def explanation_text(explanation: Explanation, style: Style) -> str:
    """What a query was taken for, what the engine was asked, and what each score adds up from.

    >>> from searchkit.explanation import ScorePart
    >>> parts = (ScorePart("text", "gipfel", 1.0, 1.25), ScorePart("title", "gipfel", 0.3, 0.5))
    >>> why = Explanation("Gipfel", ("word Gipfel",), ("...",), (HitExplanation("a", 1.75, parts),))
    >>> print(explanation_text(why, Style()), end="")
    query
      Gipfel
    <BLANKLINE>
    tree
      word Gipfel
    <BLANKLINE>
    plan
      ...
    <BLANKLINE>
    a
      1.7500
      = 1.2500  text:gipfel   weight 1
      + 0.5000  title:gipfel  weight 0.3
    """
    blocks = [
        _block("query", [explanation.query or "(no word)"], style),
        _block("tree", explanation.tree, style),
        _block("plan", explanation.plan, style),
        *(_block(hit.id, _score_lines(hit, style), style) for hit in explanation.hits),
    ]
    return "\n".join(blocks)


def _block(heading: str, lines: Iterable[str], style: Style) -> str:
    body = "".join(f"  {plain_line(line)}\n" for line in lines)
    return f"{style.bold(plain_line(heading))}\n{body}"


def _score_lines(hit: HitExplanation, style: Style) -> Iterator[str]:
    yield style.conventions.number(hit.score, 4)
    names = [plain_line(f"{part.field}:{part.term}") for part in hit.parts]
    widest = max(map(columns, names), default=0)
    for number, (name, part) in enumerate(zip(names, hit.parts, strict=True)):
        score = style.conventions.number(part.score, 4)
        blanks = " " * (widest - columns(name))
        yield f"{'+' if number else '='} {score}  {name}{blanks}  weight {part.weight:g}"
