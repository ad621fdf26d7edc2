"""How many moments the fault tests have tried: each test notes them, and the end of the run tells the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

import pytest

_NOTED: Final = "fault points"

Note = Callable[[str, int], None]
"""Told the name of a fault and how many moments it was tried at."""


def noting(record_property: Callable[[str, object], None]) -> Note:
    """What a test notes its points with; they travel in its report, from other processes too."""
    return lambda fault, points: record_property(_NOTED, [fault, points])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell the sums of all tests, before pytest's own last line."""
    points: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                for name, value in report.user_properties:
                    if name == _NOTED:
                        points[value[0]] += value[1]
    if points:
        form = "long form" if config.option.markexpr == "long" else "quick form"
        told = ", ".join(f"{fault} {points[fault]:,}" for fault in sorted(points))
        terminalreporter.write_line(f"fault points tried: {told} ({form})")
