"""`deals board`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE
from tui.commands.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace, context: Context) -> int:
    """Print the board: each stage with its deals and sums, what is stuck, and what this month will bring."""
    with context.open_store() as store:
        pipeline = context.pipeline_in(store)
        board = store.read.board(pipeline.id, context.today)
        if context.json:
            from tui.commands.as_json import board_json

            context.print_json(board_json(board))
            return DONE
        from store import month_of

        forecast = store.read.forecast(pipeline.id, context.today, [month_of(context.today)])
    from tui.commands.plain import width
    from tui.commands.plain_board import board_lines

    for line in board_lines(board, forecast, width()):
        context.out.write(f"{line}\n")
    return DONE
