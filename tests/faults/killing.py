"""Kills a job before each of its writes, syncs, truncations and removals in turn, with strace.

strace kills whoever makes a certain system call for the so-manyth time (`LIMITS`). One process loads everything and
then starts a child for each moment: one that first makes `limit - n` idle calls is killed before its job's `n`th one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.jobs import JOBS
from tests.plain_user import ROOT

LIMITS: Final = {"pwrite64": 1000, "fdatasync": 100, "ftruncate": 50, "unlink": 50}
"""The system calls by which SQLite changes what is on the disk, and more of each than a job makes."""

TRACED: Final = {"unlink": "?unlink,?unlinkat"}
"""What strace is asked for where machines differ in how a call is named; it ignores those with a `?` it has not."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What one killed child left behind: its folder, and the lines it had told before."""

    folder: Path
    call: str
    number: int
    told: tuple[str, ...]


def kill_everywhere(
    job: str, home: Path, prepare: Callable[[Path], object], call: str, stride: int = 1
) -> list[Killed]:
    """Runs `job` in a new folder of `home` for each moment, until it gets through; `prepare` fills each folder.

    `stride` takes only every so-manyth call. The last one is not killed and is left out.
    """
    folders: list[Killed] = []
    number = 1
    pattern = home / f"{job}-{call}"
    ready = pattern.with_name(f"{pattern.name}-0")
    ready.mkdir(parents=True)
    prepare(ready)
    subprocess.run(
        ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={TRACED.get(call, call)}",
         "-e", f"inject={TRACED.get(call, call)}:signal=SIGKILL:when={LIMITS[call]}",
         sys.executable, "-m", "tests.faults.killing", job, call, str(ready), str(stride)],
        cwd=ROOT, check=True, timeout=300,
    )  # fmt: skip
    while (folder := pattern.with_name(f"{pattern.name}-{number}")).exists():
        told = (folder / "told").read_text().splitlines()
        if (folder / "through").exists():
            return folders
        folders.append(Killed(folder, call, number, tuple(told)))
        number += stride
    raise AssertionError(f"{job} never got through its {call} calls")


def main(job: str, call: str, ready: str, stride: str) -> None:
    """The process under strace: a child for each moment, one after the other."""
    source = Path(ready)
    warm = shutil.copytree(source, source.with_name(f"{source.name}-warm"))
    JOBS[job](warm, len)  # whatever is loaded or worked out only once is so for all children
    for number in range(1, LIMITS[call], int(stride)):
        folder = source.with_name(source.name.removesuffix("0") + str(number))
        shutil.copytree(source, folder)
        child = os.fork()
        if child == 0:
            _child(job, call, folder, number)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            if os.waitstatus_to_exitcode(status) != 0:
                sys.exit(f"{job} failed by itself")
            return
        if os.WTERMSIG(status) != signal.SIGKILL:
            sys.exit(f"{job} died of signal {os.WTERMSIG(status)}")


def _child(job: str, call: str, folder: Path, number: int) -> None:
    code = 1
    try:
        log = os.open(folder / "told", os.O_WRONLY | os.O_CREAT)
        nothing = os.open(os.devnull, os.O_RDWR)
        for _ in range(LIMITS[call] - number):
            with suppress(OSError):  # most calls make no sense there; they count nevertheless
                IDLE[call](nothing)
        JOBS[job](folder, lambda line: os.write(log, f"{line}\n".encode()))
        (folder / "through").mkdir()
        code = 0
    finally:
        os._exit(code)


IDLE: Final[dict[str, Callable[[int], object]]] = {
    "pwrite64": lambda nothing: os.pwrite(nothing, b"x", 0),
    "fdatasync": os.fdatasync,
    "ftruncate": lambda nothing: os.ftruncate(nothing, 0),
    "unlink": lambda nothing: Path("/nowhere/at/all").unlink(),
}
"""A way to make each system call that leaves nothing behind."""

if __name__ == "__main__":
    main(*sys.argv[1:])
