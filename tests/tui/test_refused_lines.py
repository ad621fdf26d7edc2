"""What was typed into one line and could not be saved: it is offered again, until it is saved or left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from textual.widgets import Input, Static

from store import DealPatch, Money, Outcome
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tests.tui.test_deal_editing import go
from tui.screens.deal import DealScreen
from tui.screens.losing import LossScreen
from tui.screens.today import TodayScreen

AGAIN = "(not saved yet)"


@pytest.fixture
def day(deck: Deck) -> Deck:
    """A deal with a task for today, and another one."""
    deck.deal("Globex", on="2026-11-18")
    deck.deal("Acme", task="call Ann", due="2026-11-20", on="2026-11-18")
    return deck


@contextmanager
def refusing(deck: Deck) -> Iterator[None]:
    """Meanwhile the file cannot be written."""
    ask = deck.store.read.ask
    ask(lambda connection: connection.execute("PRAGMA query_only=1"))
    try:
        yield
    finally:
        ask(lambda connection: connection.execute("PRAGMA query_only=0"))


def line(face: Face) -> str:
    """What stands in the line that is asked for."""
    return face.screen.query_one(Input).value


def title(face: Face) -> str:
    return str(face.screen.query_one(".title", Static).render())


def foot(face: Face) -> str:
    told: tuple[str, bool] = face.screen.hints.told  # type: ignore[attr-defined]
    assert told[1], told[0]
    return told[0]


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("a", "Umbrella 12k"),
        ("t", "call Bob mon"),
        ("c", "email sent terms"),
        ("d", "12 dec"),
        ("z", "7"),
        ("ctrl+g", "40k"),
        ("percent_sign", "45 %"),
    ],
)
async def test_a_line_that_the_store_refused_is_offered_again(day: Deck, key: str, typed: str) -> None:
    before = day.dump()
    async with opened(day) as face:
        await face.press(key)
        asked = title(face)
        assert AGAIN not in asked
        with refusing(day):
            await face.type(typed, "enter")
            assert "can be read but not changed" in foot(face)
            await face.press(key, "enter")
            assert foot(face)
        assert day.dump() == before
        await face.press(key)
        assert line(face) == typed
        assert title(face) == f"{asked}  {AGAIN}"
        await face.press("enter")
        assert day.dump() != before
        await face.press(key)
        assert title(face) == asked
        assert line(face) != typed


async def test_it_is_offered_only_about_the_same_deals_and_forgotten_when_it_is_left(day: Deck) -> None:
    async with opened(day) as face:
        with refusing(day):
            await face.press("t")
            await face.type("call Bob mon", "enter")
        here = face.cursor
        await face.press("down", "t")
        assert face.cursor != here
        assert line(face) == ""
        await face.press("escape", "up", "t")
        assert line(face) == "call Bob mon"
        await face.press("escape", "t")
        assert line(face) == ""


async def test_a_letter_does_not_overwrite_what_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        with refusing(day):
            await face.press("t")
            await face.type("call Bob mon", "enter")
        await face.press("t", "x", "enter")
    assert [task.task.title for task in day.store.read.tasks() if "Bob" in task.task.title] == [
        "call Bob monx"
    ]


async def test_what_the_buyer_did_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        with refusing(day):
            await face.press("shift+right")
            await face.type("asked for a trial", "enter")
            assert foot(face)
        await face.press("shift+right")
        assert (line(face), AGAIN in title(face)) == ("asked for a trial", True)
        await face.press("enter")
        deal = day.read(2)
        assert deal.stage == "Product evaluated"
        assert "asked for a trial" in [visit.evidence for visit in day.page(2).visits]
        await face.press("u", "shift+right")
        assert line(face) == ""


async def test_the_note_of_a_loss_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        with refusing(day):
            await face.press("x", "tab", *"12 seats", "tab", "2")
            assert foot(face)
        await face.press("x")
        assert isinstance(face.screen, LossScreen)
        assert face.screen.query_one("#note", Input).value == "12 seats"
        await face.press("2")
        page = day.page(2)
        assert (page.deal.outcome, page.lost_note) == (Outcome.LOST, "12 seats")


async def test_the_name_of_a_view_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("slash", *"acme", "enter", "f", "6")
        with refusing(day):
            await face.type("Mine", "enter")
            assert foot(face)
        await face.press("f", "6")
        assert line(face) == "Mine"
        await face.press("enter")
        assert [view.name for view in day.store.read.saved_views()] == ["Mine"]


async def test_a_task_on_today_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("T")
        with refusing(day):
            await face.press("e")
            await face.type("call Bob 23 nov", "enter")
            assert foot(face)
        await face.press("e")
        assert line(face) == "call Bob 23 nov"
        assert "what was typed before. It is call Ann" in str(face.screen.query_one(".echo").render())
        await face.press("enter", "u", "e")
        assert line(face).startswith("call Ann")
        await face.press("escape", "d")
        with refusing(day):
            await face.type("12 dec", "enter")
        await face.press("d")
        assert line(face) == "12 dec"
        await face.press("enter")
        assert isinstance(face.screen, TodayScreen)
    (each,) = day.store.read.tasks()
    assert (each.task.title, each.task.due_on) == ("call Ann", date(2026, 12, 12))


async def test_a_field_of_a_deal_is_offered_again_with_what_it_is_by_now(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter")
        assert isinstance(face.screen, DealScreen)
        await go(face, "field", "amount")
        with refusing(day):
            await face.press("e")
            await face.type("777", "enter")
            assert foot(face)
        with Deck(day.path) as other:
            other.store.deals.edit(2, DealPatch(amount=Money(500_00, "USD")), at())
        assert face.app.gateway is not None
        face.app.gateway.watch()
        await face.settle()
        await face.press("e")
        assert line(face) == "777"
        assert "It is $500 now." in str(face.screen.query_one(".echo").render())
        await face.press("enter")
        assert day.read(2).amount == 777_00
        await face.press("e")
        assert line(face) == "777"
        assert not face.screen.query_one(".echo").display


async def test_a_task_line_of_a_deal_that_was_changed_elsewhere_says_so(day: Deck) -> None:
    (each,) = day.store.read.tasks()
    async with opened(day) as face:
        await face.press("enter")
        await go(face, "task", each.task.id)
        await face.press("e")
        await face.type("call Bob")
        day.store.tasks.postpone([each.task.id], date(2026, 11, 24), at())
        await face.press("enter")
        assert "Changed elsewhere meanwhile: it was call Ann" in str(face.screen.query_one(".echo").render())
        assert line(face) == "call Bob"
        await face.press("enter")
    (each,) = day.store.read.tasks()
    assert each.task.title == "call Bob"
