"""`deals demo`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from store import make_demo, open_store
from tui.commands import CommandError
from tui.commands.context import Context
from tui.paths import Database


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace, context: Context) -> int:
    """Open the board on a made-up half year. The file is thrown away afterwards, unless `--db` names a new one."""
    if context.file.origin == "--db":
        if context.file.is_there():
            raise CommandError(f"{context.file.path} is there already; the demo is made in a new file.")
        return _shown(context.file.path, args, context)
    from tempfile import TemporaryDirectory

    context.keeps_backups = False
    with TemporaryDirectory(prefix="deals-demo-") as folder:
        return _shown(Path(folder) / "demo.db", args, context)


def _shown(path: Path, args: Namespace, context: Context) -> int:
    from tui.commands import opening

    with open_store(path, create=True) as store:
        make_demo(store, context.today)
    context.file = Database(path, "--db")
    return opening.run(args, context)
