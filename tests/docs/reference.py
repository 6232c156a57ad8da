"""The README's reference: the help of every command, as the program prints it."""

from __future__ import annotations

import os
import subprocess
import sys

from searchkit.cli import COMMANDS
from searchkit.cli.layout import COMMON_HEADING
from tests.docs.readme import README, ROOT

BEGIN, END = "<!-- reference: begin -->\n", "<!-- reference: end -->\n"


def help_of(command: str) -> str:
    """What a command says of itself, 80 columns wide."""
    environment = {**os.environ, "COLUMNS": "82", "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-m", "searchkit", command, "--help"]
    return subprocess.run(
        arguments, env=environment, capture_output=True, encoding="utf-8", check=True
    ).stdout


def reference() -> str:
    """The options of every command once, then each command with its own."""
    helps = {command: help_of(command).partition(f"\n{COMMON_HEADING}:\n") for command in COMMANDS}
    common = helps["query"][2]
    parts = [f"{COMMON_HEADING}:\n\n```text\n{common}```\n"]
    for command, (own, _, _) in helps.items():
        parts.append(f"### searchkit {command}\n\n```text\n{own}```\n")
    return "\n".join(parts)


def with_reference(text: str) -> str:
    """The README with the reference as it is now."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{reference()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":  # python -m tests.docs.reference writes it anew
    README.write_text(with_reference(README.read_text("utf-8")), encoding="utf-8")
