"""`deals list [FILTER …]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import Final

from store import Deal, Pipeline, SavedView, Sort, Store, parse_filter, pick, sort_deals
from tui.commands import DONE, CommandError, UsageError
from tui.commands.context import Context

ORDERS: Final = {
    "order": Sort.ORDER,
    "amount": Sort.AMOUNT,
    "close": Sort.CLOSE_DATE,
    "idle": Sort.IDLE,
    "name": Sort.NAME,
}
"""How the orders are called here."""


def add_arguments(parser: ArgumentParser) -> None:
    """What to list."""
    parser.add_argument(
        "filter",
        nargs="*",
        metavar="FILTER",
        help="words as in the app's filter: stage:product amount>10k tag:eu -tag:old close<eom stuck acme",
    )
    parser.add_argument("--all", action="store_true", help="the closed deals too")
    parser.add_argument("--stage", metavar="STAGE", help="only this stage, also a won or lost one")
    parser.add_argument("--stuck", action="store_true", help="only the stuck ones")
    parser.add_argument("--view", metavar="VIEW", help="with the filter and the order of a saved view")
    parser.add_argument("--sort", choices=tuple(ORDERS), help="another order than the board's")


def run(args: Namespace, context: Context) -> int:
    """Print the open deals in the board's order, or those that the options and the filter let through."""
    with context.open_store() as store:
        pipeline = context.pipeline_in(store)
        stage = None if args.stage is None else _stage_id(pipeline, args.stage)
        closed = args.all or stage is not None
        view = None if args.view is None else _view(store, args.view)
        listed = store.read.list_deals(pipeline.id, context.today, closed=closed)
    words = [*([view.filter] if view else []), *args.filter]
    wanted = _wanted(listed, " ".join(words), pipeline, context)
    deals: Sequence[Deal] = [
        deal
        for deal in listed
        if (stage is None or deal.stage_id == stage) and (deal.stuck or not args.stuck) and wanted(deal)
    ]
    sort = ORDERS[args.sort] if args.sort else view.sort if view else Sort.ORDER
    if sort is not Sort.ORDER:  # else they come as the board has them, stage by stage
        deals = sort_deals(deals, sort)
    if context.json:
        from tui.commands.as_json import deals_json

        context.print_json(deals_json(deals))
        return DONE
    if not deals:
        context.tell("No deals.")
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_board import deal_lines

    for line in deal_lines(deals, context.today, width()):
        context.out.write(f"{line}\n")
    return DONE


def _view(store: Store, word: str) -> SavedView:
    views = store.read.saved_views()
    if not views:
        raise CommandError("No view is saved yet; f on the board saves one.")
    return views[pick(word, [view.name for view in views], "view")]


def _stage_id(pipeline: Pipeline, word: str) -> int:
    return pipeline.stages[pick(word, [stage.name for stage in pipeline.stages], "stage")].id


def _wanted(deals: Sequence[Deal], text: str, pipeline: Pipeline, context: Context) -> Callable[[Deal], bool]:
    """The filter that `text` means; what is doubtful in it is told. Raises `UsageError` for one not understood."""
    if not text.strip():
        return lambda deal: True
    properties = {name for deal in deals for name in deal.properties}
    stages = [stage.name for stage in pipeline.stages]
    meant = parse_filter(
        text, context.today, pipeline.currency, context.settings.date_order, properties, stages
    )
    if meant.problems:
        raise UsageError(" ".join(meant.problems))
    for note in meant.notes:
        context.tell(note)
    return meant.matches
