"""Which months can be forecast."""

from __future__ import annotations

import pytest

from store import InvalidInput, Store
from tests.deck import TODAY


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "nov", "", "２０２６-11", "1890-01", "9999-12"])
def test_a_forecast_of_what_is_no_month(store: Store, month: str) -> None:
    with pytest.raises(InvalidInput, match="is not a month such as 2026-11"):
        store.read.forecast(None, TODAY, ["2026-11", month])


def test_months_after_all_days_that_are_kept_are_empty(store: Store) -> None:
    found = store.read.forecast(None, TODAY, ["2026-11", "2209-12", "9998-12"])
    assert [month.forecast for month in found.months] == [0, 0, 0]
