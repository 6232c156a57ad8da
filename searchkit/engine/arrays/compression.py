"""Stored texts, compressed one by one with a shared dictionary (Zstandard, RFC 8878)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from searchkit.errors import IndexCorrupt
from searchkit.store.manifest import REBUILD

#: The file with what the texts of an index have in common; there may be none.
DICTIONARY_FILE = "texts.dictionary"
_LEVEL = 3
# A dictionary pays for itself in what a few hundred texts have in common.
_DICTIONARY_BYTES = 1 << 18
_LEAST_SAMPLE_BYTES = 1 << 21
_SAMPLE_BYTES = 1 << 23


class TextCompressor:
    """Compresses and restores texts.

    Args:
        dictionary: what texts of this index have in common; None without.

    >>> compressor = TextCompressor(None)
    >>> compressor.restore(compressor.compress(b"Der Gipfel"))
    b'Der Gipfel'
    """

    def __init__(self, dictionary: bytes | None) -> None:
        self.dictionary = dictionary
        self._shared: Any = zstd.ZstdDict(dictionary) if dictionary else None
        self._compressor: Any = None

    @classmethod
    def trained(cls, texts: Sequence[bytes]) -> TextCompressor:
        """One that knows what some texts have in common; of too few texts nothing is learned."""
        size = sum(map(len, texts))
        if size < _LEAST_SAMPLE_BYTES:
            return cls(None)
        step = -(-size // _SAMPLE_BYTES)
        learned = zstd.train_dict(texts[::step], _DICTIONARY_BYTES)
        return cls(learned.dict_content)

    @classmethod
    def read(cls, folder: Path) -> TextCompressor:
        """The one an index was built with."""
        file = folder / DICTIONARY_FILE
        return cls(file.read_bytes() if file.exists() else None)

    def write(self, folder: Path) -> None:
        """Keep the dictionary beside the segments that need it."""
        if self.dictionary:
            file = folder / DICTIONARY_FILE
            # Never in place: the name may be a second one of a file of the generation before.
            file.unlink(missing_ok=True)
            file.write_bytes(self.dictionary)

    def compress(self, text: bytes) -> bytes:
        """A text in few bytes; the empty text in none. For one thread only."""
        if not text:
            return b""
        if self._compressor is None:
            shared = self._shared.as_digested_dict if self._shared else None
            self._compressor = zstd.ZstdCompressor(level=_LEVEL, zstd_dict=shared)
        compressed: bytes = self._compressor.compress(text, zstd.ZstdCompressor.FLUSH_FRAME)
        return compressed

    def restore(self, compressed: bytes) -> bytes:
        """The text that was compressed.

        Raises:
            IndexCorrupt: nothing this compressor made.
        """
        if not compressed:
            return b""
        decompressor = zstd.ZstdDecompressor(zstd_dict=self._shared)
        try:
            restored: bytes = decompressor.decompress(compressed)
        except zstd.ZstdError as error:
            raise _damaged() from error
        if not decompressor.eof:
            raise _damaged()
        return restored


def _damaged() -> IndexCorrupt:
    return IndexCorrupt("a stored text of the index is damaged", REBUILD)
