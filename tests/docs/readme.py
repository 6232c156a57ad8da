"""The README's commands and examples, run one after the other in a folder like a fresh clone."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
_PERSONAL = ("COLUMNS", "FORCE_COLOR", "LC_", "LANG", "SEARCHKIT_")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A command or program of the README, and what it says it prints."""

    kind: str
    code: str
    output: str


def examples(text: str) -> list[Example]:
    """Commands (``sh``, ``console``) and programs (``python``), in order."""
    blocks = [*_BLOCK.findall(text), ("", "")]
    found = []
    for (kind, body), (following, output) in pairwise(blocks):
        if kind == "console":
            command, _, printed = body.partition("\n")
            found.append(Example(kind, command.removeprefix("$ "), printed))
        elif kind in ("sh", "python"):
            found.append(Example(kind, body, output if following == "text" else ""))
    return found


class Runner:
    """Runs examples in one folder; programs share their names, as in one session."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, object] = {}
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        (folder / "index").mkdir()

    def run(self, example: Example) -> str:
        """What an example prints; of the set-up commands only the part after the installation."""
        if example.kind == "python":
            return self._python(example.code)
        return self._command(example.code.strip().rpartition(" && ")[2])

    def _command(self, command: str) -> str:
        program, *arguments = shlex.split(command)
        assert Path(program).name == "searchkit", command
        environment = {k: v for k, v in os.environ.items() if not k.startswith(_PERSONAL)}
        finished = subprocess.run(
            [sys.executable, "-m", "searchkit", *arguments],
            cwd=self._folder,
            env=environment
            | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return finished.stdout

    def _python(self, code: str) -> str:
        printed = io.StringIO()
        before = Path.cwd()
        os.chdir(self._folder)
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(code, "README.md", "exec"), self._names)
        finally:
            os.chdir(before)
        return printed.getvalue()


def comparable(output: str) -> str:
    """Output without what differs from run to run: times."""
    return re.sub(r"\d+(\.\d+)? (ms|s)\b", "N ms", output).strip()


def refreshed(text: str, folder: Path) -> str:
    """The README with the output its examples print now."""
    runner = Runner(folder)
    for example in examples(text):
        if example.kind == "sh" and "pytest" in example.code:
            continue
        output = runner.run(example).rstrip("\n") + "\n"
        if example.kind == "console":
            old, new = (f"$ {example.code}\n{o}```" for o in (example.output, output))
        else:
            old, new = (f"{example.code}```\n\n```text\n{o}```" for o in (example.output, output))
        text = text.replace(old, new)
    return text


if __name__ == "__main__":  # python -m tests.docs.readme writes the README anew
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        README.write_text(refreshed(README.read_text("utf-8"), Path(name)), encoding="utf-8")
