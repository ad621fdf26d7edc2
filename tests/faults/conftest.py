"""What every test of faults may ask for: `note_points`, which tells how many moments it tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.counting import Note, noting


@pytest.fixture
def note_points(record_property: Callable[[str, object], None]) -> Note:
    return noting(record_property)
