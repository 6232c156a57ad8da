"""An index as programs use it."""

from __future__ import annotations

import datetime
import os
import threading
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from searchkit.config import Settings
from searchkit.engine.arrays.engine import open_reader
from searchkit.engine.port import SearchRequest
from searchkit.indexing.fingerprint import require_searchable, require_writable
from searchkit.indexing.words import read_words
from searchkit.model import (
    Completion,
    Document,
    IndexStats,
    SearchResult,
    StoredDocument,
    UpdateReport,
)
from searchkit.search.answer import Asked, answer
from searchkit.search.browse import Browsing
from searchkit.search.request import (
    Filters,
    filter_plan,
    require_jobs,
    require_page,
)
from searchkit.search.snippets import MAX_SNIPPETS
from searchkit.search.state import OpenState
from searchkit.search.turns import Turn
from searchkit.store.folder import IndexFolder
from searchkit.store.generation import Generation, open_manifest
from searchkit.store.manifest import Manifest
from searchkit.text.lexicon import Lexicon

if TYPE_CHECKING:
    from searchkit.indexing.feed import Source
    from searchkit.indexing.progress import ProgressCallback
    from searchkit.indexing.update import Basis, IndexWriter

Path = str | os.PathLike[str]


class Index(Browsing):
    """A searchable index. Made by ``open_index`` and ``build_index``.

    Any number of threads may search one ``Index``; each search sees one state of the index.
    ``update``, ``add`` and ``remove`` show in this ``Index`` when they return, in others when
    they are opened. Closes as a context manager.

    >>> with build_index([Document("a", "Der Gipfel in Helsinki")], folder / "index") as index:
    ...     [hit.id for hit in index.search("Gipfel").hits]
    ['a']
    """

    def __init__(self, folder: IndexFolder, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._writing = threading.Lock()
        self._opened: OpenState | None = None
        self.last_update: UpdateReport | None = None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Index({str(self._folder.path)!r})"

    @property
    def sources(self) -> tuple[str, ...]:
        """The absolute paths that were indexed, in the order they were first given."""
        return self._state().manifest.sources

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        cursor: str | None = None,
        facets: Sequence[str] = (),
        filters: Filters | None = None,
        date_from: str | datetime.date | None = None,
        date_to: str | datetime.date | None = None,
        sort: str = "relevance",
        collapse: str = "",
        snippets: int = MAX_SNIPPETS,
        correct: bool = True,
        literal: bool = False,
        strict: bool = False,
        explain: bool = False,
        entities: bool = False,
        timeout_s: float | None = None,
    ) -> SearchResult:
        """Find documents. Whatever the text of the query, there is an answer.

        Args:
            query: words (alternatives), ``"phrases"``, AND, OR, NOT, ``+must``, ``-not``,
                ``field:value``, as ``searchkit help query`` tells in full; what cannot be read as
                such is read as words and noted.
            limit: hits on the page, 0 to 1000.
            offset: hits to pass over before it, 0 or more.
            cursor: ``next_cursor`` of an answer to the same question: the page begins where that
                one ended, and ``offset`` counts from there. Good until the index changes, at any
                depth as fast as near the top; ``limit``, ``facets`` and ``snippets`` may change.
            facets: names whose values are to be counted over all matches; the counts of a facet
                leave its own filter out of account, so that the other values can be chosen.
            filters: by name, the value or values of which a document must have one; of dates also a
                quarter or a range (``Q3 2018``, ``>=2018-07``) for every value in it. Where the
                text names a person, place or organisation filtered by, the snippets mark it.
            date_from: the first day, or the first of that month, quarter or year, as ISO 8601 or as
                a query may write it (``Juli 2018``); a document counts when its own date overlaps
                the range.
            date_to: the last day, or the last of that month, quarter or year.
            sort: ``relevance``, ``date`` (oldest first), ``-date``, or the name of metadata, with
                a minus in descending order: numbers by size, then texts. Documents without come
                last. Ties: the better score, the later date, the smaller id.
            collapse: ``duplicates`` shows of documents whose texts are nearly the same only the
                one that comes first; each hit says how many are ``hidden``, and what is hidden
                counts neither in ``total`` nor in the facets. Not with an order by metadata.
            snippets: passages of each hit, at most; 0 for none.
            correct: whether a word that hardly any document has is also searched as it was
                probably meant; ``notes`` and ``suggestion`` then say so.
            literal: whether everything in ``query`` is words and nothing syntax, as for pasted
                headlines and questions.
            strict: whether a query that breaks the grammar is an error instead of being read as
                well as can be.
            explain: whether to say how the query was understood and what the scores are made of,
                in ``explanation``; takes several times as long.
            entities: whether to say of each hit whom and what it names most, in ``Hit.entities``.
            timeout_s: seconds that it may take, above 0; ``Limits.timeout_s`` unless given. What
                was found by then is the answer, and ``partial`` says so.

        Raises:
            QuerySyntaxError: with ``strict``; where in the query, and how to write it.
            UnknownField: no such facet or filter.
            CursorInvalid: ``cursor`` is of another question, or the index has changed since.
            DateInvalid: ``date_from`` or ``date_to`` is no date.
            LimitExceeded, QueryError: ``limit``, ``offset``, ``sort``, ``collapse`` or
                ``timeout_s`` is out of range, or, with ``strict``, the query beyond its limits.

        >>> result = index.search("Gipfel Washington", facets=["person"])
        >>> result.total, result.hits[0].title[:20], result.facets["person"][0]
        (1, 'US-Präsident Donald ', FacetCount(value='Donald Trump', count=1))
        """
        asked = Asked(
            query=query,
            limit=limit,
            offset=offset,
            cursor=cursor,
            facets=(facets,) if isinstance(facets, str) else facets,
            filters=filters,
            date_from=date_from,
            date_to=date_to,
            sort=sort,
            collapse=collapse,
            snippets=snippets,
            correct=correct,
            literal=literal,
            strict=strict,
            explain=explain,
            entities=entities,
            timeout_s=timeout_s,
        )
        return answer(self._state(), asked, self._settings)

    def search_ids(
        self,
        query: str,
        *,
        limit: int = 10,
        filters: Filters | None = None,
        date_from: str | datetime.date | None = None,
        date_to: str | datetime.date | None = None,
        correct: bool = True,
        literal: bool = False,
    ) -> list[tuple[str, float]]:
        """Ids and scores of the best documents, without reading the documents.

        Takes and raises what ``search`` does; the order is that of its hits by relevance.

        >>> [document_id for document_id, _ in index.search_ids("Gipfel")]
        ['000_46bd2b4e575b1249']
        """
        state = self._state()
        require_page(limit, 0, self._settings.limits)
        allowed = filter_plan(state.fields, filters, date_from, date_to)
        with Turn():
            plan = state.understood(query, correct=correct, literal=literal).plan
            found = state.reader.search(SearchRequest(plan, allowed, limit, total=False))
        return [(hit.id, hit.score) for hit in found.hits]

    def complete(self, prefix: str, *, limit: int = 10) -> tuple[Completion, ...]:
        """Words and names that begin with what was typed, the most frequent first.

        Args:
            prefix: the beginning, in any case; ``mü``, ``mue`` and ``mu`` all find ``Müller``. A
                name is found by the beginning of any of its words.
            limit: so many at most, 0 or more.

        >>> [completion.value for completion in index.complete("wash")]
        ['Washington']
        """
        require_page(limit, 0, self._settings.limits)
        found = self._state().completer().complete(prefix, limit)
        return tuple(Completion(value, count) for value, count in found)

    def get(self, id: str) -> StoredDocument:
        """A document as it is stored, with its entities under the names that facets show.

        Raises:
            DocumentNotFound: there is none of that id.

        >>> index.get("000_46bd2b4e575b1249").date
        '2018-07'
        """
        state = self._state()
        return state.document(state.number(id))

    def update(
        self, source: Source, *, progress: ProgressCallback | None = None, jobs: int = 1
    ) -> UpdateReport:
        """Bring the index in line with a source: add, replace, remove; nothing else is touched.

        Args:
            source: a path, several paths, or documents. Documents that came from the same
                source before and are in it no more are removed; those of other sources stay.
            progress: called after every document.
            jobs: processes that index, this one included; 1 or more.

        Raises:
            SourceNotFound, SourceEmpty: there is nothing at the path.
            DocumentInvalid: an item is no document.
            SettingsMismatch: the index was made with another extractor.
            IndexLocked: another process is writing, or has changed the index meanwhile.
            StoreError: the disk refused; the index is as it was.

        >>> index.update(seeds).unchanged
        1
        """
        with self._writing:
            report = self._writer(jobs).update(self._basis(), source, progress)
            return self._finish(report)

    def add(self, documents: Iterable[Document]) -> UpdateReport:
        """Add documents, or replace those of the same id. Raises what ``update`` does.

        >>> index.add([Document("b", "Ein zweiter Gipfel")]).added
        1
        """
        with self._writing:
            return self._finish(self._writer().add(self._basis(), documents))

    def remove(self, ids: Iterable[str]) -> int:
        """Remove the documents of these ids; unknown ones are passed over. Says how many.

        Raises:
            IndexLocked, StoreError: as ``update``.

        >>> index.remove(["b", "unknown"])
        1
        """
        with self._writing:
            ids = (ids,) if isinstance(ids, str) else ids
            removed = self._writer().remove(self._basis(), ids)
            self._reopen()
            return removed

    def stats(self) -> IndexStats:
        """What the index holds.

        >>> index.stats().documents
        1
        """
        state = self._state()
        found = state.reader.statistics()
        return IndexStats(
            documents=found.documents,
            terms=found.terms,
            size_bytes=state.manifest.size_bytes,
            generation=state.generation.number,
            fields=state.fields.names,
        )

    def is_stale(self) -> bool:
        """Whether files of the sources have changed since they were indexed."""
        state = self._state()
        if not state.manifest.sources:
            return False
        from searchkit.corpus.snapshot import changed_since
        from searchkit.indexing.states import read_states

        return changed_since(read_states(state.generation), state.manifest.sources)

    def close(self) -> None:
        """Let go of the files; a further call opens them again."""
        opened, self._opened = self._opened, None
        if opened:
            opened.reader.close()

    def rebuild(
        self, source: Source, *, progress: ProgressCallback | None = None, jobs: int = 1
    ) -> UpdateReport:
        """Index a source afresh, beside what there is; everything else is forgotten.

        Raises what ``build_index`` does.
        """
        with self._writing:
            return self._finish(self._writer(jobs).build(source, progress))

    def _writer(self, jobs: int = 1) -> IndexWriter:
        # Imported when needed: a search from the command line should not wait for it.
        from searchkit.indexing.update import IndexWriter

        return IndexWriter(self._folder, self._settings, require_jobs(jobs))

    def _basis(self) -> Basis:
        from searchkit.indexing.update import Basis

        state = self._state()
        require_writable(state.manifest, self._settings)
        return Basis(state.generation, state.manifest, state.reader, state.lexicon)

    def _finish(self, report: UpdateReport) -> UpdateReport:
        import logging  # slow to import, and a search logs nothing

        self.last_update = report
        state = self._reopen()
        counts = (report.added, report.replaced, report.removed, report.unchanged, report.lost)
        logging.getLogger("searchkit").info(
            "%s is at generation %d: %d added, %d replaced, %d removed, %d unchanged, %d lost",
            *(self._folder.path, state.generation.number, *counts),
        )
        return report

    def _state(self) -> OpenState:
        return self._opened or self._reopen()

    def _reopen(self) -> OpenState:
        """Open the current generation, unless it is open already."""
        self._opened = self._folder.open_current(self._open)
        return self._opened

    def _open(self, generation: Generation) -> OpenState:
        if self._opened and self._opened.generation == generation:
            return self._opened
        manifest = open_manifest(generation)
        require_searchable(manifest, self._settings)
        reader = open_reader(generation.folder, self._settings.ranking)
        # The state before is not closed here: searches in other threads may still read it.
        lexicon = self._lexicon(generation, manifest)
        return OpenState(generation, manifest, reader, lexicon, self._settings)

    def _lexicon(self, generation: Generation, manifest: Manifest) -> Lexicon:
        """The words of a generation: those of the one before, unless it was built anew."""
        if self._opened and self._opened.manifest.built == manifest.built:
            return self._opened.lexicon
        splitter = read_words(generation.folder) if self._settings.compounds else None
        return Lexicon(splitter, self._settings.word_patterns)


def open_index(path: Path, *, settings: Settings | None = None) -> Index:
    """Open an index for searching and updating.

    Args:
        path: its folder.
        settings: in force; the defaults unless given.

    Raises:
        IndexNotFound: there is none.
        IndexPathInvalid: there is something else.
        IndexCorrupt, IndexTooOld, IndexTooNew: it cannot be read.
        SettingsMismatch: it was made with other settings; with another extractor it can be
            searched, but not updated.

    >>> with open_index(index_path) as opened:
    ...     opened.stats().documents
    1
    """
    index = Index(IndexFolder(path), settings or Settings())
    index._reopen()
    return index


def build_index(
    source: Source,
    path: Path,
    *,
    progress: ProgressCallback | None = None,
    settings: Settings | None = None,
    jobs: int = 1,
) -> Index:
    """Index a source afresh and open the result.

    What the folder held before is replaced when the new index is complete, not earlier.

    Args:
        source: a path, several paths, or documents.
        path: the folder of the index; made where it is missing.
        progress: called after every document.
        settings: in force; the defaults unless given.
        jobs: processes that index, this one included; 1 or more.

    Raises:
        SourceNotFound, SourceEmpty: there is nothing at the path. No documents at all make an
            empty index.
        DocumentInvalid: an item of the source is no document.
        IndexPathInvalid: the path holds something else.
        IndexLocked: another process is writing.
        StoreError: the disk refused; what was there is intact.
        ConfigurationError: ``jobs`` is out of range.

    >>> build_index([Document("a", "Der Gipfel")], folder / "index").stats().documents
    1
    """
    index = Index(IndexFolder(path), settings or Settings())
    index.rebuild(source, progress=progress, jobs=jobs)
    return index
