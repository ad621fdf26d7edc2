"""The longest silence of a stay in a stage, and what became of deals that were as silent."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.rules.silence import ENOUGH, Silence, Silences, Similar, longest_silence
from tests.rules.deals import TODAY

days = st.dates(TODAY - timedelta(days=60), TODAY)


def on(day: int) -> date:
    return date(2026, 10, day)


def test_the_silence_is_the_longest_gap_between_two_signs_of_life() -> None:
    assert longest_silence(on(1), on(30), [on(4), on(25), on(27)]) == 21


def test_entering_and_leaving_are_signs_of_life() -> None:
    assert longest_silence(on(1), on(20), []) == 19
    assert longest_silence(on(1), on(20), [on(15)]) == 14
    assert longest_silence(on(1), on(20), [on(3)]) == 17


def test_signs_outside_of_the_stay_do_not_count() -> None:
    assert longest_silence(on(5), on(15), [on(1), on(28)]) == 10


def test_a_stay_that_ends_before_it_begins_has_no_silence() -> None:
    assert longest_silence(on(15), on(5), [on(10)]) == 0


@given(entered=days, left=days, signs=st.lists(days, max_size=6))
def test_no_silence_is_longer_than_the_stay_and_one_is_as_long_as_said(
    entered: date, left: date, signs: list[date]
) -> None:
    longest = longest_silence(entered, left, signs)
    alive = [day for day in (entered, *signs, left) if entered <= day <= left]
    assert 0 <= longest <= max(0, (left - entered).days)
    for start in alive:
        ends = [day for day in alive if day > start]
        assert not ends or (min(ends) - start).days <= longest


def test_of_fewer_than_five_nothing_is_said() -> None:
    four = [Silence(30, True)] * (ENOUGH - 1)
    assert Silences(four).similar(10) is None
    assert Silences([*four, Silence(9, True)]).similar(10) is None
    assert Silences([*four, Silence(10, False)]).similar(10) == Similar(5, 4)


@given(st.lists(st.builds(Silence, st.integers(0, 30), st.booleans()), max_size=30), st.integers(0, 31))
def test_those_as_silent_are_counted(silences: list[Silence], idle: int) -> None:
    as_silent = [silence for silence in silences if silence.days >= idle]
    said = Silences(silences).similar(idle)
    if len(as_silent) < ENOUGH:
        assert said is None
    else:
        assert said == Similar(len(as_silent), sum(silence.won for silence in as_silent))
