"""Whoosh's writer over searchkit's.

What is written goes to a draft beside the index; a commit moves it there and replaces the list of
segments in one step, so that readers see all of it or nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.util.filelock import try_for
from whoosh.writing import IndexWriter

from searchkit.engine.arrays.documents import DIGEST_BYTES
from searchkit.engine.arrays.folder import SegmentFolder
from searchkit.engine.arrays.guard import writing
from searchkit.engine.arrays.writer import ArrayWriter
from searchkit.engine.port import IndexDocument, StoredParts
from searchkit.engine.stored import encode_document, facet_values, mention_counts, numbers
from searchkit.engine.whoosh.errors import Unsupported, WriterClosed, WriterLocked
from searchkit.engine.whoosh.searcher import ArraySearcher
from searchkit.errors import StoreError
from searchkit.model import Document, Scalar, StoredDocument
from searchkit.query.plan import TEXT, TITLE
from searchkit.store.files import link_file, sync

if TYPE_CHECKING:
    from searchkit.engine.whoosh.index import ArrayIndex
    from searchkit.engine.whoosh.reader import ArrayMultiReader

_DRAFT = "draft-"


class ArrayIndexWriter(IndexWriter):  # type: ignore[misc]
    """Adds and deletes documents; to be ended by ``commit`` or ``cancel``, or as a context.

    Args:
        index: what is written.
        timeout: seconds to wait for another writer.
        delay: seconds between two attempts.

    Raises:
        WriterLocked: another writer did not finish in time.
        StoreError: the storage is read-only, or the disk refuses.
    """

    def __init__(self, index: ArrayIndex, timeout: float = 0.0, delay: float = 0.1) -> None:
        if index.storage.readonly:
            raise StoreError(
                f"{index.folder} may not be written", "update the index through searchkit"
            )
        self._lock = acquired_lock(index.storage, index.indexname, timeout, delay)
        self.is_closed = False
        self._index = index
        self._lexicon = index.storage.lexicon
        self._written: set[str] = set()
        try:
            self._reader = index.reader()
            self._files = _draft_of(index.folder)
            self._writer = ArrayWriter(self._files, self._lexicon)
        except BaseException:
            self._lock.release()
            raise

    @property
    def schema(self) -> Any:
        """The fields that the index had when the writer was made."""
        return self._reader.schema

    def reader(self, **options: Any) -> ArrayMultiReader:
        """A reader of what was committed before."""
        return self._index.reader(**options)

    def searcher(self, **options: Any) -> ArraySearcher:
        """A searcher in what was committed before."""
        return ArraySearcher(self.reader(), **options)

    def add_document(
        self, *, id: str, text: str, title: str = "", date: Any = None, **metadata: Scalar
    ) -> None:
        """Add a document; one of the same id is replaced.

        Args:
            id, text, title, date: see ``searchkit.Document``.
            metadata: further facts by name; every name is a field of whole values or numbers.

        Raises:
            DocumentInvalid: says which field is unusable, and why.
        """
        self._check_open()
        document = Document(id, text, title, date, metadata)
        self._writer.write([self._analysed(document)])
        self._written.add(id)

    def update_document(self, **fields: Any) -> None:
        """The same as ``add_document``: ids are unique."""
        self.add_document(**fields)

    def _analysed(self, document: Document) -> IndexDocument:
        when = document.when
        stored = StoredDocument(
            id=document.id,
            text=document.text,
            title=document.title,
            date=when,
            metadata=document.metadata,
        )
        parts = encode_document(stored)
        words = {TITLE: document.title, TEXT: document.text}
        mentions = mention_counts(stored)
        return IndexDocument(
            id=document.id,
            digest=_digest(parts),
            source="",
            fields={name: self._lexicon.analyse(value) for name, value in words.items() if value},
            days=(when.first_day.toordinal(), when.last_day.toordinal()) if when else None,
            facets=facet_values(stored, mentions),
            mentions=mentions,
            numbers=numbers(document.metadata),
            stored=parts,
        )

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document by its number in what was committed before.

        Raises:
            Unsupported: it is to be brought back.
        """
        self._check_open()
        if not delete:
            raise Unsupported("a deletion cannot be taken back", "add the document again")
        (document_id,) = self._reader.snapshot.ids([docnum])
        # What was written since then under its id has replaced it already.
        if document_id not in self._written:
            self._writer.delete([document_id])

    def add_reader(self, reader: Any) -> None:
        """Not possible: what Whoosh reads of another index are terms, not words.

        Raises:
            Unsupported: always.
        """
        raise Unsupported(f"{reader!r} cannot be added", "add its documents one by one")

    def add_field(self, fieldname: str, fieldtype: Any, **options: Any) -> None:  # noqa: ARG002
        """Not possible: a field follows from the metadata of documents.

        Raises:
            Unsupported: always.
        """
        raise no_field(fieldname)

    def remove_field(self, fieldname: str, **options: Any) -> None:  # noqa: ARG002
        """Not possible: a field follows from the metadata of documents.

        Raises:
            Unsupported: always.
        """
        raise no_field(fieldname)

    def commit(self, *, optimize: bool = False, merge: bool = True) -> None:
        """Make the changes visible, all at once.

        Args:
            optimize: make one segment of all.
            merge: make one of several segments where there are many of a size.
        """
        self._check_open()
        try:
            if optimize:
                self._writer.optimise()
            self._writer.commit(merge=merge)
            with writing(self._index.folder):
                _publish(self._files, self._index.folder)
        finally:
            self._close()

    def cancel(self) -> None:
        """Forget the changes."""
        self._check_open()
        self._close()

    def _check_open(self) -> None:
        if self.is_closed:
            raise WriterClosed("the writer is closed", "make another one: index.writer()")

    def _close(self) -> None:
        self.is_closed = True
        shutil.rmtree(self._files.folder, ignore_errors=True)
        self._lock.release()


def acquired_lock(storage: Any, indexname: str, timeout: float, delay: float) -> Any:
    """The lock of writers, held.

    Raises:
        WriterLocked: another writer did not finish in time.
    """
    lock = storage.lock(f"{indexname}_WRITELOCK")
    if not try_for(lock.acquire, timeout=timeout, delay=delay):
        raise WriterLocked(
            f"another writer has the index in {storage.folder}",
            "wait for it to finish, or give a timeout: index.writer(timeout=10)",
        )
    return lock


@contextlib.contextmanager
def write_lock(storage: Any, indexname: str) -> Iterator[None]:
    """A context that keeps writers out."""
    lock = acquired_lock(storage, indexname, 0.0, 0.1)
    try:
        yield
    finally:
        lock.release()


def no_field(name: str) -> Unsupported:
    """What asking for another field raises."""
    return Unsupported(
        f"the field {name!r} cannot be added or removed", "change the metadata of the documents"
    )


def _digest(parts: StoredParts) -> str:
    """What differs when anything stored does."""
    found = hashlib.blake2b(parts.head, digest_size=DIGEST_BYTES)
    found.update(parts.text)
    return found.hexdigest()


def _draft_of(folder: Path) -> SegmentFolder:
    """A copy of an index: its files under second names, for they never change."""
    with writing(folder):
        for left_over in folder.glob(f"{_DRAFT}*"):
            shutil.rmtree(left_over, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder))
        for name in SegmentFolder(folder).names():
            link_file(folder / name, draft / name)
        return SegmentFolder(draft)


def _publish(draft: SegmentFolder, folder: Path) -> None:
    """Move what is new to the index, then its list of segments, then remove what is in none."""
    index = SegmentFolder(folder)
    before = set(index.names())
    *names, list_of_segments = draft.names()
    for name in names:
        if name not in before or not (folder / name).samefile(draft.folder / name):
            sync(draft.folder / name)
            (draft.folder / name).replace(folder / name)
    sync(draft.folder / list_of_segments)
    (draft.folder / list_of_segments).replace(folder / list_of_segments)
    sync(folder)
    for name in before - {*names, list_of_segments}:
        # Elsewhere a file that is open cannot be removed; it is then left lying.
        with contextlib.suppress(OSError):
            index.remove(name)
