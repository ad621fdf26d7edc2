"""`deals people [FILTER …]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from store import look_up
from tui.commands import DONE
from tui.commands.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """Whom to list."""
    parser.add_argument(
        "filter",
        nargs="*",
        metavar="FILTER",
        help="words that a name, company, e-mail, phone or deal of theirs holds",
    )


def run(args: Namespace, context: Context) -> int:
    """Print people by name, with what their deals are worth."""
    with context.open_store() as store:
        people = store.read.person_cards()
    cards = look_up(people.cards, " ".join(args.filter))
    if context.json:
        from tui.commands.as_json_directory import person_json

        context.print_json([person_json(card, people.currency) for card in cards])
        return DONE
    if not cards:
        context.tell("Nobody.")
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_directory import person_lines

    for line in person_lines(cards, people.currency, width()):
        context.out.write(f"{line}\n")
    return DONE
