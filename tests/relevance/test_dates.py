"""How well dates in texts are found, on sentences written for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from searchkit.extract.dates import find_dates

SENTENCES = Path(__file__).parent / "dates.txt"
MARKED = re.compile(r"\[([^\]|]*)\|([^\]]*)\]")
ENOUGH = 300


def read(line: str) -> tuple[str, set[tuple[int, int, str]]]:
    """A sentence without its marks, and the dates they say."""
    text, gold, last = "", set(), 0
    for mark in MARKED.finditer(line):
        text += line[last : mark.start()]
        gold.add((len(text), len(text) + len(mark[1]), mark[2]))
        text, last = text + mark[1], mark.end()
    return text + line[last:], gold


def sentences() -> list[tuple[str, set[tuple[int, int, str]]]]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [read(line) for line in lines if line and not line.startswith("#")]


def test_enough_sentences_to_tell():
    assert len(sentences()) >= ENOUGH


def test_dates_are_found_where_they_stand_and_nowhere_else():
    right = found = wanted = 0
    wrong = []
    for text, gold in sentences():
        dates = {(date.start, date.end, str(date.value)) for date in find_dates(text)}
        right, found, wanted = right + len(dates & gold), found + len(dates), wanted + len(gold)
        if dates != gold:
            wrong.append((text, dates ^ gold))
    f1 = 2 * right / (found + wanted)
    assert f1 >= 0.97, wrong


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Am 16. Juli\n2018 trafen sie sich.", ["2018-07-16"]),
        ("Am 16. \r\nJuli 2018 trafen sie sich.", ["2018-07-16"]),
        ("Bis zum 30.\n Juni\n2020 gilt das.", ["2020-06-30"]),
        ("Ende\n2018 war es so weit.", ["2018"]),
        ("Das ist Kapitel 12.\n\nMai 2018 war ein warmer Monat.", ["2018-05"]),
        ("Im Juli\n\n2018 Menschen kamen.", []),
        ("1.\n2.2018\n3.", []),
    ],
)
def test_lines_are_wrapped_anywhere_but_paragraphs_end(text, dates):
    assert [date.value for date in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Der Brief ist vom 16/7/2018, der andere vom 01/12/1999.", ["2018-07-16", "1999-12-01"]),
        ("Az. 3/4/2018, Pfad /3/4/2018, 1/3/4/2018, 3/4/2018/5, A-3/4/2018", []),
        ("Stand 7/16/2018 und 32/1/2018", []),
    ],
)
def test_the_day_comes_first_and_nothing_of_a_path_or_file_number(text, dates):
    assert [date.value for date in find_dates(text)] == dates


def test_as_dates_are_read_so_they_are_shown():
    for text, gold in sentences():
        for start, end, _ in gold:
            assert text[start:end] == text[start:end].strip()
