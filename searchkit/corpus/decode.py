"""Turns bytes into text by one stated policy, and streams into lines.

UTF-8 with or without a byte order mark; UTF-16 with one; everything else is taken for
Windows-1252, in which German texts that are not Unicode mostly come.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

_MARKS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes) -> tuple[str, str]:
    """Decode a text.

    Args:
        data: the bytes of a whole text or line.

    Returns:
        The text, and what had to be assumed about it in one line; empty where nothing had to be.
        What no reading explains is U+FFFD in the text.

    >>> decode("Grüße".encode())
    ('Grüße', '')
    >>> decode("Grüße".encode("cp1252"))
    ('Grüße', 'is not UTF-8 and was read as Windows-1252')
    """
    encoding = _marked_encoding(data)
    try:
        return data.decode(encoding or "utf-8"), ""
    except UnicodeDecodeError:
        if encoding:
            name = "UTF-8" if encoding == "utf-8-sig" else "UTF-16"
            return data.decode(encoding, "replace"), f"has bytes that are not {name}"
        return data.decode("cp1252", "replace"), "is not UTF-8 and was read as Windows-1252"


def _marked_encoding(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if data.startswith(_MARKS_16) else ""


def with_plain_breaks(text: str) -> str:
    r"""Write every line break as ``\n``.

    >>> with_plain_breaks("a\r\nb\rc")
    'a\nb\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def utf8_blocks(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Take the byte order mark off a stream, and recode it where that mark says UTF-16.

    Without a mark the bytes stay as they are, so that each line can be decoded for itself.

    >>> b"".join(utf8_blocks([b"\\xff", b"\\xfea\\x00b", b"\\x00"]))
    b'ab'
    """
    stream = iter(blocks)
    head = b""
    for block in stream:
        head += block
        if len(head) >= len(codecs.BOM_UTF8):
            break
    encoding = _marked_encoding(head)
    if encoding == "utf-16":
        yield from _recoded(head, stream)
    else:
        yield head.removeprefix(codecs.BOM_UTF8)
        yield from stream


def _recoded(head: bytes, stream: Iterator[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    yield decoder.decode(head).encode()
    for block in stream:
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()


def split_lines(blocks: Iterable[bytes], limit_bytes: int) -> Iterator[bytes | None]:
    r"""Divide a stream into lines, holding no more of it than one line and one block.

    Args:
        blocks: pieces of the stream, of any length.
        limit_bytes: the longest line to be held, without its break.

    Returns:
        The lines without ``\n``; ``None`` in place of one that is too long.

    >>> list(split_lines([b"a\nb", b"b\nc", b"cc"], limit_bytes=2))
    [b'a', b'bb', None]
    """
    parts: list[bytes] = []
    size_bytes = 0
    for block in blocks:
        for place, part in enumerate(block.split(b"\n")):
            if place:  # a line break stood before it
                yield b"".join(parts) if size_bytes <= limit_bytes else None
                parts, size_bytes = [], 0
            size_bytes += len(part)
            if size_bytes <= limit_bytes:
                parts.append(part)
            else:
                parts.clear()
    if size_bytes:
        yield b"".join(parts) if size_bytes <= limit_bytes else None
