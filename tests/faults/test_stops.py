"""A process that ends, a machine without power, a disk that refuses: before every single call."""

from __future__ import annotations

import errno
import os
import random
import shutil
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest

from searchkit import IndexNotFound, StoreError
from tests.faults.disk import Disk, Stopped
from tests.faults.scenes import STEPS, answers

# So many points of each step are tried by the quick tests; the long ones try all.
QUICK = 4


@pytest.fixture(scope="module")
def golden(tmp_path_factory):
    """A copy of the index before each step, and what it answers before and after."""
    root = tmp_path_factory.mktemp("golden")
    found, before = {}, None
    for step, run in STEPS.items():
        start = root / step
        if (root / "index").exists():
            shutil.copytree(root / "index", start)
        else:
            start.mkdir()
        with Disk(root / "index").watching() as disk:
            run(root / "index")
        after = answers(root / "index")
        found[step] = (start, before, after, disk.calls)
        before = after
    return found


def points(calls, count):
    """Calls by number: all but writes in the midst of a file, of which the middle one is tried."""
    runs = [[n for n, _ in run] for _, run in groupby(enumerate(calls), key=lambda row: row[1])]
    every = sorted({n for run in runs for n in (run[0], run[len(run) // 2], run[-1])})
    return every if count is None else random.Random(5).sample(every, count)


def state_of(folder):
    try:
        return answers(folder)
    except IndexNotFound:
        return None


def litter(folder):
    allowed = {"CURRENT", "write.lock", "write.holder"}
    return {e.name for e in folder.iterdir() if not e.name.startswith("generation-")} - allowed


def interrupted(start, folder, step, number):
    """The disk after a process ended before a call."""
    shutil.copytree(start, folder)
    disk = Disk(folder, number)
    with pytest.raises(Stopped), disk.watching():
        STEPS[step](folder)
    return disk


def try_all(golden, step, tmp_path, count, check):
    start, before, after, calls = golden[step]
    tried = points(calls, count)
    for number in tried:
        folder = tmp_path / f"{number}"
        check(start, folder, step, number, before, after)
        STEPS[step](folder)
        assert answers(folder) == after, calls[number]
        assert not litter(folder), calls[number]
        # Stopped after the switch, nothing is left to do, and what is too old goes the next time.
        assert len(list(folder.glob("generation-*"))) <= 3
        shutil.rmtree(folder)
    assert tried


def stopped(start, folder, step, number, before, after):
    interrupted(start, folder, step, number)
    assert state_of(folder) in (before, after)


def without_power(lose, start, folder, step, number, before, after):
    disk = interrupted(start, folder, step, number)
    for file in disk.unsynced():
        lose(file)
    assert state_of(folder) in (before, after)


def refused(code, start, folder, step, number, before, after):
    shutil.copytree(start, folder)
    disk = Disk(folder, number, lambda: OSError(code, os.strerror(code)))
    try:
        with disk.watching():
            STEPS[step](folder)
    except StoreError:
        assert state_of(folder) in (before, after)
    else:
        # What can be done without was done without.
        assert answers(folder) == after
    assert number < len(disk.calls)


def halve(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


CHECKS = {
    "stop": stopped,
    "power-drops": partial(without_power, Path.unlink),
    "power-halves": partial(without_power, halve),
    "ENOSPC": partial(refused, errno.ENOSPC),
    "EIO": partial(refused, errno.EIO),
    "EACCES": partial(refused, errno.EACCES),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("check", CHECKS)
def test_some_points(golden, step, check, tmp_path):
    try_all(golden, step, tmp_path, QUICK, CHECKS[check])


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("check", CHECKS)
def test_every_point(golden, step, check, tmp_path):
    try_all(golden, step, tmp_path, None, CHECKS[check])
