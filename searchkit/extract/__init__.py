"""Persons, places and organisations in German text, and what they are called.

An extractor finds the mentions (``protocol``); ``rules`` is one, made of lists and rules.
``names`` turns a mention into the name a reader expects, ``resolve`` the mentions of one document
into its entities, ``registry`` a setting into an extractor. The last three serve any extractor.
"""

from __future__ import annotations

from searchkit.extract.protocol import Extractor
from searchkit.extract.registry import default_extractor, make_extractor
from searchkit.extract.resolve import document_entities

__all__ = ["Extractor", "default_extractor", "document_entities", "make_extractor"]
