"""`deals rate [CURRENCY BASE RATE]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from decimal import Decimal, InvalidOperation

from store import currency_code
from tui.commands import DONE, UsageError
from tui.commands.context import Context
from tui.commands.reporting import report

NONE = "none"


def add_arguments(parser: ArgumentParser) -> None:
    """A rate, or nothing."""
    parser.add_argument(
        "currency", nargs="?", metavar="CURRENCY", help="the currency to convert, such as EUR"
    )
    parser.add_argument(
        "base", nargs="?", metavar="BASE", help="the currency to convert it into, a pipeline's"
    )
    parser.add_argument(
        "rate", nargs="?", metavar="RATE", help='how much BASE one CURRENCY is; "none" takes it away'
    )


def run(args: Namespace, context: Context) -> int:
    """Set a rate of your own, or show the ones there are."""
    if args.currency is not None and args.rate is None:
        raise UsageError("Say both currencies and the rate: deals rate EUR USD 1.08.")
    with context.open_store() as store:
        if args.currency is not None:
            currency, base = currency_code(args.currency), currency_code(args.base)
            report(store, store.settings.set_rate(currency, base, _rate(args.rate), context.now), context)
            return DONE
        rates = store.read.rate_table()
        if context.json:
            from tui.commands.as_json import rates_json

            context.print_json(rates_json(rates))
        elif not rates:
            context.say("There are no rates yet; set one with: deals rate EUR USD 1.08")
        else:
            for currency, base, rate in rates:
                context.say(f"1 {currency} = {rate} {base}")
    return DONE


def _rate(text: str) -> Decimal | None:
    if text.casefold() == NONE:
        return None
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or not Decimal("1e-9") <= rate <= Decimal("1e9"):
        raise UsageError(f'The rate is a number such as 1.08, not "{text}".')
    return rate
