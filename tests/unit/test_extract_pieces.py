"""What a tagger sees of a chunk of text."""

from __future__ import annotations

import pytest

from searchkit.extract.pieces import cut_chunk, cut_chunks


@pytest.mark.parametrize(
    ("chunk", "forms"),
    [
        ("Haus", ["Haus"]),
        ("„Gipfel“,", ["„", "Gipfel", "“", ","]),
        ("Putin-Trump-Gipfel", ["Putin-Trump-Gipfel"]),
        ("CDU/CSU", ["CDU", "/", "CSU"]),
        ("Dr.", ["Dr."]),
        ("J.", ["J."]),
        ("e.V.", ["e.V."]),
        ("II.", ["II."]),
        ("16.", ["16."]),
        ("2018.", ["2018", "."]),
        ("16.7.2018", ["16.7.2018"]),
        ("Ende.", ["Ende", "."]),
        ("Bürger:innen", ["Bürger:innen"]),
        ("Bürger(innen)", ["Bürger(innen)"]),
        ("(Berlin).", ["(", "Berlin", ")", "."]),
        ("Obama's", ["Obama's"]),
        ("H&M,", ["H&M", ","]),
        ("web.de", ["web.de"]),
        ("Moskau.Dann", ["Moskau", ".", "Dann"]),
        ("Alten-", ["Alten-"]),
        ("…", ["…"]),
    ],
)
def test_pieces_of_a_chunk(chunk, forms):
    assert [form for form, _, _ in cut_chunk(chunk)] == forms


def test_offsets_are_those_of_the_text_not_of_the_normal_form():
    assert cut_chunk("Mer\u00adkel.") == [("Merkel", 0, 7), (".", 7, 8)]


@pytest.mark.parametrize(
    ("chunk", "closes", "opens"),
    [
        ("Haus", False, True),
        ("haus", False, False),
        ("Ende.", True, True),
        ("Ende.“", True, True),
        ("„ging", False, False),
        ("Wer?", True, True),
        ("Dr.", False, True),
        ("16.", False, True),
        (")", False, True),
    ],
)
def test_where_sentences_may_begin_and_end(chunk, closes, opens):
    pieces = cut_chunks([chunk])
    assert (pieces.closes, pieces.opens) == ([closes], [opens])


def test_what_has_no_blank_for_long_is_no_text() -> None:
    assert cut_chunk("!?" * 5000) == [("…", 0, 10_000)]
    assert len(cut_chunk("!?" * 500)) == 1000
