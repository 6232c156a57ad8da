"""Where the documents of an index came from, looked up one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from searchkit.engine.port import EngineReader, Origin


class Origins(Mapping[str, Origin]):
    """``EngineReader.origins`` without reading them all: for a few documents among many.

    Args:
        reader: the index.
    """

    def __init__(self, reader: EngineReader) -> None:
        self._reader = reader

    def __getitem__(self, document_id: str) -> Origin:
        found = self._reader.origin(document_id)
        if found is None:
            raise KeyError(document_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._reader.origins())

    def __len__(self) -> int:
        return self._reader.document_count()
