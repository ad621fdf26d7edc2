"""`deals goal [MONTH AMOUNT]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from store import Pipeline, Store, format_amount, month_name, parse_amount, parse_month
from tui.commands import DONE, UsageError
from tui.commands.context import Context
from tui.commands.reporting import report

EVERY = "every"
NONE = "none"


def add_arguments(parser: ArgumentParser) -> None:
    """The month and the amount, or neither."""
    parser.add_argument(
        "month", nargs="?", metavar="MONTH", help='2026-11, nov, next, or "every" month without its own'
    )
    parser.add_argument(
        "amount", nargs="?", metavar="AMOUNT", help='such as 30000 or 30k; "none" takes the goal away'
    )


def run(args: Namespace, context: Context) -> int:
    """Set a goal, or show the goals there are."""
    if args.month is not None and args.amount is None:
        raise UsageError("Say the amount as well: deals goal 2026-11 30000.")
    with context.open_store() as store:
        pipeline = context.pipeline_in(store)
        if args.month is None:
            _show(store, pipeline, context)
            return DONE
        month = None if args.month.casefold() == EVERY else parse_month(args.month, context.today)
        money = None if args.amount.casefold() == NONE else parse_amount(args.amount, pipeline.currency)
        if money is not None and money.currency != pipeline.currency:
            raise UsageError(
                f"The goal of {pipeline.name} is in {pipeline.currency}, not in {money.currency}."
            )
        amount = None if money is None else money.minor
        report(
            store,
            store.pipelines.set_goal(pipeline.id, month, amount, context.now),
            context,
            [args.amount if money is None else format_amount(money.minor, money.currency)],
        )
    return DONE


def _show(store: Store, pipeline: Pipeline, context: Context) -> None:
    goals = store.read.goals(pipeline.id)
    if context.json:
        from tui.commands.as_json import goals_json

        context.print_json(goals_json(pipeline, goals))
        return
    if not goals and pipeline.monthly_goal is None:
        context.say(f"{pipeline.name} has no goal; set one with: deals goal every 30000")
        return
    for month, amount in sorted(goals.items()):
        context.say(f"{month_name(month)}  {format_amount(amount, pipeline.currency)}")
    if pipeline.monthly_goal is not None:
        words = "every other month" if goals else "every month"
        context.say(f"{words}  {format_amount(pipeline.monthly_goal, pipeline.currency)}")
