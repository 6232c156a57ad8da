"""Index the rows of a database as they come from its cursor, and find them again by their key."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import searchkit


def open_archive(path: Path) -> sqlite3.Connection:
    """A database with a few notes in it."""
    database = sqlite3.connect(path)
    database.execute("create table note (id integer primary key, title, body, day, author)")
    database.executemany(
        "insert into note (title, body, day, author) values (?, ?, ?, ?)",
        [
            ("Pegel", "Die Elbe steigt seit gestern.", "2019-05-03", "Ina"),
            ("Hafen", "Im Hafen liegen zwei neue Schiffe.", "2020-03-14", "Max"),
            ("Brücke", "Die Brücke über die Elbe bleibt gesperrt.", "2020-04", "Ina"),
        ],
    )
    return database


def documents(database: sqlite3.Connection) -> Iterator[searchkit.Document]:
    """One document for each row; no more than one is in memory."""
    for key, title, body, day, author in database.execute("select * from note"):
        yield searchkit.Document(str(key), body, title=title, date=day, metadata={"author": author})


def main(folder: Path) -> None:
    """Index all rows, then ask."""
    database = open_archive(folder / "archive.db")
    with searchkit.build_index(documents(database), folder / "index") as index:
        result = index.search("Elbe", facets=["author"], sort="-date")
        for hit in result.hits:
            row = database.execute("select title, day from note where id = ?", [int(hit.id)])
            print(*row.fetchone(), round(hit.score, 1) > 0)
        print(result.facets["author"])
    database.close()
