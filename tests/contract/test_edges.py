"""The edges of every type in which a segment keeps numbers, at the edge and around it."""

from __future__ import annotations

import numpy as np
import pytest

from searchkit import Document, build_index
from searchkit.config import Ranking
from searchkit.engine.arrays.builder import MAX_DOCUMENTS
from searchkit.engine.port import EngineReader, SearchRequest
from searchkit.query.plan import EXACT, TEXT, TITLE, Everything, Expansion, Phrase, Term, Values
from tests.contract.compare import assert_same_answer, assert_same_state, places
from tests.contract.documents import LEXICON, document
from tests.contract.engines import ArrayEngine, write
from tests.contract.slow_engine import SlowReader

GIPFEL, KRISE = Term(TEXT, "gipfel"), Term(TEXT, "kris")


@pytest.fixture
def arrays(tmp_path) -> ArrayEngine:
    return ArrayEngine(tmp_path / "engine", LEXICON, Ranking())


def ids(reader: EngineReader, plan, **options) -> list[str]:
    return [hit.id for hit in reader.search(SearchRequest(plan, limit=100, **options)).hits]


def assert_same(reader: EngineReader, documents, *plans) -> None:
    slow = SlowReader(documents, LEXICON, Ranking())
    assert_same_state(slow, reader, deleted=False)
    for plan in plans:
        assert_same_answer(slow, reader, SearchRequest(plan))


@pytest.mark.parametrize("positions", [65_535, 65_536, 65_537])
def test_positions_of_two_bytes(arrays, positions):
    text = "der " * (positions - 3) + "Gipfel und Krise"
    first, second = document("lang", text, title="Gipfel"), document("kurz", "Gipfel und")
    write(arrays, [first])
    write(arrays, [second])
    phrase = Phrase(TEXT, ("gipfel", "und", "kris"))
    near = Phrase(TEXT, ("kris", "gipfel"), 1)
    for _ in range(2):
        reader = arrays.reader()
        assert_same(reader, [first, second], GIPFEL, KRISE, phrase, Term(TITLE, "gipfel"), near)
        (row,) = places(reader, [KRISE], ["lang"])
        assert row[2:5] == (positions - 1, len(text) - 5, len(text))
        arrays.optimise()


@pytest.mark.parametrize("letters", [254, 255, 256, 300])
def test_letters_of_one_byte(arrays, letters):
    word = "x" * letters
    text = f"Gipfel {word}, {word.upper()} Krise"
    found = [document("a", text), document("b", "Krise")]
    (stem,) = {LEXICON.terms[n] for n in LEXICON.stems(found[0].fields[TEXT].forms[1:2]).tolist()}
    for each in found:
        write(arrays, [each])
    for _ in range(2):
        reader = arrays.reader()
        exact = word[:255]
        plans = (Term(TEXT, stem), Term(EXACT[TEXT], exact), KRISE)
        assert_same(reader, found, *plans, Expansion(EXACT[TEXT], "wildcard", "x*"))
        rows = places(reader, [plans[0], KRISE], ["a"])
        assert [text[row[3] : row[4]] for row in rows] == [word, word.upper(), "Krise"]
        assert [row[7] for row in rows] == [0, 0, 0]
        arrays.optimise()


@pytest.mark.parametrize("letters", [254, 255, 256, 300])
def test_a_long_word_is_marked_whole(tmp_path, letters):
    word = "y" * letters
    with build_index([Document("a", f"Der {word} kam.")], tmp_path) as index:
        (hit,) = index.search(word).hits
        assert [s.text[a:b] for s in hit.snippets for a, b in s.spans] == [word]


@pytest.mark.parametrize("times", [254, 255, 256, 257])
def test_frequencies_of_one_byte(arrays, times):
    found = [
        document("viel", "Gipfel " * times + "Krise"),
        document("halb", "Gipfeltreffen " * times),
        document("kette", "Corona-Krise " * times),
        document("kurz", "Krise"),
    ]
    for each in found:
        write(arrays, [each])
    plans = (GIPFEL, KRISE, Term(TEXT, "coronakris"), Phrase(TEXT, ("gipfel", "gipfel")))
    for _ in range(2):
        reader = arrays.reader()
        assert_same(reader, found, *plans)
        assert len(places(reader, [GIPFEL], ["viel", "halb"])) == 2 * times
        assert len(places(reader, [KRISE], ["viel"])) == 1
        assert reader.vocabulary()["Gipfel"] == times
        arrays.optimise()


@pytest.mark.parametrize("blanks", [248, 249, 250, 70_000])
def test_gaps_of_one_byte(arrays, blanks):
    text = " " * blanks + "Gipfel" + " " * blanks + "Krise" + "\n" * blanks + "Krise"
    found = [document("vorher", "Gipfel " * 5), document("a", text), document("danach", "Krise")]
    for each in found:
        write(arrays, [each])
    for _ in range(2):
        reader = arrays.reader()
        assert_same(reader, found, Phrase(TEXT, ("gipfel", "kris")))
        rows = places(reader, [GIPFEL, KRISE], ["a", "danach"])
        assert [row[3] for row in rows] == [blanks, 2 * blanks + 6, 3 * blanks + 11, 0]
        arrays.optimise()


@pytest.mark.parametrize("hyphens", [1, 65_522, 65_523, 65_524, 100_000])
def test_chains_with_many_invisible_characters(arrays, hyphens):
    chain = "Co" + "\u00ad" * hyphens + "rona-Krise"
    text = f"Die {chain} und die Corona-Krise"
    found = [document("a", text), document("b", "Coronakrise")]
    for each in found:
        write(arrays, [each])
    for _ in range(2):
        reader = arrays.reader()
        assert_same(reader, found, Term(TEXT, "coronakris"), Term(TEXT, "corona"), KRISE)
        rows = places(reader, [Term(TEXT, "coronakris")], ["a"])
        assert [text[row[3] : row[4]] for row in rows] == [chain, "Corona-Krise"]
        rows = places(reader, [Term(TEXT, "corona")], ["a"])
        assert [text[row[3] : row[4]] for row in rows] == [chain.partition("-")[0], "Corona"]
        arrays.optimise()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "– …!?", "\u00ad\u200b", "\0", "_"])
def test_documents_without_words(arrays, text):
    found = [document("a", text), document("b", "Gipfel"), document("c", text, title=text)]
    for each in found:
        write(arrays, [each])
    for _ in range(2):
        reader = arrays.reader()
        assert_same(reader, found, GIPFEL, Everything(), Expansion(EXACT[TEXT], "prefix", ""))
        assert places(reader, [GIPFEL], ["a", "b", "c"]) == [(1, 0, 0, 0, 6, 0, 6, 0)]
        number = reader.number("a")
        assert number is not None
        assert reader.fetch([number], "text") == [text.encode()]
        arrays.optimise()


def test_an_index_without_any_word(arrays):
    found = [document("a"), document("b", "…")]
    assert_same(write(arrays, found), found, GIPFEL, Everything())


def test_a_term_in_every_document(arrays):
    found = [document(f"d{n:03}", "Gipfel " * (1 + n % 3) + "der " * (n % 40)) for n in range(300)]
    for begin in range(0, 300, 100):
        write(arrays, found[begin : begin + 100])
    for _ in range(2):
        reader = arrays.reader()
        assert_same(reader, found, GIPFEL)
        assert all(hit.score > 0 for hit in reader.search(SearchRequest(GIPFEL, limit=300)).hits)
        arrays.optimise()


_ODD_VALUES = ["a\nb", "a b", "a\0b", "a", "\n", "\0", "", " ", "ä", "a\n", "a\0"]


def test_facet_values_with_line_breaks_and_nuls(arrays):
    found = [document(f"d{n:02}", facets={"k": [v]}) for n, v in enumerate(_ODD_VALUES)]
    for each in found:
        write(arrays, [each])
    for _ in range(2):
        reader = arrays.reader()
        assert_same(reader, found, *(Values("k", (value,)) for value in _ODD_VALUES))
        assert reader.facet_counts("k") == dict.fromkeys(_ODD_VALUES, 1)
        result = reader.search(SearchRequest(Everything(), facets=("k",)))
        assert result.facets["k"] == dict.fromkeys(_ODD_VALUES, 1)
        arrays.optimise()


def test_metadata_with_line_breaks_and_nuls(tmp_path):
    documents = [
        Document(f"d{n:02}", "Gipfel", metadata={"k": value, "n\nm\0o": value})
        for n, value in enumerate(_ODD_VALUES)
    ]
    with build_index(documents, tmp_path) as index:
        for number, value in enumerate(_ODD_VALUES):
            meant = value.replace("\0", "\ufffd")  # as the index holds it
            hits = index.search("Gipfel", filters={"k": meant}).hits
            assert [hit.id for hit in hits] == [f"d{number:02}"]
            assert index.get(hits[0].id).metadata["k"] == value


@pytest.mark.long
def test_a_document_of_a_million_words(arrays):
    words = "Gipfel der Krise und des Treffens ".split() * 166_667
    text = " ".join(words[:1_000_000])
    first, second = document("lang", text), document("kurz", "Gipfel des Treffens")
    write(arrays, [first])
    write(arrays, [second])
    for _ in range(2):
        reader = arrays.reader()
        reader.check()
        assert sorted(ids(reader, GIPFEL)) == ["kurz", "lang"]
        assert ids(reader, Phrase(TEXT, ("treff", "gipfel"))) == ["lang"]
        found = places(reader, [GIPFEL], ["lang"])
        assert len(found) == 166_667
        assert all(text[row[3] : row[4]] == "Gipfel" for row in found[-100:])
        arrays.optimise()


@pytest.mark.long
@pytest.mark.parametrize("count", [MAX_DOCUMENTS - 1, MAX_DOCUMENTS, MAX_DOCUMENTS + 1])
def test_documents_of_two_bytes(arrays, count):
    reader = write(arrays, (document(f"d{n:05}", f"Gipfel {n}") for n in range(count)))
    sizes = [len(segment) for segment in reader.snapshot.segments]
    assert sizes == [count] if count <= MAX_DOCUMENTS else [MAX_DOCUMENTS, 1]
    assert reader.search(SearchRequest(GIPFEL)).total == count
    assert ids(reader, Term(TEXT, str(count - 1))) == [f"d{count - 1:05}"]
    reader.check()
    arrays.optimise()
    reader = write(arrays, [], ["d00007"])
    assert ids(reader, Phrase(TEXT, ("gipfel", str(count - 1)))) == [f"d{count - 1:05}"]
    assert ids(reader, Term(TEXT, "7")) == []


def test_the_quantised_lengths_of_the_slow_engine_are_those_of_the_engine():
    from searchkit.engine.bm25 import quantised
    from tests.contract.slow_words import quantised as slow

    lengths = [*range(5000), 2**16 - 1, 2**16, 2**20 + 1, 2**31 - 1]
    assert quantised(np.array(lengths)).tolist() == [slow(length) for length in lengths]
