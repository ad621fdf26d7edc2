"""`deals` alone: the board in the terminal, or printed where there is none."""

from __future__ import annotations

import gc
from argparse import ArgumentParser, Namespace

from tui.commands import CommandError
from tui.commands.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace, context: Context) -> int:
    """Open the app. The file in the usual place may be missing, the app makes it; a named one may not, nor one of
    which there are backups: it was there once."""
    if not context.opens_the_app:
        from tui.commands import board

        return board.run(args, context)
    if not context.file.is_there() and (context.file.origin != "default" or context.was_there()):
        raise CommandError(context.no_file())
    from tui.launch import run_app

    gc.enable()
    default = context.file.origin == "default"
    return run_app(
        context.file.path,
        pipeline=context.pipeline,
        today=context.clock.day,
        create=default,
        keeps_backups=context.keeps_backups,
    )
