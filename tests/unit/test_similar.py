"""Documents like one: the words that tie them, and what they count."""

from __future__ import annotations

import pytest

from searchkit import Document, DocumentNotFound, LimitExceeded, UnknownField, build_index

TEXTS = {
    "gipfel": "Der Gipfel in Helsinki endete. Auf dem Gipfel sprachen Putin und Trump.",
    "treffen": "Vor dem Gipfel in Helsinki sprach Putin mit der Presse.",
    "helsinki": "Helsinki baut neue Straßenbahnen.",
    "hafen": "Der Hafen an der Elbe wird vertieft.",
    "elbe": "An der Elbe steigt das Wasser, der Hafen ist gesperrt.",
    "und": "Und der und die und das.",
    "leer": "",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    documents = [
        Document(name, text, date="2018-07" if "Helsinki" in text else None, metadata={"s": "dpa"})
        for name, text in TEXTS.items()
    ]
    return build_index(documents, tmp_path_factory.mktemp("similar"))


def ids(found):
    return [hit.id for hit in found]


def test_what_shares_more_telling_words_comes_first(index):
    assert ids(index.similar("gipfel")) == ["treffen", "helsinki"]
    assert ids(index.similar("hafen")) == ["elbe"]
    assert ids(index.similar("gipfel", limit=1)) == ["treffen"]
    assert index.similar("gipfel", limit=0) == ()


def test_shared_words_are_written_as_in_the_document_and_add_up(index):
    treffen, helsinki = index.similar("gipfel")
    assert {word.word for word in treffen.words} == {"Gipfel", "Helsinki", "Putin", "sprachen"}
    assert treffen.words[0].word == "Gipfel"
    assert [word.word for word in helsinki.words] == ["Helsinki"]
    for hit in (treffen, helsinki):
        scores = [word.score for word in hit.words]
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) == pytest.approx(hit.score, rel=1e-6)


def test_hits_say_what_they_are(index):
    hit = index.similar("gipfel")[0]
    assert hit.title == "Vor dem Gipfel in Helsinki sprach Putin mit der Presse."
    assert hit.date == "2018-07"
    assert hit.metadata == {"s": "dpa"}


def test_filters_narrow_down(index):
    assert ids(index.similar("hafen", date_from="2018")) == []
    assert ids(index.similar("gipfel", filters={"s": "dpa"})) == ["treffen", "helsinki"]
    assert ids(index.similar("gipfel", filters={"s": "afp"})) == []


def test_stop_words_and_nothing_tie_nobody(index):
    assert index.similar("und") == ()
    assert index.similar("leer") == ()


def test_errors_are_those_of_search(index):
    with pytest.raises(DocumentNotFound, match="no document 'weg'"):
        index.similar("weg")
    with pytest.raises(UnknownField):
        index.similar("gipfel", filters={"gibtesnicht": 1})
    with pytest.raises(LimitExceeded):
        index.similar("gipfel", limit=1001)


def test_an_updated_document_is_compared_as_it_is_now(tmp_path):
    documents = [Document(name, text) for name, text in TEXTS.items()]
    with build_index(documents, tmp_path / "index") as changed:
        changed.add([Document("elbe", "Ein Gipfel in Helsinki.")])
        assert changed.similar("hafen") == ()
        assert "elbe" in ids(changed.similar("gipfel"))
        changed.remove(["treffen"])
        assert "treffen" not in ids(changed.similar("gipfel"))


def test_the_same_text_is_the_most_similar(tmp_path):
    twins = [Document(f"{name}-{n}", text) for name, text in TEXTS.items() for n in (1, 2)]
    with build_index(twins, tmp_path / "index") as index:
        assert ids(index.similar("gipfel-2", limit=1)) == ["gipfel-1"]
