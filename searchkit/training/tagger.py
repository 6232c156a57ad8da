"""Trains the tagger on GermEval 2014.

    pip install python-crfsuite
    python -m searchkit.training.tagger --train germeval2014-train.tsv --out tagger.npz

The word facts (``searchkit.training.word_facts``) come first.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from searchkit.errors import ConfigurationError
from searchkit.extract.features import OFFSETS, applies, form_features
from searchkit.extract.pieces import BOUNDARY
from searchkit.extract.tagger_model import LABELS, SCALE, TaggerModel
from searchkit.extract.word_facts import WordFacts
from searchkit.training.germeval import Sentence, read_sentences

RIDGE = 2.0
"""Strength of the L2 penalty; chosen among 0.02, 0.5, 1, 2 and 4 by cross-validation."""
MIN_COUNT = 2
BIASES = {"B-ORG": -0.4, "B-OTH": 0.2}
"""Organisations are what the model gets wrong most: .08 more precision for .02 less of their F1."""
_ITERATIONS = 150
_SMALLEST = 0.02
_WIDEST = 127


def train(sentences: Sequence[Sentence], facts: WordFacts, ridge: float = RIDGE) -> TaggerModel:
    """A model of some sentences.

    Args:
        sentences: what to learn from.
        facts: what the features look words up in.
        ridge: strength of the L2 penalty.
    """
    trainer = _crfsuite().Trainer(verbose=False)
    trainer.set_params(
        {
            "c1": 0.0,
            "c2": ridge,
            "max_iterations": _ITERATIONS,
            "feature.minfreq": MIN_COUNT,
            "feature.possible_transitions": True,
        }
    )
    attributes = _attributes(sentences, facts)
    for sentence in sentences:
        trainer.append([*_items(sentence.forms, attributes)], sentence.labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = _crfsuite().Tagger()
        tagger.open(path)
        learned = tagger.info()
        tagger.close()
    return _model(learned.state_features, learned.transitions, facts)


def _attributes(
    sentences: Iterable[Sentence], facts: WordFacts
) -> dict[str, tuple[list[str], ...]]:
    """Of every form, the names of its features by offset."""
    forms = list(dict.fromkeys([BOUNDARY, *(form for s in sentences for form in s.forms)]))
    columns = form_features(forms, facts)
    by_offset = []
    for offset in OFFSETS:
        numbers = [column.tolist() for name, column in columns.items() if applies(name, offset)]
        by_offset.append(
            [[f"{offset}:{n}" for n in ours if n] for ours in zip(*numbers, strict=True)]
        )
    return dict(zip(forms, zip(*by_offset, strict=True), strict=True))


def _items(
    forms: Sequence[str], attributes: dict[str, tuple[list[str], ...]]
) -> Iterable[list[str]]:
    """The features of each word of a sentence, those of its neighbours included."""
    padded = [BOUNDARY, BOUNDARY, *forms, BOUNDARY, BOUNDARY]
    for place in range(2, len(padded) - 2):
        yield [
            name
            for n, offset in enumerate(OFFSETS)
            for name in attributes[padded[place + offset]][n]
        ]


def _model(
    features: dict[tuple[str, str], float],
    steps: dict[tuple[str, str], float],
    facts: WordFacts,
) -> TaggerModel:
    kept = {name: weight for name, weight in features.items() if abs(weight) >= _SMALLEST}
    numbers = sorted({int(name.split(":")[1]) for name, _ in kept})
    places = {number: place for place, number in enumerate(numbers)}
    label_of = {label: n for n, label in enumerate(LABELS)}
    weights = np.zeros((len(numbers) + 1, len(OFFSETS), len(LABELS)))
    for (name, label), weight in kept.items():
        offset, number = map(int, name.split(":"))
        weights[places[number], OFFSETS.index(offset), label_of[label]] = weight
    transitions = np.zeros((len(LABELS), len(LABELS)), dtype=np.int32)
    for (source, target), weight in steps.items():
        transitions[label_of[source], label_of[target]] = round(weight * SCALE)
    step = float(np.abs(weights).max()) / _WIDEST
    return TaggerModel(
        np.array(numbers, dtype=np.uint32),
        np.rint(weights / step).astype(np.int8),
        step,
        transitions,
        np.array([round(BIASES.get(label, 0.0) * SCALE) for label in LABELS], dtype=np.int32),
        facts,
    )


def _crfsuite() -> Any:
    try:
        import pycrfsuite  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise ConfigurationError(
            "the tagger cannot be trained without python-crfsuite",
            "run: pip install python-crfsuite",
        ) from error
    return pycrfsuite


def main() -> None:
    """The command line of this script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    model = train([*read_sentences(arguments.train)], WordFacts.shipped())
    columns: dict[str, Any] = model.to_arrays()
    np.savez_compressed(arguments.out, **columns)
    print(f"{len(model.keys)} features, {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
