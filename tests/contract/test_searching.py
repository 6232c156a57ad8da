"""What every node of a plan matches, and how a page is made of the matches."""

from __future__ import annotations

import math
import time

import pytest

from searchkit.engine.port import SearchRequest
from searchkit.query.plan import (
    EXACT,
    LEAD,
    TEXT,
    TITLE,
    Boolean,
    Constant,
    Dates,
    Everything,
    Expansion,
    Ids,
    Nothing,
    Numbers,
    Phrase,
    Term,
    ValuePattern,
    Values,
)
from tests.contract.documents import document
from tests.contract.engines import write

DOCUMENTS = [
    document(
        "gipfel",
        "Der Gipfel und die Gipfel der Alpen",
        title="Berge",
        days=(100, 130),
        facets={"source": ["dpa"], "person": ["Anna", "Berta"]},
        numbers={"pages": 3.0},
    ),
    document(
        "treffen",
        "Das Gipfeltreffen und die Krise",
        lead="Das Gipfeltreffen",
        days=(131, 131),
        facets={"source": ["afp"], "person": ["Anna"]},
        numbers={"pages": 4.5},
    ),
    document("kette", "Ein Corona-Krise genannter Gipfel", facets={"source": ["dpa", "taz"]}),
    document("autor", "Autor:innen der Straße", days=(1, 500), facets={"ort": ["Köln\nDeutz"]}),
    document("leer", numbers={"pages": -1.0}),
]

GIPFEL, KRISE = Term(TEXT, "gipfel"), Term(TEXT, "kris")
GIPFEL_EXACT = Term(EXACT[TEXT], "gipfel")


@pytest.fixture
def reader(engine):
    return write(engine, DOCUMENTS)


def found(reader, plan, **options) -> list[str]:
    return [hit.id for hit in reader.search(SearchRequest(plan, **options)).hits]


def scores(reader, plan) -> dict[str, float]:
    return {hit.id: hit.score for hit in reader.search(SearchRequest(plan)).hits}


def test_scores_of_a_word(reader):
    # Three of four documents with a text have it; their texts have 7, 5, 5 and 3 words. The word
    # itself stands twice in the first; the second has it as a part of a compound: that counts half.
    # All of this is opening, where words count half as much again, but parts do not.
    rarity = math.log(1 + (4 - 3 + 0.5) / (3 + 0.5)) ** 0.8
    norms = {"gipfel": 7, "kette": 5, "treffen": 5}
    frequencies = {"gipfel": 3.0, "kette": 1.5, "treffen": 0.5}
    expected = {
        name: rarity * tf / (tf + 1.2 * (1 - 0.65 + 0.65 * norms[name] / 5))
        for name, tf in frequencies.items()
    }
    assert scores(reader, GIPFEL) == pytest.approx(expected)
    doubled = Term(TEXT, "gipfel", 2.0)
    assert scores(reader, doubled) == pytest.approx({n: 2 * s for n, s in expected.items()})


@pytest.mark.parametrize(
    ("plan", "ids"),
    [
        (GIPFEL_EXACT, {"gipfel", "kette"}),
        (Term(EXACT[TEXT], "strasse"), {"autor"}),
        (Term(TEXT, "coronakris"), {"kette"}),
        (Term(EXACT[TEXT], "coronakrise"), set()),
        (Term(TEXT, "autor"), {"autor"}),
        (Term(TEXT, "autorinn"), {"autor"}),
        (Term(TITLE, "berg"), {"gipfel"}),
        (Term(LEAD, "treff"), {"treffen"}),
        (Term(TEXT, "unbekannt"), set()),
        (Phrase(TEXT, ("der", "gipfel")), {"gipfel"}),
        (Phrase(TEXT, ("gipfel", "der")), {"gipfel"}),
        (Phrase(TEXT, ("gipfel", "gipfel")), set()),
        (Phrase(TEXT, ("gipfel", "gipfel"), 2), {"gipfel"}),
        (Phrase(TEXT, ("gipfel", "gipfel"), 1), set()),
        (Phrase(TEXT, ("alp", "gipfel"), 1), {"gipfel"}),
        (Phrase(TEXT, ("gipfel", "kris"), 1), {"kette"}),
        (Phrase(TEXT, ("autor", "autorinn"), 1), {"autor"}),
        (Phrase(EXACT[TEXT], ("und", "die")), {"gipfel", "treffen"}),
        (Expansion(EXACT[TEXT], "prefix", "gipfel"), {"gipfel", "treffen", "kette"}),
        (Expansion(EXACT[TEXT], "prefix", ""), {"gipfel", "treffen", "kette", "autor"}),
        (Expansion(EXACT[TEXT], "prefix", "gipfel", 0, 1), {"gipfel", "kette"}),
        (Expansion(EXACT[TEXT], "wildcard", "*treffen"), {"treffen"}),
        (Expansion(EXACT[TEXT], "wildcard", "g?pfel"), {"gipfel", "kette"}),
        (Expansion(EXACT[TEXT], "wildcard", "stra?e"), set()),
        (Expansion(EXACT[TEXT], "fuzzy", "gipfle", 1), {"gipfel", "kette"}),
        (Expansion(EXACT[TEXT], "fuzzy", "kris", 2), {"treffen", "kette"}),
        (Expansion(EXACT[TEXT], "fuzzy", "alpn", 1), {"gipfel"}),
        (Values("source", ("dpa",)), {"gipfel", "kette"}),
        (Values("source", ("taz", "afp", "unbekannt")), {"treffen", "kette"}),
        (Values("source", ("taz", "sz")), {"kette"}),
        (Values("source", ()), set()),
        (Values("unbekannt", ("dpa",)), set()),
        (Values("ort", ("Köln\nDeutz",)), {"autor"}),
        (Values("source", ("dpa\0",)), set()),
        (ValuePattern("person", "prefix", "An"), {"gipfel", "treffen"}),
        (ValuePattern("person", "prefix", "", 0, 1), {"gipfel", "treffen"}),
        (ValuePattern("person", "wildcard", "*ta"), {"gipfel"}),
        (ValuePattern("person", "fuzzy", "Brta", 1), {"gipfel"}),
        (ValuePattern("ort", "prefix", "Köln\nD"), {"autor"}),
        (ValuePattern("ort", "wildcard", "Köln D*"), {"autor"}),
        (Dates(None, None), {"gipfel", "treffen", "autor"}),
        (Dates(130, 130), {"gipfel", "autor"}),
        (Dates(131, None), {"treffen", "autor"}),
        (Dates(None, 99), {"autor"}),
        (Dates(501, None), set()),
        (Numbers("pages", 3.0, 4.5), {"gipfel", "treffen"}),
        (Numbers("pages", None, 2.9), {"leer"}),
        (Numbers("pages", 4.6, None), set()),
        (Numbers("unbekannt", None, None), set()),
        (Ids(("leer", "gipfel", "unbekannt")), {"leer", "gipfel"}),
        (Constant(GIPFEL_EXACT, 3.0), {"gipfel", "kette"}),
        (Everything(), {"gipfel", "treffen", "kette", "autor", "leer"}),
        (Nothing(), set()),
        (Boolean(must=(GIPFEL, KRISE)), {"treffen", "kette"}),
        (Boolean(should=(GIPFEL, KRISE)), {"gipfel", "treffen", "kette"}),
        (Boolean(must=(KRISE,), should=(GIPFEL_EXACT,)), {"treffen", "kette"}),
        (Boolean(must=(GIPFEL,), must_not=(KRISE,)), {"gipfel"}),
        (Boolean(should=(GIPFEL,), must_not=(KRISE, Ids(("x",)))), {"gipfel"}),
        (Boolean(must_not=(KRISE,)), set()),
        (Boolean(), set()),
        (
            Boolean(must=(Boolean(should=(GIPFEL,)), Values("source", ("dpa",)))),
            {"gipfel", "kette"},
        ),
    ],
    ids=lambda value: " ".join(sorted(value)) if isinstance(value, set) else str(value),
)
def test_what_a_node_matches(reader, plan, ids):
    assert set(found(reader, plan)) == ids
    assert set(found(reader, Everything(), filter=plan)) == ids
    assert reader.search(SearchRequest(plan)).total == len(ids)


@pytest.mark.parametrize(
    "text", ["\ud800", "gipfel\udcff", "\0", "gipfel\ngipfeltreffen", "\n", "*\ud800", ""]
)
def test_what_no_document_can_have_is_just_not_found(reader, text):
    plans = [
        Term(TEXT, text),
        Term(EXACT[TEXT], text),
        Phrase(TEXT, (text, "gipfel")),
        Values("source", (text,)),
        Values(text, ("dpa",)),
        Numbers(text, None, None),
        Ids((text,)),
    ]
    if text:
        plans += [Expansion(EXACT[TEXT], kind, text) for kind in ("prefix", "wildcard", "fuzzy")]
        plans += [ValuePattern("source", kind, text) for kind in ("prefix", "wildcard", "fuzzy")]
    assert {plan: found(reader, plan) for plan in plans if found(reader, plan)} == {}
    assert found(reader, Everything(), after=text) == found(reader, Everything())


def test_sums_and_constants(reader):
    gipfel, exact = scores(reader, GIPFEL), scores(reader, GIPFEL_EXACT)
    both = scores(reader, Boolean(should=(GIPFEL, GIPFEL_EXACT)))
    assert both == pytest.approx({n: s + exact.get(n, 0.0) for n, s in gipfel.items()})
    raised = scores(reader, Boolean(must=(GIPFEL_EXACT,), should=(GIPFEL,)))
    assert raised == pytest.approx({n: s + gipfel[n] for n, s in exact.items()})
    assert set(scores(reader, Constant(GIPFEL, 0.5)).values()) == {0.5}
    assert scores(reader, Boolean(must=(GIPFEL, Dates(None, None)))) == pytest.approx(
        {n: s for n, s in gipfel.items() if n != "kette"}
    )


@pytest.mark.parametrize("weight", [0.0, 1e-60])
def test_words_match_whatever_their_weight(reader, weight):
    light = Term(TEXT, "gipfel", weight)
    assert set(found(reader, light)) == {"gipfel", "treffen", "kette"}
    assert set(found(reader, Boolean(should=(light, KRISE)))) == {"gipfel", "treffen", "kette"}
    assert set(found(reader, Boolean(must=(Everything(), light)))) == {"gipfel", "treffen", "kette"}


@pytest.mark.parametrize("documents", [0, 1000])
def test_alternatives_inside_alternatives_keep_what_has_no_score(engine, documents):
    more = [document(f"z{number:04}", "und") for number in range(documents)]
    reader = write(engine, [*DOCUMENTS, *more])
    either = Boolean(should=(Values("source", ("afp",)), Term(EXACT[TEXT], "gipfel")))
    ids = {"gipfel", "treffen", "kette"}
    alpen = Boolean(should=(Term(TEXT, "alp"),))
    for plan in (either, Boolean(should=(either, alpen)), Boolean(should=(either,))):
        assert set(found(reader, plan)) == ids
        assert set(found(reader, Everything(), filter=plan)) == ids
        assert set(found(reader, Boolean(should=(Term(TEXT, "gipfel"),)), filter=plan)) == ids
        assert set(found(reader, Boolean(must=(Everything(), plan)))) == ids
    raised = Boolean(must=(Values("source", ("afp", "dpa")),), should=(alpen,))
    assert set(found(reader, Boolean(should=(raised, Term(TEXT, "autor"))))) == {*ids, "autor"}


@pytest.mark.parametrize("first", ["Autor:innen", "Autorinnen"])
def test_near_words_do_not_hang_on_other_documents(engine, first):
    near = Phrase(TEXT, ("autor", "autorinn"), 2)
    text = "Autoren und Autor:innen"
    others = [document(f"{number}", first) for number in range(3)]
    for each in (*others, document("a", text)):
        write(engine, [each])
    for each in others:
        write(engine, [document(each.id, "und")])
    alone = scores(write(engine, [document("b", text)]), near)
    assert alone["a"] == alone["b"] > 0
    counted = scores(engine.reader(), Phrase(TEXT, ("autor", "und"), 2))
    assert counted["a"] == counted["b"] > 0


def test_a_filter_does_not_count(reader):
    hits = reader.search(SearchRequest(GIPFEL, filter=KRISE)).hits
    unfiltered = scores(reader, GIPFEL)
    assert {hit.id: hit.score for hit in hits} == {n: unfiltered[n] for n in ("treffen", "kette")}


def test_orders(reader):
    assert found(reader, Everything()) == ["treffen", "gipfel", "autor", "kette", "leer"]
    assert found(reader, Everything(), sort="date") == [
        *("autor", "gipfel", "treffen", "kette", "leer")
    ]
    assert found(reader, Everything(), sort="-date") == [
        *("treffen", "gipfel", "autor", "kette", "leer")
    ]
    # Among documents without a date the better score comes first.
    either = Boolean(should=(Everything(), Constant(Ids(("leer",)))))
    assert found(reader, either, sort="date")[-2:] == ["leer", "kette"]
    assert found(reader, either)[0] == "leer"


@pytest.mark.parametrize("sort", ["relevance", "date", "-date"])
def test_pages(reader, sort):
    plan = Boolean(should=(Everything(), GIPFEL))
    whole = found(reader, plan, sort=sort)
    for begin in range(7):
        assert found(reader, plan, sort=sort, limit=2, offset=begin) == whole[begin : begin + 2]
    for place, last in enumerate(whole):
        assert found(reader, plan, sort=sort, after=last) == whole[place + 1 :]
        assert found(reader, plan, sort=sort, after=last, offset=1) == whole[place + 2 :]
    assert found(reader, plan, sort=sort, limit=0) == []
    assert reader.search(SearchRequest(plan, limit=0)).total == len(whole)


def test_a_cursor_that_does_not_match(reader):
    # Its score counts as 0, so that everything with a score came before it.
    assert found(reader, GIPFEL, after="autor") == []
    assert found(reader, Dates(None, None), sort="date", after="kette") == []
    assert found(reader, GIPFEL, after="unbekannt") == found(reader, GIPFEL)


def test_facets_count_all_matches(reader):
    names = ("source", "person", "unbekannt")
    result = reader.search(SearchRequest(GIPFEL, limit=1, facets=names))
    assert result.facets == {
        "source": {"dpa": 2, "afp": 1, "taz": 1},
        "person": {"Anna": 2, "Berta": 1},
        "unbekannt": {},
    }
    result = reader.search(SearchRequest(Boolean(should=(KRISE,)), facets=("person",)))
    assert result.facets == {"person": {"Anna": 1}}
    assert reader.search(SearchRequest(Nothing(), facets=("person",))).facets == {"person": {}}


def test_deadlines(reader):
    late = reader.search(SearchRequest(GIPFEL, deadline=time.monotonic() - 1, facets=("source",)))
    assert (late.hits, late.total, late.facets, late.partial) == ((), 0, {"source": {}}, True)
    early = reader.search(SearchRequest(GIPFEL, deadline=time.monotonic() + 3600))
    assert early == reader.search(SearchRequest(GIPFEL))
    assert not early.partial


@pytest.mark.parametrize("sort", ["relevance", "date", "-date"])
def test_of_texts_that_say_the_same_the_first_matches(engine, sort):
    # What is nearly, but not quite the same is a matter of chance: only clear cases are promised.
    texts = ("Der Gipfel begann am Montag in Helsinki", "Eine Krise folgt auf den Gipfel", "Gipfel")
    documents = [
        document(
            f"{number}-{copy}",
            text.upper() if copy else text,
            days=(100 + (7 * copy) % 5,) * 2,
            facets={"source": [f"s{copy}"]},
        )
        for number, text in enumerate(texts)
        for copy in range(number + 1)
    ]
    reader = write(engine, documents, deleted=["2-0"])
    asked = SearchRequest(GIPFEL, sort=sort, collapse=True, facets=("source",))
    result = reader.search(asked)
    whole = reader.search(SearchRequest(GIPFEL, sort=sort)).hits
    first = {hit.id[0]: hit for hit in reversed(whole)}
    assert list(result.hits) == [hit for hit in whole if first[hit.id[0]] == hit]
    assert (len(whole), result.total) == (5, 3)
    shown = {hit.id[0]: result.hidden.get(hit.number, 0) for hit in result.hits}
    assert shown == {"0": 0, "1": 1, "2": 1}
    assert sum(result.facets["source"].values()) == 3
    second = reader.search(
        SearchRequest(GIPFEL, sort=sort, collapse=True, after=result.hits[0].id, limit=1)
    )
    assert second.hits == result.hits[1:2]
