"""A process that indexes documents for another; see ``searchkit.indexing.parallel``."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.engine.arrays.guard import writing
from searchkit.engine.arrays.maker import SegmentMaker
from searchkit.errors import EngineError, SearchkitError
from searchkit.extract.registry import make_extractor
from searchkit.indexing.collection import rare_collections
from searchkit.indexing.convert import Converter
from searchkit.indexing.parallel import Assignment
from searchkit.indexing.words import read_words
from searchkit.text.lexicon import Lexicon


def main() -> None:
    """Take batches from standard input and index them; answer on standard output."""
    answers = sys.stdout.buffer
    try:
        with rare_collections():
            for answer in _answers(sys.stdin.buffer):
                _send(answers, answer)
    except SearchkitError as error:
        _send(answers, error)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return  # the other process is gone; so is what this was for
    except Exception as error:
        _send(answers, EngineError(f"indexing failed: {type(error).__name__}: {error}"))


def _answers(messages: BinaryIO) -> Iterator[Any]:
    """What to say to each message: None to a batch that was taken in, the segments at the end."""
    assignment: Assignment = pickle.load(messages)
    settings = assignment.settings
    splitter = read_words(assignment.folder) if settings.compounds else None
    lexicon = Lexicon(splitter, settings.word_patterns)
    converter = Converter(lexicon, make_extractor(settings.extractor))
    maker = SegmentMaker(assignment.folder, lexicon, assignment.first_number, assignment.step)
    while (batch := pickle.load(messages)) is not None:
        with writing(assignment.folder):
            for document in converter.convert(batch):
                maker.add(document)
        yield None
    with writing(assignment.folder):
        maker.flush()
    yield maker.infos


def _send(answers: BinaryIO, answer: object) -> None:
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


if __name__ == "__main__":
    main()
