"""The fields that a segment has words of. A module of its own: who reads needs no builder."""

from __future__ import annotations

from searchkit.query.plan import LEAD, TEXT, TITLE

#: The fields whose words are stored; and for each, the field of its hyphen chains.
WORD_FIELDS = (TEXT, TITLE, LEAD)
CHAINS = {name: f"{name}_chain" for name in WORD_FIELDS}
