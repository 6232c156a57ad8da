"""Training: sentences as the tagger sees them, and a tiny model of them."""

from __future__ import annotations

import lzma

import pytest

from searchkit.extract.tagger import Tagger
from searchkit.extract.word_facts import WordFacts
from searchkit.training.germeval import read_sentences
from searchkit.training.open_texts import OpenTexts
from searchkit.training.tagger import train
from searchkit.training.word_facts import band

TSV = """#\thttp://example.org/a\t[2020-01-01]\t
1\tDer\tO\tO
2\tUS-Gesandte\tB-LOCpart\tO
3\tOle\tB-PER\tO
4\tWanderow\tI-PER\tO
5\t(\tO\tO
6\tQuell/Bruch\tB-ORG\tO
7\t)\tO\tO
8\tging\tO\tO
9\t.\tO\tO

#\thttp://example.org/b\t[2020-01-01]\t
1\tJ.\tB-PER\tO
2\tQuellers\tI-PER\tO
3\tBuch\tO\tO
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "gold.tsv"
    path.write_text(TSV, encoding="utf-8")
    return path


def test_gold_tokens_become_pieces(path):
    first, second = read_sentences(path)
    assert list(zip(first.forms, first.labels, strict=True)) == [
        ("Der", "O"),
        ("US-Gesandte", "O"),
        ("Ole", "B-PER"),
        ("Wanderow", "I-PER"),
        ("(", "O"),
        ("Quell", "B-ORG"),
        ("/", "I-ORG"),
        ("Bruch", "I-ORG"),
        (")", "O"),
        ("ging", "O"),
        (".", "O"),
    ]
    assert second.labels == ["B-PER", "I-PER", "O"]


def test_a_model_learns_what_it_is_shown(path):
    pytest.importorskip("pycrfsuite", reason="python-crfsuite is not installed")
    sentences = [*read_sentences(path)] * 20
    model = train(sentences, WordFacts.shipped(), ridge=0.1)
    text = "Der US-Gesandte Ole Wanderow (Quell/Bruch) ging."
    found = [(text[start:end], label) for start, end, label in Tagger(model).tag(text).mentions]
    assert found == [("Ole Wanderow", "PER"), ("Quell/Bruch", "ORG")]


@pytest.mark.parametrize(
    ("share", "lower", "capital", "expected"),
    [(0.0, 0, 0, 0), (0.0, 2, 0, 0), (0.0, 3, 0, 1), (0.0, 0, 3, 5), (1e-3, 1, 1, 36)],
)
def test_bands(share, lower, capital, expected):
    assert band(share, lower, capital) == expected


def test_open_texts_can_be_read_again(tmp_path):
    records = tmp_path / "bundestag.txt.xz"
    with lzma.open(records, "wt", encoding="utf-8") as file:
        file.write("Frau Präsidentin!\n\nMeine Damen und Herren!\n")
    for folder in ("wiki", "klexikon"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Aal.txt").write_text("== Lage ==\nDer Aal", encoding="utf-8")
    texts = OpenTexts(records, tmp_path)
    expected = ["Frau Präsidentin!", "", "Meine Damen und Herren!"] + 2 * ["Lage", "Der Aal"]
    assert [line.strip() for line in texts] == [line.strip() for line in texts] == expected
