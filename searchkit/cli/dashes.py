"""Words that look like options: ``searchkit query Gipfel -Washington``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import click

from searchkit.cli.layout import Command
from searchkit.cli.options import command_line


class QueryCommand(Command):
    """A command whose words may look like options (``-Washington``) though none is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; where a word was taken for an option, say how to write it."""
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            arguments = with_dashes(typed, self.params)
            raise WordTakenForOption(error.option_name, arguments, ctx) from error


class WordTakenForOption(click.UsageError):
    """A word with a dash; ``hint`` is the command that makes it part of the query."""

    def __init__(self, option: str, arguments: Sequence[str], ctx: click.Context) -> None:
        super().__init__(f"there is no option {option}", ctx)
        self.hint = f"{command_line('query', arguments)} (what follows -- is all query)"


def with_dashes(arguments: Sequence[str], parameters: Sequence[click.Parameter]) -> list[str]:
    """Arguments with all options first, then ``--``, then all else as the words of a query.

    Args:
        arguments: as typed.
        parameters: the options there are.

    >>> limit = click.Option(["-n"])
    >>> with_dashes(["Gipfel", "-n", "3", "-Moskau"], [limit])
    ['-n', '3', '--', 'Gipfel', '-Moskau']
    """
    known = {name: option for option in parameters for name in option.opts}
    options: list[str] = []
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        option = known.get(argument.partition("=")[0]) if argument.startswith("-") else None
        (words if option is None else options).append(argument)
        if isinstance(option, click.Option) and not option.is_flag and "=" not in argument:
            options += islice(rest, 1)
    return [*options, "--", *words]
