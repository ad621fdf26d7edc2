"""Which backups may go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from store.rules.rotation import DAYS, LOOKING, OF_EACH, WEEKS, superfluous
from store.views import BackupKind

FRIDAY: Final = date(2026, 11, 20)
DAILY: Final = BackupKind.DAILY
RESTORE: Final = BackupKind.RESTORE
ROTATED: Final = (BackupKind.IMPORT, BackupKind.MIGRATION, RESTORE, BackupKind.REPAIR)

Made = list[tuple[date, BackupKind]]


def rotated(made: Made, today: date | None = None) -> Made:
    """What is left, the newest first."""
    gone = superfluous(made, today or max((day for day, _ in made), default=FRIDAY))
    return [each for place, each in enumerate(made) if place not in gone]


def day_by_day(days: list[date]) -> list[date]:
    """The days whose daily backups are left when one is made, and the superfluous go, on each of `days`."""
    left: Made = []
    for day in days:
        left = rotated([(day, DAILY), *left])
    return [day for day, _ in left]


def test_after_a_hundred_days_there_are_seven_days_and_four_weeks() -> None:
    days = [FRIDAY - timedelta(back) for back in reversed(range(100))]
    sundays = [date(2026, 11, 8), date(2026, 11, 1), date(2026, 10, 25)]
    assert day_by_day(days) == [*reversed(days[-7:]), date(2026, 11, 13), *sundays]


def test_who_works_on_mondays_only_keeps_eleven_mondays() -> None:
    mondays = [date(2026, 11, 16) - timedelta(weeks=back) for back in reversed(range(30))]
    assert day_by_day(mondays) == list(reversed(mondays[-11:]))


def test_of_two_on_a_day_the_newer_is_kept() -> None:
    assert superfluous([(FRIDAY, DAILY), (FRIDAY, DAILY)], FRIDAY) == {1}


def test_the_newest_five_of_each_other_kind_are_kept_and_all_that_were_asked_for() -> None:
    made: Made = [(FRIDAY, kind) for kind in BackupKind if kind is not DAILY for _ in range(8)]
    left = [kind for _, kind in rotated(made, FRIDAY + LOOKING + timedelta(1))]
    assert {kind: left.count(kind) for kind in left} == {
        **dict.fromkeys(ROTATED, OF_EACH),
        BackupKind.ASKED: 8,
    }


def test_who_looks_for_the_right_backup_keeps_what_was_there_before_the_first_restore() -> None:
    made: Made = [(FRIDAY, RESTORE)] * 30 + [(FRIDAY - LOOKING, RESTORE)] * 2
    assert rotated(made, FRIDAY) == made
    assert rotated([*made, (FRIDAY - LOOKING - timedelta(1), RESTORE)], FRIDAY) == made
    assert len(rotated(made, FRIDAY + timedelta(1))) == 30


dailies = st.lists(st.integers(0, 400), min_size=1, max_size=60).map(
    lambda shifts: [FRIDAY + timedelta(shift) for shift in sorted(shifts)]
)


@given(dailies)
def test_what_is_left_is_the_same_however_often_the_superfluous_go(days: list[date]) -> None:
    at_once = rotated([(day, DAILY) for day in reversed(days)])
    assert day_by_day(days) == [day for day, _ in at_once]
    assert rotated(at_once) == at_once


@given(dailies)
def test_the_newest_day_and_each_week_before_the_newest_days_are_kept(days: list[date]) -> None:
    left = day_by_day(days)
    each = sorted(set(days), reverse=True)
    assert left[:DAYS] == each[:DAYS]
    weeks = list(dict.fromkeys(day.isocalendar()[:2] for day in each[DAYS:]))
    assert [day.isocalendar()[:2] for day in left[DAYS:]] == weeks[:WEEKS]
    assert len(left) <= DAYS + WEEKS


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60).map(lambda shift: FRIDAY + timedelta(shift)), st.sampled_from(BackupKind)
        )
    )
)
def test_one_kind_never_costs_another_one_a_place(made: Made) -> None:
    made.sort(key=lambda each: each[0], reverse=True)
    today = FRIDAY + timedelta(60)
    left = rotated(made, today)
    for kind in BackupKind:
        alone = [each for each in made if each[1] is kind]
        assert [each for each in left if each[1] is kind] == rotated(alone, today)
