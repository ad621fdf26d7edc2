"""`deals companies [FILTER …]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from store import look_up
from tui.commands import DONE
from tui.commands.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """Which to list."""
    parser.add_argument(
        "filter",
        nargs="*",
        metavar="FILTER",
        help="words that its name, or a person or deal of it, holds",
    )


def run(args: Namespace, context: Context) -> int:
    """Print companies by name, with their people and what their deals are worth."""
    with context.open_store() as store:
        companies = store.read.company_cards()
    cards = look_up(companies.cards, " ".join(args.filter))
    if context.json:
        from tui.commands.as_json_directory import company_json

        context.print_json([company_json(card, companies.currency) for card in cards])
        return DONE
    if not cards:
        context.tell("No companies.")
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_directory import company_lines

    for line in company_lines(cards, companies.currency, width()):
        context.out.write(f"{line}\n")
    return DONE
