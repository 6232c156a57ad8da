"""Chunks are cut where ``str.split()`` cuts, and numbers found are those that were given."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from searchkit.text import chunk_table, lexicon
from searchkit.text.chunk_table import ChunkTable
from searchkit.text.chunks import chunk_starts, cut_at_spaces


def texts_of(chunks):
    return chunks.texts(np.arange(len(chunks)))


def numbered(words):
    """A table of words, and the words as chunks."""
    table, chunks = ChunkTable(), cut_at_spaces([" ".join(words)])
    table.add(chunks, np.arange(len(chunks), dtype=np.int32))
    return table, chunks


def test_every_code_point_cuts_or_does_not_as_in_python():
    text = "".join(f"{chr(point)}x" for point in range(sys.maxunicode + 1))
    assert texts_of(cut_at_spaces([text])) == text.split()


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u3000", "a\u2003b\xa0 c", "\x00 a\x00 \x1fb", "\ud800 \udc00", "ä\x85ß\u2028"],
)
def test_starts_are_code_points(text):
    texts = ["Grüße aus", text, "„Rom“"]
    chunks = cut_at_spaces(texts)
    letters = np.array([len(chunk) for chunk in texts_of(chunks)], np.int32)
    starts = chunk_starts(chunks, letters).tolist()
    assert chunks.sizes.tolist() == [len(each.split()) for each in texts]
    owners = np.repeat(range(3), chunks.sizes).tolist()
    rows = zip(owners, starts, letters.tolist(), strict=True)
    assert [texts[n][start : start + size] for n, start, size in rows] == texts_of(chunks)


def test_chunks_of_every_length_are_told_apart():
    words = ["ä" * n for n in range(1, 20)] + ["x" * n for n in range(1, 60)]
    words += [word + "\x00" for word in words]
    table, chunks = numbered(words)
    assert table.find(chunks).tolist() == [*range(len(words))]
    others = cut_at_spaces([" ".join(word + "y" for word in words)])
    assert (table.find(others) == -1).all()


def test_numbers_stay_when_the_table_grows():
    table = ChunkTable()
    words = [f"Wort{'-' * (n % 30)}{n}" for n in range(20_000)]
    for begin in range(0, len(words), 1_700):
        some = cut_at_spaces([" ".join(words[begin : begin + 1_700])])
        table.add(some, np.arange(begin, begin + len(some), dtype=np.int32))
    assert table.find(cut_at_spaces([" ".join(words)])).tolist() == [*range(len(words))]


@pytest.fixture
def crowded(monkeypatch):
    """Every chunk wants the same place."""
    monkeypatch.setattr(chunk_table, "_FACTORS", np.zeros(6, np.uint64))


@pytest.mark.usefixtures("crowded")
def test_crowded_chunks_are_found_elsewhere():
    words = [f"Wort{'e' * (n % 25)}{n}" for n in range(700)]
    table, chunks = numbered(words[:100])
    assert table.find(chunks).tolist() == [*range(100)]
    rest = cut_at_spaces([" ".join(words[100:])])
    assert (table.find(rest) == -1).all()
    table.add(rest, np.arange(100, 700, dtype=np.int32))
    assert table.find(cut_at_spaces([" ".join(words)])).tolist() == [*range(700)]


@pytest.mark.usefixtures("crowded")
def test_a_chunk_is_not_one_that_begins_so():
    words = ["x" * n for n in range(1, 40)]
    chunks = cut_at_spaces([" ".join(words)])
    for number, word in enumerate(words):
        table, _ = numbered([word])
        assert np.flatnonzero(table.find(chunks) >= 0).tolist() == [number]


def test_a_larger_table_takes_crowded_chunks_in(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(chunk_table, "_FACTORS", np.zeros(6, np.uint64))
        table, _ = numbered([f"Wort{n}" for n in range(100)])
    rest = cut_at_spaces([" ".join(f"Satz{n}" for n in range(900))])
    table.add(rest, np.arange(100, 1000, dtype=np.int32))
    known = cut_at_spaces([" ".join(f"Wort{n}" for n in range(100))])
    assert table.find(known).tolist() == [*range(100)]


def test_forgotten_chunks_are_learnt_anew(monkeypatch):
    texts = [f"Der „Wort{n % 300}“ und Satz{n % 7}-Ende steht. " * 200 for n in range(900)]
    before = lexicon.Lexicon()
    expected = [words.forms.tolist() for words in before.analyse_all(texts)]
    monkeypatch.setattr(lexicon, "MAX_CHUNKS", 50)
    monkeypatch.setattr(lexicon, "_NEW_TOGETHER", 20)
    forgetful = lexicon.Lexicon()
    assert [words.forms.tolist() for words in forgetful.analyse_all(texts)] == expected
    assert forgetful.forms == before.forms
    assert len(forgetful._known) < 300


def test_threads_that_learn_together_find_what_each_alone_finds(monkeypatch):
    monkeypatch.setattr(lexicon, "MAX_CHUNKS", 3_000)
    texts = [
        f"Wort{n % 4_001} steht in Satz{n % 2_003}, „Zeile{n % 997}“. " * 40 for n in range(4_800)
    ]
    shared = lexicon.Lexicon()

    def found(first):
        some = texts[first::4]
        together = shared.analyse_all(some)
        return all(
            [shared.forms[n] for n in words.forms[:4]]
            == [text[a:b] for a, b in zip(words.starts[:4], words.ends[:4], strict=True)]
            for text, words in zip(some, together, strict=True)
        )

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(found, range(4)))
