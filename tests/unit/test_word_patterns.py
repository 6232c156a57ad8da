"""Words of a user's own kind: one token in texts, queries, snippets and suggestions."""

from __future__ import annotations

import pytest

from searchkit import (
    ConfigurationError,
    Document,
    Settings,
    SettingsMismatch,
    build_index,
    open_index,
)
from searchkit.engine.whoosh.index import ArrayStorage
from searchkit.text.lexicon import Lexicon
from searchkit.text.tokenise import tokenise_chunk
from searchkit.text.word_patterns import WordPatterns

PATTERNS = (r"#\w+", r"[A-Z]-\d+(?:/\d+)?", r"C\+\+", r"ISO:\d+", r"titel:\d+")
SETTINGS = Settings(word_patterns=PATTERNS)
TEXTS = {
    "a": "Das Ventil A-123/45 passt, A-123/46 nicht. #Wahlen laufen in C++.",
    "b": "Das Ventil A 123 45 und die Wahlen. Der A\u2011123/45-Nachfolger.",
    "c": "Nur A-123 und C.",
    "d": "Nach ISO:9001, nicht ISO:9002; titel:7.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    documents = [Document(name, text) for name, text in TEXTS.items()]
    return build_index(documents, tmp_path_factory.mktemp("patterns"), settings=SETTINGS)


def ids(index, query, **options):
    return sorted(hit.id for hit in index.search(query, **options).hits)


@pytest.mark.parametrize(
    ("chunk", "forms"),
    [
        ("(A-123/45),", ["A-123/45"]),
        ("a-123/45", ["a-123/45"]),
        ("A-123/45-Modell-Reihe", ["A-123/45", "Modell", "Reihe", "ModellReihe"]),
        ("Test-Modell-A-1", ["Test", "Modell", "TestModell", "A-1"]),
        ("A\u2011123", ["A-123"]),
        ("AA-123", ["AA", "123", "AA123"]),
        ("A-123x", ["A", "123x", "A123x"]),
        ("x#btw21", ["x", "btw21"]),
        ("##btw21!", ["#btw21"]),
        ("#_", []),
        ("C++,", ["C++"]),
        ("C++11", ["C", "11"]),
        ("Bürger:innen", ["Bürger:innen"]),
    ],
)
def test_tokens(chunk, forms):
    assert [token.form for token in tokenise_chunk(chunk, WordPatterns(PATTERNS))] == forms


def test_words_are_kept_as_they_stand():
    lexicon = Lexicon(word_patterns=PATTERNS)
    forms = lexicon.analyse("#Wahlen Wahlen #Straße").forms
    assert [lexicon.terms[n] for n in lexicon.stems(forms)] == ["#wahlen", "wahl", "#strasse"]
    assert not len(lexicon.parts(forms).terms)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("A-123/45", ["a", "b"]),
        ("a-123/45", ["a", "b"]),
        ("=A-123/45", ["a", "b"]),
        ("A-123", ["c"]),
        ("123", ["b"]),
        ("#wahlen", ["a"]),
        ("Wahl", ["b"]),
        ("#wahl", []),
        ("C++", ["a"]),
        ("C", ["c"]),
        ("Nachfolger", ["b"]),
        ('"Ventil A-123/45"', ["a"]),
        ('"Ventil 123/45"~9', ["b"]),
        ("Ventil AND NOT #wahlen", ["b"]),
        ("A-123/*", ["a", "b"]),
        ("#wa?len", ["a"]),
        ("#wahln~1", ["a"]),
        ("titel:A-123", ["c"]),
        ("ISO:9001", ["d"]),
        ("iso:9001, Ventil", ["a", "b", "d"]),
        (r"iso\:900*", ["d"]),
        ("ISO:9003", []),
        (r"titel\:7", ["d"]),
    ],
)
def test_queries_agree_with_texts(index, query, found):
    result = index.search(query)
    assert sorted(hit.id for hit in result.hits) == found
    assert not result.notes


def test_snippets_mark_the_word_whole(index):
    html = [hit.snippets[0].html() for hit in index.search("A-123/45").hits]
    assert "Das Ventil <mark>A-123/45</mark> passt, A-123/46 nicht." in html[0]
    assert "Der <mark>A\u2011123/45</mark>-Nachfolger." in html[1]


def test_one_number_is_not_another_one_mistyped(index):
    result = index.search("A-123/47")
    assert (result.total, result.notes, result.suggestion) == (0, (), None)


def test_words_are_completed(index):
    assert [found.value for found in index.complete("a-123/")] == ["A-123/45", "A-123/46"]
    assert [found.value for found in index.complete("#w")] == ["#Wahlen"]


def test_an_index_opens_with_its_patterns_only(index):
    folder = index._folder.path
    for settings in (Settings(), Settings(word_patterns=PATTERNS[:1])):
        with pytest.raises(SettingsMismatch) as caught:
            open_index(folder, settings=settings)
        assert caught.value.hint.endswith(f"--set word_patterns='{' '.join(PATTERNS)}'")
    with open_index(folder, settings=SETTINGS) as again:
        assert ids(again, "#wahlen") == ["a"]


def test_processes_updates_and_whoosh_cut_texts_alike(tmp_path):
    first = [Document(f"d{n}", f"Ventil A-{n}/1 #Wahl{n} C++") for n in range(300)]
    with build_index(first, tmp_path / "index", settings=SETTINGS, jobs=2) as index:
        index.add([Document("neu", "A-7/1"), Document("d8", "#Wahl7")])
        assert ids(index, "A-7/1") == ["d7", "neu"]
        assert ids(index, "#wahl7") == ["d7", "d8"]
        folder = index._state().generation.folder
        with ArrayStorage(folder).open_index().searcher() as searcher:
            assert {hit["id"] for hit in searcher.find("text", "A-7/1")} == {"d7", "neu"}


@pytest.mark.parametrize("pattern", ["(a", "a b", "", "(a)", "(?P<n>a)", "(?i)a", "a)|(b", r"\1"])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(ConfigurationError, match="the word pattern"):
        Settings(word_patterns=(pattern,))


def test_a_single_text_is_no_list_of_patterns():
    with pytest.raises(ConfigurationError, match="one text"):
        Settings(word_patterns=r"#\w+")  # type: ignore[arg-type]
