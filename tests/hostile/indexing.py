"""Indexes a folder in a process of its own, and says what that took and what it touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.docs.readme import ROOT

# No more than this for whatever lies in a corpus.
MEMORY_BYTES = 1_000_000_000

_CHILD = """
import json, os, resource, sys, time
from pathlib import Path
opened = []
def peak_bytes():
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    except OSError:
        # On Linux this counts the process that started this one, too.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str):
        opened.append(os.path.abspath(arguments[0]))
sys.addaudithook(watch)
from searchkit import build_index, SearchkitError, Settings
settings = Settings(extractor=sys.argv[3])
began = time.process_time()
try:
    with build_index(sys.argv[1], sys.argv[2], settings=settings) as index:
        report = index.last_update
        found = index.search("Gipfel", limit=1).total
except SearchkitError as error:
    print(json.dumps({"error": error.code}))
    sys.exit()
print(json.dumps({
    "added": report.added,
    "lost": [problem.reason for problem in report.problems if problem.lost],
    "remarks": [problem.reason for problem in report.problems if not problem.lost],
    "skipped": dict(report.skipped),
    "found": found,
    "cpu_s": time.process_time() - began,
    "memory_bytes": peak_bytes(),
    "opened": opened,
}))
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a folder: documents, reasons, what a search for Gipfel finds, and the cost."""

    added: int = 0
    lost: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    found: int = 0
    cpu_s: float = 0.0
    memory_bytes: int = 0
    opened: tuple[str, ...] = ()
    error: str = ""


def index_apart(folder: Path, index: Path, extractor: str = "default") -> Outcome:
    """Index a folder; whatever hangs is ended after ten minutes."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder), str(index), extractor],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert not done.returncode, done.stderr
    told = json.loads(done.stdout)
    told["skipped"] = tuple(sorted(told.get("skipped", {}).items()))
    return Outcome(**{name: tuple(v) if isinstance(v, list) else v for name, v in told.items()})
