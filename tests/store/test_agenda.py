"""What is due over all deals and pipelines. Today is Friday 2026-11-20, so this week ends on the 22nd."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store import DealDraft, DueTask, Outcome, Store, Task, TaskDraft, template
from store.rules.agenda import agenda as arranged
from tests.deck import TODAY, Deck, at
from tests.store.statements import statements_of


def titles(block: tuple[DueTask, ...]) -> list[str]:
    return [each.task.title for each in block]


def test_tasks_stand_in_blocks_by_day_and_time(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", "product", 12_000, company="Acme Inc")
    for title, due in (
        ("late", "2026-11-18"), ("later still", "2026-11-19"), ("no time", "2026-11-20"), ("sunday", "2026-11-22"),
        ("monday", "2026-11-23"), ("some day", None),
    ):  # fmt: skip
        deck.task(deal_id, title, due)
    for title, hour in (("at two", 14), ("at nine", 9)):
        store.tasks.add([deal_id], TaskDraft(title, TODAY, time(hour)), at())
    done = deck.task(deal_id, "done", "2026-11-20")
    store.tasks.finish([done], at())
    agenda = store.read.agenda(TODAY)
    assert titles(agenda.overdue) == ["late", "later still"]
    assert titles(agenda.due_today) == ["at nine", "at two", "no time"]
    assert titles(agenda.this_week) == ["sunday"]
    assert (agenda.later, agenda.later_count, agenda.undated, agenda.undated_count) == ((), 1, (), 1)
    assert agenda.due_count == store.read.due_count(TODAY) == 5
    whole = store.read.agenda(TODAY, whole=True)
    assert (titles(whole.later), titles(whole.undated)) == (["monday"], ["some day"])
    each = agenda.due_today[0]
    assert (each.deal, each.company, each.stage, each.pipeline) == (
        "Acme", "Acme Inc", "Product evaluated", "Sales",
    )  # fmt: skip
    assert (each.amount, each.currency, each.outcome, each.task.due_at) == (
        1_200_000, "USD", Outcome.OPEN, time(9),
    )  # fmt: skip


def test_tasks_of_every_pipeline_and_of_snoozed_and_closed_deals_are_to_be_done(
    deck: Deck, store: Store
) -> None:
    asleep, won, gone = (deck.deal(name, task=f"call {name}", due="2026-11-20") for name in ("A", "B", "C"))
    store.deals.snooze([asleep], date(2026, 12, 1), at())
    store.deals.win([won], at())
    store.deals.delete([gone], at())
    made = store.pipelines.create(template("delivery"), "Delivery", "EUR", at()).made_id
    assert made is not None
    (other,) = store.deals.create(DealDraft("D", made), at()).deal_ids
    deck.task(other, "ship", "2026-11-20")
    agenda = store.read.agenda(TODAY)
    assert titles(agenda.due_today) == ["call A", "call B", "ship"]
    assert store.read.due_count(TODAY) == 3
    assert [each.pipeline for each in agenda.due_today] == ["Sales", "Sales", "Delivery"]
    assert titles(store.read.tasks()) == ["call A", "call B", "ship"]


def test_the_tasks_of_a_deal_and_the_finished_ones(deck: Deck, store: Store) -> None:
    one, other = deck.deals("One", "Other")
    first, second = deck.task(one, "first", "2026-11-25"), deck.task(one, "second", "2026-11-21")
    deck.task(other, "third", "2026-11-20")
    store.tasks.finish([first], at())
    assert titles(store.read.tasks()) == ["third", "second"]
    assert titles(store.read.tasks(one)) == ["second"]
    listed = store.read.tasks(one, finished=True)
    assert [(each.task.id, each.task.done_at is None) for each in listed] == [(second, True), (first, False)]


def test_it_is_read_with_two_statements_whatever_there_is(deck: Deck, store: Store) -> None:
    ids = deck.deals(*(f"Deal {number}" for number in range(20)))
    store.tasks.add(ids, TaskDraft("call", TODAY), at())
    told = statements_of(store, lambda: store.read.agenda(TODAY))
    assert len([each for each in told if each.strip() not in ("BEGIN", "COMMIT")]) == 2


tasks = st.builds(
    lambda key, shift, hour: DueTask(
        Task(
            key, 1, "call", None if shift is None else TODAY + timedelta(shift), at(), None,
            None if hour is None or shift is None else time(hour),
        ),
        "Acme", None, "On radar", Outcome.OPEN, 1, "Sales", None, "USD",
    ),
    st.integers(1, 99),
    st.none() | st.integers(-20, 20),
    st.none() | st.integers(0, 23),
)  # fmt: skip


@given(st.lists(tasks), st.dates(TODAY - timedelta(9), TODAY + timedelta(9)))
def test_every_task_is_in_exactly_one_block(listed: list[DueTask], today: date) -> None:
    agenda = arranged(listed, today, 0, 0)
    blocks = (agenda.overdue, agenda.due_today, agenda.this_week, agenda.later, agenda.undated)
    assert sorted(map(repr, listed)) == sorted(map(repr, sum(blocks, ())))
    sunday = today + timedelta(6 - today.weekday())
    days = [[each.task.due_on for each in block] for block in blocks]
    assert all(day is not None and day < today for day in days[0])
    assert set(days[1]) <= {today}
    assert all(day is not None and today < day <= sunday for day in days[2])
    assert all(day is not None and day > sunday for day in days[3])
    assert set(days[4]) <= {None}
