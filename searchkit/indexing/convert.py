"""Documents analysed for the engine: words, facets, entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from searchkit.corpus.titles import derive_title
from searchkit.engine.port import IndexDocument
from searchkit.engine.stored import encode_document, facet_values, mention_counts, numbers
from searchkit.extract.dates import date_entities
from searchkit.extract.protocol import Extractor
from searchkit.extract.resolve import documents_entities
from searchkit.indexing.digest import digest
from searchkit.indexing.feed import Item
from searchkit.model import Document, Entity, StoredDocument
from searchkit.query.plan import LEAD, TEXT, TITLE
from searchkit.text.lexicon import AnalysedText, Lexicon


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that is new or other than it was.

    Args:
        document: what was given.
        source: what it came from.
        words: of its text, where they are known already.
        entities: what it names, where that is known already.
    """

    document: Document
    source: str
    words: AnalysedText | None
    entities: tuple[Entity, ...] | None = None

    @classmethod
    def of(cls, item: Item) -> Changed:
        """An item of a feed."""
        return cls(item.document, item.source, item.words)


class Converter:
    """Turns documents into what an engine writes.

    Args:
        lexicon: analyses the words.
        extractor: finds names; ``None`` for neither names nor dates in texts.
    """

    def __init__(self, lexicon: Lexicon, extractor: Extractor | None) -> None:
        self._lexicon = lexicon
        self._extractor = extractor

    def analysed(self, changed: Sequence[Changed]) -> list[Changed]:
        """Documents with their words, found all together."""
        new = self._lexicon.analyse_all([c.document.text for c in changed if c.words is None])
        return [replace(c, words=next(new)) if c.words is None else c for c in changed]

    def named(self, analysed: Sequence[Changed]) -> list[Changed]:
        """Documents whose words are known, with what they name, found all together."""
        if all(each.entities is not None for each in analysed):
            return list(analysed)
        entities = self._entities(
            [each.document.text for each in analysed], [_words_of(each) for each in analysed]
        )
        return [replace(c, entities=found) for c, found in zip(analysed, entities, strict=True)]

    def convert(self, changed: Sequence[Changed]) -> Iterator[IndexDocument]:
        """Documents ready to be written, in order; their words and names are found all together."""
        titles = [c.document.title or derive_title(c.document.text) for c in changed]
        title_words = self._lexicon.analyse_all(titles)
        known = self.named(self.analysed(changed))
        for each, title, found in zip(known, titles, title_words, strict=True):
            yield self._converted(each, title, found)

    def _converted(
        self,
        changed: Changed,
        title: str,
        title_words: AnalysedText,
    ) -> IndexDocument:
        document = changed.document
        when = document.when
        stored = StoredDocument(
            id=document.id,
            text=document.text,
            title=title,
            date=when,
            metadata=document.metadata,
            entities=changed.entities or (),
        )
        mentions = mention_counts(stored)
        parts = encode_document(stored)
        return IndexDocument(
            id=document.id,
            digest=digest(document, parts.text),
            source=changed.source,
            fields={TITLE if document.title else LEAD: title_words, TEXT: _words_of(changed)},
            days=(when.first_day.toordinal(), when.last_day.toordinal()) if when else None,
            facets=facet_values(stored, mentions),
            numbers=numbers(document.metadata),
            stored=parts,
            mentions=mentions,
        )

    def _entities(
        self, texts: Sequence[str], words: Sequence[AnalysedText]
    ) -> Iterable[tuple[Entity, ...]]:
        """The names and dates in each text."""
        if self._extractor is None:
            return repeat((), len(texts))
        names = documents_entities(texts, self._extractor, [each.cut for each in words])
        return ((*found, *date_entities(text)) for text, found in zip(texts, names, strict=True))


def _words_of(changed: Changed) -> AnalysedText:
    assert changed.words is not None, "not analysed"
    return changed.words
