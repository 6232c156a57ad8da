"""Stored texts, compressed one by one with a shared dictionary (Zstandard, RFC 8878)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import zstandard

from searchkit.errors import IndexCorrupt
from searchkit.store.manifest import REPAIR

#: The file with what the texts of an index have in common; there may be none.
DICTIONARY_FILE = "texts.dictionary"
# One more takes a third longer and saves a sixtieth.
_LEVEL = 3
# A dictionary pays for itself in what a few hundred texts have in common.
_DICTIONARY_BYTES = 1 << 18
_LEAST_SAMPLE_BYTES = 1 << 21
_SAMPLE_BYTES = 1 << 23
# Parameters of the training (Collet's COVER: length of segments, and of what is counted in them).
# Searching for better ones takes five times as long and finds none for news.
_COVER = {"k": 200, "d": 8}
# No document is longer; a damaged length must not be believed.
_LONGEST_BYTES = 1 << 31
# Four bytes stand for a block of 128 KiB at most.
_MOST_EXPANDED = 1 << 15
# Zstandard refuses a handful of samples, and reads behind the end of memory where the first three
# quarters of them have hardly any bytes (1.5.7).
_LEAST_SAMPLES = 64
_SHORTEST_SAMPLE = 64


class TextCompressor(threading.local):
    """Compresses and restores texts; in every thread with tools of its own.

    Args:
        dictionary: what texts of this index have in common; None without.

    >>> compressor = TextCompressor(None)
    >>> compressor.restore(compressor.compress(b"Der Gipfel"))
    b'Der Gipfel'
    """

    def __init__(self, dictionary: bytes | None) -> None:
        self.dictionary = dictionary
        shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=shared, write_checksum=True
        )
        self._decompressor = zstandard.ZstdDecompressor(dict_data=shared)

    @classmethod
    def trained(cls, texts: Sequence[bytes]) -> TextCompressor:
        """One that knows what some texts have in common; of too few texts nothing is learned."""
        size = sum(map(len, texts))
        if size < _LEAST_SAMPLE_BYTES:
            return cls(None)
        step = -(-size // _SAMPLE_BYTES)
        samples: list[bytes | bytearray | memoryview] = [
            text for text in texts[::step] if len(text) >= _SHORTEST_SAMPLE
        ]
        if len(samples) < _LEAST_SAMPLES:
            return cls(None)
        try:
            learned = zstandard.train_dictionary(_DICTIONARY_BYTES, samples, **_COVER)
        except zstandard.ZstdError:
            # All alike, for instance: what else cannot be learned from Zstandard alone knows.
            return cls(None)
        return cls(learned.as_bytes())

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
        """A text in few bytes; the empty text in none."""
        # A copy: what Zstandard returns keeps the memory of the longest that it might have been.
        return bytes(memoryview(self._compressor.compress(text))) if text else b""

    def restore(self, compressed: bytes) -> bytes:
        """The text that was compressed.

        Raises:
            IndexCorrupt: nothing this compressor made.
        """
        return self.restore_all([compressed])[0]

    def restore_all(self, compressed: Sequence[bytes]) -> list[bytes]:
        """Several texts; raises what ``restore`` does."""
        decompress = self._decompressor.decompress  # looked up in this thread's tools once
        try:
            for text in compressed:
                _require_frame(text)
            return [decompress(text) if text else b"" for text in compressed]
        except zstandard.ZstdError as error:
            raise _damaged() from error


def _require_frame(compressed: bytes) -> None:
    """Make sure that a text has a checksum and says a length that can be true."""
    if compressed:
        frame = zstandard.get_frame_parameters(compressed)
        longest = min(_LONGEST_BYTES, len(compressed) * _MOST_EXPANDED)
        if not frame.has_checksum or frame.content_size > longest:
            raise _damaged()


def _damaged() -> IndexCorrupt:
    return IndexCorrupt("a stored text of the index is damaged", REPAIR)
