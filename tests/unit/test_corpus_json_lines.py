from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path

import pytest

from searchkit.config import CorpusLimits
from searchkit.corpus.json_lines import read_json_line
from searchkit.corpus.reader import Corpus
from searchkit.model import Document

LINE = '{"id": "%s", "text": "Text %s."}'


def write(tmp_path: Path, *lines: str | bytes) -> Path:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n".join(ln.encode() if isinstance(ln, str) else ln for ln in lines))
    return file


def outcome(corpus: Corpus) -> tuple[list[tuple[str, int | None]], list[tuple[int | None, str]]]:
    """Id and line of the documents; line and reason of the problems."""
    found = [(item.document.id, item.line) for item in corpus.documents()]
    return found, [(problem.line, problem.reason) for problem in corpus.problems]


def test_fields_of_a_line() -> None:
    fields = {
        "id": 7,
        "text": " Köln\r\nBonn ",
        "title": "Der\nTitel",
        "date": "2021-02-8",
        "source": "Bote",
        "rank": 1.5,
        "free": True,
        "author": None,
        "big": 10**30,
    }
    metadata = {"source": "Bote", "rank": 1.5, "free": True, "big": 10**30}
    reading = read_json_line(json.dumps(fields), "x")
    assert reading.document == Document("7", "Köln\nBonn", "Der Titel", "2021-02-08", metadata)
    assert reading.remarks == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "invalid-json"),
        ('{"text": "a"} x', "invalid-json"),
        ('{"text": "a", "n": NaN}', "invalid-json"),
        ('{"text": "a", "n": -Infinity}', "invalid-json"),
        ("[" * 1_000_000, "invalid-json"),
        ('"text"', "invalid-document"),
        ('{"id": "1"}', "invalid-document"),
        ('{"text": null}', "invalid-document"),
        ('{"text": 1}', "invalid-document"),
        ('{"id": true, "text": "a"}', "invalid-document"),
        ('{"id": 1.5, "text": "a"}', "invalid-document"),
        ('{"id": "1", "text": " "}', "empty"),
        (r'{"id": "1", "text": "a\u0000"}', "nul-byte"),
        (r'{"id": "1", "text": "a", "b": "\u0000"}', "nul-byte"),
    ],
)
def test_lines_that_are_left_out(line: str, reason: str) -> None:
    reading = read_json_line(line, "x")
    assert reading.document is None
    assert [(remark.reason, remark.lost) for remark in reading.remarks] == [(reason, True)]
    assert "\n" not in reading.remarks[0].message


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ('"date": "gestern"', "invalid-date"),
        ('"date": "2021-02-30"', "invalid-date"),
        ('"date": ["2021"]', "invalid-date"),
        ('"title": {"de": "x"}', "metadata"),
        ('"tags": ["x"]', "metadata"),
        ('"": "x"', "metadata"),
        ('"n": 1e999', "metadata"),
    ],
)
def test_fields_that_are_left_out(field: str, reason: str) -> None:
    reading = read_json_line(f'{{"id": "1", "text": "a", {field}}}', "x")
    assert reading.document == Document("1", "a")
    assert [(remark.reason, remark.lost) for remark in reading.remarks] == [(reason, False)]


def test_where_a_line_is_no_json_is_said_once() -> None:
    (remark,) = read_json_line('{"id": 1, "text": "a', "x").remarks
    assert remark.message == "is no valid JSON: Unterminated string starting at character 19"


@pytest.mark.parametrize("id", ['"' + "a" * 4097 + '"', "1" * 4097])
def test_an_id_that_is_too_long_loses_the_line_only(id: str) -> None:
    reading = read_json_line(f'{{"id": {id}, "text": "a"}}', "x")
    assert reading.document is None
    assert reading.remarks[0].reason == "invalid-document"


def test_numbers_that_python_cannot_write_stay_text() -> None:
    document = read_json_line('{"id": "1", "text": "a", "n": %s}' % ("9" * 5000), "x").document
    assert document is not None
    assert document.metadata["n"] == "9" * 5000


def test_everything_is_valid_utf_8() -> None:
    line = r'{"id": "\ud800", "text": "a\udc00 \ud83d\ude00", "\udfff": "\ud800"}'
    document = read_json_line(line, "x").document
    assert document == Document("\ufffd", "a\ufffd 😀", metadata={"\ufffd": "\ufffd"})


def test_bad_lines_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        LINE % ("1", "1"),
        "",
        "kein JSON",
        b'{"id": "2", "text": "a\0b"}',
        LINE % ("1", "2"),
        LINE.encode() % (b"3", b"K\xf6ln"),
        (LINE % ("4", "4")) + "\r",
    )
    corpus = Corpus(file)
    assert outcome(corpus) == (
        [("1", 1), ("3", 6), ("4", 7)],
        [(3, "invalid-json"), (4, "nul-byte"), (5, "duplicate-id"), (6, "decoding")],
    )
    assert f"{file}:1" in corpus.problems[2].message


def test_ids_are_unique_over_all_sources(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, LINE % ("1", name))
    corpus = Corpus([tmp_path / "b", tmp_path / "a"])
    assert [found.source for found in corpus.documents()] == [str(tmp_path / "b")]
    assert [problem.reason for problem in corpus.problems] == ["duplicate-id"]


def test_remarks_are_counted_once_for_each_file_and_field(tmp_path: Path) -> None:
    lines = [
        '{"text": "a", "tags": [], "x": {}}',
        '{"text": "b", "tags": []}',
        '{"text": "c", "tags": []}',
    ]
    corpus = Corpus(write(tmp_path, *lines))
    assert outcome(corpus)[0] == [("a:1", 1), ("a:2", 2), ("a:3", 3)]
    assert [problem.lost for problem in corpus.problems] == [False] * 3
    messages = {problem.message.partition(" (")[2] for problem in corpus.problems}
    assert messages == {"and 2 more like it)", ""}


def test_losses_of_one_kind_are_bounded(tmp_path: Path) -> None:
    corpus = Corpus(write(tmp_path, *["{"] * 10), limits=CorpusLimits(problems=3))
    assert outcome(corpus) == ([], [(line, "invalid-json") for line in (1, 2, 3)])
    assert corpus.problems[2].message.endswith("(and 7 more like it)")


def test_a_line_that_is_too_long_is_not_held(tmp_path: Path) -> None:
    file = write(tmp_path, LINE % ("1", "1"), LINE % ("2", "x" * 2_000_000), LINE % ("3", "3"))
    corpus = Corpus(file, limits=CorpusLimits(document_bytes=1000))
    assert outcome(corpus) == ([("1", 1), ("3", 3)], [(2, "too-large")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".jsonl.gz", ".JSONL.xz"])
def test_packing_and_encoding(tmp_path: Path, suffix: str, encoding: str) -> None:
    data = "\n".join(LINE % (number, "Köln") for number in range(1000)).encode(encoding)
    pack = {"gz": gzip.compress, "xz": lzma.compress}.get(suffix[-2:], bytes)
    file = tmp_path / f"a{suffix}"
    # Packed files may be joined end to end.
    file.write_bytes(pack(data[:5000]) + pack(data[5000:]))
    corpus = Corpus(file)
    documents = [found.document for found in corpus.documents()]
    assert documents == [Document(str(number), "Text Köln.") for number in range(1000)]
    assert corpus.problems == ()
    assert corpus.read_bytes == corpus.size_bytes == file.stat().st_size


@pytest.mark.parametrize(
    ("suffix", "damage"),
    [(".gz", "cut"), (".gz", "flip"), (".gz", "tail"), (".xz", "cut"), (".xz", "flip")],
)
def test_what_comes_before_damage_is_kept(tmp_path: Path, suffix: str, damage: str) -> None:
    pack = gzip.compress if suffix == ".gz" else lzma.compress
    lines = [json.dumps({"id": str(n), "text": f"{n * 7919:x} " * 20}) for n in range(5000)]
    data = bytearray(pack("\n".join(lines).encode()))
    if damage == "cut":
        del data[len(data) * 3 // 4 :]
    elif damage == "flip":
        data[len(data) * 3 // 4] ^= 0xFF
    else:
        data += b"no packed data"
    (tmp_path / f"a.jsonl{suffix}").write_bytes(data)
    (tmp_path / "b.txt").write_text("Danach.")
    corpus = Corpus(tmp_path)
    found = [item.document.id for item in corpus.documents()]
    assert found[:1000] == [str(number) for number in range(1000)]
    assert found[-1] == "b"
    assert ("unreadable", None) in {(item.reason, item.line) for item in corpus.problems}
    assert [len(state.digest) for state in corpus.states] == [32, 32]


def test_a_file_of_the_wrong_kind(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_text("not packed")
    (tmp_path / "b.jsonl.xz").write_text("not packed")
    (tmp_path / "c.jsonl.xz").write_bytes(b"")
    corpus = Corpus(tmp_path)
    assert outcome(corpus) == ([], [(None, "unreadable"), (None, "unreadable"), (None, "empty")])


@pytest.mark.corpus
def test_the_news_sample() -> None:
    file = Path(__file__).parents[3] / "shared/data/news/news-2k.jsonl.xz"
    if not file.exists():
        pytest.skip("the development corpora are not at hand")
    corpus = Corpus(file)
    documents = [found.document for found in corpus.documents()]
    assert len(documents) == 2063
    assert all(document.date and document.title for document in documents)
    assert all(list(document.metadata) == ["source"] for document in documents)
    assert corpus.problems == ()
