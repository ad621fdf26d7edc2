"""The line of a next step: what, when, at what time, how often. Today is Friday 2026-11-20."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import InvalidInput
from store.rules.repeats import MAX_REPEAT
from store.rules.steps import StepLine, TouchLine, parse_step, parse_touch, step_text, touch_text
from store.text import clean_line
from store.views import TouchKind
from tests.rules.deals import TODAY

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
NINE, HALF_PAST_TWO = time(9), time(14, 30)


@pytest.mark.parametrize(
    ("typed", "title", "due_on", "due_at", "repeat_days"),
    [
        ("call Ann fri", "call Ann", FRIDAY, None, None),
        ("call Ann on fri", "call Ann", FRIDAY, None, None),
        ("check in fri", "check in", FRIDAY, None, None),
        ("3", "follow up", MONDAY, None, None),
        ("call Ann", "call Ann", None, None, None),
        ("call Ann fri 14:30", "call Ann", FRIDAY, HALF_PAST_TWO, None),
        ("call Ann fri at 9", "call Ann", FRIDAY, NINE, None),
        ("call Ann at 9 fri", "call Ann", FRIDAY, NINE, None),
        ("demo 2:30pm 27 nov", "demo", FRIDAY, HALF_PAST_TWO, None),
        ("demo 27 nov 2026 2:30 pm", "demo", FRIDAY, HALF_PAST_TWO, None),
        ("demo fri at 9 am", "demo", FRIDAY, NINE, None),
        ("call Ann at 9", "call Ann", TODAY, NINE, None),
        ("14:30", "follow up", TODAY, HALF_PAST_TWO, None),
        ("send a reminder every 3 days", "send a reminder", MONDAY, None, 3),
        ("check in weekly", "check in", FRIDAY, None, 7),
        ("call Ann mon every 2 weeks", "call Ann", MONDAY, None, 14),
        ("call Ann every 2 weeks mon 14:30", "call Ann", MONDAY, HALF_PAST_TWO, 14),
        ("stand-up daily at 9", "stand-up", date(2026, 11, 21), NINE, 1),
        ("report every mon", "report", MONDAY, None, 7),
        ("report every mon 14:30", "report", MONDAY, HALF_PAST_TWO, 7),
        ("every week", "follow up", FRIDAY, None, 7),
        ("send the weekly fri", "send the weekly", FRIDAY, None, None),
        ("visit booth 25:70", "visit booth 25:70", None, None, None),
        ("visit booth 25:70 fri", "visit booth 25:70", FRIDAY, None, None),
        ("call at fri", "call at", FRIDAY, None, None),
        ("visit every day tomorrow", "visit", date(2026, 11, 21), None, 1),
    ],
)
def test_a_line_is_what_when_and_how_often(
    typed: str, title: str, due_on: date | None, due_at: time | None, repeat_days: int | None
) -> None:
    assert parse_step(typed, TODAY) == StepLine(title, due_on, due_at, repeat_days)


def test_the_echo_says_day_time_and_repetition() -> None:
    assert parse_step("call Ann fri 14:30 every 2 weeks", TODAY).describe(TODAY) == (
        "call Ann · Fri 27 Nov 14:30, in 7 days · every 2 weeks"
    )
    assert parse_step("call Ann", TODAY).describe(TODAY) == (
        "call Ann · no day; say when: fri, 3, +2w, 12 dec"
    )


def test_a_step_is_due_today_or_later_but_one_that_is_there_may_keep_its_day() -> None:
    with pytest.raises(InvalidInput, match="is past"):
        parse_step("call Ann yesterday", TODAY)
    late = date(2026, 11, 10)
    assert parse_step("call Bob 2026-11-10 every week", TODAY, earliest=late).due_on == late
    with pytest.raises(InvalidInput, match="is past"):
        parse_step("call Bob 2026-11-09", TODAY, earliest=late)
    assert parse_step("call Bob today", TODAY, earliest=FRIDAY).due_on == TODAY
    for typed in ("call Ann every 0 days", "call Ann every tomorrow"):
        with pytest.raises(InvalidInput, match="is not how often"):
            parse_step(typed, TODAY)
    with pytest.raises(InvalidInput, match="Say what is next"):
        parse_step(" \t", TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "at 25:00",
        "call at 25:00",
        "25:00",
        "call fri 9:75",
        "call at 13:00pm 2026-12-01",
        "fri at 24:00",
        "call at 25",
        "at 24",
    ],
)
def test_a_time_that_there_is_not_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match=r"^[0-9:pm]+ is not a time of day; say 9:00, 14:30 or 2pm\.$"):
        parse_step(typed, TODAY)


titles = st.sampled_from(["call Ann", "check in", "follow up", "send the weekly", "見積送付", "demo at 3 p"])
times = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(titles, st.dates(TODAY, date(2199, 12, 31)), times, st.none() | st.integers(1, MAX_REPEAT))
def test_a_step_as_a_line_is_read_as_the_same_step(
    title: str, due_on: date, due_at: time | None, repeat_days: int | None
) -> None:
    step = StepLine(title, due_on, due_at, repeat_days)
    assert parse_step(step_text(step), TODAY) == step


said = st.sampled_from(
    ["", "asked for a quote", "call Ann yesterday", "note: 3 seats", "email", "today", "-3d"]
)


@given(
    st.sampled_from(TouchKind), said | st.text(max_size=30).map(clean_line), st.dates(date(1970, 1, 1), TODAY)
)
def test_a_touch_as_a_line_is_read_as_the_same_touch(kind: TouchKind, text: str, on: date) -> None:
    touch = TouchLine(kind, text, on)
    assert parse_touch(touch_text(touch), TODAY) == touch


@given(st.text(max_size=40))
def test_any_line_is_a_step_or_said_to_be_none(typed: str) -> None:
    try:
        step = parse_step(typed, TODAY)
    except InvalidInput:
        return
    assert step.title
    assert step.due_on is not None or (step.due_at, step.repeat_days) == (None, None)


def test_a_line_of_only_a_weekdays_first_letters_is_that_day() -> None:
    assert parse_step("f", TODAY) == StepLine("follow up", date(2026, 11, 27))
    assert parse_step("th", TODAY) == StepLine("follow up", date(2026, 11, 26))
    assert parse_step("call f", TODAY) == StepLine("call f", None)
    assert parse_step("t", TODAY) == StepLine("t", None)
