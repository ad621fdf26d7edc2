"""`deals list [FILTER …]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from store import Deal, Pipeline, parse_filter, pick
from tui.commands import DONE, UsageError
from tui.commands.context import Context


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


def run(args: Namespace, context: Context) -> int:
    """Print the open deals in the board's order, or those that the options and the filter let through."""
    with context.open_store() as store:
        pipeline = context.pipeline_in(store)
        stage = None if args.stage is None else _stage_id(pipeline, args.stage)
        closed = args.all or stage is not None
        listed = store.read.list_deals(pipeline.id, context.today, closed=closed)
    wanted = _wanted(listed, " ".join(args.filter), pipeline, context)
    deals = [
        deal
        for deal in listed
        if (stage is None or deal.stage_id == stage) and (deal.stuck or not args.stuck) and wanted(deal)
    ]
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
