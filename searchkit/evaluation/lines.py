"""The lines of files that people write topics and judgements in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from searchkit.corpus.decode import with_plain_breaks
from searchkit.errors import CorpusError, SourceNotFound

PathName = str | os.PathLike[str]


def read_text(path: PathName) -> str:
    """The text of a UTF-8 file, with or without a byte order mark; all line breaks are ``\\n``.

    Raises:
        SourceNotFound: there is no such file.
        CorpusError: it cannot be read, or is not UTF-8; the message names the line.
    """
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise SourceNotFound(f"there is no file {str(path)!r}", "check the path") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise CorpusError(
            f"cannot read {str(path)!r}: {reason.lower()}", "name a file with read permission"
        ) from error
    try:
        return with_plain_breaks(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = with_plain_breaks(data[: error.start].decode("cp1252", "replace"))
        raise at_line(
            path, before.count("\n") + 1, "is not UTF-8", "save the file as UTF-8"
        ) from error


def content_lines(text: str) -> Iterator[tuple[int, str]]:
    """Number, from 1, and content of every line that is neither blank nor a comment (``#``).

    >>> list(content_lines("# topics\\n\\n1\\tElbe\\n"))
    [(3, '1\\tElbe')]
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def at_line(path: PathName, line: int, fault: str, hint: str) -> CorpusError:
    """The error that a line of a file is.

    >>> at_line("topics.tsv", 3, "has no query", "write one").message
    "'topics.tsv' line 3 has no query"
    """
    return CorpusError(f"{str(path)!r} line {line} {fault}", hint)
