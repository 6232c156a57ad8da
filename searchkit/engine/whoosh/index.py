"""A folder of segments as an index of Whoosh.

The table of contents is ``segments.json``; nothing is a pickle.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader

from searchkit.config import Ranking
from searchkit.engine.arrays.folder import SegmentFolder
from searchkit.engine.arrays.guard import reading, writing
from searchkit.engine.arrays.reader import ArraySnapshot
from searchkit.engine.arrays.segment import Segment
from searchkit.engine.whoosh.codec import ArrayCodec
from searchkit.engine.whoosh.errors import NoIndex, Unsupported
from searchkit.engine.whoosh.reader import ArrayMultiReader
from searchkit.engine.whoosh.schema import make_schema
from searchkit.engine.whoosh.searcher import ArraySearcher
from searchkit.engine.whoosh.segment import ArraySegment
from searchkit.engine.whoosh.writer import ArrayIndexWriter, no_field, write_lock
from searchkit.errors import IndexCorrupt, StoreError
from searchkit.store.arrays import read_arrays
from searchkit.store.manifest import NAME as MANIFEST_NAME
from searchkit.store.manifest import Manifest
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.lexicon import Lexicon
from searchkit.text.tokenise import patterns_named
from searchkit.text.word_counts import WORDS_FILE, WordCounts

_INDEX_NAME = "MAIN"
# A writer may remove files between two looks at the list of segments, but not for ever.
_ATTEMPTS = 10
_PAUSE_S = 0.05


class ArrayStorage(FileStorage):  # type: ignore[misc]
    """A folder with an index of searchkit, for Whoosh.

    Args:
        path: a folder of its own, which may be written; or that of a generation of an index that
            searchkit made, which may only be read.
        lexicon: analyses texts and queries. By default it splits compounds by the statistics of the
            generation and knows its word patterns, in a folder of its own it goes by the statistics
            that ship with searchkit; give another the
            same each time.
        ranking: how ``ArrayBM25`` scores.
        readonly: whether writing is refused.

    >>> storage = ArrayStorage(folder / "notes").create()
    >>> with storage.create_index().writer() as writer:
    ...     writer.add_document(id="a", text="Der Gipfel von Helsinki", source="dpa")
    >>> with storage.open_index().searcher() as searcher:
    ...     results = searcher.find("text", "Gipfel source:dpa")
    ...     [hit["id"] for hit in results], results[0].highlights("text")
    (['a'], 'Der <b class="match term0">Gipfel</b> von Helsinki')
    """

    def __init__(
        self,
        path: str | Path,
        lexicon: Lexicon | None = None,
        *,
        ranking: Ranking | None = None,
        readonly: bool = False,
    ) -> None:
        is_sealed = (Path(path) / MANIFEST_NAME).exists()
        super().__init__(str(path), readonly=readonly or is_sealed)
        self.lexicon = lexicon or _lexicon(Path(path))
        self.ranking = ranking or Ranking()

    def create_index(
        self, schema: Schema | None = None, indexname: str = _INDEX_NAME, indexclass: Any = None
    ) -> ArrayIndex:
        """Make an index without documents, in place of the one that is there.

        Args:
            schema: None: the fields follow from the documents.
            indexname: names the lock of writers.
            indexclass: in place of ``ArrayIndex``.

        Raises:
            Unsupported: a schema was given.
            StoreError: the storage is read-only.
            WriterLocked: somebody is writing to the index that is there.
        """
        _refuse_schema(schema)
        if self.readonly:
            raise StoreError(f"{self.folder} may not be written", "create the index elsewhere")
        with write_lock(self, indexname), writing(Path(self.folder)):
            SegmentFolder(Path(self.folder)).clear()
        return self.open_index(indexname, indexclass=indexclass)

    def open_index(
        self, indexname: str = _INDEX_NAME, schema: Schema | None = None, indexclass: Any = None
    ) -> ArrayIndex:
        """The index in the folder.

        Args:
            indexname: names the lock of writers.
            schema: None: the fields follow from the documents.
            indexclass: in place of ``ArrayIndex``.

        Raises:
            NoIndex: there is none.
            IndexCorrupt: it is damaged.
            Unsupported: a schema was given.
        """
        index: ArrayIndex = (indexclass or ArrayIndex)(self, schema, indexname)
        return index

    def index_exists(self, indexname: str | None = None) -> bool:  # noqa: ARG002
        """Whether there is an index in the folder."""
        return SegmentFolder(Path(self.folder)).exists()


def _close(readers: Iterable[SegmentReader]) -> None:
    for reader in readers:
        if not reader.is_closed:
            reader.close()


def _refuse_schema(schema: Schema | None) -> None:
    if schema is not None:
        raise Unsupported(
            "an index of arrays cannot have another schema than its own", "leave the schema out"
        )


def _kinds(schema: Schema) -> dict[str, type]:
    """What a schema says of each field."""
    return {name: type(field) for name, field in schema.items()}


def _lexicon(folder: Path) -> Lexicon:
    """As the documents in a folder were analysed; what is not said is as by default."""
    sealed = Manifest.read(folder).settings if (folder / MANIFEST_NAME).exists() else {}
    patterns = patterns_named(sealed.get("tokeniser", ""))
    return Lexicon(CompoundSplitter(_word_counts(folder)), patterns)


def _word_counts(folder: Path) -> WordCounts:
    file = folder / WORDS_FILE
    return WordCounts.from_arrays(read_arrays(file)) if file.exists() else WordCounts.seed()


class ArrayIndex(FileIndex):  # type: ignore[misc]
    """An index of segments of arrays; see ``ArrayStorage``.

    Args:
        storage: where it lies.
        schema: None: the fields follow from the documents.
        indexname: names the lock of writers.

    Raises:
        NoIndex: there is none.
        IndexCorrupt: it is damaged.
        Unsupported: a schema was given.
    """

    def __init__(
        self, storage: ArrayStorage, schema: Schema | None = None, indexname: str = _INDEX_NAME
    ) -> None:
        _refuse_schema(schema)
        self.storage = storage
        self.indexname = indexname
        self.folder = Path(storage.folder)
        self._files = SegmentFolder(self.folder)
        self._toc: TOC | None = None
        self._read_toc()

    def latest_generation(self) -> int:
        """How often the index has been written since it was created."""
        if not self._files.exists():
            raise NoIndex(f"there is no index in {self.folder}", "make one: storage.create_index()")
        return self._files.generation()

    def last_modified(self) -> float:
        """When the index was written last, in seconds since 1970."""
        return self._files.modified()

    def _read_toc(self) -> TOC:
        """The segments and the schema; read again only where the index was written."""
        for _ in range(_ATTEMPTS):
            generation = self.latest_generation()
            if self._toc is not None and self._toc.generation == generation:
                return self._toc
            try:
                self._toc = self._opened(generation)
                return self._toc
            except IndexCorrupt:
                # A writer removes a file only after it has said that it is in use no longer.
                if self.latest_generation() == generation:
                    raise
            time.sleep(_PAUSE_S)
        raise StoreError(f"the index in {self.folder} is written all the time", "try again")

    def _opened(self, generation: int) -> TOC:
        with reading(self.folder):
            infos = self._files.infos()
            arrays = [self._files.open(info) for info in infos]
            schema = self._schema_of(arrays)
            segments = [
                ArraySegment(self._files, info, opened, schema, self.indexname)
                for info, opened in zip(infos, arrays, strict=True)
            ]
            return TOC(schema, segments, generation)

    def _schema_of(self, segments: Sequence[Segment]) -> Schema:
        snapshot = ArraySnapshot(segments, [s.documents.first_days[:0] for s in segments])
        numeric = [
            name
            for name in snapshot.number_names()
            if len(snapshot.numbers(name).documents) == len(snapshot.facet(name).documents)
        ]
        return make_schema(self.storage.lexicon, snapshot.facet_names(), numeric)

    def reader(self, reuse: ArrayMultiReader | None = None) -> ArrayMultiReader:
        """A reader of the index as it is now.

        Args:
            reuse: a reader whose segments may be used again; the others are closed.
        """
        toc = self._read_toc()
        kept = {} if reuse is None else self._reusable(reuse, toc.schema)
        readers = [
            kept.pop(segment, None) or self._opened_reader(toc, segment) for segment in toc.segments
        ]
        _close(kept.values())
        return ArrayMultiReader(
            readers, toc.schema, toc.generation, self.storage.ranking, self.folder
        )

    def _reusable(self, reader: ArrayMultiReader, schema: Schema) -> dict[Any, SegmentReader]:
        """The readers of segments that can be used again; where the fields changed, none."""
        leaves = {leaf.segment(): leaf for leaf, _ in reader.leaf_readers()}
        if _kinds(reader.schema) == _kinds(schema):
            return leaves
        _close(leaves.values())
        return {}

    def _opened_reader(self, toc: TOC, segment: ArraySegment) -> SegmentReader:
        codec = ArrayCodec(toc.schema)
        return SegmentReader(self.storage, toc.schema, segment, toc.generation, codec)

    def searcher(self, **options: Any) -> ArraySearcher:
        """A searcher; options as for ``ArraySearcher``."""
        return ArraySearcher(self.reader(), fromindex=self, **options)

    def writer(self, timeout: float = 0.0, delay: float = 0.1) -> ArrayIndexWriter:
        """The one writer.

        Args:
            timeout: seconds to wait for another writer.
            delay: seconds between two attempts.

        Raises:
            WriterLocked: another writer did not finish in time.
            StoreError: the storage is read-only.
        """
        return ArrayIndexWriter(self, timeout=timeout, delay=delay)

    def add_field(self, fieldname: str, fieldspec: Any) -> None:  # noqa: ARG002
        """Not possible: a field follows from the metadata of documents.

        Raises:
            Unsupported: always.
        """
        raise no_field(fieldname)

    def remove_field(self, fieldname: str) -> None:
        """Not possible: a field follows from the metadata of documents.

        Raises:
            Unsupported: always.
        """
        raise no_field(fieldname)
