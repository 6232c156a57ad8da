"""What an extractor of entities is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from searchkit.text.known_chunks import CutText

Mention = tuple[int, int, str]

# The label of a mention, and the kind of entity it stands for.
KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation"}


@runtime_checkable
class Extractor(Protocol):
    """Finds the persons, places and organisations that a text names.

    ``name`` and ``version`` belong to the settings an index is made with: whoever changes what an
    extractor finds changes its version.
    """

    @property
    def name(self) -> str:
        """What the extractor is called, such as ``rules``."""

    @property
    def version(self) -> str:
        """Changes with every change of what the extractor finds."""

    def extract(self, text: str) -> list[Mention]:
        """The mentions in a text.

        Args:
            text: any text, a whole document or one sentence.

        Returns:
            ``(start, end, label)`` with code point offsets, half-open, ``label`` one of ``PER``,
            ``LOC``, ``ORG``; in the order of the text, none overlapping another, none empty.
        """

    def canonical(self, span_text: str, label: str) -> str:
        """The name of what one mention names, such as ``USA`` for ``Vereinigten Staaten``.

        Args:
            span_text: the mention as it stands in the text.
            label: its label.
        """


@runtime_checkable
class BatchExtractor(Extractor, Protocol):
    """An extractor that is faster on many texts at once."""

    def extract_many(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions in each of many texts, as ``extract`` finds them one by one.

        Args:
            texts: whole documents.
        """


@runtime_checkable
class CutExtractor(Extractor, Protocol):
    """An extractor that is faster still on texts that were cut at white space already."""

    def extract_cut(self, texts: Sequence[str], cuts: Sequence[CutText]) -> list[list[Mention]]:
        """The mentions in each of many texts, as ``extract`` finds them one by one.

        Args:
            texts: whole documents.
            cuts: what each was cut into; by the same ``KnownChunks``.
        """
