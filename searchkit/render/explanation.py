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
    >>> from searchkit.render.conventions import GERMAN
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
    >>> long = HitExplanation("a", 11.5, (parts[0], ScorePart("title", "gipfel", 0.3, 10.25)))
    >>> german = Style(conventions=GERMAN)
    >>> text = explanation_text(Explanation("Gipfel", (), (), (long,)), german)
    >>> print(*text.splitlines()[-2:], sep="\\n")
      =  1,2500  text:gipfel   weight 1
      + 10,2500  title:gipfel  weight 0,3
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
    scores = [style.conventions.number(part.score, 4) for part in hit.parts]
    digits = max(map(len, scores), default=0)
    for number, (name, score, part) in enumerate(zip(names, scores, hit.parts, strict=True)):
        blanks = " " * (widest - columns(name))
        weight = f"{part.weight:g}".replace(".", style.conventions.decimal)
        yield f"{'+' if number else '='} {score:>{digits}}  {name}{blanks}  weight {weight}"
