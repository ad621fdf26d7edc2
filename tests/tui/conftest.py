"""What all tests of the app share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _looks_only_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether another program changed the file is looked for when a test asks (`gateway.watch`), not when a second has
    passed: a test that is about a change nobody has seen yet would depend on how fast it runs."""
    monkeypatch.setattr("tui.app.WATCH_SECONDS", 3600.0)
