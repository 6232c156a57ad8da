"""The README tells the truth: every command and example prints what it shows."""

from __future__ import annotations

from tests.docs.readme import README, Runner, comparable, examples
from tests.docs.reference import with_reference


def test_every_example(tmp_path):
    runner = Runner(tmp_path)
    found = examples(README.read_text(encoding="utf-8"))
    assert len(found) >= 6
    for example in found:
        if example.kind == "sh" and "pytest" in example.code:
            continue  # the command that runs this very test
        assert comparable(runner.run(example)) == comparable(example.output), example.code


def test_two_commands_set_everything_up():
    commands = [e.code for e in examples(README.read_text("utf-8")) if e.kind == "sh"]
    setup, tests = commands
    assert setup.count("\n") == tests.count("\n") == 1  # one line each
    assert setup.strip().endswith('searchkit query "Gipfel Washington"')
    assert all(command.startswith("python3 -m venv .venv && ") for command in commands)


def test_the_reference_is_the_help_of_the_commands():
    text = README.read_text("utf-8")
    assert with_reference(text) == text, "python -m tests.docs.reference writes it anew"
