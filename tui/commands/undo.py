"""`deals undo`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE
from tui.commands.context import Context
from tui.commands.reporting import report


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace, context: Context) -> int:
    """Undo the last change that is not undone yet; also one made in the app, or on another day."""
    with context.open_store() as store:
        report(store, store.history.undo(context.now), context, prefix="Undone: ")
    return DONE
