"""`deals move ID … STAGE`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from store import Outcome, Stage
from tui.commands import DONE, UsageError
from tui.commands.closing import add_reason_arguments, reason_meant
from tui.commands.context import Context
from tui.commands.reporting import report
from tui.commands.selection import deals_meant, pipelines_of, stage_meant, told_why


def add_arguments(parser: ArgumentParser) -> None:
    """The deals, the stage, and what the stage may ask for."""
    parser.add_argument("deals", nargs="+", metavar="ID", help="a deal's number, or a part of its name")
    parser.add_argument("stage", metavar="STAGE", help="the stage's name, or a part of it")
    parser.add_argument("--evidence", metavar="TEXT", help="what the buyer did that lets the deal in")
    add_reason_arguments(parser)


def run(args: Namespace, context: Context) -> int:
    """Move the deals, as one step that can be undone. A lost stage asks why."""
    with context.open_store() as store:
        meant = deals_meant(store, args.deals, context, anywhere=True)
        stage = stage_meant(store, args.stage, meant, context)
        reason = None
        if stage.outcome is Outcome.LOST:
            reason = reason_meant(pipelines_of(store, meant), args.reason, context)
        staying = all(deal.stage_id == stage.id for deal in meant)
        evidence = "" if staying else _evidence(stage, args.evidence, context)
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


def _evidence(stage: Stage, given: str | None, context: Context) -> str:
    """What was given; where the stage requires evidence and none was given, what is answered on a terminal."""
    if stage.evidence_required and not given:
        given = context.ask(f"What did the buyer do? ({stage.criterion})")
        if not given:
            asked = f" ({stage.criterion})" if stage.criterion else ""
            raise UsageError(f'"{stage.name}" needs evidence; say with --evidence what the buyer did{asked}.')
    return given or ""
