"""`deals completion SHELL`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE
from tui.commands.context import Context

SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: ArgumentParser) -> None:
    """The shell."""
    parser.add_argument("shell", choices=SHELLS, help="the shell to complete in")


def run(args: Namespace, context: Context) -> int:
    """Print a script that makes the shell complete commands, options, stages and deals."""
    from tui.commands.completion_scripts import script

    context.out.write(script(args.shell))
    return DONE
