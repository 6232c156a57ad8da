"""An application with FastAPI: searches in its threads, while documents come and go.

Handlers are plain functions, not coroutines: FastAPI runs each in a thread, and a search, which
computes, does not hold up the others. ``uvicorn`` would serve ``make_app(index)`` as it stands.
"""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import httpx
from fastapi import Body, FastAPI, HTTPException

import searchkit


def make_app(index: searchkit.Index) -> FastAPI:
    """The application around an index."""
    app = FastAPI()

    @app.get("/search")
    def search(q: str, limit: int = 10, cursor: str | None = None) -> dict[str, Any]:
        try:
            result = index.search(q, limit=limit, cursor=cursor)
        except searchkit.SearchkitError as error:
            detail = {"code": error.code, "message": error.message, "hint": error.hint}
            raise HTTPException(400, detail) from error
        hits = [{"id": hit.id, "html": [s.html() for s in hit.snippets]} for hit in result.hits]
        return {"total": result.total, "hits": hits, "next": result.next_cursor}

    @app.put("/documents/{document_id}")
    def put(document_id: str, text: Annotated[str, Body(embed=True)]) -> dict[str, int]:
        report = index.add([searchkit.Document(document_id, text)])
        return {"added": report.added, "replaced": report.replaced}

    return app


async def ask(index: searchkit.Index) -> None:
    """Many requests at once, as a server gets them; here without a network."""
    transport = httpx.ASGITransport(make_app(index))
    async with httpx.AsyncClient(transport=transport, base_url="http://searchkit") as client:
        searches = [client.get("/search", params={"q": "Pegel"}) for _ in range(20)]
        puts = [client.put(f"/documents/p{n}", json={"text": "Noch ein Pegel."}) for n in range(2)]
        answers = await asyncio.gather(*searches[:10], *puts, *searches[10:])
        totals = {answer.json()["total"] for answer in answers if "total" in answer.json()}
        print("states seen are among 1, 2, 3:", totals <= {1, 2, 3})
        last = await client.get("/search", params={"q": "Elbe", "limit": 1})
        print(last.status_code, last.json())
        refused = await client.get("/search", params={"q": "Elbe", "limit": 5000})
        print(refused.status_code, refused.json()["detail"]["code"])
        print((await client.get("/search", params={"q": "Pegel"})).json()["total"])


def main(folder: Path) -> None:
    """Serve, ask and update."""
    texts = [searchkit.Document("elbe", "Der Pegel der <Elbe> steigt.")]
    with searchkit.build_index(texts, folder / "index") as index:
        asyncio.run(ask(index))
