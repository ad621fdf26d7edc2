"""strace around a program of the tests, which makes chosen system calls fail or kills who makes them.

strace counts the calls of each process by themselves. A program aims at one by idle calls: where every hundredth call
fails, somebody who first makes 97 idle ones fails at the third of their own.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.plain_user import ROOT

EVERY: Final = {
    "pwrite64": 700,
    "write": 60,
    "sendfile": 60,
    "fdatasync": 150,
    "fsync": 60,
    "ftruncate": 60,
    "unlink": 90,
    "rename": 40,
    "link": 40,
}
"""The system calls by which something is changed on the disk. Every so-manyth one fails: that is more than a whole job
makes, all its steps attempted twice; of the first, more than any one step.
"""

_NAMES: Final = {
    "unlink": "?unlink,?unlinkat",
    "rename": "?rename,?renameat,?renameat2",
    "link": "?link,?linkat",
    "sendfile": "?sendfile,?sendfile64",
}
"""What strace is asked for where machines differ in how a call is named; it ignores those with a `?` it has not."""

_NOWHERE: Final = Path("/nowhere/at/all")


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to a call: `does` in strace's words; `seen` is the error that an idle call gets of it. A `lasting`
    one happens to so many calls in a row, once; else it happens to every so-manyth one.
    """

    name: str
    does: str
    seen: int = 0
    lasting: int = 0

    def expression(self, call: str, every: int) -> str:
        """How strace is asked for it."""
        when = f"{every}..{every + self.lasting - 1}" if self.lasting else f"{every}+{every}"
        return f"inject={_NAMES.get(call, call)}:{self.does}:when={when}"


KILL: Final = Fault("kill", "signal=SIGKILL")
EIO: Final = Fault("EIO", "error=EIO", errno.EIO)
ENOSPC: Final = Fault("ENOSPC", "error=ENOSPC", errno.ENOSPC)
NOTHING_WRITTEN: Final = Fault("nothing written", "retval=0", errno.ENOSPC)
"""A call that says it wrote nothing at all."""

LASTING_EIO: Final = Fault("EIO that lasts", EIO.does, errno.EIO, 300)
LASTING_ENOSPC: Final = Fault("ENOSPC that lasts", ENOSPC.does, errno.ENOSPC, 300)


def strace(call: str, does: str, *, when: str, file: Path | None = None) -> tuple[str | Path, ...]:
    """What a command begins with so that a call of each of its threads fails, as strace counts them; of those on `file`
    if one is given."""
    name = _NAMES.get(call, call)
    inject = f"inject={name}:{does}:when={when}"
    only = () if file is None else ("-P", file)
    trace = ("-f", "-qq", "--seccomp-bpf", "-o", os.devnull, *only, "-e", f"trace={name}", "-e", inject)
    return (_program(), *trace)


def _program() -> str:
    program = shutil.which("strace")
    assert program, "strace is missing, which makes the faults; .ci/tools installs it"
    return program


def under_strace(fault: Fault, calls: Mapping[str, int], module: str, *words: str | Path) -> None:
    """Run a program of the tests to its end, while `fault` happens to every so-manyth of some calls in it and in its
    children."""
    # The quick way of tracing, in which strace sends no signals.
    quickly = ["--seccomp-bpf"] if fault.seen else []
    traced = ",".join(_NAMES.get(call, call) for call in calls)
    inject = [word for call, every in calls.items() for word in ("-e", fault.expression(call, every))]
    subprocess.run(
        [_program(), "-f", "-qq", *quickly, "-o", os.devnull, "-e", f"trace={traced}", *inject,
         sys.executable, "-m", module, *words],
        cwd=ROOT, check=True, timeout=3000,
    )  # fmt: skip


def idle(call: str) -> int:
    """Make one system call that leaves nothing behind; the error that it got, 0 for none."""
    nothing = os.open(os.devnull, os.O_RDWR)
    try:
        return errno.ENOSPC if _IDLE[call](nothing) == 0 else 0
    except OSError as error:
        return error.errno or 0
    finally:
        os.close(nothing)


_IDLE: Final[dict[str, Callable[[int], object]]] = {
    "pwrite64": lambda nothing: os.pwrite(nothing, b"x", 0),
    "write": lambda nothing: os.write(nothing, b"x"),
    "sendfile": lambda nothing: os.sendfile(nothing, nothing, 0, 1),
    "fdatasync": os.fdatasync,
    "fsync": os.fsync,
    "ftruncate": lambda nothing: os.ftruncate(nothing, 0),
    "unlink": lambda nothing: _NOWHERE.unlink(),
    "rename": lambda nothing: _NOWHERE.rename(_NOWHERE),
    "link": lambda nothing: _NOWHERE.hardlink_to(_NOWHERE),
}
"""A way to make each system call. Most make no sense where they are made, and count nevertheless."""
