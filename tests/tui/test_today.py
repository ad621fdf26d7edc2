"""Today: what is due over all deals, done or moved with one key. It is Friday 2026-11-20."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, Static

from store import Agenda, DealDraft, DueTask, Outcome, Task, TaskDraft, template
from store.rules.agenda import agenda as arranged
from tests.deck import TODAY, Deck, at
from tests.tui.face import Face, opened
from tests.tui.looking import plain, text_of
from tui.screens.deal import DealScreen
from tui.screens.today import TodayScreen
from tui.widgets.agenda_rows import NO_TASKS, NOTHING_DUE, agenda_rows
from tui.widgets.row_line import LinePen


def screen_of(face: Face) -> TodayScreen:
    assert isinstance(face.screen, TodayScreen)
    return face.screen


def lines_of(face: Face) -> list[str]:
    """What the list shows, without the blank lines and the cursor."""
    lines = text_of(screen_of(face).rows)
    return [" ".join(line.replace("▌", " ").split()) for line in lines if line.strip()]


def cursor_of(face: Face) -> str:
    """The words of the task that the cursor is on."""
    each = screen_of(face)._pointed()
    return each.task.title if each else ""


def told(face: Face) -> str:
    return screen_of(face).hints.told[0]


def busy(deck: Deck) -> None:
    """Two deals with a task of each kind."""
    acme = deck.deal("Acme", "product", 12_000)
    globex = deck.deal("Globex")
    deck.task(globex, "send terms", "2026-11-18")
    deck.store.tasks.add([acme], TaskDraft("call Ann", TODAY, time(14, 30)), at())
    deck.store.tasks.add([globex], TaskDraft("demo", TODAY, time(9)), at())
    deck.store.tasks.add([acme], TaskDraft("check in", date(2026, 11, 22), repeat_days=7), at())
    deck.task(acme, "renew", "2026-12-18")
    deck.task(globex, "ask for a reference")


async def test_it_shows_what_is_due_by_day_and_time(deck: Deck) -> None:
    busy(deck)
    async with opened(deck, (80, 30)) as face:
        await face.press("T")
        assert lines_of(face) == [
            "OVERDUE 1",
            "18 Nov send terms Globex",
            "TODAY 2",
            "09:00 demo Globex",
            "14:30 call Ann Acme $12,000",
            "THIS WEEK 1",
            "Sun check in · every week Acme $12,000",
            "LATER 1 ⏎ shows",
            "NO DAY 1 ⏎ shows",
        ]
        line = screen_of(face).title_line.render_line(0).text
        assert " ".join(line.split()).startswith("Today 1 overdue 2 due today 1 more this week ")
        assert "Fri 20 Nov" in line
        await face.press("escape")
        assert face.screen is face.board


async def test_another_day_is_said_to_be_one(deck: Deck) -> None:
    busy(deck)
    async with opened(deck, today=date(2020, 1, 6)) as face:
        await face.press("T")
        assert screen_of(face).title_line.render_line(0).text.rstrip().endswith("as of Mon 6 Jan 2020")


async def test_one_key_and_a_task_is_done(deck: Deck) -> None:
    busy(deck)
    async with opened(deck) as face:
        await face.press("T", "v")
        assert told(face) == "finished send terms for Globex · u undoes it"
        assert (lines_of(face)[0], cursor_of(face)) == ("TODAY 2", "demo")
        await face.press("space")
        assert cursor_of(face) == "call Ann"
        await face.press("down", "v")
        assert told(face) == "finished check in for Acme, again Sun 29 Nov · u undoes it"
        await face.press("u", "u", "u")
        assert lines_of(face)[0] == "OVERDUE 1"
        await face.press("U")
        assert told(face) == "done again: finish send terms for Globex"
        assert lines_of(face)[0] == "TODAY 2"


async def test_when_the_last_task_is_done_the_cursor_is_on_the_one_before_it(deck: Deck) -> None:
    busy(deck)
    async with opened(deck) as face:
        await face.press("T", "down", "down", "down")
        assert cursor_of(face) == "check in"
        await face.press("delete")
        assert lines_of(face)[5:] == ["LATER 1 ⏎ shows", "NO DAY 1 ⏎ shows"]
        assert cursor_of(face) == "call Ann"
        await face.press("v", "v", "v")
        assert screen_of(face).rows.cursor_key == "later"


async def test_a_digit_moves_a_task_to_so_many_days_from_today(deck: Deck) -> None:
    busy(deck)
    async with opened(deck) as face:
        await face.press("T", "2")
        assert told(face) == "moved send terms for Globex to Sun 22 Nov · u undoes it"
        assert [each.task.title for each in screen_of(face).agenda.this_week] == ["send terms", "check in"]
        assert cursor_of(face) == "send terms"
        await face.press("0")
        assert screen_of(face).agenda.due_today[-1].task.title == cursor_of(face) == "send terms"
        await face.press("0")
        assert told(face) == "send terms is due Fri 20 Nov, today already"
        await face.press("9")
        assert screen_of(face).agenda.later_count == 2


async def test_another_day_is_typed(deck: Deck) -> None:
    busy(deck)
    async with opened(deck) as face:
        await face.press("T", "d")
        await face.type("12 dec", "enter")
        assert told(face) == "moved send terms for Globex to Sat 12 Dec · u undoes it"
        await face.press("d")
        await face.type("fru", "enter")
        assert not isinstance(face.screen, TodayScreen)
        await face.press("escape")
        assert screen_of(face).agenda.later_count == 2


async def test_a_task_is_edited_as_its_line_and_may_stay_overdue(deck: Deck) -> None:
    busy(deck)
    async with opened(deck) as face:
        await face.press("T", "e")
        await face.type("send better terms 2026-11-18", "enter")
        (late,) = screen_of(face).agenda.overdue
        assert (late.task.title, late.task.due_on) == ("send better terms", date(2026, 11, 18))
        await face.press("e")
        await face.type("mon 14:30 every 2 weeks", "enter")
        assert screen_of(face).agenda.overdue == ()
        step = next(each.task for each in deck.store.read.tasks() if each.task.title == "send better terms")
        assert (step.due_on, step.due_at, step.repeat_days) == (date(2026, 11, 23), time(14, 30), 14)
        await face.press("delete", "u")
        assert step in [each.task for each in deck.store.read.tasks()]


async def test_a_line_that_is_left_as_it_was_changes_nothing(deck: Deck) -> None:
    acme = deck.deal("Acme")
    deck.store.tasks.add([acme], TaskDraft("Report weekly", TODAY), at())
    newest = deck.store.history.actions(1)
    async with opened(deck) as face:
        await face.press("T", "e", "enter")
        assert isinstance(face.screen, TodayScreen)
    assert deck.store.history.actions(1) == newest


async def test_a_task_that_was_changed_elsewhere_is_not_overwritten_unseen(deck: Deck) -> None:
    acme = deck.deal("Acme", task="call Ann", due="2026-11-20")
    async with opened(deck) as face:
        await face.press("T", "e")
        await face.type("call Bob tomorrow")
        with Deck(deck.path) as other:
            other.store.tasks.postpone([1], date(2026, 11, 25), at())
        assert face.app.gateway is not None
        face.app.gateway.watch()
        await face.settle()
        said = face.screen.query_one(".echo", Static)
        assert str(said.render()).startswith(
            "! Changed elsewhere meanwhile: it was call Ann 2026-11-20, it is"
        )
        with Deck(deck.path) as other:
            other.store.tasks.edit(1, TaskDraft("call Cid", date(2026, 11, 25)), at())
        await face.press("enter")
        said = face.screen.query_one(".echo", Static)
        assert "it is call Cid 2026-11-25. ⏎ puts yours in its place" in str(said.render())
        assert face.screen.query_one(Input).value == "call Bob tomorrow"
        await face.press("enter")
        step = deck.read(acme).next_step
        assert step is not None
        assert (step.title, step.due_on) == ("call Bob", date(2026, 11, 21))
        await face.press("e")
        with Deck(deck.path) as other:
            other.store.tasks.finish([1], at())
        await face.type("call Dan", "enter")
        assert told(face) == "It was done or deleted elsewhere meanwhile; nothing was changed."


async def test_enter_opens_the_deal_and_later_tasks_are_shown_and_folded(deck: Deck) -> None:
    busy(deck)
    async with opened(deck) as face:
        await face.press("T", "down", "down", "enter")
        assert isinstance(face.screen, DealScreen)
        assert face.screen.page.deal.name == "Acme"
        await face.press("escape")
        shown = screen_of(face)
        await face.press("down", "down", "enter")
        assert shown.rows.cursor_key == "later"
        assert [each.task.title for each in shown.agenda.later] == ["renew"]
        assert any("renew" in line for line in lines_of(face))
        await face.press("down", "down", "enter", "down")
        assert any("ask for a reference" in line for line in lines_of(face))
        await face.press("v")
        assert told(face) == "finished ask for a reference for Globex · u undoes it"
        await face.press("u")
        shown.rows.select("later")
        await face.press("enter", "v")
        assert not any("renew" in line for line in lines_of(face))
        assert told(face) == "There is no task under the cursor."


async def test_tasks_of_several_pipelines_say_which(deck: Deck) -> None:
    deck.deal("Acme", task="call", due="2026-11-20")
    made = deck.store.pipelines.create(template("delivery"), "Delivery", "EUR", at()).made_id
    assert made is not None
    (other,) = deck.store.deals.create(DealDraft("Roll-out", made), at()).deal_ids
    deck.task(other, "ship", "2026-11-20")
    async with opened(deck) as face:
        await face.press("T")
        assert any("Delivery ▸ " in line for line in lines_of(face))
        await face.press("down", "v")
        assert told(face) == "finished ship for Roll-out · u undoes it"
        assert lines_of(face)[0] == "TODAY 1"


async def test_a_free_day_and_an_empty_file_are_said_plainly(deck: Deck) -> None:
    async with opened(deck) as face:
        await face.press("T")
        assert lines_of(face) == [NO_TASKS]
        for key in ("v", "3", "d", "e", "delete"):
            await face.press(key)
            assert told(face) == "There is no task under the cursor.", key
        await face.press("enter")
        assert isinstance(face.screen, TodayScreen)


async def test_nothing_due_this_week_is_said(deck: Deck) -> None:
    deck.deal("Acme", task="call", due="2026-12-20")
    async with opened(deck) as face:
        await face.press("T")
        assert lines_of(face) == [NOTHING_DUE, "LATER 1 ⏎ shows"]


async def test_what_another_program_does_is_seen(deck: Deck) -> None:
    busy(deck)
    async with opened(deck) as face:
        await face.press("T")
        with Deck(deck.path) as other:
            other.store.tasks.finish([each.task.id for each in other.store.read.tasks()], at())
        assert face.app.gateway is not None
        face.app.gateway.watch()
        await face.settle()
        assert lines_of(face) == [NOTHING_DUE, "LATER 1 ⏎ shows"]


async def test_the_header_counts_what_is_due_over_all_pipelines(deck: Deck) -> None:
    busy(deck)
    async with opened(deck) as face:
        assert face.board.header.facts.due == 3
        assert " 3 due " in face.board.header.render_line(0).text
        await face.press("T", "v")
        assert face.board.header.facts.due == 2
        await face.press("u")
        assert face.board.header.facts.due == 3


def task_of(number: int, title: str, deal: str, shift: int | None) -> DueTask:
    due_on = None if shift is None else TODAY + timedelta(shift)
    task = Task(number, number, title, due_on, at(), None, time(9) if due_on else None, 7 if due_on else None)
    return DueTask(task, deal, None, "On radar", Outcome.OPEN, 1, "Sales", 123_456_789, "USD")


@given(
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60), st.none() | st.integers(-30, 30))),
    st.integers(40, 200),
)
def test_days_times_and_amounts_are_never_cut(listed: list[tuple[str, str, int | None]], room: int) -> None:
    tasks = [task_of(number, *each) for number, each in enumerate(listed, 1)]
    agenda: Agenda = arranged(tasks, TODAY, 0, 0)
    lines = {
        row.key: LinePen(room + 2, 1, plain).strip(row.line).text
        for row in agenda_rows(agenda, room, frozenset())
        if row.key is not None
    }
    for each in (*agenda.overdue, *agenda.due_today, *agenda.this_week):
        assert " 09:00 " in lines[each.task.id]
        assert room < 76 or "$1,234,567.89 " in lines[each.task.id]
