"""Writers that are killed, and readers beside a writer."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from searchkit import IndexLocked, Limits, Settings, check_index, open_index
from searchkit.store.folder import IndexFolder
from tests.faults.scenes import SETTINGS, answers, build, child

# Adds a document, and says so when the index has taken it.
WRITER = """
import sys
from searchkit import Document, open_index
from tests.faults.scenes import SETTINGS
folder, first = sys.argv[1], int(sys.argv[2])
with open_index(folder, settings=SETTINGS) as index:
    print("ready", flush=True)
    for number in range(first, first + 10_000):
        index.add([Document(f"new{number}", f"Eine Meldung, Nummer {number}.")])
        print(number, flush=True)
"""

# Replaces all documents again and again; each says of which round it is.
ROUNDS = """
import sys, time
from searchkit import open_index
from tests.faults.scenes import SETTINGS, documents
until = time.time() + float(sys.argv[2])
with open_index(sys.argv[1], settings=SETTINGS) as index:
    state = 0
    while time.time() < until:
        state += 1
        index.update(documents(12, state))
print(state)
"""

READER = """
import sys, time
from searchkit import open_index
from tests.faults.scenes import SETTINGS
until, count, seen = time.time() + float(sys.argv[2]), 0, set()
while time.time() < until:
    with open_index(sys.argv[1], settings=SETTINGS) as index:
        for _ in range(3):
            found = index.search("Gipfel", limit=50)
            states = {s.text.split("Zustand")[1].split()[0] for h in found.hits for s in h.snippets}
            assert (found.total, len(states)) == (12, 1), (found.total, states)
            assert index.complete("gip") and index.search("Gipfl").total == 12
            assert index.stats().size_bytes > 0
            seen |= states
            count += 1
print(count, len(seen))
"""


@pytest.fixture
def folder(tmp_path):
    build(tmp_path / "index")
    return tmp_path / "index"


def kill_writers(folder, kills):
    """Kill writers at random moments; nothing they have said is lost."""
    rng = random.Random(3)
    said: set[int] = set()
    for kill in range(kills):
        first = kill * 10_000
        writer = child(WRITER, folder, first)
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n", writer.stderr and writer.stderr.read()
        # However slow the machine, some are killed between commits and some within one.
        lines = [writer.stdout.readline() for _ in range(rng.randrange(4))]
        time.sleep(rng.uniform(0, 0.05))
        os.kill(writer.pid, signal.SIGKILL)
        lines += writer.communicate()[0].split("\n")
        said |= {int(line) for line in lines if line.strip().isdigit()}
        with open_index(folder, settings=SETTINGS) as index:
            held = {int(d.id[3:]) for d in index.scan() if d.id.startswith("new")}
        # What was written last may have been in force before it could be said.
        assert said <= held
        assert len(held - said) <= 1
        said = held
    assert check_index(folder).damages == ()
    return len(said)


def read_beside_a_writer(folder, readers, seconds):
    """How often was written; how often read in all, and the states seen."""
    writer = child(ROUNDS, folder, seconds)
    processes = [child(READER, folder, seconds) for _ in range(readers)]
    outputs = [process.communicate() for process in (writer, *processes)]
    assert [errors for _, errors in outputs if errors] == []
    assert check_index(folder).damages == ()
    return [tuple(map(int, output.split())) for output, _ in outputs]


def test_a_killed_writer_loses_nothing_it_has_acknowledged(folder):
    kill_writers(folder, 3)


@pytest.mark.long
def test_two_hundred_killed_writers(folder):
    acknowledged = kill_writers(folder, 200)
    print(f"{acknowledged} documents")
    assert acknowledged > 0


def test_readers_see_one_state_each_beside_a_writer(folder):
    (written,), *read = read_beside_a_writer(folder, 2, 2)
    assert written > 0
    assert all(count for count, _ in read)


@pytest.mark.long
def test_eight_readers_beside_a_writer_for_a_minute(folder):
    (written,), *read = read_beside_a_writer(folder, 8, 60)
    print(f"{written} commits, {sum(count for count, _ in read)} readings")
    assert written > 0


def test_the_holder_of_the_lock_is_named(folder):
    before = answers(folder)
    draft = IndexFolder(folder).begin(None, 0)
    hurried = Settings(extractor="none", limits=Limits(lock_timeout_s=0.01))
    with open_index(folder, settings=hurried) as index:
        with pytest.raises(IndexLocked, match=f"process {os.getpid()} "):
            index.remove(["d1"])
        draft.abort()
        assert index.remove(["unknown"]) == 0
    assert answers(folder) == before
