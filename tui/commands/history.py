"""`deals history`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE, UsageError
from tui.commands.context import Context

USUAL = 20
"""How many entries are listed unless it is said."""


def add_arguments(parser: ArgumentParser) -> None:
    """How much of it."""
    parser.add_argument(
        "--limit", metavar="N", default=str(USUAL), help=f"so many entries (without it {USUAL})"
    )


def run(args: Namespace, context: Context) -> int:
    """List the journal's newest entries, and which of them are undone."""
    if not (args.limit.isdecimal() and args.limit.isascii() and 0 < int(args.limit) < 10**9):
        raise UsageError(f'--limit takes a number such as 50, not "{args.limit}".')
    with context.open_store() as store:
        actions = store.history.actions(int(args.limit))
    if context.json:
        from tui.commands.as_json_backups import action_json

        context.print_json([action_json(action) for action in actions])
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_backups import action_lines

    for line in action_lines(actions, context.today, width()):
        context.out.write(f"{line}\n")
    return DONE
