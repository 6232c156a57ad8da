"""Files of topics and judgements."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.errors import CorpusError, SourceNotFound
from searchkit.evaluation.judgements import read_qrels
from searchkit.evaluation.topics import Topic, read_topics

TREC = """<?xml version="1.0"?>
<topics>
<top lang="de">
<num> Number: 301
<title> Topic: Flut &amp; Deich
  in Sachsen
<desc> Description: nichts
</top>
<top><num>C042</num><DE-title>Züge</DE-title></top>
"""


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "given"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_a_table_of_topics(tmp_path: Path) -> None:
    file = written(tmp_path, "\ufeff# von Hand\r\n\r\n1\tPegel der Elbe\ta, b,\r\n2 a\tHafen\r\n")
    assert read_topics(file) == (
        (Topic("1", "Pegel der Elbe"), Topic("2 a", "Hafen")),
        {"1": {"a": 1, "b": 1}},
    )


def test_topics_of_trec(tmp_path: Path) -> None:
    topics, qrels = read_topics(written(tmp_path, TREC))
    assert topics == (Topic("301", "Flut & Deich in Sachsen"), Topic("C042", "Züge"))
    assert qrels == {}


@pytest.mark.parametrize(
    ("content", "line", "fault"),
    [
        ("1\tElbe\n\n2 Hafen\n", 3, "is no topic"),
        ("1\t \n", 1, "is no topic"),
        ("\tElbe\n", 1, "is no topic"),
        ("1\ta\tb\tc\n", 1, "is no topic"),
        ("1\tElbe\n# x\n1\tHafen\n", 3, "'1' a second time"),
        ("# nichts\n", 1, "there are none"),
        ("", 1, "there are none"),
        (b"1\tElbe\n2\tZ\xfcge\n", 2, "is not UTF-8"),
        ("<top>\n<num>1\n<title>a\n</top>\n<top>\n<num>2\n", 5, "does not end"),
        ("<top><num>1<title>a\n<top><num>2<title>b</top>", 1, "does not end"),
        ("<top><title>a</top>", 1, "without <num>"),
        ("<top><num>Number: 1<title>\n</top>", 1, "without <title>"),
        ("<topics>\n</topics>", 1, "there are none"),
    ],
)
def test_a_fault_in_topics_is_named_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, fault: str
) -> None:
    with pytest.raises(CorpusError) as raised:
        read_topics(written(tmp_path, content))
    assert f"given' line {line} " in raised.value.message
    assert fault in raised.value.message
    assert raised.value.hint


def test_judgements_of_all_forms(tmp_path: Path) -> None:
    lines = ["# Kopf", "1 0 a 2", "1\tQ0\tb\t-1", "2\tein Text", "2\tc\t3", "1 0 a 2"]
    assert read_qrels(written(tmp_path, "\n".join(lines))) == {
        "1": {"a": 2, "b": 0},
        "2": {"ein Text": 1, "c": 3},
    }


@pytest.mark.parametrize(
    ("content", "line", "fault"),
    [
        ("1 0 a 1\n1 a 1\n", 2, "is no judgement"),
        ("1\t\t1\n", 1, "is no judgement"),
        ("query-id\tcorpus-id\tscore\n", 1, "has the gain 'score'"),
        ("1 0 a 1.5\n", 1, "has the gain '1.5'"),
        ("1 0 a 1001\n", 1, "has the gain '1001'"),
        ("1 0 a 1\n1\ta\t2\n", 2, "a second time"),
        ("\n", 1, "there are none"),
    ],
)
def test_a_fault_in_judgements_is_named_with_its_line(
    tmp_path: Path, content: str, line: int, fault: str
) -> None:
    with pytest.raises(CorpusError) as raised:
        read_qrels(written(tmp_path, content))
    assert f"given' line {line} " in raised.value.message
    assert fault in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize("read", [read_topics, read_qrels])
def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path, read) -> None:
    with pytest.raises(SourceNotFound, match="nirgends"):
        read(tmp_path / "nirgends")
    with pytest.raises(CorpusError, match="cannot read"):
        read(tmp_path)
