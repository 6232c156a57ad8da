from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from searchkit.text.completion import Completer
from searchkit.text.edit_distance import letter_distances, typing_cost
from searchkit.text.fold import fold_exact
from searchkit.text.neighbours import fold_loosely, letter_codes
from searchkit.text.spelling import Speller

letters = st.text("abeostuäöünm", min_size=1, max_size=9)
texts = st.text(min_size=1, max_size=12)
corpora = st.dictionaries(st.text("abeostuäöün", min_size=3, max_size=9), st.integers(1, 10**5))


def plain_distance(left: str, right: str) -> int:
    """Optimal string alignment, written down as it is defined."""
    table = {(i, 0): i for i in range(len(left) + 1)} | {(0, j): j for j in range(len(right) + 1)}
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            choices = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)]
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                choices.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(choices)
    return table[len(left), len(right)]


@given(letters, st.lists(letters, min_size=1, max_size=8))
def test_letter_distances_are_those_of_the_definition(pattern: str, words: list[str]) -> None:
    rows = np.zeros((len(words), max(map(len, words))), np.uint8)
    for row, word in zip(rows, words, strict=True):
        row[: len(word)] = letter_codes(word)
    lengths = np.array([len(word) for word in words])
    found = letter_distances(letter_codes(pattern), rows, lengths)
    assert found.tolist() == [plain_distance(pattern, word) for word in words]


@given(letters, letters)
def test_costs_lie_between_nothing_and_the_plain_distance(typed: str, meant: str) -> None:
    cost = typing_cost(typed, meant)
    assert (cost == 0) == (typed == meant)
    assert cost <= plain_distance(typed, meant) + 0.3


@given(corpora, texts | letters, st.integers(1, 5))
def test_suggestions_are_other_words_of_the_corpus(
    corpus: dict[str, int], word: str, limit: int
) -> None:
    speller = Speller(Speller.build(list(corpus), np.array(list(corpus.values()), np.int64)))
    found = speller.suggest(word, limit)
    assert len(found) <= limit
    assert all(corpus[one.word] == one.count for one in found)
    assert fold_exact(word) not in {one.word for one in found}


@given(st.text("bcdfglmnrst", min_size=4, max_size=12), st.data())
def test_a_word_with_a_letter_lost_is_found_again(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    typed = word[:place] + word[place + 1 :]
    assume(fold_loosely(word) == word and fold_loosely(typed) == typed)
    speller = Speller(Speller.build([word, "unruhe"], np.array([7, 9])))
    assert [one.word for one in speller.suggest(typed)] == [word]


@given(st.lists(texts, unique=True, max_size=8))
def test_every_word_completes_itself(words: list[str]) -> None:
    completer = Completer(Completer.build(words, np.ones(len(words), np.int64)))
    for word in words:
        if word == " ".join(word.split()):
            assert word in [found for found, _ in completer.complete(word, limit=8)]
