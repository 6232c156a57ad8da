"""Where a page of hits ended, as a text that the next request brings back."""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii
from zlib import crc32

from searchkit.engine.port import EngineHit
from searchkit.errors import CursorInvalid

# An id has 4,096 code points at most; nobody shall make us decode more than it takes.
_LONGEST = 1 << 16
# The alphabet of base64 for addresses; the module of that name takes a while to import.
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_PLAIN = str.maketrans("-_", "+/")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The end of a page.

    Args:
        generation: of the index that answered, 1 or more.
        question: what was asked, as ``question_mark`` tells one question from another.
        position: how many hits came before the next page.
        last_id: of the last of them; empty before the first page.
    """

    generation: int
    question: str
    position: int
    last_id: str

    def encode(self) -> str:
        """The cursor as a text of letters, digits, ``-`` and ``_``."""
        question, last_id = map(encode_basestring_ascii, (self.question, self.last_id))
        # What json.dumps writes, which takes several times as long for a list of four.
        values = f"[{self.generation}, {question}, {self.position}, {last_id}]"
        encoded = b2a_base64(values.encode("ascii"), newline=False)
        return encoded.rstrip(b"=").translate(_URL_SAFE).decode("ascii")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """What ``encode`` was called on.

        Raises:
            CursorInvalid: the text is no cursor.

        >>> Cursor.decode(Cursor(1, "0f", 10, "a").encode()).position
        10
        """
        try:
            if len(text) > _LONGEST:
                raise ValueError("longer than any cursor")
            padded = text.translate(_PLAIN) + "=" * (-len(text) % 4)
            generation, question, position, last_id = json.loads(a2b_base64(padded))
        except (ValueError, TypeError) as error:
            raise _no_cursor(text) from error
        found = cls(generation, question, position, last_id)
        types = tuple(map(type, (generation, question, position, last_id)))
        if types != (int, str, int, str) or min(generation, position) < 0:
            raise _no_cursor(text)
        return found

    @classmethod
    def start(cls, text: str | None, generation: int, question: str) -> Cursor:
        """Where a page begins: behind a cursor, or at the first hit without one.

        Args:
            text: the cursor as ``encode`` wrote it.
            generation, question: of the state of the index, and what is asked of it now.

        Raises:
            CursorInvalid: the text is no cursor, or of another question or state.
        """
        if text is None:
            return cls(generation, question, 0, "")
        found = cls.decode(text)
        found._require(generation, question)
        return found

    def behind(self, hits: Sequence[EngineHit], offset: int, total: int) -> str | None:
        """The cursor of the page after one that began here; ``None`` where no hits follow.

        Args:
            hits: the page.
            offset: hits passed over between here and the page.
            total: all that match.
        """
        position = self.position + offset + len(hits)
        if not hits or position >= total:
            return None
        return Cursor(self.generation, self.question, position, hits[-1].id).encode()

    def _require(self, generation: int, question: str) -> None:
        if self.question != question:
            raise CursorInvalid(
                "the cursor comes from another query, filter, order, weighting or index",
                "repeat the search that gave it, changing only limit, facets and snippets",
            )
        if self.generation != generation:
            raise CursorInvalid(
                f"the cursor is of generation {self.generation} of the index, which has changed"
                f" since and is now at {generation}",
                "search again without a cursor, from the first page",
            )


class Written(str):
    """What ``repr`` says of a value that is part of every question: to be written once."""

    __repr__ = str.__str__


def question_mark(*parts: object) -> str:
    """A short text that tells one question from another.

    Args:
        parts: values whose ``repr`` says all there is to say about them, or what it says as
            ``Written``.
    """
    # Against mistakes, not malice: whoever forges a cursor gets other hits of an own question.
    return f"{crc32(repr(parts).encode('utf-8', 'surrogatepass')):08x}"


def _no_cursor(text: str) -> CursorInvalid:
    shown = text if len(text) <= 30 else f"{text[:30]}…"
    return CursorInvalid(
        f"{shown!r} is no cursor", "give next_cursor of an earlier answer as it stands"
    )
