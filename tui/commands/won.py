"""`deals won ID …`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from store import Deal, Outcome, Store
from tui.commands import DONE
from tui.commands.asking import add_evidence_argument, evidence_meant, may_leave
from tui.commands.context import Context
from tui.commands.reporting import report
from tui.commands.selection import deals_meant, pipelines_of, told_why


def add_arguments(parser: ArgumentParser) -> None:
    """The deals, and what the won stage may ask for."""
    parser.add_argument("deals", nargs="+", metavar="ID", help="a deal's number, or a part of its name")
    add_evidence_argument(parser)


def run(args: Namespace, context: Context) -> int:
    """Move the deals to the first won stage of their pipeline, as one step that can be undone."""
    with context.open_store() as store:
        meant = deals_meant(store, args.deals, context)
        closing = [deal for deal in meant if deal.outcome is not Outcome.WON]
        evidence = _evidence(store, closing, args.evidence, context)
        if not may_leave(store, closing, context):
            return DONE
        done = store.deals.win([deal.id for deal in meant], context.now, evidence)
        report(store, told_why(done, meant, "won"), context)
    return DONE


def _evidence(store: Store, closing: Sequence[Deal], given: str | None, context: Context) -> str:
    """What was given or answered, asked once for each won stage that deals come to until there is an answer."""
    for pipeline in pipelines_of(store, closing):
        stage = next(stage for stage in pipeline.stages if stage.outcome is Outcome.WON)
        given = evidence_meant(stage, given, context) or given
    return given or ""
