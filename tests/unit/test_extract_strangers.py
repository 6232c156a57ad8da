"""Extractors of others, and what they do wrong."""

from __future__ import annotations

import sys
from types import ModuleType

import numpy as np
import pytest

from searchkit import ConfigurationError, Document, Settings, build_index
from searchkit.extract.protocol import Extractor
from searchkit.extract.registry import make_extractor
from searchkit.extract.resolve import EntityFinder, document_entities

SPEC = "python:ones_own:make"
TEXT = "Ole Wanderow\n \nwohnt hier."


class Own:
    """Finds what it was made with, under the names it was made with."""

    name, version = "own", 3

    def __init__(self, found, name="Ole"):
        self._found, self._name = found, name

    def extract(self, _):
        if isinstance(self._found, Exception):
            raise self._found
        return self._found

    def canonical(self, *_):
        return self._name


@pytest.fixture
def made(monkeypatch):
    """Makes an extractor of one's own by its setting."""

    def make(extractor) -> Extractor:
        module = ModuleType("ones_own")
        module.make = lambda: extractor
        monkeypatch.setitem(sys.modules, "ones_own", module)
        return make_extractor(SPEC)

    return make


@pytest.mark.parametrize(
    "found",
    [
        [(0, 12, "PER")],
        iter([(0, 12, "PER")]),
        [[0, 12, "PER"]],
        [(np.int64(0), np.int64(12), "PER")],
        [(0, 12, "PER"), (13, 14, "PER"), (4, 4, "LOC"), (-3, 2, "LOC"), (14, 15, 7)],
    ],
)
def test_mentions_of_any_form_are_read(made, found):
    entities = document_entities(TEXT, made(Own(found)))
    assert [(each.name, each.mentions) for each in entities] == [("Ole", ((0, 12),))]


@pytest.mark.parametrize(
    ("found", "part"),
    [
        (RuntimeError("out of order"), "failed: RuntimeError: out of order"),
        (None, "failed: TypeError"),
        ([("0", 12, "PER")], "failed: TypeError"),
        ([(0.0, 12.0, "PER")], "failed: TypeError"),
        ([(0, 12)], "failed: ValueError"),
    ],
)
def test_what_fails_is_named(made, found, part, tmp_path):
    made(Own(found))
    with pytest.raises(ConfigurationError) as caught:
        build_index([Document("a", TEXT)], tmp_path / "index", settings=Settings(extractor=SPEC))
    assert caught.value.message.startswith(f"the extractor {SPEC!r} {part}")
    assert "searchkit.extract.Extractor" in caught.value.hint
    assert not list((tmp_path / "index").glob("*/manifest*"))


@pytest.mark.parametrize("name", ["", " \n"])
def test_a_mention_without_a_name_is_called_as_it_stands(made, name):
    entities = document_entities(TEXT, made(Own([(0, 12, "PER")], name)))
    assert [each.name for each in entities] == ["Ole Wanderow"]


def test_a_name_that_is_no_text_is_refused(made):
    with pytest.raises(ConfigurationError, match="gives None for the name of 'Ole Wanderow'"):
        document_entities(TEXT, made(Own([(0, 12, "PER")], None)))


def test_a_version_may_be_a_number(made):
    assert made(Own([])).version == "3"


def test_many_texts_at_once_where_the_extractor_can(made):
    class Many(Own):
        def extract_many(self, texts):
            return [[(0, len(text), "LOC")] for text in texts]

    found = EntityFinder(made(Many(RuntimeError(), "Ort"))).of(["Ulm", "Bonn"])
    assert [each.mentions for (each,) in found] == [((0, 3),), ((0, 4),)]
    extractor = made(Many([]))
    extractor._extractor.extract_many = lambda _: []
    with pytest.raises(ConfigurationError, match="ValueError"):
        list(EntityFinder(extractor).of(["Ulm", "Bonn"]))
