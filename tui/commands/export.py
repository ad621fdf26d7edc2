"""`deals export FILE.csv` and `deals export FILE.ics`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from io import TextIOWrapper
from typing import TypeVar

from store import Store, export_csv, export_file
from tui.commands import DONE, CommandError
from tui.commands.context import Context
from tui.format import counted
from tui.paths import file_named

Written = TypeVar("Written")


def add_arguments(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="the file to be made: CSV, or a calendar (.ics); - for CSV on standard output",
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")
    parser.add_argument(
        "--raw", action="store_true", help="put no ' before texts that a spreadsheet would take for formulas"
    )


def run(args: Namespace, context: Context) -> int:
    """Write all deals, or those of the pipeline that `--pipeline` names; into a calendar their open tasks and expected
    close dates.
    """
    args.file = file_named(args.file)
    with context.open_store() as store:
        pipeline_id = None if context.pipeline is None else context.pipeline_in(store).id
        if args.file == "-":
            _to_standard_output(store, args, context, pipeline_id)
            return DONE
        if args.file.casefold().endswith(".ics"):
            _to_calendar(store, args, context, pipeline_id)
            return DONE
        count = _to_file(store, args, context, pipeline_id)
    if context.json:
        context.print_json({"file": args.file, "deals": count})
    else:
        context.say(f"Exported {count:,} deal{'' if count == 1 else 's'} to {args.file}")
    return DONE


def _to_standard_output(store: Store, args: Namespace, context: Context, pipeline_id: int | None) -> None:
    """In UTF-8 like a file, whatever the terminal's encoding."""
    context.out.flush()
    out = TextIOWrapper(context.out.buffer, encoding="utf-8", newline="")
    try:
        export_csv(store, out, raw=args.raw, pipeline_id=pipeline_id)
        out.flush()
    finally:
        out.detach()


def _to_file(store: Store, args: Namespace, context: Context, pipeline_id: int | None) -> int:
    return _written(
        lambda force: export_file(store, args.file, force=force, raw=args.raw, pipeline_id=pipeline_id),
        args,
        context,
    )


def _to_calendar(store: Store, args: Namespace, context: Context, pipeline_id: int | None) -> None:
    """Write a calendar, and say what is in it."""
    from store import export_calendar

    counts = _written(
        lambda force: export_calendar(store, args.file, context.now, force=force, pipeline_id=pipeline_id),
        args,
        context,
    )
    if context.json:
        context.print_json(
            {
                "file": args.file,
                "tasks": counts.tasks,
                "close_dates": counts.close_dates,
                "left_out": counts.left_out,
            }
        )
        return
    left_out = f"; {counted(counts.left_out, 'task')} without a day left out" if counts.left_out else ""
    tasks, dates = counted(counts.tasks, "task"), counted(counts.close_dates, "close date")
    context.say(f"Exported {tasks} and {dates} to {args.file}{left_out}")


def _written(write: Callable[[bool], Written], args: Namespace, context: Context) -> Written:
    """What `write` gives; a file that is there is replaced only with `--force`, or when the answer is yes."""
    try:
        return write(args.force)
    except FileExistsError:
        answer = context.ask(f"{args.file} is there already. Replace it? [y/N]")
        if answer is None or answer.casefold() not in ("y", "yes"):
            raise CommandError(f"{args.file} is there already; replace it with --force.") from None
        return write(True)
