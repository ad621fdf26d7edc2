"""`deals task add|done|move|list`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date
from typing import Final

from store import Done, InvalidInput, Store, describe_date, parse_date, parse_step
from tui.commands import DONE, UsageError
from tui.commands.context import Context
from tui.commands.reporting import report
from tui.commands.selection import deals_meant

ADD, FINISH, MOVE, LIST = "add", "done", "move", "list"

_LONGEST_DAY: Final = 4
"""How many words a day may have."""


def add_arguments(parser: ArgumentParser) -> None:
    """What to do, and to what."""
    parser.add_argument("what", nargs="?", choices=(ADD, FINISH, MOVE, LIST), help="what to do")
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORD",
        help="add: the deal and the task's line; done: the tasks' numbers; move: the tasks' numbers and the day; "
        "list: the deal, or nothing for all",
    )
    parser.add_argument("--all", action="store_true", help="list the finished ones too")


def run(args: Namespace, context: Context) -> int:
    """Add, finish or move tasks, each as one step that can be undone, or list them."""
    if args.what is None:
        raise UsageError("Say what to do with tasks: deals task list, add, done or move.")
    with context.open_store() as store:
        match args.what:
            case "add":
                _add(store, args.words, context)
            case "done":
                _finish(store, args.words, context)
            case "move":
                _move(store, args.words, context)
            case _:
                _list(store, args.words, args.all, context)
    return DONE


def _add(store: Store, words: Sequence[str], context: Context) -> None:
    if len(words) < 2:
        raise UsageError('Say the deal and the task: deals task add acme "call Ann fri 14:30".')
    (deal,) = deals_meant(store, words[:1], context)
    step = parse_step(" ".join(words[1:]), context.today, context.settings.date_order)
    done = store.tasks.add([deal.id], step.draft(), context.now)
    if context.json:
        from tui.commands.as_json import done_json

        deals = store.read.deals(done.deal_ids, context.today)
        context.print_json({**done_json(done, deals), "task": done.made_id})
        return
    said = step.describe(context.today).removeprefix(f"{step.title} · ")
    report(store, done, context, [f"task {done.made_id}", said])


def _finish(store: Store, words: Sequence[str], context: Context) -> None:
    ids = list(dict.fromkeys(_numbers(words)))
    report(store, _told(store.tasks.finish(ids, context.now), ids, "done"), context)


def _move(store: Store, words: Sequence[str], context: Context) -> None:
    ids, day = _tasks_and_day(words, context)
    done = store.tasks.postpone(ids, day, context.now)
    report(store, _told(done, ids, f"due {describe_date(day, context.today)}, or done,"), context)


def _list(store: Store, words: Sequence[str], finished: bool, context: Context) -> None:
    deal_id = None
    if words:
        (deal,) = deals_meant(store, [" ".join(words)], context)
        deal_id = deal.id
    tasks = store.read.tasks(deal_id, finished)
    if context.pipeline is not None:
        pipeline_id = context.pipeline_in(store).id
        tasks = tuple(each for each in tasks if each.pipeline_id == pipeline_id)
    if context.json:
        from tui.commands.as_json_tasks import tasks_json

        context.print_json(tasks_json(tasks))
        return
    if not tasks:
        context.tell("No tasks.")
        return
    from tui.commands.plain import width
    from tui.commands.plain_tasks import task_lines

    for line in task_lines(tasks, context.today, width()):
        context.out.write(f"{line}\n")


def _told(done: Done, ids: Sequence[int], state: str) -> Done:
    """`done`; where nothing had to be done with the title that says why."""
    if done.action_id is not None:
        return done
    subject = f"Task {ids[0]} is" if len(ids) == 1 else f"These {len(ids)} tasks are"
    return Done(None, f"{subject} {state} already.", done.deal_ids)


def _tasks_and_day(words: Sequence[str], context: Context) -> tuple[list[int], date]:
    """The numbers of tasks, and after them the longest ending that is a day."""
    for length in range(min(_LONGEST_DAY, len(words) - 1), 0, -1):
        try:
            day = parse_date(" ".join(words[-length:]), context.today, context.settings.date_order)
        except InvalidInput:
            if length > 1:
                continue
            raise
        return _numbers(words[:-length]), day
    raise UsageError("Say the tasks and the day: deals task move 12 fri.")


def _numbers(words: Sequence[str]) -> list[int]:
    """Tasks by their numbers, as the lists show them."""
    numbers = [word.removeprefix("#") for word in words]
    wrong = next(
        (word for word in numbers if not (word.isascii() and word.isdecimal() and len(word) < 19)), None
    )
    if wrong is not None or not numbers:
        said = f'"{wrong}" is not a task\'s number' if wrong is not None else "Say which tasks"
        raise UsageError(f'{said}; "deals task list" shows the numbers.')
    return [int(number) for number in numbers]
