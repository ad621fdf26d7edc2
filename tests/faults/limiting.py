"""Has the writes of a job fall short: a file may grow to so many bytes, and what goes beyond is not written.

That is the system's own limit for a process (RLIMIT_FSIZE): a write across it puts down a part and says how much, the
next one fails. The limit is lifted when a step has been refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, setrlimit
from typing import Final

from tests.faults.injecting import Hit, begin, copied, take_step
from tests.faults.jobs import JOBS
from tests.plain_user import ROOT

MOST: Final = 700_000
"""Bytes: more than any file of a job has."""


def fall_short(
    home: Path, jobs: Sequence[str], stride: int, prepare: Mapping[str, Callable[[Path], object]]
) -> list[Hit]:
    """Every step that was refused, for limits that are `stride` bytes apart."""
    for job in jobs:
        begin(home, job, prepare[job])
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "tests.faults.limiting",
        home,
        json.dumps(jobs),
        str(stride),
    ]
    subprocess.run(words, cwd=ROOT, check=True, timeout=3000)
    return [Hit(**json.loads(line)) for line in (home / "hits").read_text().splitlines()]


def main(home: str, jobs: str, stride: str) -> None:
    """The process that is limited."""
    log = os.open(Path(home) / "hits", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for job in json.loads(jobs):
        states = json.loads((Path(home) / job / "states").read_text())
        for most in range(100, MOST, int(stride)):
            folder = copied(Path(home) / job / "ready", f"limit-{most}")
            for hit in list(_run(job, folder, states, most)):
                os.write(log, json.dumps(asdict(hit)).encode() + b"\n")


def _run(job: str, folder: Path, states: Sequence[str | None], most: int) -> Iterator[Hit]:
    for step, take in enumerate(JOBS[job](folder)):
        hit = Hit(job, "write", step, most, str(folder))
        _limit(most)
        take_step(take, hit, states[step : step + 2], partial(_limit, RLIM_INFINITY))
        _limit(RLIM_INFINITY)
        if hit.kind or hit.crashed:
            yield hit


def _limit(most: int) -> None:
    setrlimit(RLIMIT_FSIZE, (most, RLIM_INFINITY))


if __name__ == "__main__":
    main(*sys.argv[1:])
