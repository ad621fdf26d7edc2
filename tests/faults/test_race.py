"""Two programs that write one file as fast as they can: what comes of it is what one would have made of the same
commands, one after the other, in the order of the journal. So no update is lost, and nothing is half done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from store import open_store
from tests.deck import PLAIN, Deck, rows_of
from tests.faults.counting import Note
from tests.faults.racing import COMMANDS, Command, Racer, does
from tests.faults.sound import assert_sound

TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
ACTIONS = "SELECT id, title, target_id FROM actions ORDER BY id"

numbers = st.integers(1, 6)
commands = st.tuples(st.sampled_from(sorted(COMMANDS)), numbers, numbers).map(list)

QUICK = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # a race that was lost is not lost again in the same way
    print_blob=True,
    derandomize=True,
)
LONG = settings(QUICK, max_examples=300, derandomize=False)


@pytest.fixture(scope="module")
def racers() -> Iterator[tuple[Racer, Racer]]:
    with Racer() as one, Racer() as other:
        yield one, other


def all_rows(path: Path) -> dict[str, list[Any]]:
    return {
        table: rows_of(path, f"SELECT * FROM {table} ORDER BY 1, 2") for (table,) in rows_of(path, TABLES)
    }


@pytest.mark.parametrize(
    ("effort", "length"),
    [(QUICK, 12), pytest.param(LONG, 50, marks=pytest.mark.long)],
    ids=["quick", "long"],
)
def test_two_programs_do_what_one_would_have_done(
    tmp_path: Path,
    racers: tuple[Racer, Racer],
    effort: settings,
    length: int,
    note_points: Note,
) -> None:
    start = tmp_path / "start.db"
    with Deck(start, PLAIN) as deck:
        deck.deals("First", "Second", "Third")
    before = rows_of(start, ACTIONS)
    turns: list[int] = []
    """How often the next action was the other program's, for each race."""
    actions: list[int] = []
    many = st.lists(commands, min_size=length, max_size=length)

    @effort
    @given(many, many)
    def race(ones: list[Command], others: list[Command]) -> None:
        raced, replayed = tmp_path / "raced.db", tmp_path / "replayed.db"
        for copy in (raced, replayed):
            shutil.copy(start, copy)
        for racer, mine in zip(racers, (ones, others), strict=True):
            racer.start(raced, mine)
        outcomes = [
            (number, command, outcome)
            for number, mine in enumerate((ones, others))
            for command, outcome in zip(mine, racers[number].finish(), strict=True)
        ]
        assert not any("another program" in outcome.refused for _, _, outcome in outcomes)  # they wait
        assert_sound(raced)
        done = sorted(
            (outcome.action_id, outcome.title, number, command)
            for number, command, outcome in outcomes
            if outcome.action_id is not None
        )
        actions.append(len(done))
        turns.append(sum(one[2] != following[2] for one, following in pairwise(done)))
        journal = rows_of(raced, ACTIONS)[len(before) :]
        assert [row[:2] for row in journal] == [each[:2] for each in done]
        with open_store(replayed) as store:
            for action_id, title, _, command in done:
                assert does(store, command) == (action_id, title, "")
        assert all_rows(replayed) == all_rows(raced)

    race()
    assert sum(turns) > len(turns)  # they were at it at the same time
    note_points("command of two programs at once", sum(actions))
