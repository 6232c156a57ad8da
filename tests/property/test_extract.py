"""What holds for every text: offsets, order, names."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.extract.names import canonical_name
from searchkit.extract.resolve import document_entities
from searchkit.extract.rules import RuleExtractor

RULES = RuleExtractor()
WORDS = st.sampled_from(
    "Angela Merkel Merkels Donald Trump Trump-Putin-Gipfel Putin von der Leyen Ursula Ole Jens Al "
    "US US-Präsident Köln Köln-Deutz Frankfurt am Main Bad GmbH & Co. KG FC NATO NATOs ABCD Dr. J. "
    "Die in Essen Universität Jena Straße Berliner Vereinigten Staaten II. al-Sisi O'Neill sagte "
    "04 Kramp-Karrenbauer Kramp-Karrenbauer-Rede Abdel Fattah Koch Helmut -".split()
)
SEPARATORS = st.sampled_from(
    [" ", " ", " ", "\n", ", ", ". ", "-", "’s ", "\u00a0", "", "\U0001f600"]
)
GERMAN = st.lists(st.tuples(WORDS, SEPARATORS), max_size=25).map(
    lambda pairs: "".join(word + separator for word, separator in pairs)
)
TEXTS = GERMAN | st.text(max_size=80)


@given(TEXTS)
@settings(max_examples=300)
def test_mentions_are_ordered_disjoint_and_inside(text):
    reach = 0
    for start, end, label in RULES.extract(text):
        assert reach <= start < end <= len(text)
        assert label in {"PER", "LOC", "ORG"}
        assert text[start:end] == text[start:end].strip()
        reach = end


@given(TEXTS)
@settings(max_examples=300)
def test_entities_hold_every_mention_once(text):
    entities = document_entities(text, RULES)
    spans = sorted(span for entity in entities for span in entity.mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert {(start, end) for start, end, _ in RULES.extract(text)} <= set(spans)
    keys = [(entity.kind, entity.name) for entity in entities]
    assert len(keys) == len(set(keys))
    for entity in entities:
        assert entity.name.strip()
        assert list(entity.mentions) == sorted(entity.mentions)
    order = [(-len(entity.mentions), entity.mentions[0]) for entity in entities]
    assert order == sorted(order)


@given(TEXTS, st.sampled_from(["PER", "LOC", "ORG"]))
@settings(max_examples=300)
def test_names_are_tidy(text, label):
    name = canonical_name(text, label)
    assert name == " ".join(name.split())
    assert bool(name) == bool(text.replace("\u00ad", "").split())
