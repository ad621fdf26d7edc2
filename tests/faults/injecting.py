"""Has a job's system calls fail, one after the other, and takes every step that was refused once more.

A run goes through a whole job; the `n`th call of each of its steps fails. What it tells of a step: what it was refused
with, how the file stood then, and what it said in the end. A file that stands as it did before the step, or as it does
after it, was not changed by halves. A fault that lasts is met by a child of its own for each of the job's calls; it
passes when the step has been refused.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from store import StoreError
from tests.faults.jobs import JOBS, Taken
from tests.faults.tracing import EVERY, Fault, idle, under_strace


@dataclass(slots=True)
class Hit:
    """One point: the `number`th call of a step failed."""

    job: str
    call: str
    step: int
    number: int
    folder: str
    kind: str = ""
    """The name of the error that it was refused with, if it was."""
    told: str = ""
    """The sentence of that error."""
    stood: str = ""
    """How the file was found after a refusal: "before", "after" or "half done"."""
    done: str = ""
    """What it said when it was done, at once or when it was taken again."""
    crashed: str = ""
    """The traceback of any other error."""


class Plan(NamedTuple):
    """Which calls of which jobs fail: each so-manyth one."""

    jobs: Sequence[str]
    strides: Mapping[str, int]


def inject(
    home: Path, fault: Fault, plan: Plan, prepare: Mapping[str, Callable[[Path], object]]
) -> list[Hit]:
    """Every point of the plan; `prepare` fills the folder that a job begins with."""
    for job in plan.jobs:
        begin(home, job, prepare[job])
    words = [str(fault.seen), str(fault.lasting), json.dumps(plan)]
    under_strace(fault, {call: EVERY[call] for call in plan.strides}, "tests.faults.injecting", home, *words)
    return [Hit(**json.loads(line)) for line in (home / "hits").read_text().splitlines()]


def begin(home: Path, job: str, prepare: Callable[[Path], object]) -> None:
    """Fill the folder that a job begins with, and note how its file stands before and after each step."""
    ready = home / job / "ready"
    ready.mkdir(parents=True)
    prepare(ready)
    states = list(_undisturbed(job, copied(ready, "undisturbed")))
    (home / job / "states").write_text(json.dumps(states))


def contents(path: Path) -> str | None:
    """All that is in a file, the order of the rows aside, or `None` where there is none."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        rows = [
            sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
            for kind, name, _ in made
            if kind == "table"
        ]
    return repr((made, rows))


def data_file(folder: Path) -> Path:
    """The data file that a job is about."""
    return next(iter(folder.glob("data/deals.db")), folder / "deals.db")


class Aim:
    """Has a call fail when it is made for the `n`th time from now on."""

    def __init__(self, call: str, seen: int, others: Sequence[str]) -> None:
        self.call = call
        self._seen = seen
        self._others = others

    def prepare(self) -> None:
        """Keep the other calls from failing for as long as a job takes."""
        for call in {self.call, *self._others}:
            self._let_pass(call)

    def at(self, number: int) -> None:
        """Right after a call was hit: let the `number`th from now be hit."""
        for _ in range(EVERY[self.call] - number):
            idle(self.call)

    def is_there(self) -> bool:
        """Whether the next call would fail."""
        return idle(self.call) == self._seen

    def is_off(self) -> bool:
        """Whether fewer calls are left than there would be if none had been made."""
        return self._let_pass(self.call) < EVERY[self.call]

    def wait(self) -> None:
        """Let the fault pass."""
        while self.is_there():
            pass

    def has_hit(self, number: int) -> bool:
        """Whether what was aimed at the `number`th call was hit."""
        return self._let_pass(self.call) > number

    def _let_pass(self, call: str) -> int:
        made = 1
        while idle(call) != self._seen:
            made += 1
        return made


def main(home: str, seen: str, lasting: str, plan: str) -> None:
    """The process under strace."""
    jobs, strides = json.loads(plan)
    log = os.open(Path(home) / "hits", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for job in jobs:
        states = json.loads((Path(home) / job / "states").read_text())
        made = list(strides)
        if not int(lasting):  # else this process would meet it
            made = _calls_made(job, copied(Path(home) / job / "ready", "counted"), int(seen), strides)
        for call in made:
            stride, aim = strides[call], Aim(call, int(seen), made)
            for first in range(1, EVERY[call], stride):
                folder = copied(Path(home) / job / "ready", f"{call}-{first}")
                if int(lasting):
                    hits = _in_a_child(log, partial(_meet, job, folder, states, aim, first))
                else:
                    hits = _noted(log, _run(job, folder, states, aim, first, stride))
                if not hits:
                    break


def _calls_made(job: str, folder: Path, seen: int, calls: Iterable[str]) -> list[str]:
    """Those of the calls that a job makes at all. All make the first."""
    aims = [Aim(call, seen, ()) for call in calls if call != "pwrite64"]
    for aim in aims:
        aim.prepare()
    for take in JOBS[job](folder):
        take()
    return [call for call in calls if call == "pwrite64"] + [aim.call for aim in aims if aim.is_off()]


def _noted(log: int, hits: Iterator[Hit]) -> bool:
    """Write down what was hit. Whether anything was."""
    any_hit = False
    for hit in hits:
        any_hit = True
        if hit.step >= 0:
            os.writev(log, [json.dumps(asdict(hit)).encode() + b"\n"])
    return any_hit


def _in_a_child(log: int, hits: Callable[[], Iterator[Hit]]) -> bool:
    """The same in a process for which strace begins to count."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            code = 0 if _noted(log, hits()) else 2
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 2):
        raise AssertionError(f"a child ended with {code}")
    return code == 0


def _meet(job: str, folder: Path, states: Sequence[str | None], aim: Aim, number: int) -> Iterator[Hit]:
    """Through a job until a step is refused: all of its calls fail from the `number`th one on, until it is told."""
    steps = JOBS[job](folder)
    first = next(steps)  # what is made ready before it is ours, and is not to fail
    aim.at(number)
    for step, take in enumerate(chain((first,), steps)):
        hit = Hit(job, aim.call, step, number, str(folder))
        take_step(take, hit, states[step : step + 2], aim.wait)
        if hit.kind or hit.crashed:
            yield hit
            return
    if aim.is_there():
        yield Hit(job, aim.call, -1, number, str(folder))  # it was met, and nobody minded


def _run(
    job: str, folder: Path, states: Sequence[str | None], aim: Aim, first: int, stride: int
) -> Iterator[Hit]:
    """One run through a job."""
    aim.prepare()
    for step, take in enumerate(JOBS[job](folder)):
        number = first + step * 5 % stride  # not the same place in each step
        hit = Hit(job, aim.call, step, number, str(folder))
        aim.at(number)
        take_step(take, hit, states[step : step + 2], aim.wait)
        if aim.has_hit(number) or hit.kind or hit.crashed:
            yield hit


def take_step(take: Taken, hit: Hit, around: Sequence[str | None], let_pass: Callable[[], object]) -> None:
    """One step, and once more when it was refused and had not happened all the same."""
    folder = Path(hit.folder)
    try:
        try:
            hit.done = take()
        except StoreError as error:
            hit.kind, hit.told = type(error).__name__, str(error)
            let_pass()
            now = contents(data_file(folder))
            hit.stood = {around[1]: "after", around[0]: "before"}.get(now, "half done")
            if hit.stood == "before":
                hit.done = take()
        assert contents(data_file(folder)) == around[1], "in the end the file does not hold what it should"
    except Exception:  # noqa: BLE001  # whatever it is, it is what the test asks about
        hit.crashed = traceback.format_exc()


def _undisturbed(job: str, folder: Path) -> Iterator[str | None]:
    """What the file holds before the first step and after each."""
    for step, take in enumerate(JOBS[job](folder)):
        if step == 0:
            yield contents(data_file(folder))
        take()
        yield contents(data_file(folder))


def copied(ready: Path, name: str) -> Path:
    """A copy of a folder, made by none of the calls that fail."""
    target = ready.with_name(name)
    target.mkdir()
    for each in sorted(ready.rglob("*")):
        copy = target / each.relative_to(ready)
        if each.is_dir():
            copy.mkdir()
        else:
            handle = os.open(copy, os.O_WRONLY | os.O_CREAT, 0o600)
            os.writev(handle, [each.read_bytes()])
            os.close(handle)
    return target


if __name__ == "__main__":
    main(*sys.argv[1:])
