"""Documents analysed for the engine: words, facets, entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
        digest: of its content; see ``digest``.
        words: of its text, where they are known already.
    """

    document: Document
    source: str
    digest: str
    words: AnalysedText | None

    @classmethod
    def of(cls, item: Item) -> Changed:
        """An item of a feed."""
        return cls(item.document, item.source, digest(item.document), item.words)


class Converter:
    """Turns documents into what an engine writes.

    Args:
        lexicon: analyses the words.
        extractor: finds names; ``None`` for neither names nor dates in texts.
    """

    def __init__(self, lexicon: Lexicon, extractor: Extractor | None) -> None:
        self._lexicon = lexicon
        self._extractor = extractor

    def convert(self, changed: Sequence[Changed]) -> Iterator[IndexDocument]:
        """Documents ready to be written, in order; their words and names are found all together."""
        titles = [c.document.title or derive_title(c.document.text) for c in changed]
        title_words = self._lexicon.analyse_all(titles)
        new = self._lexicon.analyse_all([c.document.text for c in changed if c.words is None])
        words = [next(new) if each.words is None else each.words for each in changed]
        entities = self._entities([c.document.text for c in changed], words)
        for each, title, ours, named in zip(changed, titles, words, entities, strict=True):
            yield self._converted(each, title, next(title_words), ours, named)

    def _converted(
        self,
        changed: Changed,
        title: str,
        title_words: AnalysedText,
        words: AnalysedText,
        entities: tuple[Entity, ...],
    ) -> IndexDocument:
        document = changed.document
        when = document.when
        stored = StoredDocument(
            id=document.id,
            text=document.text,
            title=title,
            date=when,
            metadata=document.metadata,
            entities=entities,
        )
        mentions = mention_counts(stored)
        return IndexDocument(
            id=document.id,
            digest=changed.digest,
            source=changed.source,
            fields={TITLE if document.title else LEAD: title_words, TEXT: words},
            days=(when.first_day.toordinal(), when.last_day.toordinal()) if when else None,
            facets=facet_values(stored, mentions),
            numbers=numbers(document.metadata),
            stored=encode_document(stored),
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
