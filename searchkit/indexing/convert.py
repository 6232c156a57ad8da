"""Documents analysed for the engine: words, facets, entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import repeat

from searchkit.corpus.titles import derive_title
from searchkit.engine.port import IndexDocument
from searchkit.engine.stored import encode_document, facet_values, mention_counts, numbers
from searchkit.extract.dates import date_entities
from searchkit.extract.protocol import Extractor
from searchkit.extract.resolve import EntityFinder
from searchkit.indexing.digest import digest
from searchkit.indexing.feed import Item
from searchkit.model import Entity, StoredDocument
from searchkit.query.plan import LEAD, TEXT, TITLE
from searchkit.text.lexicon import AnalysedText, Lexicon


class Converter:
    """Turns documents into what an engine writes.

    Args:
        lexicon: analyses the words.
        extractor: finds names; ``None`` for neither names nor dates in texts.
    """

    def __init__(self, lexicon: Lexicon, extractor: Extractor | None) -> None:
        self._lexicon = lexicon
        self._finder = EntityFinder(extractor) if extractor else None

    def analysed(self, items: Sequence[Item]) -> list[Item]:
        """Documents with their words, found all together."""
        new = self._lexicon.analyse_all(
            [item.document.text for item in items if item.words is None]
        )
        return [replace(item, words=next(new)) if item.words is None else item for item in items]

    def named(self, analysed: Sequence[Item]) -> list[Item]:
        """Documents whose words are known, with what they name, found all together."""
        if all(each.entities is not None for each in analysed):
            return list(analysed)
        entities = self._entities(
            [each.document.text for each in analysed], [_words_of(each) for each in analysed]
        )
        return [
            replace(item, entities=found) for item, found in zip(analysed, entities, strict=True)
        ]

    def convert(self, items: Sequence[Item]) -> Iterator[IndexDocument]:
        """Documents ready to be written, in order; their words and names are found all together."""
        titles = [item.document.title or derive_title(item.document.text) for item in items]
        title_words = self._lexicon.analyse_all(titles)
        known = self.named(self.analysed(items))
        for each, title, found in zip(known, titles, title_words, strict=True):
            yield self._converted(each, title, found)

    def _converted(
        self,
        item: Item,
        title: str,
        title_words: AnalysedText,
    ) -> IndexDocument:
        document = item.document
        when = document.when
        stored = StoredDocument(
            id=document.id,
            text=document.text,
            title=title,
            date=when,
            metadata=document.metadata,
            entities=item.entities or (),
        )
        mentions = mention_counts(stored)
        parts = encode_document(stored)
        return IndexDocument(
            id=document.id,
            digest=digest(document, parts.text),
            source=item.source,
            fields={TITLE if document.title else LEAD: title_words, TEXT: _words_of(item)},
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
        if self._finder is None:
            return repeat((), len(texts))
        names = self._finder.of(texts, [each.cut for each in words])
        return ((*found, *date_entities(text)) for text, found in zip(texts, names, strict=True))


def _words_of(item: Item) -> AnalysedText:
    assert item.words is not None, "not analysed"
    return item.words
