"""Indexing in several processes: each analyses documents and writes segments of its own.

A worker is a process of its own with a lexicon of its own. It is given batches of documents and
answers when it has taken each in; at the end it says which segments it wrote. The process that
reads the documents works as well: it takes every batch that finds all workers busy.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Full, Queue
from typing import Any

from searchkit.config import Settings
from searchkit.engine.arrays.folder import SegmentInfo
from searchkit.errors import EngineError, SearchkitError
from searchkit.indexing.convert import Changed

_MODULE = "searchkit.indexing.worker"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker needs to know.

    Args:
        folder: of the generation that is being made.
        settings: in force.
        first_number: of its segments; the next are ``step`` further on each.
        step: how many processes share the numbers.
    """

    folder: Path
    settings: Settings
    first_number: int
    step: int


class Workers:
    """Other processes that index documents; to be ended with ``finish`` or ``stop``.

    Args:
        assignments: one for each process.
    """

    def __init__(self, assignments: Sequence[Assignment]) -> None:
        self._workers = [_Worker(assignment) for assignment in assignments]

    def offer(self, batch: Sequence[Changed]) -> bool:
        """Give a batch of documents to a worker that has time for it; False where none has.

        Raises:
            EngineError, SearchkitError: a worker failed.
        """
        return any(worker.offer(batch) for worker in self._workers)

    def finish(self) -> list[SegmentInfo]:
        """Wait for all workers, and say which segments they wrote.

        Raises:
            EngineError, SearchkitError: a worker failed.
        """
        for worker in self._workers:
            worker.close()
        return [info for worker in self._workers for info in worker.segments()]

    def stop(self) -> None:
        """End the workers at once."""
        for worker in self._workers:
            worker.stop()


class _Worker:
    """A process and the thread that talks to it."""

    def __init__(self, assignment: Assignment) -> None:
        # A plain process rather than multiprocessing, which would run the caller's main module.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._batches: Queue[Sequence[Changed] | None] = Queue(maxsize=1)
        self._segments: list[SegmentInfo] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._talk, args=(assignment,), daemon=True)
        self._thread.start()

    def offer(self, batch: Sequence[Changed]) -> bool:
        self._raise_error()
        # The words are numbers of another process's lexicon.
        bare = [replace(changed, words=None) for changed in batch]
        try:
            self._batches.put_nowait(bare)
        except Full:
            return False
        return True

    def close(self) -> None:
        """No further batches."""
        while self._thread.is_alive():
            try:
                self._batches.put(None, timeout=0.1)
                return
            except Full:
                continue

    def segments(self) -> list[SegmentInfo]:
        self._thread.join()
        self._raise_error()
        return self._segments

    def stop(self) -> None:
        self._process.kill()
        with suppress(Full):  # then the thread is about to see that nobody listens
            self._batches.put_nowait(None)
        self._thread.join()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what was not yet sent has nobody to go to
                pipe.close()

    def _talk(self, assignment: Assignment) -> None:
        try:
            self._send(assignment)
            while (batch := self._batches.get()) is not None:
                self._send(batch)
                self._receive()
            self._send(None)
            self._segments = self._receive()
        except (OSError, EOFError, pickle.PickleError) as error:
            self._error = EngineError(
                f"a process that indexed documents ended: {type(error).__name__}",
                "run it again with --jobs 1; the index is as it was",
            )
        except SearchkitError as error:
            self._error = error
        finally:
            self._end()

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        pickle.dump(message, self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def _receive(self) -> Any:
        """The answer of our own process, which is no stranger: its pickles can be trusted."""
        assert self._process.stdout is not None
        answer = pickle.load(self._process.stdout)
        if isinstance(answer, SearchkitError):
            raise answer
        return answer

    def _raise_error(self) -> None:
        if self._error is not None:
            raise self._error
