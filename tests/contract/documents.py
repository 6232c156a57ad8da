"""Documents and plans for the contract: by hand, and at random for hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from searchkit.engine.port import IndexDocument, SearchRequest, StoredParts
from searchkit.query import plan
from searchkit.query.plan import EXACT, LEAD, TEXT, TITLE, Plan
from searchkit.text.compounds import CompoundSplitter
from searchkit.text.lexicon import Lexicon
from searchkit.text.word_counts import WordCounts

#: Analyses the documents of all tests, so that every word is analysed once.
LEXICON = Lexicon(CompoundSplitter(WordCounts.seed()), (r"[A-Z]-\d+/\d+", r"#\w+"))

WORDS = """
    Gipfel Gipfels gipfeln Gipfeltreffen Gipfelgipfel Krisengipfel Treffen treffen Krise KRISE
    G20-Gipfel Putin-Trump-Gipfel Corona-Krise Coronakrise Gip\u00adfeltreffen Stra\u00adße
    Straße Strasse STRASSE Bürger:innen Autor:in Autor:innen Autoren Autorinnen StudentInnen der Der
    und Müller Mueller Gipfel-Autor:innen Ho\u0308he geht's 1.000
    #Gipfel #GIPFEL A-12/3 A-12/3-Krise
    """.split()

_BREAKS = (" ", " ", " ", "\n", ", ", " – ")
FACETS = {"source": ("dpa", "afp", "taz"), "person": ("Donald Trump", "Wladimir Putin", "Ä\nö")}
_DAYS = (None, (736_330, 736_694), (736_511, 736_541), (736_526, 736_526), (736_695, 736_695))


def document(
    id: str,
    text: str = "",
    *,
    title: str | None = None,
    lead: str | None = None,
    days: tuple[int, int] | None = None,
    facets: Mapping[str, Sequence[str]] | None = None,
    numbers: Mapping[str, float] | None = None,
    mentions: Mapping[str, Mapping[str, int]] | None = None,
    source: str = "",
    digest: str = "0" * 32,
) -> IndexDocument:
    """A document ready to be written; without a text it has only the other fields given."""
    texts = {TEXT: text or None, TITLE: title, LEAD: lead}
    return IndexDocument(
        id=id,
        digest=digest,
        source=source,
        fields={name: LEXICON.analyse(t) for name, t in texts.items() if t is not None},
        days=days,
        facets=facets or {},
        numbers=numbers or {},
        stored=StoredParts(f"head of {id}".encode(), text.encode(), f"{id}!".encode()),
        mentions=mentions or {},
    )


@st.composite
def texts(draw: st.DrawFn, most: int = 30) -> str:
    """Words of the small vocabulary, so that they meet often."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=most))
    return "".join(word + draw(st.sampled_from(_BREAKS)) for word in words)


@st.composite
def documents(draw: st.DrawFn, ids: Sequence[str]) -> IndexDocument:
    """A document of one of some ids."""
    has_title = draw(st.booleans())
    title = draw(texts(most=5))
    facets = {
        name: draw(st.lists(st.sampled_from(values), unique=True, max_size=2))
        for name, values in FACETS.items()
    }
    # Some are not said, and some are more than a byte holds.
    mentions = st.dictionaries(st.sampled_from(FACETS["person"]), st.sampled_from((1, 2, 300)))
    return document(
        draw(st.sampled_from(ids)),
        draw(texts()),
        title=title if has_title else None,
        lead=None if has_title else title,
        days=draw(st.sampled_from(_DAYS)),
        facets={name: values for name, values in facets.items() if values},
        numbers=draw(st.dictionaries(st.just("pages"), st.integers(1, 4).map(float))),
        mentions={"person": draw(mentions)},
        digest=f"{draw(st.integers(0, 99)):032}",
    )


_ANALYSED = LEXICON.analyse(" ".join(WORDS))
_STEMS = sorted({LEXICON.terms[n] for n in LEXICON.stems(_ANALYSED.forms).tolist()})
_STEMS += ["autorinn", "autorin", "coronakris", "kris", "putintrumpgipfel", "unbekannt"]
_EXACT = sorted({LEXICON.terms[n] for n in LEXICON.exact_terms(_ANALYSED.forms).tolist()})
_EXACT += ["gipfelt", "unbekannt"]

_STEM_FIELDS = st.sampled_from((TEXT, TEXT, TEXT, TITLE, LEAD))
_EXACT_FIELDS = _STEM_FIELDS.map(lambda name: EXACT[name])
_WEIGHTS = st.sampled_from((1.0, 1.0, 0.35, 0.3, 2.0, 1e-60))
_EDGE_DAYS = st.sampled_from((None, 736_329, 736_330, 736_526, 736_694, 736_695, 736_696))


def terms() -> st.SearchStrategy[plan.Term]:
    """Stems and exact terms of any field, some of them nowhere."""
    stems = st.builds(plan.Term, _STEM_FIELDS, st.sampled_from(_STEMS), _WEIGHTS)
    return stems | st.builds(plan.Term, _EXACT_FIELDS, st.sampled_from(_EXACT), _WEIGHTS)


def phrases(slop: st.SearchStrategy[int]) -> st.SearchStrategy[plan.Phrase]:
    """Two or three frequent terms; a term may come twice."""
    some = st.sampled_from(("gipfel", "kris", "der", "und", "autor", "autorinn", "treff"))
    exact = st.sampled_from(("gipfel", "krise", "der", "und", "treffen"))
    sizes = {"min_size": 2, "max_size": 3}
    stems = st.builds(plan.Phrase, _STEM_FIELDS, st.lists(some, **sizes).map(tuple), slop, _WEIGHTS)
    words = st.lists(exact, **sizes).map(tuple)
    return stems | st.builds(plan.Phrase, _EXACT_FIELDS, words, slop, _WEIGHTS)


_PATTERNS = (
    ("prefix", "gip", 0),
    ("prefix", "", 0),
    ("prefix", "strasse", 0),
    ("wildcard", "*gipfel*", 0),
    ("wildcard", "g?pf*n", 0),
    ("wildcard", "m?ller", 0),
    ("wildcard", r"a\*", 0),
    ("fuzzy", "gipfle", 1),
    ("fuzzy", "der", 2),
    ("fuzzy", "muller", 1),
)


def expansions() -> st.SearchStrategy[plan.Expansion]:
    """Patterns of every kind, with limits that cut and limits that do not."""
    return st.builds(
        lambda field, pattern, limit, weight: plan.Expansion(field, *pattern, limit, weight),
        _EXACT_FIELDS,
        st.sampled_from(_PATTERNS),
        st.sampled_from((1, 2, 3, 1000)),
        _WEIGHTS,
    )


_VALUE_PATTERNS = (
    ("prefix", "Do", 0),
    ("prefix", "Ä\n", 0),
    ("wildcard", "*a*", 0),
    ("fuzzy", "dpi", 1),
    ("prefix", "", 0),
)


def _filters(ids: Sequence[str]) -> st.SearchStrategy[Plan]:
    names = st.sampled_from((*FACETS, "unbekannt"))
    values = st.sampled_from([v for values in FACETS.values() for v in values] + ["unbekannt"])
    bounds = st.sampled_from((None, 0.0, 2.0, 3.0, 9.0))
    return st.one_of(
        st.builds(plan.Values, names, st.lists(values, max_size=3).map(tuple)),
        st.builds(
            lambda name, pattern, limit: plan.ValuePattern(name, *pattern, limit),
            names,
            st.sampled_from(_VALUE_PATTERNS),
            st.sampled_from((1, 1000)),
        ),
        st.builds(plan.Dates, _EDGE_DAYS, _EDGE_DAYS),
        st.builds(plan.Numbers, st.sampled_from(("pages", "unbekannt")), bounds, bounds),
        st.builds(plan.Ids, st.lists(st.sampled_from((*ids, "unbekannt")), max_size=3).map(tuple)),
        st.just(plan.Everything()),
        st.just(plan.Nothing()),
    )


def plans(ids: Sequence[str]) -> st.SearchStrategy[Plan]:
    """Trees of every kind of node."""
    slops = st.sampled_from((0, 0, 1, 4))
    leaves = st.one_of(terms(), terms(), phrases(slops), expansions(), _filters(ids))
    return st.recursive(leaves, _inner, max_leaves=8)


def _inner(children: st.SearchStrategy[Plan]) -> st.SearchStrategy[Plan]:
    some = st.lists(children, max_size=3).map(tuple)
    words = st.lists(terms(), min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(lambda should: plan.Boolean(should=should), words),
        st.builds(lambda should: plan.Boolean(should=should), some),
        st.builds(plan.Boolean, some, some, some),
        st.builds(plan.Constant, children, st.sampled_from((0.5, 1.0, 3.0))),
    )


def requests(ids: Sequence[str]) -> st.SearchStrategy[SearchRequest]:
    """Plans with filter, page, sort, cursor and facets."""
    return st.builds(
        SearchRequest,
        plan=plans(ids),
        filter=st.just(plan.Everything()) | plans(ids),
        limit=st.sampled_from((0, 1, 3, 100)),
        offset=st.sampled_from((0, 0, 1, 5)),
        sort=st.sampled_from(("relevance", "relevance", "date", "-date")),
        after=st.none() | st.sampled_from((*ids, "unbekannt")),
        facets=st.sampled_from(((), ("source",), ("person", "source", "unbekannt"))),
    )


def targets() -> st.SearchStrategy[Any]:
    """What ``locate`` may be asked for."""
    text = st.builds(plan.Term, st.just(TEXT), st.sampled_from(_STEMS))
    exact = st.builds(plan.Term, st.just(EXACT[TEXT]), st.sampled_from(_EXACT))
    phrase = phrases(st.just(0)).filter(lambda node: node.field == TEXT)
    return st.one_of(text, text, exact, phrase, expansions().filter(_is_of_texts))


def _is_of_texts(node: plan.Expansion) -> bool:
    return node.field == EXACT[TEXT]
