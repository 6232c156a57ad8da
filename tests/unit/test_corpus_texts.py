from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.config import CorpusLimits
from searchkit.corpus.reader import Corpus
from searchkit.corpus.titles import derive_title
from searchkit.model import Document


def read(tmp_path: Path, name: str, data: bytes | str) -> tuple[Document | None, list[str]]:
    """The document of a file, and the reasons of the problems with it."""
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    corpus = Corpus(tmp_path / name)
    documents = [found.document for found in corpus.documents()]
    problems = corpus.problems
    assert all(problem.lost == (not documents) for problem in problems)
    assert all(problem.line is None for problem in problems)
    return (documents[0] if documents else None), [problem.reason for problem in problems]


@pytest.mark.parametrize(
    ("text", "date", "kept"),
    [
        (" date 2018-07 Der Gipfel.\n\nEnde.\n", "2018-07", "Der Gipfel.\n\nEnde."),
        ("date 2018 Der Gipfel.", "2018", "Der Gipfel."),
        (" date 2018-07-16\nDer Gipfel.", "2018-07-16", "Der Gipfel."),
        ("\ufeff date 2018-7 Der Gipfel.", "2018-07", "Der Gipfel."),
        ("Kein date 2018-07 Kopf.", None, "Kein date 2018-07 Kopf."),
        ("date nights sind beliebt.", None, "date nights sind beliebt."),
        ("Erst.\n date 2018-07 Dann.", None, "Erst.\n date 2018-07 Dann."),
    ],
)
def test_the_header_of_a_seed_text(tmp_path: Path, text: str, date: str, kept: str) -> None:
    assert read(tmp_path, "a.txt", text) == (Document("a", kept, date=date), [])


@pytest.mark.parametrize("day", ["2018-13", "2018-02-30", "0000", "16/7/2018", "31.2.2018"])
def test_an_impossible_date_stays_in_the_text(tmp_path: Path, day: str) -> None:
    text = f"date {day} Der Gipfel."
    assert read(tmp_path, "a.txt", f" {text}") == (Document("a", text), ["invalid-date"])


def test_the_seed_text() -> None:
    seeds = Path(__file__).parents[2] / "seeds"
    (found,) = Corpus(seeds).documents()
    document = found.document
    assert (document.id, document.title, document.date) == ("000_46bd2b4e575b1249", "", "2018-07")
    assert document.text.startswith("US-Präsident Donald Trump")
    assert derive_title(document.text) == (
        "US-Präsident Donald Trump und der russische Präsident Wladimir Putin am Ende der "
        "gemeinsamen…"
    )


@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        ("# Der *Gipfel* #\n\n## Tag 1\nEr begann.", "Der *Gipfel*", "## Tag 1\nEr begann."),
        ("\n\n   # C# lernen\nText", "C# lernen", "Text"),
        ("# Nur Titel", "Nur Titel", "Nur Titel"),
        ("Text\n# Später", "", "Text\n# Später"),
        ("## Zweite Ebene\nText", "", "## Zweite Ebene\nText"),
        ("#hashtag\nText", "", "#hashtag\nText"),
    ],
)
def test_the_title_of_a_markdown_text(tmp_path: Path, text: str, title: str, kept: str) -> None:
    assert read(tmp_path, "a.md", text) == (Document("a", kept, title), [])


@pytest.mark.parametrize(
    ("encoding", "remarks"),
    [("utf-8", []), ("utf-8-sig", []), ("utf-16", []), ("cp1252", ["decoding"])],
)
def test_encodings(tmp_path: Path, encoding: str, remarks: list[str]) -> None:
    text = "Grüße aus Köln – „schön“"
    assert read(tmp_path, "a.txt", text.encode(encoding)) == (Document("a", text), remarks)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"K\xf6ln \x81", "Köln \ufffd"),
        (b"\xef\xbb\xbfK\xc3\xb6ln \xff", "Köln \ufffd"),
        ("Köln".encode("utf-16-be").join([b"\xfe\xff", b"\xd8"]), "Köln\ufffd"),
    ],
)
def test_bytes_without_meaning_are_replaced(tmp_path: Path, data: bytes, text: str) -> None:
    assert read(tmp_path, "a.txt", data) == (Document("a", text), ["decoding"])


def test_line_breaks_are_plain_and_blanks_around_go(tmp_path: Path) -> None:
    document, _ = read(tmp_path, "a.txt", "\r\n  Eins\r\nZwei\rDrei\n\n \t")
    assert document == Document("a", "Eins\nZwei\nDrei")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b" date 2018-07 \n", "empty"),
        (b"Text\0Text", "nul-byte"),
        (b"\xff\xfe\0\0T\0\0\0", "nul-byte"),  # UTF-32
    ],
)
def test_files_without_usable_text(tmp_path: Path, data: bytes, reason: str) -> None:
    assert read(tmp_path, "a.txt", data) == (None, [reason])


def test_a_file_that_is_too_large_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 101)
    (tmp_path / "b.txt").write_text("x" * 100)
    corpus = Corpus(tmp_path, limits=CorpusLimits(document_bytes=100))
    assert [found.document.id for found in corpus.documents()] == ["b"]
    assert [problem.reason for problem in corpus.problems] == ["too-large"]
    assert corpus.read_bytes == corpus.size_bytes == 201


def test_one_id_for_two_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Erster.")
    (tmp_path / "a.txt").write_text("Zweiter.")
    corpus = Corpus(tmp_path)
    assert [found.document.text for found in corpus.documents()] == ["Erster."]
    (problem,) = corpus.problems
    assert (problem.reason, problem.lost) == ("duplicate-id", True)
    assert str(tmp_path / "a.txt") in problem.path
    assert str(tmp_path / "a.md") in problem.message


def test_reading_again_starts_afresh(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"K\xf6ln")
    corpus = Corpus(tmp_path)
    first = (list(corpus.documents()), corpus.problems, corpus.states, corpus.read_bytes)
    assert first == (list(corpus.documents()), corpus.problems, corpus.states, corpus.read_bytes)
    assert len(first[0]) == len(first[1]) == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kurz. Und mehr.", "Kurz."),
        ("Überschrift\nDann der Text.", "Überschrift"),
        ("Wort " * 19 + "Ende.", "Wort " * 19 + "Ende."),
        ("Wort " * 19 + "Enden.", "Wort " * 18 + "Wort…"),
        ("x" * 200, "x" * 99 + "…"),
        ("x" * 97 + ", dann", "x" * 97 + "…"),
        (" \n ", ""),
    ],
)
def test_the_title_of_a_text_without_one(text: str, title: str) -> None:
    assert derive_title(text) == title
