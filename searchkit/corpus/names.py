"""Names of files as ids, as shown text, and by suffix."""

from __future__ import annotations

import re

_SURROGATES = re.compile("[\ud800-\udfff]")
_KNOWN = (
    *(".txt", ".md", ".markdown", ".jsonl", ".ndjson"),
    *(".jsonl.gz", ".jsonl.xz", ".ndjson.gz", ".ndjson.xz"),
)
KNOWN_SUFFIXES = ".txt, .md, .markdown, .jsonl, .ndjson, .jsonl.gz, .jsonl.xz"


def split_suffix(name: str) -> tuple[str, str]:
    """Divide a file name into what names the text and a known suffix in lower case.

    Args:
        name: a file name or a path with ``/``.

    Returns:
        Stem and suffix; the whole name and an empty text where the suffix is not a known one.

    >>> split_suffix("news/2018.JSONL.xz"), split_suffix("seite.html")
    (('news/2018', '.jsonl.xz'), ('seite.html', ''))
    """
    lower = name[-12:].lower()
    if lower.endswith(_KNOWN):
        suffix = next(known for known in _KNOWN if lower.endswith(known))
        stem = name[: -len(suffix)]
        if stem and not stem.endswith("/"):  # ".txt" is a hidden file, not a suffix
            return stem, suffix
    return name, ""


def has_known_suffix(name: str) -> bool:
    """Whether the name of a file that is not hidden ends in a known suffix.

    >>> has_known_suffix("A.TXT"), has_known_suffix("seite.html")
    (True, False)
    """
    return name[-12:].lower().endswith(_KNOWN)


def without_surrogates(text: str) -> str:
    """Replace what UTF-8 cannot hold by U+FFFD.

    Lone surrogates stand for the undecodable bytes of a file name; JSON can spell them, too.

    >>> without_surrogates("caf\\udce9") == "caf\\ufffd"
    True
    """
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def escaped(path: str) -> str:
    """A path as valid UTF-8 in which different paths stay different.

    >>> escaped("caf\\udce9") == "caf" + chr(92) + "udce9"
    True
    """
    if path.isascii():
        return path
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def quoted(text: str) -> str:
    """A text in a message: quoted, on one line, control characters escaped, cut to 60.

    >>> quoted("a\\nb")
    "'a\\\\nb'"
    """
    return repr(text if len(text) <= 60 else text[:59] + "…")
