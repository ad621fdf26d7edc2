"""An export of ours that somebody changed: what cannot be is refused in words, and what is taken is sound."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import (
    ImportOptions,
    ImportPlan,
    ImportRefused,
    Store,
    WrongRows,
    apply_import,
    export_csv,
    open_store,
    plan_for,
    read_table,
)
from store.checking import problems
from tests.deck import TODAY, Deck, at

_FIX = "export again, or empty the cell"


def exported(store: Store) -> str:
    out = io.StringIO(newline="")
    export_csv(store, out)
    return out.getvalue()


def with_cell(text: str, **cells: str) -> str:
    """The export with these cells in its first row."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    rows[0].update(cells)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def bring(store: Store, text: str, **options: Any) -> ImportPlan:
    plan = plan_for(store, read_table(text.encode(), "deals.csv"), ImportOptions(**options), TODAY, at())
    apply_import(store, plan, at())
    return plan


def refused(text: str, folder: Path) -> str:
    """Why `text` is not imported into an empty store: its only wrong cell."""
    with open_store(folder / "empty.db", create=True) as store, pytest.raises(WrongRows) as raised:
        bring(store, text)
    (cell,) = raised.value.cells
    return str(cell)


def assert_sound(text: str, folder: Path) -> ImportPlan:
    """An import of `text` leaves nothing for the doctor, and what is exported then goes in again as it is."""
    with open_store(folder / "first.db", create=True) as store:
        plan = bring(store, text)
        again = exported(store)
    with closing(sqlite3.connect(folder / "first.db")) as connection:
        assert problems(connection) == ()
    with open_store(folder / "second.db", create=True) as store:
        bring(store, again)
        assert exported(store) == again
    for path in folder.glob("*.db"):
        path.unlink()
    return plan


@pytest.fixture
def export(deck: Deck) -> str:
    """An export of one open deal."""
    deck.deal("Acme", on="2026-11-01")
    return exported(deck.store)


def visit(entered: str, left: str | None = None, stage: str = "On radar") -> dict[str, str | None]:
    """One visit; days are those at noon in UTC."""
    return {
        "stage": stage, "entered_at": f"{entered}T12:00:00.000Z", "left_at": left and f"{left}T12:00:00.000Z",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("visits", "early"),
    [
        ([visit("2026-05-01", "2026-05-02"), visit("2026-01-01")], "2026-01-01"),
        (
            [visit("2026-05-01", "2026-06-02"), visit("2026-05-20", "2026-06-02"), visit("2026-06-03")],
            "2026-05-20",
        ),
        (
            [visit("2026-05-01", "2026-05-02"), visit("2026-05-02", "2026-05-09"), visit("2026-05-08")],
            "2026-05-08",
        ),
    ],
)
def test_visits_that_overlap_or_stand_in_another_order_are_refused(
    export: str, tmp_path: Path, visits: list[Any], early: str
) -> None:
    told = refused(with_cell(export, visits=json.dumps(visits)), tmp_path)
    assert told.startswith("line 2, column “visits”, value “[{")
    assert told.endswith(
        f": the visit of {early}T12:00:00.000Z begins before the one ahead of it ends; {_FIX}"
    )


NOON = "2026-11-01T12:00:00.000Z"


@pytest.mark.parametrize(
    ("column", "cell", "year"),
    [
        ("created_at", "9999-12-31T23:59:59.999Z", 9999),
        ("created_at", "0001-01-01T12:00:00Z", 1),
        ("visits", '[{"stage":"On radar","entered_at":"2250-01-01T12:00:00Z"}]', 2250),
        (
            "visits",
            f'[{{"stage":"On radar","entered_at":"{NOON}","ticked":[{{"item":"x","at":"1969-01-01"}}]}}]',
            1969,
        ),
        ("touches", '[{"kind":"call","at":"2200-06-01T12:00:00Z"}]', 2200),
        ("tasks", f'[{{"title":"x","due_on":"0001-01-01","created_at":"{NOON}"}}]', 1),
        ("tasks", f'[{{"title":"x","due_on":"9999-12-31","created_at":"{NOON}"}}]', 9999),
        ("tasks", f'[{{"title":"x","created_at":"{NOON}","done_at":"1960-01-01T12:00:00Z"}}]', 1960),
    ],
)
def test_days_and_instants_are_of_the_years_that_are_kept(
    export: str, tmp_path: Path, column: str, cell: str, year: int
) -> None:
    told = refused(with_cell(export, **{column: cell}), tmp_path)
    assert told.startswith(f"line 2, column “{column}”, value “")
    assert told.endswith(f"is in the year {year}; only days from 1970 to 2199 are kept; {_FIX}")


def test_the_months_of_goals_are_of_these_years_too_and_the_fix_is_told_once(
    export: str, tmp_path: Path
) -> None:
    pipelines = json.loads(next(csv.DictReader(io.StringIO(export, newline="")))["pipelines"])
    for month, why in (
        ("0001-12", "“0001-12” is not a month such as 2026-11, from 1970 to 2199"),
        ("2026-13", "“2026-13” is not a month such as 2026-11, from 1970 to 2199"),
    ):
        pipelines[0]["goals"] = {month: "5"}
        text = with_cell(export, pipelines=json.dumps(pipelines))
        with open_store(tmp_path / "empty.db", create=True) as store, pytest.raises(ImportRefused) as raised:
            bring(store, text)
        assert str(raised.value) == f'The column "pipelines" cannot be read: {why}; {_FIX}'
    pipelines[0]["goals"] = {"2026-12": "1e5"}
    with open_store(tmp_path / "empty.db") as store, pytest.raises(ImportRefused) as raised:
        bring(store, with_cell(export, pipelines=json.dumps(pipelines)))
    assert str(raised.value).count(_FIX) == 1


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("created_at", "soon", "“soon” is not an instant such as 2026-11-20T09:30:00.000Z"),
        ("people", '[{"name":""}]', "The contact is empty; type at least one character"),
        ("touches", '{"a":1}', "this is not a list in JSON"),
    ],
)
def test_each_refusal_says_what_would_put_it_right_once(
    export: str, tmp_path: Path, column: str, cell: str, why: str
) -> None:
    assert refused(with_cell(export, **{column: cell}), tmp_path).endswith(f": {why}; {_FIX}")


@pytest.mark.parametrize(
    "cells", [{"lost_reason": "x"}, {"lost_note": "y"}, {"lost_reason": "x", "lost_note": "y"}]
)
def test_a_lost_reason_of_a_deal_that_is_not_lost_is_left_out_and_told(
    export: str, tmp_path: Path, cells: dict[str, str]
) -> None:
    plan = assert_sound(with_cell(export, **cells), tmp_path)
    assert [(deal.lost_reason, deal.lost_note) for deal in plan.deals] == [(None, "")]
    assert plan.notes == ("Not lost and with a lost reason, which is left out: 1 row.",)


def test_a_lost_deal_keeps_what_is_said_of_it_and_nothing_is_told_of_an_export_as_it_is(
    deck: Deck, tmp_path: Path
) -> None:
    deck.deal("Acme")
    deck.store.deals.lose([1], "other", at(), note="a word")
    deck.deal("Beta", task="call", due="2026-12-01")
    plan = assert_sound(exported(deck.store), tmp_path)
    assert [(deal.name, deal.lost_reason, deal.lost_note) for deal in plan.deals if deal.lost_reason] == [
        ("Acme", "other", "a word")
    ]
    assert plan.notes == ()


_DAYS = st.sampled_from(["2025-12-31", "2026-05-01", "2026-05-02", "2026-11-20", "2026-12-24"])
_VISITS = st.lists(
    st.builds(
        visit, _DAYS, st.none() | _DAYS, st.sampled_from(["On radar", "Product evaluated", "Closed lost"])
    ),
    min_size=1,
    max_size=3,
)
_EDITS = st.fixed_dictionaries(
    {},
    optional={
        "visits": st.builds(
            lambda visits: json.dumps([*visits[:-1], {**visits[-1], "left_at": None}]), _VISITS
        ),
        "stage": st.sampled_from(["On radar", "Closed lost", "Contract signed and returned"]),
        "outcome": st.sampled_from(["", "open", "lost", "won"]),
        "lost_reason": st.just("x"),
        "lost_note": st.just("y"),
        "created_at": _DAYS,
        "closed_at": _DAYS,
        "close_date": _DAYS,
        "own_probability": st.just("33"),
        "snoozed_until": _DAYS,
    },
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_EDITS)
def test_whatever_is_changed_is_refused_or_sound(export: str, tmp_path: Path, cells: dict[str, str]) -> None:
    text = with_cell(export, **cells)
    for path in tmp_path.glob("*.db"):
        path.unlink()
    try:
        assert_sound(text, tmp_path)
    except WrongRows:
        (tmp_path / "first.db").unlink()
