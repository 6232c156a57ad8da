"""A generation of an index, opened for reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from searchkit.config import Settings
from searchkit.engine.cache import Cache
from searchkit.engine.port import EngineHit, EngineReader, EngineResult
from searchkit.errors import DocumentNotFound
from searchkit.indexing.vocabulary import Vocabulary
from searchkit.model import Hit, Snippet, StoredDocument
from searchkit.search.cursor import Written
from searchkit.search.deadline import Deadline
from searchkit.search.documents import Documents
from searchkit.search.highlight import Highlighter
from searchkit.search.mentions import WantedNames, as_shown, most_named, with_mentions
from searchkit.search.request import FieldNames
from searchkit.search.snippets import make_snippets
from searchkit.search.understand import Understanding, Understood
from searchkit.search.values import FacetValues
from searchkit.store.generation import Generation
from searchkit.store.manifest import Manifest
from searchkit.text.lexicon import Lexicon

if TYPE_CHECKING:
    from searchkit.text.completion import Completer
    from searchkit.text.spelling import Speller

# Understood queries are kept up to so many code points of their texts.
_QUERIES_LENGTH = 1 << 16
# What finds the words of queries is kept for so many words.
_MARKED_WORDS = 1 << 12
# Hits whose passages are chosen together: a page of the usual size at once.
_TOGETHER = 50


class OpenState:
    """One state of an index; never changes, replaced as a whole after an update.

    Args:
        generation, manifest: what is open.
        reader: its documents.
        lexicon: its words.
        settings: in force.
    """

    def __init__(
        self,
        generation: Generation,
        manifest: Manifest,
        reader: EngineReader,
        lexicon: Lexicon,
        settings: Settings,
    ) -> None:
        self.generation = generation
        self.manifest = manifest
        self.reader = reader
        self.lexicon = lexicon
        self.values = FacetValues(reader)
        # Opened now, for another process may remove the files; looked into when needed.
        self._vocabulary = Vocabulary.read(generation, settings.correction)
        self.fields = FieldNames.of(reader.names(), self.values)
        self._settings = settings
        #: How it ranks, as ``question_mark`` takes it.
        self.ranking = Written(repr(settings.ranking))
        self._understanding = Understanding(
            reader, lexicon, self.fields.table, self.values, self.speller, settings
        )
        self._understood: Cache[Understood] = Cache(_QUERIES_LENGTH, lambda u: 20 + len(u.query))
        self._documents = Documents(reader)
        self._markers: Cache[Highlighter] = Cache(_MARKED_WORDS, lambda m: 1 + len(m))
        self._speller: Speller | None = None
        self._completer: Completer | None = None

    def understood(
        self,
        query: str,
        *,
        correct: bool = True,
        literal: bool = False,
        strict: bool = False,
        deadline: Deadline | None = None,
    ) -> Understood:
        """What a query means in this state; see ``Understanding.understand``.

        Paging through an answer and narrowing it down ask the same query again and again: what was
        understood last is kept.
        """
        key = (query, correct, literal, strict)
        found = self._understood.peek(key)
        if found is not None:
            return found
        made = self._understanding.understand(
            query, correct=correct, literal=literal, strict=strict, deadline=deadline
        )
        # What was cut short is no answer for somebody with more time.
        return made if made.partial else self._understood.get(key, lambda: made)

    def hits(
        self,
        found: EngineResult,
        understood: Understood,
        snippets: int,
        wanted: WantedNames,
        deadline: Deadline,
    ) -> tuple[Hit, ...]:
        """The documents of a page, each with so many passages at most, in which words that were
        found and names that are wanted are marked; past the deadline, without passages.
        """
        numbers = [hit.number for hit in found.hits]
        heads = self._documents.heads(numbers)
        passages: list[tuple[Snippet, ...]] = []
        for begin in range(0, len(numbers) if snippets else 0, _TOGETHER):
            if deadline.is_past():
                break
            together = numbers[begin : begin + _TOGETHER]
            passages += self._passages(together, understood, snippets, wanted)
        passages += [()] * (len(numbers) - len(passages))
        hidden = found.hidden.get
        return tuple(
            [
                # The metadata is the caller's to change, what is kept is not.
                Hit(i, title, date, hit.score, shown, dict(metadata), (), hidden(hit.number, 0))
                for hit, (i, title, date, metadata), shown in zip(
                    found.hits, heads, passages, strict=True
                )
            ]
        )

    def with_entities(self, found: Sequence[EngineHit], hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits of a page, each with what its document names most often, as facets show it."""
        stored = self._documents.entities([hit.number for hit in found])
        return tuple(
            replace(hit, entities=most_named(as_shown(entities, self.values)))
            for hit, entities in zip(hits, stored, strict=True)
        )

    def number(self, document_id: str) -> int:
        """The number of a document.

        Raises:
            DocumentNotFound: there is none of that id.
        """
        number = self.reader.number(document_id)
        if number is None:
            nearest = self.values.nearest("id", document_id)
            meant = f"did you mean {nearest!r}? " if nearest else ""
            raise DocumentNotFound(
                f"there is no document {document_id!r} in the index",
                f"{meant}ids are shown by every search; searchkit status counts the documents",
            )
        return number

    def stored(self, number: int) -> StoredDocument:
        """A document as it is stored, a surname alone without the full name."""
        return self._documents.document(number)

    def document(self, number: int) -> StoredDocument:
        """A document, its entities called as facets call them."""
        found = self.stored(number)
        return replace(found, entities=as_shown(found.entities, self.values))

    def speller(self) -> Speller:
        """What suggests words; made when first needed. Two threads may make it twice."""
        if self._speller is None:
            self._speller = self._vocabulary.speller()
        return self._speller

    def completer(self) -> Completer:
        """What completes words; made when first needed."""
        if self._completer is None:
            self._completer = self._vocabulary.completer()
        return self._completer

    def _passages(
        self, numbers: list[int], understood: Understood, count: int, wanted: WantedNames
    ) -> list[tuple[Snippet, ...]]:
        texts = self._documents.texts(numbers)
        sought, worth = understood.highlights, self._settings.highlighting
        marker = self._markers.get(sought, lambda: Highlighter(sought, self.reader, worth))
        length = self._settings.limits.snippet_length
        marks = marker.mark(numbers)
        if wanted:
            marks = with_mentions(marks, self._documents.entities(numbers), wanted)
        return make_snippets(texts, marks, length, count)
