"""How German joins words: linking elements, which words take which, and the costs of a split.

The linking elements and the endings that ask for ``s`` follow Duden, Die Grammatik (9th ed. 2016),
sections on "Fugenelemente". The costs are in bits and were chosen on the tuning half of
``tests/relevance/compounds_gold.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass

COMPOUNDS = "parts-1"
"""Names the rules and the shipped statistics in the fingerprint of an index."""

LINKS = ("", "s", "es", "n", "en", "er", "e", "ens", "ns")
"""Linking elements; the position of one is its bit in ``WordCounts.links``."""

MIN_WORD_LETTERS = 8
"""Shorter words are left whole. Counted after folding, so that Öl has three letters."""

MIN_PART_LETTERS = 4
"""Shorter parts must be in ``SHORT_PARTS``."""

MIN_HEAD_CAPITAL_SHARE = 0.1
"""A head is capitalised in at least this share of its uses, in the seed or in the corpus."""


@dataclass(frozen=True, slots=True)
class SplitCosts:
    """What a split may cost, in bits.

    Attributes:
        base: what any split may cost.
        letter: what each letter of the word adds to that: long words are compounds.
        part: what every modifier costs beside its own cost, so that few parts win over many.
        whole: what each doubling of the whole's count over its parts' geometric mean costs.
        names: whether words of two parts are split that end like a surname or place name
            (Steinberg) and are no known nouns (Weinberg).
    """

    base: float = 14.0
    letter: float = 1.7
    part: float = 1.5
    whole: float = 4.0
    names: bool = False


MIN_NEW_CAPITAL_SHARE = 0.9
"""A word that only the corpus knows becomes a part if capitalised in this share of its uses."""

NEW_MODIFIER_COST = 13.0
NEW_HEAD_COST = 13.5
"""Bits a part costs that only the corpus knows."""

S_ENDINGS = ("ung", "heit", "keit", "schaft", "taet", "ion", "ling")
"""A noun ending so is never joined without a link."""

MAX_NAME_LETTERS = 12
"""Longer words are not taken for names by their last part."""

SHORT_PARTS = frozenset(
    """
    abo akt alt amt app arm art bad bar bau bio box bug bus cup dvd ehe eis end erb fan gas gen geo
    gut hof hol hut kuh lkw lok los mai mut neu not oel ohr ort ost pkw pop rad rat rom rot see
    set ski tag tat tee tod ton tor typ ufo uhr usb vip web weg zoo zug
    """.split()
)
"""Parts of three letters that are common and rarely stand in a word by accident."""
