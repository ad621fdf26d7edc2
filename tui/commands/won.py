"""`deals won ID …`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE
from tui.commands.context import Context
from tui.commands.reporting import report
from tui.commands.selection import deals_meant, told_why


def add_arguments(parser: ArgumentParser) -> None:
    """The deals."""
    parser.add_argument("deals", nargs="+", metavar="ID", help="a deal's number, or a part of its name")


def run(args: Namespace, context: Context) -> int:
    """Move the deals to the first won stage of their pipeline, as one step that can be undone."""
    with context.open_store() as store:
        meant = deals_meant(store, args.deals, context)
        done = store.deals.win([deal.id for deal in meant], context.now)
        report(store, told_why(done, meant, "won"), context)
    return DONE
