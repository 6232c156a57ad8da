from __future__ import annotations

import time

import pytest

from searchkit.text.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Das kostet z. B. Geld.",
        "Wir, d. h. Anna und Ben, kamen.",
        "Es traf u. a. Berlin und z.B. Die Zeit.",
        "Frau Dr. Mai und Prof. Dr. Klug sprachen in St. Gallen.",
        "Es gab 5 Mio. Euro, ca. Hälfte für Nr. 5 bzw. Nr. 6.",
        "Laut Art. 5 Abs. 1 Satz 2 geht das.",
        "Am 16. Juli begann es, am 3. Oktober endete es.",
        "Vom 3.4.2018 bis 16.-18. Mai galt der 1. FC als Favorit.",
        "Im 18. und 19. Jahrhundert herrschte Ludwig XIV. Frankreich.",
        "J. F. Kennedy und H.-J. Vogel trafen K.-H. Klein.",
        "Es waren 3,5 Prozent, 1.000 Euro und Version 2.0.1 auf beispiel.de zu sehen.",
        "Er rief „Halt!“ und ging.",
        '"Wer kommt?" fragte sie.',
        "Er sagte [...] Unfug und (…) Unsinn.",
        "Drei Punkte: Anfang, Mitte, Ende.",
        "Und dann ... kam nichts mehr.",
        "1. Die Preise steigen.",
    ],
)
def test_one_sentence_stays_whole(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "expected",
    [
        ["Er kam.", "Sie ging!", "Wer blieb?", "Niemand …", "Wirklich."],
        ["Es kamen Anna, Ben usw.", "Danach war Ruhe."],
        ["Es waren nur 16.", "Das war wenig."],
        ["So war es im Jahr 2016.", "Trump gewann."],
        ["Sie hat Covid-19.", "Merkel schweigt."],
        ["Dieser Art.", "Anna kam."],
        ["Er nahm Plan B.", "Dann ging er."],
        ["Er sagte „… und mehr“.", "Dann: „Schluss.“", "»Gut.«", "(Ende.)", "Aus."],
        ['Es gebe "Gewalt und mehr".', "[1]"],
        ["So steht es dort.[12]", "Anders hier."],
        ["**Wichtig.**", "Unwichtig."],
    ],
)
def test_sentences_are_told_apart(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("line_break", ["\n", "\n\n", " \n\t\n ", "\r\n", "\u2029", "\f"])
def test_a_line_break_ends_a_sentence(line_break: str) -> None:
    text = f"  Gipfel in Helsinki{line_break}präsident und Dr.{line_break}Mai "
    assert sentences(text) == ["Gipfel in Helsinki", "präsident und Dr.", "Mai"]


@pytest.mark.parametrize("text", ["", " ", "\n \n"])
def test_blanks_hold_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


def test_a_full_stop_after_many_blanks() -> None:
    text = "Ende" + " " * 30 + ". Neu"
    assert sentences(text) == [text[:-4], "Neu"]


@pytest.mark.parametrize(
    "piece", [".", '."', ". ", "x. ", " ", "[1]", "?!", "a.b", "16. ", "\n", ".\n", "«"]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = "Satz " + piece * (600_000 // len(piece)) + "x"
    begin = time.process_time()
    sentence_spans(text)
    # A quadratic scan of this length takes minutes.
    assert time.process_time() - begin < 5
