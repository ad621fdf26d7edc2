"""What another program changed while the founder was typing: it is told with what was seen and what is there now,
nothing is overwritten unasked, and what was typed is offered again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static

from store import (
    CompanyPatch,
    DealPatch,
    Done,
    Money,
    Outcome,
    PersonDraft,
    PersonPatch,
    Role,
    TaskDraft,
)
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tui.screens.deal import DealScreen
from tui.widgets.deal_rows import Spot

ACME, HOOLI = 1, 2
ANN, BOB = 1, 2


@pytest.fixture
def day(plain_deck: Deck) -> Deck:
    """Two deals, two people, two companies."""
    deck = plain_deck
    assert deck.deal("Acme", amount=100, close="2026-11-25", company="Acme Inc", on="2026-11-18") == ACME
    assert deck.deal("Hooli", "product", company="Hooli Ltd", on="2026-11-18") == HOOLI
    for name in ("Ann Ito", "Bob Ray"):
        deck.store.people.add([ACME], PersonDraft(name, phone="1"), None, None, at())
    return deck


def meanwhile(face: Face, command: Callable[..., Done], *about: Any) -> None:
    """What another program does that nobody here knows of yet."""
    with Deck(face.deck.path) as other:
        command(other.store, *about)


def said(face: Face) -> str:
    return str(face.screen.hints.told[0])  # type: ignore[attr-defined]


async def put(face: Face, field: str, text: str, *then: str) -> None:
    """Type over a field of a form, then press keys."""
    line = face.screen.query_one(f"#{field}", Input)
    line.focus()
    line.value = text
    await face.press(*then)


async def test_a_deal_whose_form_is_open(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("e")
        await put(face, "amount", "300")
        meanwhile(
            face,
            lambda store: store.deals.edit(ACME, DealPatch(amount=Money(20_000, "USD"), notes="x"), at()),
        )
        await face.press("enter")
        assert said(face) == (
            "Changed elsewhere meanwhile: the amount of Acme was $100, it is $200."
            " Nothing was saved; e offers yours again."
        )
        assert day.read(ACME).amount == 20_000
        await face.settle()
        assert face.board.state.deal(ACME).amount == 20_000  # type: ignore[union-attr]
        await face.press("e")
        assert face.screen.query_one("#amount", Input).value == "300"
        await face.press("enter")
        assert (day.read(ACME).amount, day.page(ACME).notes) == (30_000, "x")
        await face.press("e")
        await put(face, "source", "web")
        meanwhile(face, lambda store: store.deals.edit(ACME, DealPatch(name="Acme 2027"), at()))
        await face.press("enter")  # another field is no reason to ask
        assert (day.read(ACME).source, day.read(ACME).name) == ("web", "Acme 2027")


async def test_what_an_empty_probability_means_follows_the_stage(day: Deck) -> None:
    day.store.deals.edit(ACME, DealPatch(probability=80), at())
    async with opened(day) as face:
        await face.press("e")
        line = face.screen.query_one("#probability", Input)
        assert (line.value, line.placeholder) == ("80", "10 % as its stage")
        meanwhile(face, lambda store: store.deals.move([ACME], day.stage("product"), at()))
        assert face.app.gateway is not None
        face.app.gateway.watch()
        await face.settle()
        assert line.placeholder == "50 % as its stage"


async def test_a_close_date_that_is_being_typed(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("d", *"+2w")
        meanwhile(face, lambda store: store.deals.edit(ACME, DealPatch(close_date=date(2026, 12, 24)), at()))
        await face.press("enter")
        assert "of Acme was Wed 25 Nov, in 5 days, it is Thu 24 Dec, in 34 days" in said(face)
        assert day.read(ACME).close_date == date(2026, 12, 24)
        await face.press("d")
        assert face.screen.query_one(Input).value == "+2w"
        await face.press("enter")
        assert day.read(ACME).close_date == date(2026, 12, 4)


async def test_a_person_and_a_company_whose_form_is_open(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "e")
        await put(face, "phone", "+1 5")
        meanwhile(face, lambda store: store.people.edit(ANN, PersonPatch(phone="+2 6", notes="y"), at()))
        await face.press("enter")
        assert "the phone of Ann Ito was 1, it is +2 6. Nothing was saved; e offers" in said(face)
        await face.press("e", "enter")
        assert day.page(ACME).people[0].phone == "+1 5"
        await face.press("escape", "C", "e")
        await put(face, "name", "Acme Corp")
        meanwhile(face, lambda store: store.companies.edit(1, CompanyPatch(name="Acme AG"), at()))
        await face.press("enter")
        assert "the name of Acme Inc was Acme Inc, it is Acme AG." in said(face)
        await face.press("e", "enter")
        assert day.read(ACME).company == "Acme Corp"


async def test_a_part_in_a_deal_that_is_being_changed(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter")
        screen = face.screen
        assert isinstance(screen, DealScreen)
        screen.rows.select(Spot("person", ANN))
        await face.press("enter")
        await put(face, "phone", "+1 5")
        meanwhile(face, lambda store: store.people.set_part(ACME, ANN, Role.CHAMPION, None, at()))
        await face.press("enter")
        assert "the role of Ann Ito was none, it is champion" in said(face)
        await face.press("enter", "enter")
        (ann, _) = day.page(ACME).people
        assert (ann.phone, ann.role) == ("+1 5", Role.CHAMPION)


async def test_a_deal_that_was_moved_elsewhere_is_not_moved_from_where_it_was_seen(day: Deck) -> None:
    signed, lost = day.stage("contract"), day.stage("lost")
    async with opened(day) as face:
        for keys in (["L"], ["3"], ["w"], ["x", "1"], ["m", "3"]):
            there = lost if keys == ["w"] else signed
            reason = "x" if there == lost else None
            meanwhile(
                face,
                lambda store, *to: store.deals.move([ACME], to[0], at(), lost_reason=to[1]),
                there,
                reason,
            )
            await face.press(*keys)
            stage = day.read(ACME).stage
            assert said(face) == (
                f"Acme was moved to {stage} elsewhere meanwhile; nothing was moved. Look at it again."
            )
            await face.settle()
            assert face.board.state.deal(ACME).stage == stage  # type: ignore[union-attr]
            await face.press("u")
            assert face.cursor == "Acme"
            assert day.read(ACME).stage == "On radar"


async def test_a_deal_that_is_there_already_is_no_reason_to_complain(day: Deck) -> None:
    async with opened(day) as face:
        meanwhile(face, lambda store: store.deals.win([ACME], at()))
        await face.press("w")
        assert "meanwhile" not in said(face)
        assert day.read(ACME).outcome is Outcome.WON


async def test_what_is_gone_is_told(day: Deck) -> None:
    async with opened(day) as face:
        for keys in (["d", "7", "enter"], ["t", "3", "enter"], ["L"], ["c", "enter"], ["n", "x", "enter"]):
            meanwhile(face, lambda store: store.deals.delete([ACME], at()))
            await face.press(*keys)
            assert said(face) == "Acme (deal 1) is deleted; undo that, or restore it first."
            await face.settle()
            assert face.cursor != "Acme"
            await face.press("u", "left", "g")
            assert face.cursor == "Acme"
        await face.press("P", "e")
        meanwhile(face, lambda store: store.people.merge(BOB, ANN, at()))
        await put(face, "phone", "5", "enter")
        assert said(face) == "There is no person 1."
        await face.press("D")
        assert [person.name for person in day.store.read.person_cards().cards] == []


async def test_the_line_of_a_task_on_today(day: Deck) -> None:
    task_id = day.task(ACME, "call Ann", "2026-11-20")
    async with opened(day) as face:
        await face.press("T", "e")
        await face.type("call Bob 3")
        draft = TaskDraft("mail Ann", date(2026, 11, 23))
        meanwhile(face, lambda store: store.tasks.edit(task_id, draft, at()))
        await face.press("enter")
        warning = str(face.screen.query_one(".echo", Static).render())
        assert "it was call Ann 2026-11-20, it is mail Ann 2026-11-23" in warning
        assert day.page(ACME).tasks[0].title == "mail Ann"
        await face.press("enter")
        assert day.page(ACME).tasks[0].title == "call Bob"


async def test_somebody_to_merge_with_who_is_gone(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "M")
        meanwhile(face, lambda store: store.people.delete(BOB, at()))
        await face.press("1")
        assert said(face) == "There is no person 2."
        await face.press("escape", "C", "M")
        meanwhile(face, lambda store: store.companies.merge(1, 2, at()))
        await face.press("1")
        assert said(face) == "There is no company 2."
        await face.settle()
        assert [company.name for company in day.store.read.company_cards().cards] == ["Acme Inc"]


async def test_what_is_said_of_undo_is_true_after_another_program(day: Deck) -> None:
    async with opened(day) as face:
        gateway = face.app.gateway
        assert gateway is not None

        async def look() -> str:
            gateway.watch()
            await face.settle()
            return face.told

        await face.press("a", *"Toast", "enter")
        assert "added Toast · u undoes it" in await look()  # our own change is nobody else's
        meanwhile(face, lambda store: store.deals.edit(HOOLI, DealPatch(name="Hooli 2"), at()))
        assert await look() == "changed elsewhere · u undoes: edit name of Hooli"
        await face.press("u")
        assert "undone: edit name of Hooli" in face.told
        await face.press("9")
        refused = face.told
        meanwhile(face, lambda store: store.deals.edit(HOOLI, DealPatch(source="web"), at()))
        assert await look() == refused  # what went wrong is there to be read
        await face.press("enter")
        screen = face.screen
        assert isinstance(screen, DealScreen)
        meanwhile(face, lambda store: store.deals.edit(HOOLI, DealPatch(source="fair"), at()))
        await look()
        assert screen.hints.told == ("changed elsewhere · u undoes: edit source of Hooli", False)


async def test_a_file_that_was_replaced_under_the_board_is_told_once(day: Deck, tmp_path: Path) -> None:
    async with opened(day) as face:
        gateway = face.app.gateway
        assert gateway is not None
        other = tmp_path / "other.db"
        with Deck(other):
            pass
        other.replace(day.path)
        gateway.watch()
        await face.settle()
        assert "was moved, removed or replaced while it was open" in face.told
        assert face.columns[0] == ["Acme"]  # what was read is still to be seen
        await face.press("down")
        gateway.watch()
        await face.settle()
        assert face.told == ""
