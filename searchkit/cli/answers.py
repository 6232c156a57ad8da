"""One answer in the four formats, written where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from searchkit.cli.options import Common
from searchkit.cli.terminal import output_style, write_paged, write_result

if TYPE_CHECKING:
    from searchkit.render.csv import Table
    from searchkit.render.style import Style


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say; only the format that is asked for is made.

    Args:
        text: for people.
        json: one object.
        lines: objects, one for each line; the object of ``json`` alone unless given.
        table: rows for CSV.
    """

    text: Callable[[Style], str]
    json: Callable[[], dict[str, Any]]
    table: Callable[[], Table]
    lines: Callable[[], Iterable[dict[str, Any]]] | None = None


def write_answer(answer: Answer, common: Common, *, scores: bool = False) -> None:
    """Write an answer to standard output in the format asked for; long text through a pager.

    Args:
        answer: what to write.
        common: the format, colour and pager asked for.
        scores: whether text shows the scores of hits.
    """
    if common.output_format == "text":
        write_paged(answer.text(output_style(common.colour, scores=scores)), wanted=common.pager)
    elif common.output_format == "csv":
        from searchkit.render.csv import csv_text

        write_result(csv_text(answer.table()))
    else:
        from searchkit.render.json import json_text

        if common.output_format == "json":
            write_result(json_text(answer.json()) + "\n")
            return
        objects = answer.lines() if answer.lines else [answer.json()]
        write_result("".join(json_text(each, indent=None) + "\n" for each in objects))
