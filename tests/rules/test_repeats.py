"""When a task that repeats is due again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.repeats import MAX_REPEAT, next_due, parse_repeat, repeat_words

days = st.dates(date(1970, 1, 1), date(2180, 12, 31))
intervals = st.integers(1, MAX_REPEAT)
DUE = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("done_on", "again_on"),
    [
        (DUE, date(2026, 11, 9)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 1), date(2026, 11, 9)),
    ],
)
def test_the_example(done_on: date, again_on: date) -> None:
    assert next_due(DUE, 7, done_on) == again_on


@given(days, intervals, days)
def test_it_is_the_first_later_day_of_the_series_after_today(due_on: date, every: int, today: date) -> None:
    again = next_due(due_on, every, today)
    assert again is not None
    assert (again - due_on).days % every == 0
    assert again > max(due_on, today)
    before = again - timedelta(every)
    assert before <= max(due_on, today)


def test_beyond_the_days_that_are_kept_there_is_no_next_one() -> None:
    assert next_due(date(2199, 12, 30), 1, DUE) == date(2199, 12, 31)
    assert next_due(date(2199, 12, 31), 1, DUE) is None
    assert next_due(date.max, MAX_REPEAT, DUE) is None


@given(intervals)
def test_what_is_said_is_read(every: int) -> None:
    assert parse_repeat(repeat_words(every)) == every


@pytest.mark.parametrize(
    ("every", "words"), [(1, "every day"), (3, "every 3 days"), (7, "every week"), (14, "every 2 weeks")]
)
def test_a_repetition_in_words(every: int, words: str) -> None:
    assert repeat_words(every) == words


@pytest.mark.parametrize(
    "typed", ["every", "every other week", "every 0 days", "every 9999 weeks", "3 days", ""]
)
def test_other_words_are_no_repetition(typed: str) -> None:
    assert parse_repeat(typed) is None
