"""`deals forecast`"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from store import add_months, month_of, parse_month
from tui.commands import DONE
from tui.commands.context import Context

_MONTHS = 3
"""This month and the next two."""

_MOST_MONTHS = 120


def add_arguments(parser: ArgumentParser) -> None:
    """Which months."""
    parser.add_argument(
        "--month", metavar="MONTH", help="this month only (2026-11, nov, next), or the first of --months"
    )
    parser.add_argument("--months", metavar="N", type=_count, help="so many months, beginning with this one")


def run(args: Namespace, context: Context) -> int:
    """Print what is won, expected and likely for each month, and the open deals that are in no month."""
    first = month_of(context.today) if args.month is None else parse_month(args.month, context.today)
    count = args.months or (_MONTHS if args.month is None else 1)
    with context.open_store() as store:
        pipeline = context.pipeline_in(store)
        months = [add_months(first, i) for i in range(count)]
        forecast = store.read.forecast(pipeline.id, context.today, months)
    if context.json:
        from tui.commands.as_json import forecast_json

        context.print_json(forecast_json(forecast))
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_forecast import forecast_lines

    for line in forecast_lines(forecast, pipeline.name, width()):
        context.out.write(f"{line}\n")
    return DONE


def _count(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= _MOST_MONTHS:
        return int(text)
    raise ArgumentTypeError(f"a number of months from 1 to {_MOST_MONTHS} is needed, not {text!r}")
