"""`deals import FILE.csv`"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store import (
    MAX_IMPORT_BYTES,
    ImportOptions,
    ImportPlan,
    currency_code,
    plan_for,
    read_table,
)
from tui.commands import DONE, FAILED, CommandError, UsageError
from tui.commands.context import Context
from tui.commands.making import new_currency
from tui.importing import carry_out, changes_anything, file_bytes
from tui.paths import backup_folder, given

if TYPE_CHECKING:
    from store import DateOrder, Done, Store, Table, UnknownDateOrder

_BAR_CELLS: Final = 30
_STANDARD_INPUT: Final = "standard input"


def add_arguments(parser: ArgumentParser) -> None:
    """The file, and what is to be said about it."""
    add = parser.add_argument
    add("file", metavar="FILE", help="the CSV file; - for standard input")
    add(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help='which field a column is, such as "Betrag=amount"; - leaves it out, property keeps it as a property',
    )
    add(
        "--stage",
        action="append",
        default=[],
        metavar="VALUE=STAGE",
        help='which stage a value of the file means, such as "Angebot=Quote sent"',
    )
    add("--new-pipeline", metavar="NAME", help="make a pipeline with the stages of the file")
    add("--currency", metavar="CODE", help="the currency of amounts that name none, such as EUR")
    add(
        "--date-order",
        choices=("dmy", "mdy", "ymd"),
        help="the order of dates such as 3/11/2026, where the file does not show it",
    )
    add(
        "--encoding",
        metavar="NAME",
        help="what the file's text is in, where its bytes do not show it, such as cp1251 or gbk",
    )
    add("--update", action="store_true", help="update deals that are there already, instead of skipping them")
    add("--raw", action="store_true", help="keep a ' that an export put before = + - @")
    add("--dry-run", action="store_true", help="show what would be done, and do nothing")
    add("--yes", "-y", action="store_true", help="do not ask before importing")


def run(args: Namespace, context: Context) -> int:
    """Show what was understood, ask on a terminal, and import all rows or none."""
    from store import ImportRefused, WrongRows

    try:
        return _import(args, context)
    except WrongRows as error:
        if error.total == 1:
            raise CommandError(str(error)) from None
        context.tell(f"deals: Nothing was imported, because {error.total:,} values cannot be taken:")
        for cell in error.cells:
            context.tell(f"  {cell}")
        if error.total > len(error.cells):
            context.tell(f"  and {error.total - len(error.cells):,} more")
        return FAILED
    except ImportRefused as error:
        raise CommandError(str(error)) from None


def _import(args: Namespace, context: Context) -> int:
    options = ImportOptions(
        columns=dict(_pairs(args.map, "--map COLUMN=FIELD")),
        stages=dict(_pairs(args.stage, "--stage VALUE=STAGE")),
        new_pipeline=args.new_pipeline,
        pipeline=context.pipeline,
        currency=None if args.currency is None else currency_code(args.currency),
        new_currency=new_currency(context),
        date_order=args.date_order,
        update=args.update,
    )
    table = read_table(_bytes(args.file), _name(args.file), raw=args.raw, encoding=args.encoding)
    if not context.was_there():
        plan = _plan(None, table, options, context)
        if _wanted(plan, args, context):
            with context.open_store(create=True) as store:
                _carry_out(store, plan, context, None)
        return DONE
    with context.open_store() as store:
        plan = _plan(store, table, options, context)
        if _wanted(plan, args, context):
            _carry_out(store, plan, context, backup_folder())
    return DONE


def _pairs(words: Iterable[str], shape: str) -> Iterable[tuple[str, str]]:
    for word in words:
        left, equals, right = word.rpartition("=")
        if not (equals and left.strip() and right.strip()):
            raise UsageError(f"{shape} takes two names with = between them, not “{word}”.")
        yield left.strip(), right.strip()


def _name(file: str) -> str:
    return _STANDARD_INPUT if file == "-" else Path(file).name


def _bytes(file: str) -> bytes:
    """The file's content, a little more than may be imported at most."""
    if file == "-":
        return sys.stdin.buffer.read(MAX_IMPORT_BYTES + 1) if sys.stdin else b""
    return file_bytes(given(file))


def _plan(store: Store | None, table: Table, options: ImportOptions, context: Context) -> ImportPlan:
    """The plan; dates whose order the file does not show are asked about, column by column."""
    from store import UnknownDateOrder

    while True:
        try:
            return plan_for(store, table, options, context.today, context.now)
        except UnknownDateOrder as unknown:
            order = _asked(unknown, context)
            if order is None:
                raise
            options = replace(options, date_orders={**options.date_orders, unknown.column: order})


def _asked(unknown: UnknownDateOrder, context: Context) -> DateOrder | None:
    orders = list(unknown.readings)
    days = [unknown.readings[order] for order in orders]
    choices = " or ".join(f"({place}) {day.day} {day:%B %Y}" for place, day in enumerate(days, 1))
    question = f"In the column “{unknown.column}”, is “{unknown.example}” {choices}? Type the number:"
    while True:
        answer = context.ask(question)
        if not answer:
            return None
        if answer.isdecimal() and 1 <= int(answer) <= len(orders):
            return orders[int(answer) - 1]
        if answer in orders:
            return next(order for order in orders if order == answer)


def _wanted(plan: ImportPlan, args: Namespace, context: Context) -> bool:
    """Whether the plan is to be carried out: asked on a terminal, unless `--yes`. A dry run is shown and done with."""
    asks = context.interactive and not args.yes and args.file != "-" and changes_anything(plan)
    if args.dry_run or asks:
        _show(plan, context, dry=args.dry_run)
    if args.dry_run:
        return False
    if not asks:
        return True
    answer = context.ask("Import this? [Y/n]")
    if answer is not None and answer.casefold() in ("", "y", "yes"):
        return True
    context.tell("Nothing was imported.")
    return False


def _show(plan: ImportPlan, context: Context, dry: bool) -> None:
    if context.json and dry:
        from tui.commands.as_json_import import plan_json

        context.print_json({**plan_json(plan), "dry_run": True})
        return
    from tui.commands.plain import width
    from tui.commands.plain_import import plan_lines

    show = context.tell if context.json else context.say
    for line in plan_lines(plan, context.today, width()):
        show(line)


def _carry_out(store: Store, plan: ImportPlan, context: Context, backups: Path | None) -> None:
    done = _applied(store, plan, context, backups)
    if context.json:
        from tui.commands.as_json_import import plan_json

        context.print_json(
            {**plan_json(plan), "dry_run": False, "action": done.action_id, "title": done.title}
        )
        return
    from tui.commands.plain_import import result_lines

    for line in result_lines(plan, done):
        context.say(line)
    for note in plan.notes:
        context.tell(note)


def _applied(store: Store, plan: ImportPlan, context: Context, backups: Path | None) -> Done:
    if not context.err.isatty():
        return carry_out(store, plan, context.now, backups)
    drawn = False

    def draw(done: int, total: int) -> None:
        nonlocal drawn
        drawn = True
        _draw_bar(context, done, total)

    try:
        return carry_out(store, plan, context.now, backups, draw)
    finally:
        if drawn:
            context.err.write(f"\r{' ' * (_BAR_CELLS + 24)}\r")
            context.err.flush()


def _draw_bar(context: Context, done: int, total: int) -> None:
    """One line that is written over itself with a carriage return, without any escape."""
    filled = _BAR_CELLS * done // max(total, 1)
    context.err.write(f"\r[{'#' * filled}{'.' * (_BAR_CELLS - filled)}] {done:,} of {total:,}")
    context.err.flush()
