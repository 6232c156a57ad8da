"""Completion in bash, which cuts words at ``=`` and ``:`` and takes a value with blanks for two.

click hands on the words as bash cut them; here the line as it was typed is read instead.
"""

from __future__ import annotations

import os
import re

from click.shell_completion import BashComplete, CompletionItem, split_arg_string

_SCRIPT = """\
%(complete_func)s() {
    local completion
    COMPREPLY=()
    while IFS= read -r completion; do
        [[ -n $completion ]] && COMPREPLY+=("$completion")
    done < <(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1")
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace
    fi
}

complete -o nosort -o default -F %(complete_func)s %(prog_name)s
"""
# Where bash cuts words besides blanks: $COMP_WORDBREAKS, unless somebody changed it.
_CUT = re.compile(r".*[=:]", re.DOTALL)
_UNSAFE = re.compile(r"[^\w@%+=:,./~-]")


class Bash(BashComplete):
    """What bash offers, written so that it can stand in the line."""

    source_template = _SCRIPT

    def get_completion_args(self) -> tuple[list[str], str]:
        """The finished words, and the one that is being typed."""
        line = os.environ["COMP_LINE"]
        words = split_arg_string(line)
        # A mark behind the line is a word of its own unless it is inside the last one.
        self._in_word = len(split_arg_string(line + "x")) == len(words)
        self._in_quotes = split_arg_string(line + " x")[-1] != "x"
        incomplete = words.pop() if self._in_word or self._in_quotes else ""
        cut = None if self._in_quotes else _CUT.match(incomplete)
        self._before = cut[0] if cut else ""
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """A completion from where bash cut the word, with a backslash before what needs one."""
        if item.type != "plain":
            return ""  # the names of files are bash's own business
        value = str(item.value).removeprefix(self._before)
        return value if self._in_quotes else _UNSAFE.sub(r"\\\g<0>", value)
