"""Takes an open file apart into texts, by its suffix, and has each of them read."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.corpus.decode import decode, split_lines, utf8_blocks, with_plain_breaks
from searchkit.corpus.files import MeteredFile, unpacked_blocks
from searchkit.corpus.json_lines import read_json_line
from searchkit.corpus.plain_text import Reading, lost, read_markdown, read_seed_text
from searchkit.corpus.problems import Remark
from searchkit.corpus.walk import CorpusFile

_WHOLE = {".txt": read_seed_text, ".md": read_markdown, ".markdown": read_markdown}


def read_documents(
    file: CorpusFile, raw: MeteredFile, limit_bytes: int
) -> Iterator[tuple[int | None, Reading]]:
    """Read every text of a file.

    Args:
        file: the file; its suffix says what it holds.
        raw: the same file, open, at its beginning.
        limit_bytes: the longest text, before decoding.

    Returns:
        Line number (``None`` for the file as a whole) and reading, in order.

    Raises:
        OSError: the file cannot be read, is damaged, or changed meanwhile.
    """
    if not raw.size_bytes:
        yield None, lost("empty", "the file is empty")
    elif file.suffix in _WHOLE:
        yield None, _whole_file(file, raw, limit_bytes)
    else:
        yield from _json_lines(file, raw, limit_bytes)


def _whole_file(file: CorpusFile, raw: MeteredFile, limit_bytes: int) -> Reading:
    if raw.size_bytes > limit_bytes:
        return _too_large(limit_bytes)
    blocks: list[bytes] = []
    while block := raw.read():
        blocks.append(block)
    raw.check_unchanged()
    text, remarks = _decoded(b"".join(blocks))
    if "\0" in text:
        return _NUL
    reading = _WHOLE[file.suffix](with_plain_breaks(text), file.id)
    return Reading(reading.document, remarks + reading.remarks)


def _json_lines(
    file: CorpusFile, raw: MeteredFile, limit_bytes: int
) -> Iterator[tuple[int | None, Reading]]:
    blocks = utf8_blocks(unpacked_blocks(raw, file.suffix))
    id, empty = file.id, True
    for number, line in enumerate(split_lines(blocks, limit_bytes), 1):
        if line is None:
            yield number, _too_large(limit_bytes)
        elif not line.strip():
            continue
        elif b"\0" in line:
            yield number, _NUL
        else:
            text, remarks = _decoded(line)
            reading = read_json_line(text, f"{id}:{number}")
            yield number, Reading(reading.document, remarks + reading.remarks)
        empty = False
    if empty:
        yield None, lost("empty", "there is no text in it")


def _decoded(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    text, assumed = decode(data)
    return text, (Remark("decoding", assumed),) if assumed else ()


def _too_large(limit_bytes: int) -> Reading:
    return lost("too-large", f"is longer than {limit_bytes:,} bytes")


_NUL = lost("nul-byte", "holds a NUL byte")
