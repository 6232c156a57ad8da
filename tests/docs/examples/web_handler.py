"""Search in a web application: one index for all threads of the server.

The application is a WSGI callable, as Flask and Django make them; ``fastapi_app`` does the same
with FastAPI.
"""

import json
import threading
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import searchkit


class Search:
    """Answers ``/?q=...`` with JSON."""

    def __init__(self, index: searchkit.Index) -> None:
        self._index = index

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """One request, in whatever thread the server gives it."""
        query = parse_qs(environ["QUERY_STRING"]).get("q", [""])[0]
        result = self._index.search(query, limit=3)
        hits = [{"id": hit.id, "html": [s.html() for s in hit.snippets]} for hit in result.hits]
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"total": result.total, "hits": hits}).encode()]


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request."""


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def main(folder: Path) -> None:
    """Serve, ask over HTTP, and stop."""
    texts = [searchkit.Document("elbe", "Die <Elbe> steigt."), searchkit.Document("x", "Regen.")]
    index = searchkit.build_index(texts, folder / "index")
    server = make_server("127.0.0.1", 0, Search(index), Server, Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/?q=Elbe") as answer:
            print(json.loads(answer.read()))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        index.close()
