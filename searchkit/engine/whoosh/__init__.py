"""The embedded engine: a Whoosh index, read as arrays."""

from searchkit.engine.whoosh.distribution import require_whoosh3

require_whoosh3()

from searchkit.engine.whoosh.reader import open_reader  # noqa: E402
from searchkit.engine.whoosh.writer import create_writer, open_writer  # noqa: E402

__all__ = ["create_writer", "open_reader", "open_writer"]
