"""Extractors of other packages: spaCy for real, the others by stand-ins of their interface."""

from __future__ import annotations

import sys
import types
from types import SimpleNamespace

import pytest

from searchkit.errors import ConfigurationError
from searchkit.extract.loaders import LoadedExtractor
from searchkit.extract.protocol import Extractor
from searchkit.extract.registry import extractor_version, make_extractor
from searchkit.extract.resolve import document_entities

TEXT = "Ole Wanderow wohnt in Quellenhausen.\nDort sitzt die Firma Traumwerk."
EXPECTED = [(0, 12, "PER"), (22, 35, "LOC"), (58, 67, "ORG")]


@pytest.fixture(scope="module")
def spacy_model(tmp_path_factory):
    """The path of a spaCy pipeline that finds three names by a list."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    pipeline = spacy.blank("de")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": "Ole Wanderow"},
            {"label": "GPE", "pattern": "Quellenhausen"},
            {"label": "ORG", "pattern": "Traumwerk"},
            {"label": "MISC", "pattern": "Firma"},
        ]
    )
    path = tmp_path_factory.mktemp("spacy") / "names"
    pipeline.to_disk(path)
    return str(path)


def test_spacy_for_real(spacy_model):
    extractor = make_extractor(f"spacy:{spacy_model}")
    assert isinstance(extractor, Extractor)
    assert extractor.extract(TEXT) == EXPECTED
    names = {entity.name for entity in document_entities(TEXT, extractor)}
    assert names == {"Ole Wanderow", "Quellenhausen", "Traumwerk"}


def test_spacy_gets_texts_of_any_length_in_parts(spacy_model, monkeypatch):
    spacy = pytest.importorskip("spacy")
    load = spacy.load

    def load_small(path):
        pipeline = load(path)
        pipeline.max_length = 40
        return pipeline

    monkeypatch.setattr(spacy, "load", load_small)
    found = make_extractor(f"spacy:{spacy_model}").extract(f"{TEXT}\n{'x ' * 40}Traumwerk")
    assert found[:3] == EXPECTED


def test_the_version_names_package_and_model(spacy_model):
    import spacy

    version = extractor_version(f"spacy:{spacy_model}")
    assert version.startswith(f"spacy:{spacy_model} {spacy.__version__}")


def test_a_missing_spacy_model_says_how_to_get_it():
    pytest.importorskip("spacy", reason="spaCy is not installed")
    with pytest.raises(ConfigurationError) as caught:
        make_extractor("spacy:de_no_such_model")
    assert "de_no_such_model" in caught.value.message
    assert caught.value.hint == "run: python -m spacy download de_no_such_model"


@pytest.mark.parametrize(
    ("spec", "package"), [("spacy:x", "spacy"), ("flair:x", "flair"), ("gliner:x", "gliner")]
)
def test_a_missing_package_says_what_to_install(spec, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ConfigurationError) as caught:
        make_extractor(spec)
    assert package in caught.value.message
    assert caught.value.hint == f"run: pip install {package}"


@pytest.mark.parametrize("kind", ["spacy", "flair", "gliner"])
def test_a_setting_without_a_model_is_refused(kind):
    with pytest.raises(ConfigurationError, match="names no model"):
        make_extractor(kind)


class FlairStandIn:
    """A stand-in for ``flair``: the part of its interface that is used, with a list for a model."""

    label_type = "ner"

    @classmethod
    def load(cls, name: str) -> FlairStandIn:
        if name == "missing":
            raise RuntimeError("no such model")
        return cls()

    def predict(self, sentence: SimpleNamespace) -> None:
        for name, label in (
            ("Ole Wanderow", "PER"),
            ("Quellenhausen", "LOC"),
            ("Traumwerk", "ORG"),
        ):
            start = sentence.text.find(name)
            if start >= 0:
                sentence.spans.append((start, start + len(name), label))


def flair_sentence(text: str) -> SimpleNamespace:
    sentence = SimpleNamespace(text=text, spans=[])
    sentence.get_spans = lambda kind: [
        SimpleNamespace(
            start_position=start,
            end_position=end,
            get_label=lambda label=label: SimpleNamespace(value=label),
        )
        for start, end, label in sentence.spans
        if kind == "ner"
    ]
    return sentence


@pytest.fixture
def flair(monkeypatch):
    modules = {
        "flair": types.ModuleType("flair"),
        "flair.data": SimpleNamespace(Sentence=flair_sentence),
        "flair.models": SimpleNamespace(SequenceTagger=FlairStandIn),
    }
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.usefixtures("flair")
def test_flair_by_a_stand_in():
    assert make_extractor("flair:names").extract(TEXT) == EXPECTED


@pytest.mark.usefixtures("flair")
def test_a_missing_flair_model_is_named():
    with pytest.raises(ConfigurationError, match="missing"):
        make_extractor("flair:missing")


class GlinerStandIn:
    """A stand-in for ``gliner.GLiNER``, with a list for a model."""

    @classmethod
    def from_pretrained(cls, name: str) -> GlinerStandIn:
        if name == "missing":
            raise OSError("not on the hub")
        return cls()

    def predict_entities(self, text: str, labels: list[str], threshold: float) -> list[dict]:
        known = {"Ole Wanderow": 0, "Quellenhausen": 1, "Traumwerk": 2}
        assert 0 < threshold < 1
        return [
            {"start": text.find(n), "end": text.find(n) + len(n), "label": labels[k]}
            for n, k in known.items()
            if n in text
        ]


@pytest.fixture
def gliner(monkeypatch):
    monkeypatch.setitem(sys.modules, "gliner", SimpleNamespace(GLiNER=GlinerStandIn))


@pytest.mark.usefixtures("gliner")
def test_gliner_by_a_stand_in():
    extractor = make_extractor("gliner:names")
    assert extractor.extract(TEXT) == EXPECTED
    assert extractor.version == "unknown"


@pytest.mark.usefixtures("gliner")
def test_a_missing_gliner_model_is_named():
    with pytest.raises(ConfigurationError, match="missing"):
        make_extractor("gliner:missing")


def test_what_a_model_gives_is_put_in_order():
    found = [(9, 12, "person"), (0, 4, "ORG"), (0, 8, "LOC"), (5, 8, "PER"), (10, 99, "PER")]
    extractor = LoadedExtractor("any", "1", lambda _: found)
    assert extractor.extract("Bad Ems und Bonn") == [(0, 8, "LOC"), (9, 12, "PER")]
    assert extractor.canonical("Russlands", "LOC") == "Russland"
    assert extractor.canonical("Heute", "DATE") == "Heute"
