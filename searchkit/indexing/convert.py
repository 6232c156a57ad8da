"""Documents analysed for the engine: words, facets, entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from searchkit.corpus.titles import derive_title
from searchkit.dates import PartialDate
from searchkit.engine.port import IndexDocument
from searchkit.extract.protocol import Extractor
from searchkit.extract.resolve import document_entities
from searchkit.indexing.stored import encode_document
from searchkit.model import ENTITY_FACETS, Document, Entity, StoredDocument
from searchkit.query.plan import LEAD, TEXT, TITLE, value_text
from searchkit.text.lexicon import Lexicon


class Converter:
    """Turns documents into what an engine writes.

    Args:
        lexicon: analyses the words.
        extractor: finds entities; ``None`` for none.
    """

    def __init__(self, lexicon: Lexicon, extractor: Extractor | None) -> None:
        self._lexicon = lexicon
        self._extractor = extractor

    def learn(self, texts: Iterable[str]) -> None:
        """Analyse the words of texts that are about to be converted, all at once."""
        self._lexicon.learn(texts)

    def convert(self, document: Document, source: str, digest: str) -> IndexDocument:
        """The document ready to be written.

        Args:
            document: what was given.
            source: what it came from.
            digest: of its content; see ``stored.digest``.
        """
        when = document.when
        stored = StoredDocument(
            id=document.id,
            text=document.text,
            title=document.title or derive_title(document.text),
            date=when,
            metadata=document.metadata,
            entities=self._entities(document.text),
        )
        return IndexDocument(
            id=document.id,
            digest=digest,
            source=source,
            fields={
                TITLE if document.title else LEAD: self._lexicon.analyse(stored.title),
                TEXT: self._lexicon.analyse(stored.text),
            },
            days=(when.first_day.toordinal(), when.last_day.toordinal()) if when else None,
            facets=_facets(stored),
            numbers=_numbers(document),
            stored=encode_document(stored),
        )

    def _entities(self, text: str) -> tuple[Entity, ...]:
        return document_entities(text, self._extractor) if self._extractor else ()


def _facets(document: StoredDocument) -> dict[str, Sequence[str]]:
    """Metadata by name; the facets searchkit makes itself come last and win over a namesake."""
    facets: dict[str, Sequence[str]] = {
        _encodable(name): [_encodable(value_text(value))]
        for name, value in document.metadata.items()
    }
    facets |= _date_facets(document.date)
    for kind in ENTITY_FACETS:
        names = [_encodable(entity.name) for entity in document.entities if entity.kind == kind]
        if names:
            facets[kind] = names
    return facets


def _date_facets(date: PartialDate | None) -> dict[str, Sequence[str]]:
    if date is None:
        return {}
    facets: dict[str, Sequence[str]] = {"year": [date[:4]]}
    if date.month is not None:
        facets["month"] = [date[:7]]
    return facets


def _numbers(document: Document) -> dict[str, float]:
    return {
        _encodable(name): float(value)
        for name, value in document.metadata.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _encodable(text: str) -> str:
    """Lone surrogates cannot be encoded, a NUL separates names from values in the engine."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
