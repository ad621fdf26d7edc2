"""Kills a job before each of its writes, syncs, truncations and removals in turn, with strace.

One process loads everything and then starts a child for each moment: one that first makes `limit - n` idle calls is
killed before its job's `n`th one.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.jobs import KILLED
from tests.faults.tracing import KILL, idle, under_strace

LIMITS: Final = {
    "pwrite64": 600,
    "fdatasync": 60,
    "fsync": 50,
    "ftruncate": 50,
    "unlink": 50,
    "link": 50,
    "rename": 50,
}
"""The system calls by which something is changed on the disk, and more of each than a job makes."""


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
    under_strace(KILL, {call: LIMITS[call]}, "tests.faults.killing", job, call, ready, str(stride))
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
    for take in KILLED[job](warm):  # whatever is loaded or worked out only once is so for all children
        take()
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
        for _ in range(LIMITS[call] - number):
            idle(call)
        for take in KILLED[job](folder):
            os.write(log, f"{take()}\n".encode())
        (folder / "through").mkdir()
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
