"""A program that does commands of the store as fast as it can, beside another one on the same file.

Started as a process it takes a line of JSON (a file and its commands), does them, answers with a line of what became of
each, and waits for the next. What a command is does not depend on what is in the file, so that the same commands can be
done again one after the other.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from store import (
    CompanyDraft,
    DealDraft,
    DealPatch,
    Done,
    Money,
    PersonDraft,
    Sort,
    Store,
    StoreError,
    TaskDraft,
    TouchKind,
    open_store,
)
from tests.deck import TODAY, at
from tests.plain_user import ROOT

Command = list[Any]
"""The name of a command and two numbers, which choose what it is about."""


class Outcome(NamedTuple):
    """What became of a command: the action it is in the journal, if it changed anything, or why it was refused."""

    action_id: int | None
    title: str
    refused: str


def day(number: int) -> date:
    return TODAY + timedelta(number)


def _import_like(store: Store, one: int, two: int) -> Done:
    """Two commands as one action."""
    with store.one_action(f"two of {one}", at()) as change:
        made = store.deals.create(DealDraft(f"Two {one}", 1, company=f"Co {two}"), at())
        store.tasks.add(made.deal_ids, TaskDraft("call", day(two)), at())
    return change.done(made.deal_ids)


COMMANDS: Final[dict[str, Callable[[Store, int, int], Done]]] = {
    "add": lambda store, one, two: store.deals.create(DealDraft(f"Deal {one}", 1, company=f"Co {two}"), at()),
    "move": lambda store, one, two: store.deals.move([one], two, at(), lost_reason="x" if two == 5 else None),
    "move all": lambda store, one, two: store.deals.move([1, 2, 3], one % 4 + 1, at(day(two))),
    "win": lambda store, one, two: store.deals.win([one, two], at()),
    "reopen": lambda store, one, two: store.deals.reopen([one], at(day(two))),
    "amount": lambda store, one, two: store.deals.edit(one, DealPatch(amount=Money(two, "USD")), at()),
    "notes": lambda store, one, two: store.deals.edit(one, DealPatch(notes=f"note {two}"), at()),
    "tags": lambda store, one, two: store.deals.edit_many([one, two], DealPatch(tags=(f"t{two}",)), at()),
    "reorder": lambda store, one, two: store.deals.reorder(one, two, at()),
    "snooze": lambda store, one, two: store.deals.snooze([one], day(two), at()),
    "delete": lambda store, one, two: store.deals.delete([one], at()),
    "restore": lambda store, one, two: store.deals.restore([one], at()),
    "task": lambda store, one, two: store.tasks.add([one], TaskDraft("call", day(two), repeat_days=7), at()),
    "finish": lambda store, one, two: store.tasks.finish([one], at()),
    "touch": lambda store, one, two: store.touches.add([one, two], TouchKind.CALL, "said", at()),
    "person": lambda store, one, two: store.people.add([one], PersonDraft(f"P {two}"), None, None, at()),
    "merge": lambda store, one, two: store.people.merge(one, two, at()),
    "company": lambda store, one, two: store.companies.create(CompanyDraft(f"Co {one}"), at()),
    "one company": lambda store, one, two: store.companies.merge(one, two, at()),
    "view": lambda store, one, two: store.saved_views.save(f"View {one}", "tag:eu", Sort.NAME, at()),
    "goal": lambda store, one, two: store.pipelines.set_goal(1, "2026-11", one * 100 + two, at()),
    "two": _import_like,
    "undo": lambda store, one, two: store.history.undo(at()),
    "redo": lambda store, one, two: store.history.redo(at()),
}


def does(store: Store, command: Command) -> Outcome:
    """Do one command."""
    name, one, two = command
    try:
        done = COMMANDS[name](store, one, two)
    except StoreError as error:
        return Outcome(None, "", str(error))
    return Outcome(done.action_id, done.title, "")


class Racer:
    """Another process that does commands."""

    def __init__(self) -> None:
        argv = [sys.executable, "-m", "tests.faults.racing"]
        self.process = subprocess.Popen(
            argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        self._answer()  # it has loaded everything
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.process.kill()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def start(self, path: Path, commands: Sequence[Command]) -> None:
        """Have it do these commands; it goes on by itself."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([str(path), commands]) + "\n")
        self.process.stdin.flush()

    def finish(self) -> list[Outcome]:
        """Wait until it is done; what became of each."""
        return [Outcome(*each) for each in self._answer()]

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())


def main() -> None:
    """The process."""
    print("[]", flush=True)
    for line in sys.stdin:
        path, commands = json.loads(line)
        with open_store(Path(path)) as store:
            outcomes = []
            for command in commands:
                outcomes.append(does(store, command))
                store.read.board(None, TODAY)
        print(json.dumps(outcomes), flush=True)


if __name__ == "__main__":
    main()
