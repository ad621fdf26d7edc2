"""`deals stuck`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from tui.commands import DONE
from tui.commands.context import Context

if TYPE_CHECKING:
    from store import MorningList, Pipeline


def add_arguments(parser: ArgumentParser) -> None:
    """How much to print."""
    parser.add_argument(
        "--short",
        action="store_true",
        help="one line for a prompt or a status bar: how many, at stake, since when",
    )
    parser.add_argument(
        "--quiet",
        action="store_true",
        help="print nothing when nothing is stuck, or when there are no deals yet",
    )


def run(args: Namespace, context: Context) -> int:
    """Print the deals that need a decision today and those without a next step, the most money first."""
    if args.quiet and not context.file.is_there():
        return DONE
    with context.open_store() as store:
        if args.quiet and not store.read.pipelines():
            return DONE
        pipeline = context.pipeline_in(store)
        listed = store.read.stuck(pipeline.id, context.today)
    if not args.quiet or listed.stuck:
        _print(listed, pipeline, args, context)
    return DONE


def _print(listed: MorningList, pipeline: Pipeline, args: Namespace, context: Context) -> None:
    if context.json:
        from tui.commands.as_json_stuck import stuck_json

        context.print_json(stuck_json(listed))
    elif args.short:
        from tui.commands.short_stuck import short_line

        context.out.write(f"{short_line(listed, pipeline)}\n")
    else:
        from tui.commands.plain import width
        from tui.commands.plain_stuck import stuck_lines

        for line in stuck_lines(listed, pipeline, width()):
            context.out.write(f"{line}\n")
