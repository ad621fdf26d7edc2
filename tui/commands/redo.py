"""`deals redo`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands import DONE
from tui.commands.context import Context
from tui.commands.reporting import report


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace, context: Context) -> int:
    """Redo the change that was undone last."""
    with context.open_store() as store:
        report(store, store.history.redo(context.now), context, prefix="Redone: ")
    return DONE
