"""The trained tagger, part by part."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from searchkit.extract.decode import Bounds, decode, following
from searchkit.extract.features import OFFSETS, form_features
from searchkit.extract.piece_table import PieceTable
from searchkit.extract.substrings import Letters, hash_words
from searchkit.extract.tagger import Tagger, line_starts
from searchkit.extract.tagger_model import LABELS, TaggerModel
from searchkit.extract.word_facts import (
    CITY,
    COMMON_NOUN,
    COUNTRY,
    FIRST_NAME,
    SURNAME,
    WordFacts,
)
from searchkit.text.chunks import cut_at_spaces
from searchkit.text.lexicon import Lexicon


@pytest.fixture(scope="module")
def model():
    return TaggerModel.shipped()


def best_by_trying_all(scores, steps):
    """The labels of one stretch, by trying every sequence."""

    def worth(labels):
        moves = sum(steps[a, b] for a, b in itertools.pairwise(labels))
        return moves + sum(scores[n, label] for n, label in enumerate(labels))

    return list(max(itertools.product(range(scores.shape[1]), repeat=len(scores)), key=worth))


def test_decoding_finds_the_best_of_all_sequences():
    random = np.random.default_rng(1)
    steps = random.integers(-99, 99, (3, 3)).astype(np.int32)
    stretches = [random.integers(-99, 99, (n, 3)).astype(np.int32) for n in (1, 4, 2, 5, 3, 1)]
    follows = np.concatenate([np.arange(len(s)) > 0 for s in stretches])
    found = decode(np.concatenate(stretches), follows, steps).tolist()
    assert found == [label for s in stretches for label in best_by_trying_all(s, steps)]


def test_many_stretches_are_decoded_as_few_are():
    random = np.random.default_rng(2)
    steps = random.integers(-99, 99, (9, 9)).astype(np.int32)
    scores = random.integers(-99, 99, (3000, 9)).astype(np.int32)
    follows = random.random(3000) < 0.7
    follows[0] = False
    together = decode(scores, follows, steps)
    starts = [*np.flatnonzero(~follows), 3000]
    for start, end in itertools.pairwise(starts):
        alone = decode(scores[start:end], np.arange(end - start) > 0, steps)
        assert together[start:end].tolist() == alone.tolist()


def test_decoding_nothing():
    empty = np.zeros((0, 9), dtype=np.int32)
    assert decode(empty, np.zeros(0, dtype=bool), np.zeros((9, 9), np.int32)).tolist() == []


def test_what_is_ruled_out_before_decoding_is_no_name_after_it():
    random = np.random.default_rng(3)
    for _ in range(200):
        steps = random.integers(-99, 99, (5, 5)).astype(np.int32)
        steps[0, 0] += random.integers(0, 200)
        beside = random.integers(-300, 100, (60, 4)).astype(np.int16)
        words = random.random(60) < 0.8
        bounds = Bounds.of(steps)
        kept = bounds.possible(*bounds.worth(beside), words)
        places = np.flatnonzero(words)
        scores = np.concatenate([np.zeros((60, 1), np.int32), beside], axis=1)[places]
        labels = decode(scores, following(places), steps)
        assert set(places[labels > 0].tolist()) <= set(kept.tolist()) <= set(places.tolist())


def test_ruling_out_leaves_names_and_how_sure_they_are(model, monkeypatch):
    texts = [
        "Ursula von der Leyen traf in Straßburg Wanda Quellenbach vom Institut für Wasserbau.",
        "Facebook.\nOle\nDer SV Wanderow 08 schlug Dynamo Quellenau 3:1, sagte J. R. Ohlenbach.",
        "Die „Neue Wanderower Zeitung“ (NWZ) und die Traumwerk GmbH & Co. KG",
    ]
    found = [Tagger(model).tag(text) for text in texts]
    assert all(sureness >= 0 for text in found for sureness in text.sureness)
    monkeypatch.setattr(Bounds, "possible", lambda *given: np.flatnonzero(given[3]))
    for text, before in zip(texts, found, strict=True):
        after = Tagger(model).tag(text)
        assert after.mentions == before.mentions
        assert after.sureness.tolist() == before.sureness.tolist()


def test_what_follows_on_a_word():
    assert following(np.array([1, 2, 4])).tolist() == [False, True, False]


def test_equal_parts_have_equal_hashes_and_only_they():
    words = ["Neuhausen", "Althausen", "Hausen", "neu"]
    letters = Letters.of(words)
    tails = letters.hashes(letters.ends - 3, letters.ends)
    assert tails[0] == tails[1] == tails[2] != tails[3]
    assert len(set(hash_words(["a", "b", "ab", "ba", "a\0", ""]).tolist())) == 6


@pytest.mark.parametrize(
    ("word", "fact"),
    [
        ("wolfgang", FIRST_NAME),
        ("müller", SURNAME),
        ("frankreich", COUNTRY),
        ("helsinki", CITY),
        ("haus", COMMON_NOUN),
    ],
)
def test_the_shipped_facts(word, fact):
    facts = WordFacts.shipped()
    assert facts.flags[facts.find_words(hash_words([word]))[0]] & fact


def test_an_unknown_word_has_no_facts():
    facts = WordFacts.shipped()
    assert facts.flags[facts.find_words(hash_words(["xqzwv"]))[0]] == 0


def test_features_do_not_depend_on_the_forms_beside():
    facts = WordFacts.shipped()
    forms = ["Köln-Deutz", "J.", "der", "\x01", "Ärztekammer", "16.", "ΑΒΓ", "\U0001f600"]
    together = form_features(forms, facts)
    for n, form in enumerate(forms):
        alone = form_features([form], facts)
        assert {name: int(column[n]) for name, column in together.items()} == {
            name: int(column[0]) for name, column in alone.items()
        }


def test_rows_of_forms(model):
    table = PieceTable(model)
    table.learn(["Helsinki", "und"])
    rows = table.rows[:, :3]
    assert rows.shape == (len(OFFSETS), 3, len(LABELS) - 1)
    own = rows[OFFSETS.index(0)]
    assert LABELS[own[1].argmax() + 1] == "B-LOC"
    assert own[1].max() > 0 > own[2].max()


def test_a_table_grows(model):
    table = PieceTable(model)
    some = cut_at_spaces(["Bonn Köln"])
    before = table.numbers(some).tolist()
    table.learn([f"Quell{n}au" for n in range(3000)])
    assert table.numbers(some).tolist() == before
    assert len(table) == 3002


def looked_at(table, numbers):
    """What a table says of chunks, other than their numbers."""
    found = table.pieces(numbers)
    spans = table.spans(found.numbers(np.arange(len(found.forms)))[0])
    columns = (found.first, found.marks, spans, table.letters(numbers))
    return [table.forms[n] for n in found.forms], *(column.tolist() for column in columns)


def test_chunks_that_were_cut_elsewhere_are_the_same_chunks(model):
    table, lexicons = PieceTable(model), [Lexicon(), Lexicon()]
    text = "„Putin-Trump-Gipfel“, sagte Dr. Ohlenbach in Köln. In Köln regnete es."
    expected = looked_at(table, table.numbers(cut_at_spaces([text])))
    for lexicon in (*lexicons, *lexicons):
        # Of every lexicon the numbers are others.
        [*lexicon.analyse_all(["In einem Gipfel"] if lexicon is lexicons[0] else ["Köln."])]
        (words,) = lexicon.analyse_all([text])
        assert looked_at(table, table.numbers_of_cut(text, words.cut)) == expected


def test_words_with_marks_around_them_have_the_pieces_that_cutting_gives(model):
    words = (
        "Köln köln Dr J 16 2018 XIV XXXVIIII G20 e.V geht's Mu\u0308nchen Ko\u00adeln Bürger(in "
        "Putin-Trump ² ß ﬁ T_online straße\u0301 中文"
    ).split()
    before = ["", "„", "(", "(„", "–", "…", ".", "-", "*", "'", "‘", "\u00ad", "\x01", "„" * 20]
    behind = ["", ".", ",", "“.", ".“", ")", "!?", "...", "…", ":", "-", "'s", "’", "\u0301", "_"]
    parts = itertools.product(before, words, [*behind, "." * 20, "\u00ad.", "”-", ",Rom", "(in)"])
    text = " ".join(["x" * 1000, "x" * 1001, "„" + "x" * 1000, *map("".join, parts)])
    table = PieceTable(model)
    (analysed,) = Lexicon().analyse_all([text])
    found = looked_at(table, table.numbers_of_cut(text, analysed.cut))
    assert found == looked_at(table, table.numbers(cut_at_spaces([text])))


def test_lines_begin_where_line_feeds_stand_before():
    text = " Ein\u2003Wort,\n\nnoch\x85eins \U0001f600\u3000x"
    first = line_starts(cut_at_spaces([text]))
    assert [chunk for chunk, new in zip(text.split(), first, strict=True) if new] == ["Ein", "noch"]


def test_a_stored_model_is_the_same_model(model):
    again = TaggerModel.from_arrays(model.to_arrays(), model.facts)
    assert (again.rows(["Helsinki", "und"]) == model.rows(["Helsinki", "und"])).all()
    facts = WordFacts.from_arrays(model.facts.to_arrays())
    assert (facts.words == model.facts.words).all()
    assert (facts.clusters == model.facts.clusters).all()
