"""`deals backup [FILE]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from store import BackupKind, back_up, back_up_to
from tui.commands import DONE, CommandError
from tui.commands.context import Context
from tui.paths import backup_folder, file_named


def add_arguments(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="the file to be made; without it the backup goes to the automatic ones, and stays until you remove it",
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Namespace, context: Context) -> int:
    """Make a checked copy of the file, and say where it is."""
    with context.open_store() as store:
        if args.file is None:
            made = back_up(store.path, backup_folder(), BackupKind.ASKED)
        else:
            made = _to_file(store.path, args, context)
    if context.json:
        context.print_json({"file": str(made), "bytes": made.stat().st_size})
    else:
        context.say(f"Backed up to {made}")
    return DONE


def _to_file(path: Path, args: Namespace, context: Context) -> Path:
    """A file that is there is replaced only with `--force`, or when the answer is yes."""
    args.file = file_named(args.file)
    try:
        return back_up_to(path, args.file, force=args.force)
    except FileExistsError:
        answer = context.ask(f"{args.file} is there already. Replace it? [y/N]")
        if answer is None or answer.casefold() not in ("y", "yes"):
            raise CommandError(f"{args.file} is there already; replace it with --force.") from None
        return back_up_to(path, args.file, force=True)
