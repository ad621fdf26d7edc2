"""`deals show ID`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE
from tui.commands.context import Context
from tui.commands.selection import deals_meant


def add_arguments(parser: ArgumentParser) -> None:
    """The deal."""
    parser.add_argument("deal", metavar="ID", help="the deal's number, or a part of its name")


def run(args: Namespace, context: Context) -> int:
    """Print everything about one deal."""
    with context.open_store() as store:
        (deal,) = deals_meant(store, [args.deal], context)
        page = store.read.deal_page(deal.id, context.today)
    if context.json:
        from tui.commands.as_json import page_json

        context.print_json(page_json(page))
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_deal import page_lines

    for line in page_lines(page, context.today, width()):
        context.out.write(f"{line}\n")
    return DONE
