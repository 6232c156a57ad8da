"""Reads a text file: seed texts with their header, plain text, Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from searchkit.corpus.problems import Remark
from searchkit.dates import PartialDate
from searchkit.errors import DateInvalid
from searchkit.model import Document

# " date 2018-07 " at the very beginning; only what starts with a digit is meant as a date.
_HEADER = re.compile(r"[ \t]?date[ \t]+([0-9]\S*)")
# CommonMark 4.2: up to three blanks, the sign, blanks, then perhaps closing signs.
_HEADING = re.compile(r" {0,3}#[ \t]+([^\n]+)(?:\n|\Z)")
_CLOSING = re.compile(r"(?<![ \t#])[ \t]+#+[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parser made of a text.

    Args:
        document: ``None`` where nothing could be made of it; a remark then says why.
        remarks: what there is to say about it.
    """

    document: Document | None
    remarks: tuple[Remark, ...] = ()


def lost(reason: str, message: str) -> Reading:
    """The reading of a text that has to be left out."""
    return Reading(None, (Remark(reason, message, lost=True),))


def read_seed_text(text: str, id: str) -> Reading:
    """Read a seed text, or a plain text without header.

    The first line may begin with ``date`` and a year, month or day; the rest of it is text.

    Args:
        text: the content of the file, line breaks as ``\\n``.
        id: the id of the document.

    >>> document = read_seed_text(" date 2018-07 Der Gipfel begann.", "a").document
    >>> document.date, document.text
    ('2018-07', 'Der Gipfel begann.')
    """
    header = _HEADER.match(text)
    if header is None:
        return _reading(id, text)
    try:
        date = PartialDate.parse(header[1])
    except DateInvalid as error:
        message = f"the first line names no date: {error.message}; it was kept as text"
        return _reading(id, text, remarks=(Remark("invalid-date", message),))
    return _reading(id, text[header.end() :], date=date)


def read_markdown(text: str, id: str) -> Reading:
    """Read a Markdown text; a heading of the first level that comes first is its title.

    All other marks stay in the text. A text that is nothing but its title has it as text, too.

    Args:
        text: the content of the file, line breaks as ``\\n``.
        id: the id of the document.

    >>> document = read_markdown("# Der Gipfel\\n\\nEr begann.", "a").document
    >>> document.title, document.text
    ('Der Gipfel', 'Er begann.')
    """
    body = text.lstrip("\n")
    heading = _HEADING.match(body)
    title = _CLOSING.sub("", heading[1]).strip() if heading else ""
    if heading is None or not title:
        return _reading(id, text)
    return _reading(id, body[heading.end() :].strip() or title, title=title)


def _reading(
    id: str,
    text: str,
    *,
    title: str = "",
    date: PartialDate | None = None,
    remarks: tuple[Remark, ...] = (),
) -> Reading:
    text = text.strip()
    if not text:
        return lost("empty", "there is no text in it")
    return Reading(Document(id, text, title, date), remarks)
