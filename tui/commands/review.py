"""`deals review`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from tui.commands import DONE, CommandError
from tui.commands.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store import Deal, Similar, Store


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace, context: Context) -> int:
    """Go through the stuck deals one at a time, then those with no next step; printed where there is no terminal."""
    if context.opens_the_app:
        return _opened(context)
    from store import StuckList

    with context.open_store() as store:
        pipeline, today = context.pipeline_in(store), context.today
        listed = store.read.stuck(pipeline.id, today)
        ids = [deal.id for deal in (*listed.stuck, *listed.no_next_step)]
        deals = {deal.id: deal for deal in store.read.deals(ids, today)}
        stuck = tuple(deals[deal.id] for deal in listed.stuck)
        nudged = tuple(deals[deal.id] for deal in listed.no_next_step)
        similar = _similar(store, stuck)
    found = StuckList(today, stuck, nudged, listed.at_stake)
    if context.json:
        from tui.commands.as_json_review import review_json

        context.print_json(review_json(found, similar))
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_review import review_lines

    for line in review_lines(found, pipeline, similar, width()):
        context.out.write(f"{line}\n")
    return DONE


def _opened(context: Context) -> int:
    import gc

    from tui.launch import run_app

    if not context.file.is_there():
        raise CommandError(context.no_file())
    gc.enable()
    return run_app(context.file.path, pipeline=context.pipeline, today=context.clock.day, review=True)


def _similar(store: Store, deals: Iterable[Deal]) -> Mapping[int, Similar]:
    """By deal, what became of those that were as silent in its stage; each stage is read once."""
    from store import Silences, StuckKind

    stages: dict[int, Silences] = {}
    found: dict[int, Similar] = {}
    for deal in deals:
        idle = next((reason.days for reason in deal.stuck if reason.kind is StuckKind.IDLE), None)
        if idle is None:
            continue
        if deal.stage_id not in stages:
            stages[deal.stage_id] = Silences(store.read.silences(deal.stage_id))
        similar = stages[deal.stage_id].similar(idle)
        if similar is not None:
            found[deal.id] = similar
    return found
