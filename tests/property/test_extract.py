"""What holds for every text: offsets, order, names."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.extract.dates import find_dates
from searchkit.extract.names import canonical_name
from searchkit.extract.pieces import cut_chunk, cut_chunks
from searchkit.extract.resolve import document_entities
from searchkit.extract.rules import RuleExtractor
from searchkit.extract.trained import TrainedExtractor
from searchkit.text.lexicon import Lexicon

RULES = RuleExtractor()
TRAINED = TrainedExtractor()
LEXICON = Lexicon()
EXTRACTORS = st.sampled_from([RULES, TRAINED])
WORDS = st.sampled_from(
    "Angela Merkel Merkels Donald Trump Trump-Putin-Gipfel Putin von der Leyen Ursula Ole Jens Al "
    "US US-Präsident Köln Köln-Deutz Frankfurt am Main Bad GmbH & Co. KG FC NATO NATOs ABCD Dr. J. "
    "Die in Essen Universität Jena Straße Berliner Vereinigten Staaten II. al-Sisi O'Neill sagte "
    "04 Kramp-Karrenbauer Kramp-Karrenbauer-Rede Abdel Fattah Koch Helmut - d'Artagnan Mélenchon "
    "ANGELA 习近平 نتنياهو".split()
)
SEPARATORS = st.sampled_from(
    [
        *(" ", " ", " ", "\n", "\r\n", ", ", ". ", "-", "’s ", "\u00a0", "\u200b", "\u2028"),
        *("\x85", "", "\U0001f600", "\u0301", "\u00ad", "\ufeff", "\u202e"),
    ]
)
GERMAN = st.lists(st.tuples(WORDS, SEPARATORS), max_size=25).map(
    lambda pairs: "".join(word + separator for word, separator in pairs)
)
TEXTS = GERMAN | st.text(max_size=80)


@given(TEXTS, EXTRACTORS)
@settings(max_examples=400)
def test_mentions_are_ordered_disjoint_and_inside(text, extractor):
    reach = 0
    for start, end, label in extractor.extract(text):
        assert reach <= start < end <= len(text)
        assert label in {"PER", "LOC", "ORG"}
        assert text[start:end] == text[start:end].strip()
        reach = end


@given(TEXTS, EXTRACTORS)
@settings(max_examples=400)
@example("Jens\nMerkel", TRAINED)  # one name, of two mentions
def test_entities_hold_every_mention_once(text, extractor):
    entities = document_entities(text, extractor)
    spans = sorted(span for entity in entities for span in entity.mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    # Two that a line break parts may have become one, with small words between.
    for start, end, _ in extractor.extract(text):
        assert sum(first <= start and end <= last for first, last in spans) == 1
    keys = [(entity.kind, entity.name) for entity in entities]
    assert len(keys) == len(set(keys))
    for entity in entities:
        assert entity.name.strip()
        assert list(entity.mentions) == sorted(entity.mentions)
    order = [(-len(entity.mentions), entity.mentions[0]) for entity in entities]
    assert order == sorted(order)


@given(TEXTS, st.sampled_from(["PER", "LOC", "ORG"]))
@settings(max_examples=300)
@example(text="Angela -Staaten ", label="LOC")
@example(text="\u200b", label="PER")
@example(text=" ", label="PER")
def test_names_are_tidy(text, label):
    name = canonical_name(text, label)
    assert name == " ".join(name.split())
    assert bool(name) == bool(text.replace("\u00ad", "").split())


@given(st.lists(TEXTS, max_size=6))
@example(["\x01", "Angela "])  # what stands between sentences, in a text
def test_many_texts_at_once_are_read_as_each_alone(texts):
    alone = [TRAINED.extract(text) for text in texts]
    assert TRAINED.extract_many(texts) == alone
    cuts = [words.cut for words in LEXICON.analyse_all(texts)]
    assert TRAINED.extract_cut(texts, cuts) == alone


@given(TEXTS.filter(lambda text: len(text.split()) == 1).map(str.strip) | WORDS)
@example("Angela\u0301Donald\u0301")
def test_pieces_cover_a_chunk_in_order(chunk):
    pieces = cut_chunk(chunk)
    assert all(form for form, _, _ in pieces)
    assert all(a[2] <= b[1] for a, b in pairwise(pieces))
    assert "".join(chunk[start:end] for _, start, end in pieces) == chunk or not chunk.isprintable()
    columns = cut_chunks([chunk])
    assert [*zip(columns.forms, columns.starts, columns.ends, strict=True)] == pieces


DATE_WORDS = st.sampled_from(
    "am 3. 16. 31. 12. 2018 1999 .2018 16.7.2018 2018-07-16 -07-16 Juli Mai und bis zum / - – § "
    "Februar Ende Jahr Vanessa 20er 07.18 03.04.05 ersten , \n".split(" ")
)


@given(
    st.lists(DATE_WORDS, max_size=14).map(" ".join) | st.lists(DATE_WORDS, max_size=14).map("".join)
)
@settings(max_examples=400)
def test_dates_are_ordered_disjoint_and_of_the_calendar(text):
    reach = 0
    for start, end, value in find_dates(text):
        assert reach <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert value.first_day <= value.last_day
        reach = end
