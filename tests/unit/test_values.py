"""Names in queries: by any word, by patterns, in the genitive; shown everywhere as facets do."""

from __future__ import annotations

import pytest

from searchkit import Document, Settings, build_index
from searchkit.search.spellings import Spellings

LABELS = {"P": "PER", "O": "LOC", "G": "ORG"}


class Lines:
    """Takes every line for a name, with its kind before: ``P Eva Müller``."""

    name, version = "lines", "1"

    def extract(self, text):
        found, start = [], 0
        for line in text.split("\n"):
            found.append((start + 2, start + len(line), LABELS[line[0]]))
            start += len(line) + 1
        return found

    def canonical(self, span_text, _label):
        return span_text


TEXTS = {
    "eva": "P Eva Müller",
    "jo": "P Jo Mueller-Lüdenscheidt",
    "putin": "P Wladimir Putin",
    "put": "P Puttkamer",
    "bad": "O Bad Ems\nG Deutsche Bahn",
    "ems": "O Emsland\nG Bahnhofsmission",
}


def build(folder, texts):
    settings = Settings(extractor=f"python:{__name__}:Lines")
    return build_index([Document(i, t) for i, t in texts.items()], folder, settings=settings)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with build(tmp_path_factory.mktemp("values") / "index", TEXTS) as index:
        yield index


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("person:Put*", "put putin"),
        ("person:Muell*", "eva jo"),
        ("person:MÜLL*", "eva jo"),
        ("person:m?eller", "eva jo"),
        ("person:*enscheidt", "jo"),
        ("person:*Lüd*dt", "jo"),
        ("person:*l*Lüd*dt", "jo"),
        ("person:?o", "jo"),
        ("person:E*r", "eva"),
        ("person:W*Putin", "putin"),
        ("person:eller*", ""),
        ("person:?ller", ""),
        ("ort:Ems*", "bad ems"),
        ("ort:?ms*", "bad ems"),
        ("organisation:Bahn*", "bad ems"),
        ("organisation:B*n", "bad ems"),
        ("organisation:*hn", "bad"),
        ("id:p*", "put putin"),
        ("id:?u*", "put putin"),
    ],
)
def test_patterns_fit_a_value_or_any_word_of_a_name(index, query, expected):
    assert " ".join(sorted(hit.id for hit in index.search(query).hits)) == expected


def test_of_metadata_the_whole_value_fits(tmp_path):
    documents = [
        Document(str(n), "Text", metadata={"source": source})
        for n, source in enumerate(["Neue Presse", "Presse\nheute", "Die Zeit"])
    ]
    with build_index(documents, tmp_path / "index") as index:
        for query, expected in [
            ("quelle:Pres*", ["1"]),
            ("quelle:*resse", ["0"]),
            ("quelle:Presse?h*", ["1"]),
            ("quelle:*e*e", ["0", "1"]),
        ]:
            assert sorted(hit.id for hit in index.search(query).hits) == expected


def test_a_pattern_finds_who_is_shown_under_the_name(tmp_path):
    texts = {str(n): "P Angela Merkel" for n in range(5)} | {"short": "P Merkel"}
    with build(tmp_path / "index", texts) as index:
        assert index.search("person:Ang*").total == 6
        assert index.search("person:*ela").total == 6


MERKEL = {str(n): "P Merkel" for n in range(20)} | {"m": "P Merkels Schatten"}


@pytest.mark.parametrize("name", ["Merkels", "merkels", "Merkel's", "Merkels'"])
def test_a_genitive_means_the_person_who_is_far_more_frequent(tmp_path, name):
    with build(tmp_path / "index", MERKEL) as index:
        found = index.search(f"person:{name}", limit=50)
        assert found.total == 20
        assert found.notes == (f"person {name!r} was read as 'Merkel'",)
        assert index.search("person:schatten").total == 1


@pytest.mark.parametrize(
    ("texts", "query", "expected"),
    [
        # Not far more frequent; a value of its own; an s that belongs to the name.
        ({"a": "P Merkel", "b": "P Merkels Schatten"}, "person:Merkels", {"b"}),
        (MERKEL | {"own": "P Merkels"}, "person:Merkels", {"m", "own"}),
        ({str(n): "P Han" for n in range(20)} | {"h": "P Hans Meier"}, "person:Hans", {"h"}),
    ],
)
def test_what_may_be_the_name_itself_stays(tmp_path, texts, query, expected):
    with build(tmp_path / "index", texts) as index:
        assert {hit.id for hit in index.search(query, limit=50).hits} == expected


def test_scans_find_what_a_look_at_every_value_does():
    values = ["Eva Müller", "eva müller", "Müllers Büro", "", "a", "A b\nc", "ß-Straße", "Ä. Ö."]
    spellings = Spellings(values)
    assert spellings.same("EVA MUELLER") == ["Eva Müller", "eva müller"]
    assert spellings.with_words("müller eva") == ["Eva Müller", "eva müller"]
    assert spellings.with_words("-") == []
    assert spellings.beginning("") == spellings.fitting("*") == values
    assert spellings.beginning("c") == spellings.fitting("c") == ["A b\nc"]
    assert spellings.beginning("c", words=False) == spellings.fitting("c", words=False) == []
    assert spellings.fitting("A b\nc") == spellings.beginning("b\nc") == ["A b\nc"]
    assert spellings.fitting(r"\?") == spellings.fitting("?", words=False)[1:] == []
    assert spellings.fitting("strass?") == ["ß-Straße"]
