"""`deals add "LINE"`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from store import (
    DEFAULT_TEMPLATE,
    Outcome,
    QuickLine,
    Stage,
    StageTemplate,
    Store,
    join_arguments,
    parse_quickline,
)
from tui.commands import DONE, UsageError
from tui.commands.context import Context
from tui.commands.making import make_pipeline, new_currency
from tui.commands.reporting import report


def add_arguments(parser: ArgumentParser) -> None:
    """The line."""
    parser.add_argument(
        "line",
        nargs="+",
        metavar="LINE",
        help='the name, and what else is known: 12k close:fri stage:product co:"Acme Inc" src:inbound #eu',
    )


def run(args: Namespace, context: Context) -> int:
    """Add the deal and say how the line was understood. With a problem in the line nothing is written.

    The file in the usual place is made on the way, with the default template; one that was named is not, because
    the name may be mistyped, nor one of which there are backups.
    """
    text = join_arguments(args.line)
    if context.file.origin == "default" and not context.was_there():
        _understood(text, DEFAULT_TEMPLATE.stages, new_currency(context), context)
        with context.open_store(create=True) as store:
            make_pipeline(store, DEFAULT_TEMPLATE, context)
            _add(text, store, context)
        return DONE
    with context.open_store() as store:
        _add(text, store, context)
    return DONE


def _add(text: str, store: Store, context: Context) -> None:
    pipeline = context.pipeline_in(store)
    line = _understood(text, pipeline.stages, pipeline.currency, context)
    for note in line.notes:
        context.tell(note)
    done = store.deals.create(line.draft(pipeline), context.now)
    report(
        store,
        done,
        context,
        [f"#{done.deal_ids[0]}", *(f"{label} {said}" for label, said in line.understood if label != "name")],
    )


def _understood(
    text: str, stages: Sequence[Stage | StageTemplate], currency: str, context: Context
) -> QuickLine:
    names = [stage.name for stage in stages]
    lost = [stage.name for stage in stages if stage.outcome is Outcome.LOST]
    line = parse_quickline(text, context.today, currency, context.settings.date_order, names, lost)
    if line.problems:
        raise UsageError(" ".join(line.problems))
    return line
