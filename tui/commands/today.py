"""`deals today`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from store import Agenda, DueTask
from tui.commands import DONE
from tui.commands.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing but what every command takes."""


def run(args: Namespace, context: Context) -> int:
    """Print the tasks that are overdue, due today and due until Sunday, over all pipelines or of `--pipeline`."""
    with context.open_store() as store:
        pipeline_id = None if context.pipeline is None else context.pipeline_in(store).id
        agenda = store.read.agenda(context.today, whole=pipeline_id is not None)
    if pipeline_id is not None:
        agenda = _of_pipeline(agenda, pipeline_id)
    if context.json:
        from tui.commands.as_json_tasks import agenda_json

        context.print_json(agenda_json(agenda))
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_tasks import agenda_lines

    for line in agenda_lines(agenda, width()):
        context.out.write(f"{line}\n")
    return DONE


def _of_pipeline(agenda: Agenda, pipeline_id: int) -> Agenda:
    """The tasks of one pipeline's deals, of an agenda that was read whole."""

    def theirs(tasks: Sequence[DueTask]) -> tuple[DueTask, ...]:
        return tuple(each for each in tasks if each.pipeline_id == pipeline_id)

    later, undated = theirs(agenda.later), theirs(agenda.undated)
    return Agenda(
        agenda.today,
        theirs(agenda.overdue),
        theirs(agenda.due_today),
        theirs(agenda.this_week),
        later,
        undated,
        len(later),
        len(undated),
    )
