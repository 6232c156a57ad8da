"""Near duplicates: recognised at indexing, hidden on request."""

from __future__ import annotations

import random

import numpy as np
import pytest

from searchkit import Document, QueryError, build_index
from searchkit.engine.duplicates import duplicate_groups
from searchkit.text.lexicon import Lexicon
from searchkit.text.shingles import CLASSES, Shingler

WORDS = [a + b for a in ("Gip", "Haf", "Wald", "Berg", "Seen") for b in ("fel", "en", "weg", "ung")]


def text(seed, words=200):
    draw = random.Random(seed)
    return " ".join(f"{draw.choice(WORDS)}{draw.randrange(30)}" for _ in range(words))


def signatures(texts, lexicon=None):
    lexicon = lexicon or Lexicon()
    return Shingler(lexicon.forms).signatures([lexicon.analyse(each).forms for each in texts])


def groups(texts):
    return duplicate_groups(signatures(texts), np.ones(len(texts), np.bool_)).tolist()


def test_a_signature_does_not_depend_on_how_words_are_numbered():
    lexicon = Lexicon()
    list(lexicon.analyse_all([text(seed) for seed in range(20)]))
    texts = [text(3), "Kurz.", "", text(4)]
    assert (signatures(texts) == signatures(texts, lexicon)).all()
    alone = [signatures([each])[0] for each in texts]
    assert (signatures(texts) == np.stack(alone)).all()


def test_agreement_is_about_the_share_of_common_shingles():
    pairs = [(text(seed), f"{text(seed, 100)} {text(1000 + seed, 100)}") for seed in range(200)]
    one, other = signatures([a for a, _ in pairs]), signatures([b for _, b in pairs])
    assert (one == other).mean() == pytest.approx(97 / 303, abs=0.03)


def test_the_same_text_in_other_words_of_layout_is_one_group():
    first = text(1)
    assert groups([text(2), first, first.upper(), f"„{first}“!", text(5)]) == [0, 1, 1, 1, 4]


def test_small_changes_to_a_text_stay_in_its_group_and_large_ones_do_not():
    near = [text(seed).split() for seed in range(60)]
    for words in near:
        words[100] = "anders"
    originals = [text(seed) for seed in range(60)]
    found = groups([*originals, *map(" ".join, near)])
    assert np.mean([found[60 + n] == n for n in range(60)]) > 0.9
    half = [f"{text(seed, 130)} {text(2000 + seed, 70)}" for seed in range(60)]
    found = groups([*originals, *half])
    assert np.mean([found[60 + n] == n for n in range(60)]) < 0.1


def test_texts_without_words_are_not_duplicates_and_short_ones_are_told_apart():
    assert groups(["", "", "Der Gipfel.", "Der Hafen.", "der gipfel"]) == [0, 1, 2, 3, 2]
    assert duplicate_groups(np.zeros((0, CLASSES), np.uint16), np.zeros(0, np.bool_)).tolist() == []


def test_a_deleted_document_leads_no_group():
    found = duplicate_groups(signatures([text(1), text(1), text(1)]), np.array([False, True, True]))
    assert found.tolist() == [0, 1, 1]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    documents = [
        Document(f"{kind}-{n}", f"{text(kind)} Gipfel", metadata={"s": f"s{n}"}, date=f"201{n}")
        for kind in range(5)
        for n in range(kind + 1)
    ]
    return build_index(documents, tmp_path_factory.mktemp("duplicates"))


@pytest.mark.parametrize(("sort", "kept"), [("date", 0), ("-date", -1)])
def test_the_first_in_the_order_is_shown_and_says_how_many_are_hidden(index, sort, kept):
    whole = index.search("Gipfel", limit=20, sort=sort)
    assert whole.total == 15
    assert {hit.hidden for hit in whole.hits} == {0}
    result = index.search("Gipfel", limit=20, sort=sort, collapse="duplicates", facets=["s"])
    assert result.total == 5
    shown = {hit.id: hit.hidden for hit in result.hits}
    assert shown == {f"{kind}-{range(kind + 1)[kept]}": kind for kind in range(5)}
    assert sum(count.count for count in result.facets["s"]) == 5


def test_only_matches_are_hidden(index):
    result = index.search("Gipfel", filters={"s": ["s0", "s2"]}, collapse="duplicates")
    shown = {hit.id[0]: hit.hidden for hit in result.hits}
    assert shown == {"0": 0, "1": 0, "2": 1, "3": 1, "4": 1}


def test_cursors_go_through_what_is_shown(index):
    first = index.search("Gipfel", limit=3, collapse="duplicates")
    rest = index.search("Gipfel", limit=3, collapse="duplicates", cursor=first.next_cursor)
    found = [*first.hits, *rest.hits]
    assert found == list(index.search("Gipfel", collapse="duplicates").hits)
    assert rest.next_cursor is None
    with pytest.raises(QueryError, match="another query"):
        index.search("Gipfel", limit=3, cursor=first.next_cursor)


def test_duplicates_are_known_across_updates(tmp_path):
    with build_index([Document("a", text(1)), Document("b", text(2))], tmp_path / "i") as index:
        index.add([Document("c", text(1)), Document("d", text(3))])
        result = index.search("*", collapse="duplicates")
        assert {hit.id: hit.hidden for hit in result.hits} == {"a": 1, "b": 0, "d": 0}
        index.remove(["a"])
        result = index.search("*", collapse="duplicates")
        assert {hit.id: hit.hidden for hit in result.hits} == {"b": 0, "c": 0, "d": 0}


def test_what_cannot_be_collapsed_is_an_error(index):
    with pytest.raises(QueryError, match="nothing to collapse as 'source'"):
        index.search("Gipfel", collapse="source")
    with pytest.raises(QueryError, match="in the order of 's'"):
        index.search("Gipfel", collapse="duplicates", sort="s")
