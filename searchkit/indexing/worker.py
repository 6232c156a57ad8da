"""A process that indexes documents for another; see ``searchkit.indexing.parallel``."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from searchkit.config import Settings
from searchkit.engine.arrays.engine import open_reader
from searchkit.engine.arrays.folder import SegmentInfo
from searchkit.engine.arrays.guard import writing
from searchkit.engine.arrays.maker import SegmentMaker
from searchkit.errors import EngineError, SearchkitError
from searchkit.extract.registry import make_extractor
from searchkit.indexing.collection import rare_collections
from searchkit.indexing.convert import Converter
from searchkit.indexing.feed import Item
from searchkit.indexing.learning import FormCounts
from searchkit.indexing.parallel import Begin, Complete, Count, Finish
from searchkit.indexing.vocabulary import CountedWords, completion_arrays
from searchkit.indexing.words import read_words
from searchkit.store.arrays import Arrays
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
    """What to say to each message, None to most."""
    indexer = _Indexer(pickle.load(messages))
    message: object = ()
    while message is not None:
        message = pickle.load(messages)
        yield indexer.answer(message)
        if isinstance(message, Count):
            indexer.name_held()


class _Indexer:
    """Does what another process asks for."""

    def __init__(self, settings: Settings) -> None:
        self._compounds = settings.compounds
        self._ranking = settings.ranking
        self._lexicon = Lexicon(None, settings.word_patterns)
        self._converter = Converter(self._lexicon, make_extractor(settings.extractor))
        self._held: list[Sequence[Item]] = []
        self._folder = Path()
        self._maker: SegmentMaker | None = None

    def answer(self, message: Any) -> Any:
        if isinstance(message, Count):
            return self._counts()
        if isinstance(message, Begin):
            return self._begin(message)
        if isinstance(message, Finish):
            return self._segments()
        if isinstance(message, Complete):
            return self._completion(message.folder)
        if message is None:
            return None
        if self._maker is None:
            self._held.append(self._converter.analysed(message))
        else:
            self._write(self._maker, message)
        return None

    def name_held(self) -> None:
        """Find what the documents name that were counted, while the other process is busy with the
        counts.
        """
        self._held = [self._converter.named(batch) for batch in self._held]

    def _counts(self) -> FormCounts:
        texts = [item.words for batch in self._held for item in batch if item.words]
        return FormCounts.of_texts(self._lexicon.forms, texts)

    def _begin(self, message: Begin) -> None:
        self._folder = message.folder
        if self._compounds:
            self._lexicon.adopt(read_words(message.folder))
        self._maker = SegmentMaker(
            message.folder, self._lexicon, message.first_number, message.step
        )
        held, self._held = self._held, []
        for batch in held:
            self._write(self._maker, batch)

    def _write(self, maker: SegmentMaker, batch: Sequence[Item]) -> None:
        with writing(self._folder):
            for document in self._converter.convert(batch):
                maker.add(document)

    def _segments(self) -> list[SegmentInfo]:
        assert self._maker is not None, "nothing was begun"
        self._lexicon.forget_chunks()  # the segment needs the memory
        with writing(self._folder):
            self._maker.flush()
        return self._maker.infos

    def _completion(self, folder: Path) -> Arrays:
        reader = open_reader(folder, self._ranking)
        arrays = completion_arrays(CountedWords.of(reader), reader)
        reader.close()
        return arrays


def _send(answers: BinaryIO, answer: object) -> None:
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


if __name__ == "__main__":
    main()
