"""Extractors of other packages under searchkit's protocol: spaCy, Flair, GLiNER.

None of these packages is needed; each is imported when a setting asks for it. Their labels are
mapped to ``PER``, ``LOC`` and ``ORG``; other labels are passed over.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from searchkit.errors import ConfigurationError
from searchkit.extract.names import canonical_name
from searchkit.extract.protocol import KINDS, Mention

# What the label sets of the usual models call the three kinds.
_LABELS = {
    "PER": "PER", "PERSON": "PER", "LOC": "LOC", "LOCATION": "LOC", "GPE": "LOC", "FAC": "LOC",
    "PLACE": "LOC", "ORG": "ORG", "ORGANIZATION": "ORG", "ORGANISATION": "ORG",
}  # fmt: skip
_GLINER_LABELS = ["person", "location", "organization"]
_GLINER_THRESHOLD = 0.5

Found = Iterable[tuple[int, int, str]]


class LoadedExtractor:
    """A foreign model as an extractor.

    Args:
        name: the setting it was made from, such as ``spacy:de_core_news_md``.
        version: of the package and, where known, of the model.
        find: gives mentions of a text with the model's own labels, in any order.

    >>> found = LoadedExtractor("mine", "1", lambda text: [(0, 4, "GPE"), (5, 8, "DATE")])
    >>> found.extract("Bonn 1999")
    [(0, 4, 'LOC')]
    """

    def __init__(self, name: str, version: str, find: Callable[[str], Found]) -> None:
        self.name = name
        self.version = version
        self._find = find

    def extract(self, text: str) -> list[Mention]:
        """The mentions in a text, in order; of those that overlap, the first and longest."""
        known = [
            (start, end, _LABELS[label.upper()])
            for start, end, label in self._find(text)
            if label.upper() in _LABELS and 0 <= start < end <= len(text)
        ]
        mentions: list[Mention] = []
        for mention in sorted(known, key=lambda m: (m[0], -m[1])):
            if not mentions or mentions[-1][1] <= mention[0]:
                mentions.append(mention)
        return mentions

    def canonical(self, span_text: str, label: str) -> str:
        """The name of what a mention names; see ``searchkit.extract.names``."""
        return canonical_name(span_text, label) if label in KINDS else span_text


def load_spacy(model: str) -> LoadedExtractor:
    """A spaCy pipeline by the name of an installed model or the path of a saved one.

    Raises:
        ConfigurationError: spaCy or the model is missing.
    """
    spacy = _import("spacy", "spacy", f"spacy:{model}")
    try:
        pipeline = spacy.load(model)
    except OSError as error:
        raise _no_model("spacy", model, f"run: python -m spacy download {model}") from error

    def find(text: str) -> Found:
        return [(e.start_char, e.end_char, e.label_) for e in pipeline(text).ents]

    # A pipeline refuses longer texts than its own limit.
    most = pipeline.max_length
    by_line = _by_paragraph(find, most)

    def find_in_any(text: str) -> Found:
        return find(text) if len(text) <= most else by_line(text)

    meta = pipeline.meta
    version = f"{spacy.__version__} {meta.get('name', '')} {meta.get('version', '')}"
    return LoadedExtractor(f"spacy:{model}", " ".join(version.split()), find_in_any)


def load_flair(model: str) -> LoadedExtractor:
    """A Flair sequence tagger by its name or path.

    Raises:
        ConfigurationError: Flair or the model is missing.
    """
    spec = f"flair:{model}"
    data = _import("flair.data", "flair", spec)
    models = _import("flair.models", "flair", spec)
    tagger = _loaded(models.SequenceTagger.load, "flair", model)

    def find(text: str) -> Found:
        sentence = data.Sentence(text)
        tagger.predict(sentence)
        spans = sentence.get_spans(tagger.label_type)
        return [(s.start_position, s.end_position, s.get_label().value) for s in spans]

    return LoadedExtractor(spec, _version("flair"), _by_paragraph(find))


def load_gliner(model: str) -> LoadedExtractor:
    """A GLiNER model by its name or path.

    Raises:
        ConfigurationError: GLiNER or the model is missing.
    """
    spec = f"gliner:{model}"
    gliner = _import("gliner", "gliner", spec)
    loaded = _loaded(gliner.GLiNER.from_pretrained, "gliner", model)

    def find(text: str) -> Found:
        found = loaded.predict_entities(text, _GLINER_LABELS, threshold=_GLINER_THRESHOLD)
        return [(e["start"], e["end"], e["label"]) for e in found]

    return LoadedExtractor(spec, _version("gliner"), _by_paragraph(find))


def _by_paragraph(find: Callable[[str], Found], most: int = sys.maxsize) -> Callable[[str], Found]:
    """Look at each line by itself: such models read a bounded number of words at a time.

    Args:
        find: looks at one text.
        most: longer lines are cut into parts of so many code points.
    """

    def find_all(text: str) -> Found:
        offset = 0
        for line in _parts(text, most):
            if line.strip():
                for start, end, label in find(line):
                    yield offset + start, offset + end, label
            offset += len(line)

    return find_all


def _parts(text: str, most: int) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        yield from (line[start : start + most] for start in range(0, len(line), most))


def _loaded(load: Callable[[str], Any], kind: str, model: str) -> Any:
    try:
        return load(model)
    # What a missing model raises differs between versions and hubs; all derive from these.
    except (OSError, ValueError, RuntimeError) as error:
        raise _no_model(kind, model, "check the name, or give the path of a saved model") from error


def _import(module: str, package: str, spec: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ConfigurationError(
            f"the extractor {spec!r} needs {package}, which cannot be imported: {error}",
            f"run: pip install {package}",
        ) from error


def _no_model(kind: str, model: str, hint: str) -> ConfigurationError:
    return ConfigurationError(f"{kind} has no model {model!r}", hint)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


LOADERS: dict[str, Callable[[str], LoadedExtractor]] = {
    "spacy": load_spacy,
    "flair": load_flair,
    "gliner": load_gliner,
}
