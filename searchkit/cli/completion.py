"""``searchkit completion``: let a shell complete commands, options, words and values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from searchkit.cli.bash import Bash
from searchkit.cli.layout import Command
from searchkit.cli.options import Choice
from searchkit.cli.shell import VARIABLE
from searchkit.cli.terminal import write_result

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion", cls=Command, short_help="Let a shell complete what is typed.")
@click.argument("shell", type=Choice(_SHELLS), metavar="SHELL")
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Write the script that lets SHELL (bash, zsh or fish) complete what is typed.

    Then the tab key completes commands and options, the words of a query, and the names and
    values of facets.

    \b
    Examples:
      eval "$(searchkit completion bash)"                      in ~/.bashrc
      eval "$(searchkit completion zsh)"                       in ~/.zshrc
      searchkit completion fish > ~/.config/fish/completions/searchkit.fish
    """
    completion = Bash if shell == "bash" else get_completion_class(shell)
    assert completion is not None
    program = ctx.find_root().command
    write_result(completion(program, {}, "searchkit", VARIABLE).source() + "\n")
    return 0
