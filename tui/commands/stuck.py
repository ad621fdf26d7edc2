"""`deals stuck`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE
from tui.commands.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """How much to print."""
    parser.add_argument(
        "--short", action="store_true", help="one line for a prompt or a status bar: how many, at stake"
    )


def run(args: Namespace, context: Context) -> int:
    """Print the deals that need a decision today and those without a next step, the most money first."""
    with context.open_store() as store:
        pipeline = context.pipeline_in(store)
        listed = store.read.stuck(pipeline.id, context.today)
    if context.json:
        from tui.commands.as_json_stuck import stuck_json

        context.print_json(stuck_json(listed))
        return DONE
    if args.short:
        from tui.commands.short_stuck import stuck_sum

        context.out.write(f"{stuck_sum(listed, pipeline)}\n")
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_stuck import stuck_lines

    for line in stuck_lines(listed, pipeline, width()):
        context.out.write(f"{line}\n")
    return DONE
