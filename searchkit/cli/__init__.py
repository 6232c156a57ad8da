"""The command line: ``searchkit`` and ``python -m searchkit``.

Only click is imported here; each command lives in a module of its own that is loaded when it is
called. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from searchkit._version import __version__
from searchkit.cli.errors import exit_status
from searchkit.cli.terminal import prepare_streams, silence_output, write_result

COMMANDS = (
    *("index", "query", "show", "similar", "facets", "complete", "status"),
    *("check", "restore"),
    *("eval", "help", "completion"),
)
_NAME = "searchkit"
# What other programs and people call some of the commands.
_OTHER_NAMES = {
    "query": ("search", "find", "grep", "ask", "suche", "suchen", "finde", "finden"),
    "index": ("add", "build", "update", "reindex"),
    "show": ("get", "cat", "view", "print", "zeige"),
    "similar": ("like", "more", "mlt"),
    "status": ("info", "stats", "stat"),
    "check": ("verify", "fsck"),
    "help": ("hilfe", "man"),
}


class Program(click.Group):
    """The group of commands; reports every error in the same two lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module = import_module(f"searchkit.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name, or name the nearest there is."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        raise UnknownCommand(args, ctx)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the arguments; ``--help`` and ``--version`` write at once, perhaps to nobody."""
        try:
            return super().make_context(*args, **kwargs)
        except BrokenPipeError:
            silence_output()
            raise click.exceptions.Exit(0) from None

    def invoke(self, ctx: click.Context) -> int:
        """Run a command. Its errors are met here, as click answers a closed pipe with 1."""
        return exit_status(lambda: super(Program, self).invoke(ctx))

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program and leave Python with its exit status."""
        sys.exit(main(args[0] if args else kwargs.get("args")))


class UnknownCommand(click.UsageError):
    """A command that does not exist; ``hint`` names the nearest."""

    def __init__(self, arguments: Sequence[str], ctx: click.Context) -> None:
        from difflib import get_close_matches

        from searchkit.cli.options import command_line

        name, *others = arguments
        super().__init__(f"there is no command {name!r}", ctx)
        meant = next((c for c, names in _OTHER_NAMES.items() if name.lower() in names), "")
        nearest = [meant] if meant else get_close_matches(name, COMMANDS, n=1)
        self.hint = (
            command_line(nearest[0], others)
            if nearest
            else f"to search: {command_line('query', arguments)}; or one of {', '.join(COMMANDS)}"
        )


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Full-text search for German texts.

    \b
    Examples:
      searchkit query "Gipfel Washington"
      searchkit index FOLDER
      searchkit query --facet person --from 2018 Gipfel
      searchkit help query

    Exit status: 0 found or done, 1 nothing found, 2 error.
    """
    if ctx.invoked_subcommand is None:
        write_result(ctx.get_help() + "\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: the arguments without the program's name; those of the process unless given.

    Returns:
        The exit status: 0 found or done, 1 nothing found (or, with ``index --strict``, a text
        left out), 2 error, 130 interrupted.
    """
    prepare_streams()
    if "COMP_LINE" in os.environ:  # bash asks what to offer
        from click.shell_completion import add_completion_class

        from searchkit.cli.bash import Bash

        add_completion_class(Bash)
    arguments = None if argv is None else list(argv)
    return exit_status(
        lambda: click.Group.main(cli, arguments, prog_name=_NAME, standalone_mode=False)
    )
