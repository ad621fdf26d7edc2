"""`deals export FILE.csv`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from io import TextIOWrapper

from store import Store, export_csv, export_file
from tui.commands import DONE, CommandError
from tui.commands.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", metavar="FILE", help="the CSV file to be made; - for standard output")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")
    parser.add_argument(
        "--raw", action="store_true", help="put no ' before texts that a spreadsheet would take for formulas"
    )


def run(args: Namespace, context: Context) -> int:
    """Write all deals, or those of the pipeline that `--pipeline` names."""
    with context.open_store() as store:
        pipeline_id = None if context.pipeline is None else context.pipeline_in(store).id
        if args.file == "-":
            _to_standard_output(store, args, context, pipeline_id)
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
    """Write the file; one that is there is replaced only with `--force`, or when the answer is yes."""
    try:
        return export_file(store, args.file, force=args.force, raw=args.raw, pipeline_id=pipeline_id)
    except FileExistsError:
        answer = context.ask(f"{args.file} is there already. Replace it? [y/N]")
        if answer is None or answer.casefold() not in ("y", "yes"):
            raise CommandError(f"{args.file} is there already; replace it with --force.") from None
        return export_file(store, args.file, force=True, raw=args.raw, pipeline_id=pipeline_id)
