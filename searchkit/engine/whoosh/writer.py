"""Documents into Whoosh segments."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3Codec

from searchkit.engine.port import EngineWriter, IndexDocument
from searchkit.engine.snapshot import NO_DAY
from searchkit.engine.whoosh.guard import writing
from searchkit.engine.whoosh.schema import SEPARATOR, length_field, make_schema
from searchkit.query.plan import FIELDS

# Memory for postings before Whoosh writes a run to disk.
_POOL_MB = 256


def create_writer(folder: Path) -> EngineWriter:
    """A writer into an empty index in ``folder``."""
    with writing(folder):
        return _WhooshWriter(folder, whoosh_index.create_in(str(folder), make_schema()))


def open_writer(folder: Path) -> EngineWriter:
    """A writer that goes on from the index in ``folder``."""
    with writing(folder):
        return _WhooshWriter(folder, whoosh_index.open_dir(str(folder), schema=make_schema()))


class _WhooshWriter:
    def __init__(self, folder: Path, index: Any) -> None:
        self._folder = folder
        self._had_documents = not index.is_empty()
        # Compressing every block of postings takes longer than all the rest of writing it.
        self._writer = index.writer(limitmb=_POOL_MB, codec=W3Codec(compression=0))

    def write(self, documents: Iterable[IndexDocument]) -> None:
        with writing(self._folder):
            for document in documents:
                if self._had_documents:
                    self.delete([document.id])
                self._writer.add_document(**_whoosh_fields(document))

    def delete(self, ids: Iterable[str]) -> None:
        with writing(self._folder):
            for document_id in ids:
                self._writer.delete_by_term("id", document_id)

    def commit(self) -> None:
        with writing(self._folder):
            self._writer.commit()

    def abort(self) -> None:
        with suppress(Exception):  # the files go anyway, and another error is on its way
            self._writer.cancel()


def _whoosh_fields(document: IndexDocument) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": document.id,
        "digest": document.digest.encode(),
        "source": document.source.encode(),
        "facet": _joined(document.facets),
        "number": _joined({name: [repr(n)] for name, n in document.numbers.items()}),
        "stored": document.stored,
    }
    # Always there: Whoosh fails on a column that one of several segments lacks.
    fields["first_day"], fields["last_day"] = document.days or (NO_DAY, NO_DAY)
    for name in FIELDS:
        terms = document.fields.get(name)
        fields[length_field(name)] = terms.length if terms else 0
        if terms:
            fields[name] = terms
    return fields


def _joined(values: Any) -> list[str]:
    return [f"{name}{SEPARATOR}{value}" for name, found in values.items() for value in found]
