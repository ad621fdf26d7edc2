"""What a move asks on a terminal: what the buyer did, and whether to go on with something left undone."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

from store import Deal, Outcome, Stage, Store
from tui.commands import UsageError
from tui.commands.context import Context
from tui.commands.selection import pipelines_of

YES = ("", "y", "yes")


def add_evidence_argument(parser: ArgumentParser) -> None:
    """`--evidence`."""
    parser.add_argument("--evidence", metavar="TEXT", help="what the buyer did that lets the deal in")


def evidence_meant(stage: Stage, given: str | None, context: Context) -> str:
    """What was given; where nothing was and the stage asks, what is answered on a terminal (nothing skips).

    Raises `UsageError` where the stage requires evidence and there is none.
    """
    if given is None and stage.asks_evidence:
        criterion = f" ({stage.criterion})" if stage.criterion else ""
        skip = "" if stage.evidence_required else " Enter skips."
        given = context.ask(f"{stage.name}: what did the buyer do?{criterion}{skip}")
    if stage.evidence_required and not given:
        asked = f" ({stage.criterion})" if stage.criterion else ""
        raise UsageError(f'"{stage.name}" needs evidence; say with --evidence what the buyer did{asked}.')
    return given or ""


def may_leave(store: Store, deals: Sequence[Deal], context: Context) -> bool:
    """Tell which required items of their checklists `deals` leave undone.

    Where somebody is there it is asked whether to go on; else it is only told.
    """
    asking = {
        stage.id
        for pipeline in pipelines_of(store, deals)
        for stage in pipeline.stages
        if stage.has_required_items
    }
    leaving = [deal for deal in deals if deal.outcome is Outcome.OPEN and deal.stage_id in asking]
    if not leaving:
        return True
    found = store.read.unticked([deal.id for deal in leaving])
    for deal in leaving:
        if items := found.get(deal.id):
            titles = "; ".join(item.title for item in items)
            context.tell(f"{deal.name}: not ticked yet in {deal.stage}: {titles}")
    if not found or not context.interactive:
        return True
    answer = context.ask("Move anyway? [Y/n]")
    if answer is not None and answer.casefold() in YES:
        return True
    context.tell("Nothing was moved.")
    return False
