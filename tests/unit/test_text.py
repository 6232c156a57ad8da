"""German words: normal forms, tokens, stems."""

from __future__ import annotations

import pytest

from searchkit.text.lexicon import Lexicon
from searchkit.text.normalise import normalise
from searchkit.text.tokenise import tokenise_chunk


def stems(text: str) -> list[str]:
    lexicon = Lexicon()
    return [lexicon.terms[n] for n in lexicon.stems(lexicon.analyse(text).forms)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Präsident", "Praesident"),
        ("Präsident", "praesidenten"),
        ("Straße", "Strasse"),
        ("Müller", "Mueller"),
        ("Gipfel", "Gipfeln"),
        ("Gipfel", "Gipfels"),
        ("Putin", "Putins"),
        ("Putin", "Putin’s"),
        ("Gip\u00adfel", "GIPFEL"),
        ("Pra\u0308sident", "Präsident"),
        ("Traﬃc", "Traffic"),
    ],
)
def test_the_same_term(first, second):
    assert stems(first) == stems(second)


@pytest.mark.parametrize(
    ("chunk", "forms"),
    [
        ("„Gipfel“,", ["Gipfel"]),
        ("Putin-Trump-Gipfel", ["Putin", "Trump", "Gipfel", "PutinTrumpGipfel"]),
        ("G20-Gipfel", ["G20", "Gipfel", "G20Gipfel"]),
        ("Staats-", ["Staats"]),
        ("Bürger:innen", ["Bürger:innen"]),
        ("Lehrer*innen.", ["Lehrer*innen"]),
        ("Schüler/-innen", ["Schüler/-innen"]),
        ("Politiker_in", ["Politiker_in"]),
        ("Leser(innen)", ["Leser(innen)"]),
        ("Werk:innenhof", ["Werk", "innenhof"]),
        ("geht's", ["geht's"]),
        ("3,5", ["3,5"]),
        ("1.000.000", ["1.000.000"]),
        ("3.4.2018", ["3", "4", "2018"]),
        ("16.07.18", ["16", "07", "18"]),
        ("und/oder", ["und", "oder"]),
        ("…", []),
        ("a@b.de", ["a", "b", "de"]),
    ],
)
def test_tokens(chunk, forms):
    assert [token.form for token in tokenise_chunk(chunk)] == forms


@pytest.mark.parametrize("form", ["Bürger:innen", "BürgerInnen", "Bürger*innen", "Bürger/-innen"])
def test_gender_forms_count_as_both_plurals(form):
    lexicon = Lexicon()
    forms = lexicon.analyse(f"{form} Bürger Bürgerinnen").forms
    gender, plain, feminine = lexicon.stems(forms).tolist()
    assert gender == plain
    second = lexicon.second_stems(forms).tolist()[0]
    assert second == feminine or (second == -1 and feminine == plain)


def test_many_new_words_are_learnt_in_the_order_of_the_texts():
    texts = [f"Wort{n} steht  hier\n" * 40 for n in range(2000)]
    lexicon = Lexicon()
    for text, words in zip(texts, lexicon.analyse_all(iter(texts)), strict=True):
        found = [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)]
        assert found == text.split()
        assert [lexicon.forms[n] for n in words.forms[:3]] == found[:3]


def test_normal_form_points_back():
    text = "Gip\u00adfel und Ho\u0308he ﬁnden"
    normal, spans = normalise(text)
    assert normal == "Gipfel und Höhe finden"
    assert spans is not None
    at = normal.index("Höhe")
    assert text[spans[at][0] : spans[at + 3][1]] == "Ho\u0308he"
    assert normalise("Gipfel und Höhe") == ("Gipfel und Höhe", None)


def test_stop_words_are_known_but_kept():
    lexicon = Lexicon()
    forms = lexicon.analyse("Der Gipfel und die Höhe").forms
    assert lexicon.is_stop(forms).tolist() == [True, False, True, True, False]


def test_both_stemmers_agree(monkeypatch):
    import sys

    from searchkit.text import stem

    words = ["gipfeln", "präsidenten", "straße", "bürgerinnen", "mueller", "häuser", "aufgaben"]
    fast = stem.stem_words(words)
    stem._stemmer.cache_clear()
    monkeypatch.setitem(sys.modules, "Stemmer", None)  # as where PyStemmer is not installed
    try:
        assert stem.stem_words(words) == fast
    finally:
        stem._stemmer.cache_clear()
