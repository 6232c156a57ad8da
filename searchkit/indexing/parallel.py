"""Indexing in several processes: each analyses documents and writes segments of its own.

A worker is a process of its own with a lexicon of its own. It is given batches of documents and
answers when it has taken each in; at the end it says which segments it wrote. The process that
reads the documents works as well: it takes every batch that finds all workers busy.

For an index that begins from nothing the words of the first documents are counted before anything
can be written. The workers count as well: what they are given before ``begin`` they keep.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue
from typing import Any, cast

from searchkit.config import Settings
from searchkit.engine.arrays.folder import SegmentInfo
from searchkit.errors import EngineError, SearchkitError
from searchkit.indexing.feed import Item
from searchkit.indexing.learning import FormCounts
from searchkit.store.arrays import Arrays

_MODULE = "searchkit.indexing.worker"

# So many batches wait for a worker that is busy: this process works on one as well, and reads the
# next before it comes back.
_MOST_WAITING = 3


@dataclass(frozen=True, slots=True)
class Count:
    """Asks a worker for the words of the documents it was given so far, as ``FormCounts``."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Tells a worker to write what it was given so far, and everything from now on.

    Args:
        folder: of the generation that is being made; what the parts of words are is known there.
        first_number: of its segments; the next are ``step`` further on each.
        step: how many processes share the numbers.
    """

    folder: Path
    first_number: int
    step: int


@dataclass(frozen=True, slots=True)
class Finish:
    """Tells a worker that no documents follow, and asks which segments it wrote."""


@dataclass(frozen=True, slots=True)
class Complete:
    """Asks for what completions need of the segments in a folder."""

    folder: Path


class Workers:
    """Other processes that index documents; to be ended with ``close`` or ``stop``.

    Args:
        settings: in force.
        count: how many; 0 for none, and all work is the caller's.
    """

    def __init__(self, settings: Settings, count: int) -> None:
        self._workers = [_Worker(settings) for _ in range(count)]

    def offer(self, batch: Sequence[Item]) -> bool:
        """Give a batch of documents to a worker that has time for it; False where none has.

        Raises:
            EngineError, SearchkitError: a worker failed, here and in what follows.
        """
        return any(worker.offer(batch) for worker in self._workers)

    def count(self) -> None:
        """Ask for the words of the documents given so far."""
        for worker in self._workers:
            worker.put(Count())

    def counts(self) -> list[FormCounts]:
        """What was asked for, worker by worker."""
        return [worker.answer() for worker in self._workers]

    def begin(self, folder: Path, first_number: int) -> None:
        """Have segments written, the first of them with numbers from ``first_number`` on."""
        for number, worker in enumerate(self._workers):
            worker.put(Begin(folder, first_number + number, len(self._workers) + 1))

    def take_back(self) -> Sequence[Item] | None:
        """A batch that still waits for a worker, to be worked on here; None where none does."""
        found = (worker.take_back() for worker in self._workers)
        return next((batch for batch in found if batch is not None), None)

    def finish(self) -> None:
        """Say that no documents follow."""
        for worker in self._workers:
            worker.put(Finish())

    def segments(self) -> list[SegmentInfo]:
        """Wait for all workers, which were told to ``finish``, and say what they wrote."""
        return [info for worker in self._workers for info in worker.answer()]

    def complete(self, folder: Path) -> bool:
        """Ask for what completions need of the segments in a folder; False where nobody can."""
        if self._workers:
            self._workers[0].put(Complete(folder))
        return bool(self._workers)

    def completion(self) -> Arrays:
        """What was asked for with ``complete``, as soon as it is made."""
        arrays: Arrays = self._workers[0].answer()
        return arrays

    def close(self) -> None:
        """Let the workers end."""
        for worker in self._workers:
            worker.put(None)

    def stop(self) -> None:
        """End the workers at once."""
        for worker in self._workers:
            worker.stop()


class _Mailbox:
    """Messages on their way to a process."""

    def __init__(self) -> None:
        self._waiting: deque[object] = deque()
        self._arrived = threading.Condition()

    def offer(self, batch: list[Item]) -> bool:
        """Leave a batch, unless enough is waiting."""
        with self._arrived:
            if len(self._waiting) >= _MOST_WAITING:
                return False
            self._waiting.append(batch)
            self._arrived.notify()
            return True

    def put(self, message: object) -> None:
        """Leave a message."""
        with self._arrived:
            self._waiting.append(message)
            self._arrived.notify()

    def get(self) -> object:
        """The message that came first, as soon as there is one."""
        with self._arrived:
            while not self._waiting:
                self._arrived.wait()
            return self._waiting.popleft()

    def take_back(self) -> list[Item] | None:
        """The message that came last, if it is a batch."""
        with self._arrived:
            is_batch = bool(self._waiting) and isinstance(self._waiting[-1], list)
            return cast("list[Item]", self._waiting.pop()) if is_batch else None


class _Worker:
    """A process and the thread that talks to it."""

    def __init__(self, settings: Settings) -> None:
        # A plain process rather than multiprocessing, which would run the caller's main module.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._messages = _Mailbox()
        # What was answered; None behind the last, or where the process failed.
        self._answers: Queue[Any] = Queue()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._talk, args=(settings,), daemon=True)
        self._thread.start()

    def offer(self, batch: Sequence[Item]) -> bool:
        self._raise_error()
        # The words are numbers of another process's lexicon.
        return self._messages.offer([replace(item, words=None) for item in batch])

    def put(self, message: object) -> None:
        """Send a message as soon as those before are done; None is the last."""
        self._messages.put(message)

    def take_back(self) -> Sequence[Item] | None:
        self._raise_error()
        return self._messages.take_back()

    def answer(self) -> Any:
        """Wait for what the process says to the next message that has an answer."""
        found = self._answers.get()
        if found is None:
            self._thread.join()
            self._raise_error()
        return found

    def stop(self) -> None:
        self._process.kill()
        self._messages.put(None)
        self._thread.join()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what was not yet sent has nobody to go to
                pipe.close()

    def _talk(self, settings: Settings) -> None:
        try:
            self._send(settings)
            message: object = settings
            while message is not None:
                message = self._messages.get()
                self._send(message)
                answer = self._receive()
                if answer is not None:
                    self._answers.put(answer)
        except (OSError, EOFError, pickle.PickleError) as error:
            self._error = self._last_word() or EngineError(
                f"a process that indexed documents ended: {type(error).__name__}",
                "run it again with --jobs 1; the index is as it was",
            )
        except SearchkitError as error:
            self._error = error
        finally:
            self._end()
            self._answers.put(None)

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

    def _last_word(self) -> SearchkitError | None:
        """Why the process ended, if it could say so before a message to it failed."""
        try:
            self._receive()
        except SearchkitError as error:
            return error
        except (OSError, EOFError, pickle.PickleError):
            pass
        return None

    def _raise_error(self) -> None:
        if self._error is not None:
            raise self._error
