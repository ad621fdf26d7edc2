"""`deals today` and `deals task`. Today is Friday 2026-11-20."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Deals


@pytest.fixture
def board(deals: Deals) -> Deals:
    """Two deals with three tasks: one overdue, one for today, one for later."""
    deals("add", "Acme renewal 12k stage:product", today="2026-11-16")
    deals("add", "Globex website", today="2026-11-16")
    deals("task", "add", "acme", "call Ann wed 14:30", today="2026-11-16")
    deals("task", "add", "globex", "send", "terms", "2026-11-20")
    deals("task", "add", "acme", "check in 14 dec every 2 weeks")
    return deals


def titles(tasks: list[dict[str, Any]]) -> list[str]:
    return [task["title"] for task in tasks]


def test_what_is_due_is_listed_by_when(board: Deals) -> None:
    shown = board("today")
    assert (shown.code, shown.err) == (0, "")
    assert [line.rstrip() for line in shown.out.splitlines()] == [
        "Today is Fri 20 Nov.",
        "",
        "OVERDUE 1",
        "1  18 Nov 14:30  call Ann    Acme renewal    Product evaluated",
        "",
        "TODAY 1",
        "2  today         send terms  Globex website  On radar",
        "",
        "1 later",
    ]


def test_a_free_week_is_said(deals: Deals) -> None:
    assert deals("today").out == "Today is Fri 20 Nov.\nNothing is due this week.\n"


def test_what_is_due_as_json(board: Deals) -> None:
    due = board("today", "--json").json
    assert (due["today"], titles(due["overdue"]), titles(due["due_today"])) == (
        "2026-11-20",
        ["call Ann"],
        ["send terms"],
    )
    assert (due["this_week"], due["later"], due["undated"]) == ([], 1, 0)
    assert due["overdue"][0] == {
        "id": 1,
        "title": "call Ann",
        "due_on": "2026-11-18",
        "due_at": "14:30",
        "repeat_days": None,
        "done_on": None,
        "deal": {"id": 1, "name": "Acme renewal"},
        "pipeline": "Sales",
    }


def test_the_tasks_of_one_pipeline(board: Deals) -> None:
    board("init", "--template", "delivery", "--name", "Delivery")
    board("add", "Roll-out", "--pipeline", "delivery")
    board("task", "add", "roll-out", "ship today", "--pipeline", "delivery")
    assert titles(board("today", "--json").json["due_today"]) == ["send terms", "ship"]
    only = board("today", "--json", "--pipeline", "delivery").json
    assert (titles(only["due_today"]), only["overdue"], only["later"]) == (["ship"], [], 0)
    assert titles(board("task", "list", "--json", "--pipeline", "delivery").json) == ["ship"]


def test_adding_says_how_the_line_was_understood(board: Deals) -> None:
    shown = board("task", "add", "acme", "demo fri 9:30 every week")
    assert shown.out == ("task for Acme renewal: demo · task 4 · Fri 27 Nov 09:30, in 7 days · every week\n")
    made = board("task", "add", "globex", "call", "mon", "--json").json
    assert (made["task"], made["title"]) == (5, "task for Globex website: call")
    assert made["deals"][0]["next_step"]["title"] == "send terms"
    wrong = board("task", "add", "acme", "call yesterday")
    assert (wrong.code, wrong.out) == (2, "")
    assert "is past" in wrong.err
    assert board("task", "add", "acme").code == 2


def test_one_that_repeats_comes_again(board: Deals) -> None:
    done = board("task", "done", "3", "1")
    assert done.out == "finished 2 tasks\n"
    assert titles(board("task", "list", "--json").json) == ["send terms", "check in"]
    assert board("task", "done", "#4").out == "finished check in for Acme renewal, again Mon 11 Jan 2027\n"
    assert board("task", "done", "3").out == "Nothing to do: Task 3 is done already.\n"
    assert board("task", "done", "3", "3").out == "Nothing to do: Task 3 is done already.\n"
    assert board("undo").code == 0
    listed = board("task", "list", "acme", "--all", "--json").json
    assert [(task["id"], task["done_on"]) for task in listed] == [
        (4, None),
        (3, "2026-11-20"),
        (1, "2026-11-20"),
    ]


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        (("1", "3"), "2026-11-23"),
        (("1", "fri"), "2026-11-27"),
        (("1", "12", "dec"), "2026-12-12"),
        (("1", "next", "fri"), "2026-11-27"),
        (("1", "2026-12-24"), "2026-12-24"),
    ],
)
def test_a_task_is_moved_to_a_day(board: Deals, words: tuple[str, ...], due_on: str) -> None:
    assert board("task", "move", *words).out.startswith("moved call Ann for Acme renewal to ")
    moved = next(task for task in board("task", "list", "--json").json if task["id"] == 1)
    assert (moved["due_on"], moved["due_at"]) == (due_on, "14:30")
    assert board("task", "move", *words).out.startswith("Nothing to do: Task 1 is due ")


def test_several_are_moved_at_once(board: Deals) -> None:
    assert board("task", "move", "1", "2", "mon").out == "moved 2 tasks to Mon 23 Nov\n"
    board("undo")
    assert titles(board("today", "--json").json["overdue"]) == ["call Ann"]


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("done",), 2, "Say which tasks"),
        ((), 2, "Say what to do with tasks"),
        (("done", "acme"), 2, '"acme" is not a task\'s number'),
        (("done", "99"), 1, "There is no task 99."),
        (("move", "1"), 2, "Say the tasks and the day"),
        (("move", "1", "fru"), 2, "“fru” is not a date"),
        (("move", "acme", "fri"), 2, '"acme" is not a task\'s number'),
        (("add", "nobody", "call"), 1, "No deal is called"),
        (("finish", "1"), 2, "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_said(board: Deals, words: tuple[str, ...], code: int, why: str) -> None:
    shown = board("task", *words)
    assert (shown.code, shown.out) == (code, "")
    assert why in shown.err


def test_the_list_is_a_table(board: Deals) -> None:
    assert board("task", "list", "acme").out.splitlines() == [
        "id  when          task                      deal          stage",
        " 1  18 Nov 14:30  call Ann                  Acme renewal  Product evaluated",
        " 3  14 Dec        check in · every 2 weeks  Acme renewal  Product evaluated",
    ]
    board("task", "done", "1", "2", "3")
    board("task", "done", "4")
    shown = board("task", "list", "globex")
    assert (shown.code, shown.out, shown.err) == (0, "", "No tasks.\n")


def test_a_deal_shows_its_tasks_with_time_and_repetition(board: Deals) -> None:
    assert "open  18 Nov  call Ann · 14:30" in board("show", "acme").out
    tasks = board("show", "acme", "--json").json["tasks"]
    assert [(task["id"], task["due_at"], task["repeat_days"]) for task in tasks] == [
        (1, "14:30", None),
        (3, None, 14),
    ]
