"""`deals lost ID … --reason REASON`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE
from tui.commands.closing import add_reason_arguments, reason_meant
from tui.commands.context import Context
from tui.commands.reporting import report
from tui.commands.selection import deals_meant, pipelines_of, told_why


def add_arguments(parser: ArgumentParser) -> None:
    """The deals and why."""
    parser.add_argument("deals", nargs="+", metavar="ID", help="a deal's number, or a part of its name")
    add_reason_arguments(parser)


def run(args: Namespace, context: Context) -> int:
    """Move the deals to the lost stage of their pipeline, as one step that can be undone.

    Those that are lost already take the reason.
    """
    with context.open_store() as store:
        meant = deals_meant(store, args.deals, context)
        reason = reason_meant(pipelines_of(store, meant), args.reason, context)
        done = store.deals.lose([deal.id for deal in meant], reason, context.now, note=args.note)
        report(store, told_why(done, meant, f"lost ({reason})"), context)
    return DONE
