"""Next steps: adding, finishing, changing and removing tasks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from store import Done, InvalidInput, NotFound, Store, TaskDraft
from tests.deck import Deck, at


def test_the_earliest_dated_task_is_the_next_step(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Initech renewal")
    draft = TaskDraft("call Ann", date(2026, 11, 24))
    done = store.tasks.add([deal_id], draft, at())
    assert (done.title, done.deal_ids) == ("next step for Initech renewal: call Ann", (deal_id,))
    deck.task(deal_id, "send terms", "2026-11-23")
    deck.task(deal_id, "some day")
    step = deck.read(deal_id).next_step
    assert step is not None
    assert (step.title, step.due_on) == ("send terms", date(2026, 11, 23))
    assert done.made_id in {task.id for task in deck.page(deal_id).tasks if task.title == "call Ann"}


def test_of_one_day_the_earliest_time_comes_first_and_only_what_comes_first_is_called_next_step(
    deck: Deck, store: Store
) -> None:
    deal_id, day = deck.deal("Acme"), date(2026, 11, 24)

    def added(title: str, due_on: date | None, due_at: time | None = None) -> str:
        return store.tasks.add([deal_id], TaskDraft(title, due_on, due_at), at()).title

    assert added("call Ann", day) == "next step for Acme: call Ann"
    assert added("demo", day, time(14)) == "next step for Acme: demo"
    assert added("send terms", day) == "task for Acme: send terms"
    assert added("some day", None) == "task for Acme: some day"
    assert added("stand-up", day, time(9, 30)) == "next step for Acme: stand-up"
    step = deck.read(deal_id).next_step
    assert step is not None
    assert (step.title, step.due_on, step.due_at) == ("stand-up", day, time(9, 30))
    assert [task.title for task in deck.page(deal_id).tasks] == [
        "stand-up", "demo", "call Ann", "send terms", "some day",
    ]  # fmt: skip
    other = deck.deal("Globex")
    done = store.tasks.add([deal_id, other], TaskDraft("mail", day, time(12)), at())
    assert done.title == "task for 2 deals: mail"


def test_finishing_it_resets_the_idle_clock(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-01")
    task_id = deck.task(deal_id, "call Ann", "2026-11-10", on="2026-11-05")
    assert deck.read(deal_id).idle_since == date(2026, 11, 1)
    done = store.tasks.finish([task_id], at())
    assert (done.title, done.deal_ids) == ("finish call Ann for Acme", (deal_id,))
    assert deck.read(deal_id).idle_since == date(2026, 11, 20)
    assert deck.read(deal_id).open_tasks == 0
    assert store.tasks.finish([task_id], at()).action_id is None


def test_several_deals_get_the_same_step_as_one_step_of_undo(deck: Deck, store: Store) -> None:
    ids = deck.deals("A", "B", "C")
    done = store.tasks.add(ids, TaskDraft("send the price list"), at())
    assert (done.title, done.deal_ids) == ("next step for 3 deals: send the price list", ids)
    tasks = [deck.page(deal_id).tasks[0].id for deal_id in ids]
    assert store.tasks.finish(tasks, at()).title == "finish 3 tasks"
    deck.undo()
    deck.undo()
    assert [deck.page(deal_id).tasks for deal_id in ids] == [(), (), ()]
    assert store.tasks.add([], TaskDraft("nothing"), at()).action_id is None


def test_a_task_is_changed_and_removed(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    task_id = deck.task(deal_id, "call Ann", "2026-11-24")
    assert store.tasks.edit(task_id, TaskDraft("call Ann", date(2026, 11, 24)), at()).action_id is None
    assert store.tasks.edit(task_id, TaskDraft("call Bob"), at()).title == "edit call Ann for Acme"
    (task,) = deck.page(deal_id).tasks
    assert (task.title, task.due_on) == ("call Bob", None)
    assert store.tasks.delete(task_id, at()).title == "delete call Bob for Acme"
    assert deck.page(deal_id).tasks == ()
    changes: list[Callable[[], Done]] = [
        lambda: store.tasks.delete(task_id, at()),
        lambda: store.tasks.edit(task_id, TaskDraft("x"), at()),
        lambda: store.tasks.finish([task_id], at()),
    ]
    for change in changes:
        with pytest.raises(NotFound, match=f"no task {task_id}"):
            change()
    deck.undo()
    assert deck.page(deal_id).tasks == (task,)


def test_a_task_is_never_dated_before_the_visit_it_was_made_in(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-10")
    task_id = deck.task(deal_id, on="2026-11-01")
    store.tasks.finish([task_id], at("2026-11-02"))
    (task,) = deck.page(deal_id).tasks
    assert (task.created_at, task.done_at) == (at("2026-11-10"), at("2026-11-10"))
    weekly = TaskDraft("check in", date(2026, 11, 2), repeat_days=7)
    task_id = store.tasks.add([deal_id], weekly, at("2026-11-01")).made_id or 0
    store.tasks.finish([task_id], at("2026-11-02"))
    (again,) = (task for task in deck.page(deal_id).tasks if task.done_at is None)
    assert (again.created_at, again.due_on) == (at("2026-11-10"), date(2026, 11, 9))
    store.tasks.finish([again.id], at("2026-11-12"))
    (again,) = (task for task in deck.page(deal_id).tasks if task.done_at is None)
    assert again.created_at == at("2026-11-12")


def test_the_tasks_of_a_deleted_deal_are_left_alone(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    task_id = deck.task(deal_id, "call Ann", "2026-11-24")
    other = deck.task(deck.deal("Globex"))
    store.deals.delete([deal_id], at())
    before = deck.dump()
    commands: list[Callable[[], Done]] = [
        lambda: store.tasks.finish([other, task_id], at()),
        lambda: store.tasks.edit(task_id, TaskDraft("write"), at()),
        lambda: store.tasks.delete(task_id, at()),
    ]
    for command in commands:
        with pytest.raises(NotFound, match=r"Acme .* is deleted"):
            command()
    assert deck.dump() == before
    store.deals.restore([deal_id], at())
    assert store.tasks.finish([task_id], at()).title == "finish call Ann for Acme"


def test_a_task_that_repeats_makes_the_next_one_when_it_is_done(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-01")
    draft = TaskDraft("call Ann", date(2026, 11, 2), time(9, 30), 7)
    task_id = store.tasks.add([deal_id], draft, at("2026-11-01")).made_id
    assert task_id is not None
    before = deck.dump()
    done = store.tasks.finish([task_id], at())
    assert done.title == "finish call Ann for Acme, again Mon 23 Nov"
    again, finished = deck.page(deal_id).tasks
    assert (again.title, again.due_on, again.due_at, again.repeat_days, again.done_at) == (
        "call Ann", date(2026, 11, 23), time(9, 30), 7, None,
    )  # fmt: skip
    assert (finished.id, finished.done_at) == (task_id, at())
    assert store.tasks.finish([task_id], at()).action_id is None
    after = deck.dump()
    deck.undo()
    assert deck.dump() == before
    deck.redo()
    assert deck.dump() == after


def test_one_at_the_end_of_days_is_not_repeated(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    draft = TaskDraft("call Ann", date(2199, 12, 31), repeat_days=1)
    task_id = store.tasks.add([deal_id], draft, at()).made_id
    assert task_id is not None
    assert store.tasks.finish([task_id], at()).title == "finish call Ann for Acme"
    assert deck.read(deal_id).open_tasks == 0


def test_tasks_are_moved_to_another_day_as_one_step(deck: Deck, store: Store) -> None:
    one, other = deck.deals("One", "Other")
    tasks = [deck.task(one, "call Ann", "2026-11-18"), deck.task(other, "send terms", "2026-11-19")]
    done = deck.task(one, "done", "2026-11-18")
    store.tasks.finish([done], at())
    day = date(2026, 11, 27)
    moved = store.tasks.postpone([*tasks, done], day, at())
    assert (moved.title, moved.deal_ids) == ("move 2 tasks to Fri 27 Nov", (one, other))
    assert [each.task.due_on for each in store.read.tasks()] == [day, day]
    assert store.tasks.postpone([*tasks, done], day, at()).action_id is None
    title = store.tasks.postpone(tasks[:1], date(2026, 11, 30), at()).title
    assert title == "move call Ann for One to Mon 30 Nov"
    with pytest.raises(InvalidInput, match="only days from 1970"):
        store.tasks.postpone(tasks, date(2500, 1, 1), at())
    deck.undo()
    deck.undo()
    assert deck.read(one).next_step is not None
    assert [each.task.due_on for each in store.read.tasks()] == [date(2026, 11, 18), date(2026, 11, 19)]


def test_a_title_names_the_year_of_a_day_in_another_one(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    task_id = store.tasks.add(
        [deal_id], TaskDraft("call Ann", date(2026, 12, 28), repeat_days=7), at()
    ).made_id
    assert task_id is not None
    assert store.tasks.finish([task_id], at()).title == "finish call Ann for Acme, again Mon 4 Jan 2027"
    (again,) = (task.id for task in deck.page(deal_id).tasks if task.done_at is None)
    assert (
        store.tasks.postpone([again], date(2027, 1, 8), at()).title
        == "move call Ann for Acme to Fri 8 Jan 2027"
    )


def test_a_task_takes_a_time_and_a_repetition(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    task_id = deck.task(deal_id, "call Ann", "2026-11-24")
    draft = TaskDraft("call Ann", date(2026, 11, 24), time(14, 30, 59), 14)
    assert store.tasks.edit(task_id, draft, at()).action_id is not None
    (task,) = deck.page(deal_id).tasks
    assert (task.due_at, task.repeat_days) == (time(14, 30), 14)
    assert store.tasks.edit(task_id, draft, at()).action_id is None


@pytest.mark.parametrize(
    ("due_on", "due_at", "repeat_days", "why"),
    [
        (None, time(9), None, "with a time needs a day"),
        (None, None, 7, "with a repetition needs a day"),
        (date(2026, 11, 24), None, 0, "after 1 to 3,650 days, not 0"),
        (date(2026, 11, 24), None, 3_651, "not 3,651"),
        (date(2500, 1, 1), None, None, "only days from 1970"),
    ],
)
def test_a_task_that_cannot_be(
    due_on: date | None, due_at: time | None, repeat_days: int | None, why: str
) -> None:
    with pytest.raises(InvalidInput, match=why):
        TaskDraft("call Ann", due_on, due_at, repeat_days)


def test_a_task_needs_words() -> None:
    with pytest.raises(InvalidInput, match="next step is empty"):
        TaskDraft(" \t ")
