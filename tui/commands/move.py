"""`deals move ID … STAGE`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from store import Outcome
from tui.commands import DONE
from tui.commands.asking import add_evidence_argument, evidence_meant, may_leave
from tui.commands.closing import add_reason_arguments, reason_meant
from tui.commands.context import Context
from tui.commands.reporting import report
from tui.commands.selection import deals_meant, pipelines_of, stage_meant, told_why


def add_arguments(parser: ArgumentParser) -> None:
    """The deals, the stage, and what the stage may ask for."""
    parser.add_argument("deals", nargs="+", metavar="ID", help="a deal's number, or a part of its name")
    parser.add_argument("stage", metavar="STAGE", help="the stage's name, or a part of it")
    add_evidence_argument(parser)
    add_reason_arguments(parser)


def run(args: Namespace, context: Context) -> int:
    """Move the deals, as one step that can be undone. A lost stage asks why, another one what the buyer did."""
    with context.open_store() as store:
        meant = deals_meant(store, args.deals, context, anywhere=True)
        stage = stage_meant(store, args.stage, meant, context)
        moving = [deal for deal in meant if deal.stage_id != stage.id]
        reason = None
        if stage.outcome is Outcome.LOST:
            reason = reason_meant(pipelines_of(store, meant), args.reason, context)
        evidence = evidence_meant(stage, args.evidence, context) if moving else ""
        if stage.outcome is not Outcome.LOST and not may_leave(store, moving, context):
            return DONE
        done = store.deals.move(
            [deal.id for deal in meant],
            stage.id,
            context.now,
            evidence=evidence,
            lost_reason=reason,
            lost_note=args.note,
        )
        report(store, told_why(done, meant, f"in {stage.name}"), context)
    return DONE
