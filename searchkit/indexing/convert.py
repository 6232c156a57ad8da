"""Documents analysed for the engine: terms with positions, facets, entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from searchkit.corpus.titles import derive_title
from searchkit.dates import PartialDate
from searchkit.engine.port import FieldTerms, IndexDocument
from searchkit.extract.protocol import Extractor
from searchkit.extract.resolve import document_entities
from searchkit.indexing.stored import digest, encode_document
from searchkit.indexing.vocabulary import VocabularyCounter
from searchkit.model import ENTITY_FACETS, Document, Entity, StoredDocument
from searchkit.query.plan import EXACT, LEAD, TEXT, TITLE, value_text
from searchkit.text.lexicon import AnalysedText, Lexicon


class Converter:
    """Turns documents into what an engine writes.

    Args:
        lexicon: analyses the words.
        extractor: finds entities; ``None`` for none.
        opening: so many words at the beginning of a text count half as much again.
    """

    def __init__(self, lexicon: Lexicon, extractor: Extractor | None, opening: int) -> None:
        self._lexicon = lexicon
        self._extractor = extractor
        self._opening = opening
        self.vocabulary = VocabularyCounter(lexicon)

    def learn(self, texts: Iterable[str]) -> None:
        """Analyse the words of texts that are about to be converted, all at once."""
        self._lexicon.learn(texts)

    def convert(self, document: Document, source: str) -> IndexDocument:
        """The document ready to be written; ``source`` is what it came from. Counts its words."""
        when = document.when
        stored = StoredDocument(
            id=document.id,
            text=document.text,
            title=document.title or derive_title(document.text),
            date=when,
            metadata=document.metadata,
            entities=self._entities(document.text),
        )
        self.vocabulary.add(stored)
        days = (when.first_day.toordinal(), when.last_day.toordinal()) if when else None
        return IndexDocument(
            id=document.id,
            digest=digest(document),
            source=source,
            fields=self._fields(TITLE if document.title else LEAD, stored.title)
            | self._fields(TEXT, stored.text),
            days=days,
            facets=_facets(stored),
            numbers=_numbers(document),
            stored=encode_document(stored),
        )

    def _entities(self, text: str) -> tuple[Entity, ...]:
        return document_entities(text, self._extractor) if self._extractor else ()

    def _fields(self, name: str, text: str) -> dict[str, FieldTerms]:
        words = self._lexicon.analyse(text)
        stems = self._positions(self._stems(words))
        exact = self._lexicon.exact_terms(words.forms).tolist()
        return {
            name: FieldTerms(stems, len(words), self._parts(words, name)),
            EXACT[name]: FieldTerms(self._positions(enumerate(exact)), len(words)),
        }

    def _stems(self, words: AnalysedText) -> Iterable[tuple[int, int]]:
        """Position and term number of every stem; a gender form has two at one position."""
        stems = self._lexicon.stems(words.forms).tolist()
        second = self._lexicon.second_stems(words.forms).tolist()
        for position, (stem, other) in enumerate(zip(stems, second, strict=True)):
            yield position, stem
            if other >= 0:
                yield position, other

    def _parts(self, words: AnalysedText, name: str) -> dict[str, int]:
        """How often each stem is part of a compound, is a hyphen chain written as one word, or
        stands at the beginning of a text.
        """
        opening = words.forms[: self._opening if name == TEXT else 0]
        chains = self._lexicon.stems(words.joined_forms)
        parts = self._lexicon.parts(words.forms).terms
        early = self._lexicon.stems(opening)
        counts = Counter([*parts.tolist(), *chains.tolist(), *early.tolist()])
        return {self._lexicon.terms[number]: count for number, count in counts.items()}

    def _positions(self, occurrences: Iterable[tuple[int, int]]) -> dict[str, list[int]]:
        by_number: dict[int, list[int]] = {}
        for position, term in occurrences:
            by_number.setdefault(term, []).append(position)
        terms = self._lexicon.terms
        return {terms[number]: positions for number, positions in by_number.items()}


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
