"""Surnames alone, shown in full where hardly anybody else is called so."""

from __future__ import annotations

import pytest

from searchkit import Document, FacetCount, Settings, build_index
from searchkit.search.full_names import full_names

FULL, SHORT, BOTH = "Wladimir Putin", "Putin", "Putin und Wladimir Putin"


class CommaNames:
    """Takes every text for persons with " und " between, and resolves nothing itself."""

    name, version = "comma", "1"

    def extract(self, text):
        found, start = [], 0
        for name in text.split(" und "):
            found.append((start, start + len(name), "PER" if "." not in name else "MISC"))
            start += len(name) + 5
        return found

    def canonical(self, span_text, _label):
        return span_text


def build(folder, texts):
    settings = Settings(extractor=f"python:{__name__}:CommaNames")
    documents = [Document(f"{n:02}", text) for n, text in enumerate(texts)]
    return build_index(documents, folder, settings=settings)


@pytest.fixture
def index(tmp_path):
    with build(tmp_path / "index", [FULL] * 5 + [SHORT] * 3 + ["Eva Müller", "Müller"]) as index:
        yield index


def persons(result):
    return result.facets["person"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"Putin": 1, "Wladimir Putin": 4}, {}),
        ({"Putin": 1, "Wladimir Putin": 5}, {"Putin": "Wladimir Putin"}),
        ({"Putin": 1, "Wladimir Putin": 19, "Maria Putin": 1}, {"Putin": "Wladimir Putin"}),
        ({"Putin": 1, "Wladimir Putin": 18, "Maria Putin": 1}, {}),
        ({"Wladimir Putin": 90}, {}),
        (
            {"Leyen": 2, "von der Leyen": 9, "Ursula von der Leyen": 40},
            {"von der Leyen": "Ursula von der Leyen", "Leyen": "Ursula von der Leyen"},
        ),
    ],
)
def test_one_full_name_must_hold_nearly_all(counts, expected):
    assert full_names(counts) == expected


def test_facets_show_the_full_name_only_where_it_is_clear(index):
    expected = [FacetCount(FULL, 8), FacetCount("Eva Müller", 1), FacetCount("Müller", 1)]
    assert persons(index.search("*", facets=["person"])) == expected
    assert list(index.facet("person").values) == expected
    assert index.facet("person", prefix="put").values == (FacetCount(FULL, 8),)
    # Of some documents as well, though none of these has the full name.
    assert persons(index.search("Putin NOT Wladimir", facets=["person"])) == [FacetCount(FULL, 3)]


def test_filters_and_fields_accept_both(index):
    for name in (FULL, SHORT):
        found = index.search("*", filters={"person": name}, facets=["person"], limit=20)
        assert found.total == 8
        assert persons(found)[0] == FacetCount(FULL, 8)
        assert index.search(f'person:"{name}"').total == 8
    assert index.search("*", filters={"person": "Müller"}).total == 1
    marks = index.search("Putin NOT Wladimir", filters={"person": FULL}).hits[0].snippets[0]
    assert marks.spans == ((0, 5),)


def test_an_update_that_makes_it_unclear_takes_it_back(index):
    index.add([Document("maria", "Maria Putin")])
    found = persons(index.search("*", facets=["person"]))
    assert found[:2] == [FacetCount(FULL, 5), FacetCount(SHORT, 3)]
    assert index.search("*", filters={"person": FULL}).total == 5
    index.remove(["maria"])
    assert persons(index.search("*", facets=["person"]))[0] == FacetCount(FULL, 8)


def test_of_equally_many_documents_the_most_mentions_come_first(tmp_path):
    texts = ["Berta", "Anna", "Berta und Cäsar und Berta", "Anna", "Cäsar und Cäsar"]
    with build(tmp_path / "ties", texts) as index:
        expected = [FacetCount("Berta", 2), FacetCount("Cäsar", 2), FacetCount("Anna", 2)]
        assert persons(index.search("*", facets=["person"])) == expected
        assert list(index.facet("person").values) == expected
        # Where the mentions are as many too, the names decide: here of one document each.
        index.add([Document("05", "Doris und Doris und Emil und Emil")])
        assert [each.value for each in index.facet("person", prefix="d").values] == ["Doris"]
        found = [each.value for each in index.facet("person", query="Doris").values]
        assert found == ["Doris", "Emil"]
        index.remove(["02"])
        index.add([Document("06", "Berta und Cäsar")])
        values = [each.value for each in index.facet("person").values]
        assert values == ["Cäsar", "Anna", "Berta", "Doris", "Emil"]
        assert index.facet("person", order="value").values[0].value == "Anna"


def test_mentions_of_short_names_count_for_the_full_name(tmp_path):
    texts = [FULL] * 5 + [f"{SHORT} und {SHORT}"] + ["Eva Müller"] * 6
    with build(tmp_path / "short", texts) as index:
        # Seven mentions in six documents, where the other has six.
        found = persons(index.search("*", facets=["person"]))
        assert found == [FacetCount(FULL, 6), FacetCount("Eva Müller", 6)]


def test_documents_with_both_names_count_once(tmp_path, monkeypatch):
    # Where a document keeps the short name apart, for whatever reason.
    monkeypatch.setattr("searchkit.extract.resolve.resolve", _unresolved)
    with build(tmp_path / "both", [FULL] * 5 + [BOTH] * 2 + [SHORT]) as index:
        (both,) = index.get("06").entities
        assert (both.name, both.mentions) == (FULL, ((0, 5), (10, 24)))
        assert persons(index.search("*", facets=["person"])) == [FacetCount(FULL, 8)]
        assert persons(index.search("und", facets=["person"])) == [FacetCount(FULL, 2)]


def _unresolved(text, mentions, _names):
    from searchkit.model import Entity

    return tuple(Entity(text[a:b], "person", ((a, b),)) for a, b, _ in mentions)


def test_notes_name_people_as_facets_do(tmp_path):
    texts = [*["Angela Merkel sprach."] * 5, *["Merkel kam. Merkel ging."] * 9]
    found = [Document(f"{n}", text) for n, text in enumerate(texts)]
    with build_index(found, tmp_path / "index") as index:
        assert [each.value for each in index.facet("person").values] == ["Angela Merkel"]
        assert index.search("person:merkel").notes == (
            "person 'merkel' was read as 'Angela Merkel'",
        )
        assert index.search("*", filters={"person": "merkel"}).notes == (
            "no document has the person 'merkel'; the nearest is 'Angela Merkel'",
        )


def test_hits_name_people_as_facets_do(tmp_path):
    texts = [
        *["Angela Merkel sprach."] * 5,
        "Merkel kam in Ulm an.",
        "Angela Merkel, Una Merkel, Merkel.",
    ]
    found = [Document(f"{n}", text) for n, text in enumerate(texts)]
    found += [Document(f"{n}", "Angela Merkel ging.") for n in range(10, 30)]
    with build_index(found, tmp_path / "index") as index:
        (hit,) = index.search("Ulm", entities=True).hits
        assert [(e.name, e.mentions) for e in hit.entities] == [
            ("Angela Merkel", ((0, 6),)),
            ("Ulm", ((14, 17),)),
        ]
        (both,) = index.search("Una", entities=True).hits
        assert [(e.name, e.mentions) for e in both.entities] == [
            ("Angela Merkel", ((0, 13), (27, 33))),
            ("Una Merkel", ((15, 25),)),
        ]
        # So do documents, one by one or all, and programs that take JSON.
        alone, mixed = index.get(hit.id), index.get(both.id)
        assert [e.name for e in alone.entities] == ["Angela Merkel", "Ulm"]
        assert [(e.name, e.mentions) for e in mixed.entities] == [
            ("Angela Merkel", ((0, 13), (27, 33))),
            ("Una Merkel", ((15, 25),)),
        ]
        names = {e.name for document in index.scan() for e in document.entities}
        assert names == {"Angela Merkel", "Una Merkel", "Ulm"}
        # Nobody else is called so any more.
        index.remove([d.id for d in index.scan() if d.text.startswith("Angela")])
        assert index.get(hit.id).entities[0].name == "Merkel"
