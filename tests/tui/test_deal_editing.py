"""The deal screen: every line of it changed where it stands."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from textual.widgets import Input, Static, TextArea

from store import CompanyPatch, DealPatch, Money, Outcome, PersonDraft, Role, Stance, TaskDraft, TouchKind
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tests.tui.looking import text_of
from tui.screens.deal import DealScreen
from tui.screens.deal_form import DealFormScreen
from tui.screens.in_place import InPlaceScreen
from tui.screens.person_form import PersonFormScreen
from tui.screens.picking import PickScreen
from tui.screens.writing import NotesScreen
from tui.widgets.deal_rows import Kind, Spot

INITECH = 1


@pytest.fixture
def day(deck: Deck) -> Deck:
    """One deal with everything that a deal can have, and others of its company."""
    store = deck.store
    deal_id = deck.deal(
        "Initech renewal", "product", 40_000, close="2026-10-15", on="2026-10-12",
        company="Initech Inc", source="referral", tags=("eu", "q4"), properties={"Seats": "3"},
    )  # fmt: skip
    assert deal_id == INITECH
    draft = TaskDraft("call Ann", date(2026, 11, 24), time(14, 30), 7)
    store.tasks.add([deal_id], draft, at("2026-11-18"))
    deck.task(deal_id, "send terms", "2026-11-27", on="2026-11-18")
    ann = PersonDraft("Ann Ito", email="ann@initech.example", company="Initech Inc")
    store.people.add([deal_id], ann, Role.CHAMPION, Stance.FOR, at("2026-10-13"))
    store.people.add([deal_id], PersonDraft("Bob Ray"), Role.BLOCKS, None, at("2026-10-13"))
    store.deals.edit(deal_id, DealPatch(close_date=date(2026, 10, 31)), at("2026-10-14"))
    store.deals.edit(deal_id, DealPatch(close_date=date(2026, 11, 30), notes="wants SSO"), at("2026-10-30"))
    deck.touch(deal_id, "asked for a quote", TouchKind.EMAIL, on="2026-11-10")
    deck.deal("Initech pilot", "signed", 3_000, company="Initech Inc", on="2026-09-01")
    return deck


def screen(face: Face) -> DealScreen:
    found = face.screen
    assert isinstance(found, DealScreen)
    return found


def page_text(face: Face) -> str:
    """All that the deal screen shows."""
    shown = next(each for each in face.app.screen_stack if isinstance(each, DealScreen))
    return "\n".join(line for widget in (shown.head, shown.rows, shown.timeline) for line in text_of(widget))


async def to_deal(face: Face) -> None:
    await face.press("enter")
    assert screen(face).page.deal.id == INITECH


async def go(face: Face, kind: Kind, ref: int | str = "") -> None:
    """The cursor to a line, by its keys."""
    rows = screen(face).rows
    await face.press("g")
    while rows.cursor_key != Spot(kind, ref):
        before = rows.cursor_key
        await face.press("down")
        assert rows.cursor_key != before


def said(face: Face) -> str:
    """The line at the foot of the deal screen."""
    return screen(face).hints.told[0]


def echo(face: Face) -> str:
    return str(face.screen.query_one(".echo", Static).render())


async def test_all_about_the_deal_is_there(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        shown = page_text(face)
        for words in (
            "Initech renewal  Initech Inc", "$40,000", "50 %   ≈ $20,000", "Product evaluated for 39 days",
            "next step    call Ann  Tue 24 Nov 14:30, in 4 days · every week", "send terms  Fri 27 Nov",
            "close date   Mon 30 Nov, in 10 days  pushed twice: 15 Oct, 31 Oct",
            "people       Ann Ito  champion  for  ann@initech.example", "Bob Ray  blocks", "stage asks   ",
            "checklist    ○ ", "source       referral", "tags         #eu #q4", "properties   Seats: 3",
            "created      Mon 12 Oct", "NOTES", "wants SSO", "OTHER DEALS OF INITECH INC 1", "won 1 Sep",
            "TIMELINE ─", "e-mail  asked for a quote", "close date  31 Oct → 30 Nov",
            "close date  15 Oct → 31 Oct", "created in Product evaluated",
        ):  # fmt: skip
            assert words in shown


@pytest.mark.parametrize("size", [(60, 15), (100, 30)])
async def test_on_a_small_terminal_the_timeline_is_below_the_rest(day: Deck, size: tuple[int, int]) -> None:
    async with opened(day, size) as face:
        await to_deal(face)
        shown = screen(face)
        assert not shown.timeline.display
        assert "next step    call Ann" in page_text(face)
        await face.press("tab")
        for _ in range(30):
            await face.press("down")
        assert "created in Product evaluated" in page_text(face)


async def test_the_timeline_beside_the_rest_has_the_keys_after_tab(day: Deck) -> None:
    for number in range(60):
        day.touch(INITECH, f"call number {number}", on="2026-11-19")
    async with opened(day) as face:
        await to_deal(face)
        shown = screen(face)
        assert "created in" not in page_text(face)
        await face.press("tab", "pagedown")
        assert shown.timeline.top > 0
        assert shown.rows.top == 0
        await face.press("G")
        assert "created in Product evaluated" in page_text(face)
        await face.press("tab", "down")
        assert shown.rows.has_focus
        assert shown.rows.cursor_key == Spot("task", 2)


@pytest.mark.parametrize(
    ("field", "typed", "words", "patched"),
    [
        ("close_date", "fri", "Fri 27 Nov, in 7 days", {"close_date": date(2026, 11, 27)}),
        ("amount", "€1.2m", "€1,200,000", {"amount": 120_000_000, "currency": "EUR"}),
        ("amount", "", "unknown", {"amount": None}),
        ("probability", "65%", "65 %, its own until it moves", {"own_probability": 65}),
        ("name", "Initech [b]2027[/b]", "", {"name": "Initech [b]2027[/b]"}),
        ("company", "Initrode", "", {"company": "Initrode"}),
        ("source", "", "", {"source": None}),
        ("tags", "#us", "us", {"tags": ("us",)}),
        ("properties", "Seats=5; Plan=pro", "Seats: 5 · Plan: pro", {"properties": {"Seats": "5", "Plan": "pro"}}),
    ],
)  # fmt: skip
async def test_a_field_is_edited_in_its_place(
    day: Deck, field: str, typed: str, words: str, patched: dict[str, Any]
) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "field", field)
        line = screen(face).rows.region.y + next(
            at for at, row in enumerate(screen(face).rows.rows) if row.key == Spot("field", field)
        )
        await face.press("enter")
        assert face.screen.query_one(Input).region.y == line
        await face.type(typed)
        assert echo(face) == words
        await face.press("enter")
        deal = day.read(INITECH)
        assert {name: getattr(deal, name) for name in patched} == patched
        assert screen(face).rows.cursor_key == Spot("field", field)
        await face.press("u")
        assert day.read(INITECH).name == "Initech renewal"


async def test_what_is_not_understood_stays_and_says_why(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "field", "close_date")
        await face.press("e")
        await face.type("fru", "enter")
        assert isinstance(face.screen, InPlaceScreen)
        assert "is not a date" in echo(face)
        await face.press("escape")
        assert day.read(INITECH).close_date == date(2026, 11, 30)


async def test_a_line_that_is_left_as_it_was_writes_nothing(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        newest = day.store.history.actions(1)
        for kind, ref in (("field", "name"), ("field", "amount"), ("task", 1)):
            await go(face, kind, ref)  # type: ignore[arg-type]
            await face.press("enter", "enter")
        assert day.store.history.actions(1) == newest


async def test_a_task_is_edited_finished_and_deleted(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await face.press("enter")
        assert face.screen.query_one(Input).value == "call Ann 2026-11-24 14:30 every week"
        await face.type("call Bob 30 nov 9:00")
        assert echo(face) == "call Bob · Mon 30 Nov 09:00, in 10 days"
        await face.press("enter")
        task = next(task for task in day.page(INITECH).tasks if task.id == 1)
        assert (task.title, task.due_on, task.due_at, task.repeat_days) == (
            "call Bob", date(2026, 11, 30), time(9), None
        )  # fmt: skip
        await go(face, "task", 2)
        await face.press("v")
        assert {task.id for task in day.page(INITECH).tasks if task.done_at} == {2}
        await go(face, "task", 1)
        await face.press("delete")
        assert [task.id for task in day.page(INITECH).tasks] == [2]
        assert "next step    none" in page_text(face)
        await go(face, "step")
        await face.press("enter", *"ring", "enter")
        assert day.read(INITECH).next_step is not None


async def test_space_finishes_the_task_under_the_cursor(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await face.press("down", "space")
        assert {task.id for task in day.page(INITECH).tasks if task.done_at} == {2}


async def test_v_elsewhere_finishes_the_next_step(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "notes")
        await face.press("v")
        assert {task.id for task in day.page(INITECH).tasks if task.done_at} == {1}


async def test_the_checklist_is_ticked(day: Deck) -> None:
    first = day.pipeline.stages[1].checklist[0]
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "item", first.id)
        assert f"○ {first.title}  required" in page_text(face)
        await face.press("space")
        assert day.page(INITECH).ticked == {first.id}
        assert f"✓ {first.title}\n" in page_text(face)
        assert said(face) == f"ticked {first.title} for Initech renewal · u undoes it"
        await face.press("enter")
        assert day.page(INITECH).ticked == frozenset()
        await face.press("u")
        assert day.page(INITECH).ticked == {first.id}
        await go(face, "notes")
        await face.press("space")
        assert said(face).startswith("Space ticks")


async def test_people_are_added_changed_and_taken_off(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await face.press("A")
        assert isinstance(face.screen, PersonFormScreen)
        await face.type("Cleo Chen", "enter")
        assert [person.name for person in day.page(INITECH).people] == ["Ann Ito", "Bob Ray", "Cleo Chen"]
        await go(face, "person", 2)
        await face.press("enter")
        assert isinstance(face.screen, PersonFormScreen)
        await face.type("Bob Rayner", "enter")
        assert "Bob Rayner  blocks" in page_text(face)
        await face.press("delete")
        assert [person.name for person in day.page(INITECH).people] == ["Ann Ito", "Cleo Chen"]
        assert day.read(INITECH).name == "Initech renewal"


async def test_a_deal_with_nobody_says_so_and_asks(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        for ref in (1, 2):
            await go(face, "person", ref)
            await face.press("delete")
        assert "people       nobody yet" in page_text(face)
        await go(face, "nobody")
        await face.press("enter")
        assert isinstance(face.screen, PersonFormScreen)


async def test_delete_elsewhere_deletes_the_deal(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "field", "amount")
        await face.press("delete")
        assert face.screen is face.board
        assert day.rows("SELECT deleted_at IS NOT NULL FROM deals WHERE id = ?", INITECH) == [(1,)]


async def test_the_stage_and_a_snooze_ask_as_their_keys_do(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "stage")
        await face.press("enter")
        assert isinstance(face.screen, PickScreen)
        await face.press("escape", "z", "7", "enter")
        assert "snoozed      until Fri 27 Nov, in 7 days" in page_text(face)
        await go(face, "snooze")
        await face.press("enter", *"none", "enter")
        assert day.read(INITECH).snoozed_until is None


async def test_e_on_what_is_no_field_is_the_whole_form(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "item", day.pipeline.stages[1].checklist[0].id)
        await face.press("e")
        assert isinstance(face.screen, DealFormScreen)


async def test_a_related_deal_opens_over_this_one(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "related", 2)
        await face.press("enter")
        other = screen(face).page
        assert (other.deal.name, other.deal.outcome) == ("Initech pilot", Outcome.WON)
        assert [deal.id for deal in other.related] == [INITECH]
        await face.press("escape")
        assert screen(face).page.deal.id == INITECH
        await face.press("q")
        assert face.screen is face.board


async def test_what_is_known_of_the_company_stands_with_its_deals(day: Deck) -> None:
    company_id = day.page(INITECH).company_id
    assert company_id is not None
    day.store.companies.edit(company_id, CompanyPatch(notes="pays late"), at())
    async with opened(day) as face:
        await to_deal(face)
        assert "pays late" in page_text(face)


async def test_notes_are_written_in_a_sheet_and_kept_when_left(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "notes")
        await face.press("enter")
        assert isinstance(face.screen, NotesScreen)
        await face.press("ctrl+j", *"more", "escape")
        assert day.page(INITECH).notes == "wants SSO"
        await face.press("enter")
        assert face.screen.query_one(TextArea).text == "wants SSO\nmore"
        await face.press("enter")
        assert day.page(INITECH).notes == "wants SSO\nmore"
        await face.press("enter")
        face.screen.query_one(TextArea).clear()
        await face.press("enter")
        assert day.page(INITECH).notes == ""
        assert "notes        none" in page_text(face)


async def elsewhere(face: Face, patch: DealPatch, *, seen: bool = True) -> None:
    """Another program changes the deal; with `seen` we have noticed."""
    with Deck(face.deck.path) as other:
        other.store.deals.edit(INITECH, patch, at())
    if seen:
        assert face.app.gateway is not None
        face.app.gateway.watch()
        await face.settle()
        await face.settle()


@pytest.mark.parametrize("seen", [True, False], ids=["while typing", "at the last moment"])
async def test_a_field_that_was_changed_elsewhere_is_not_overwritten_unasked(day: Deck, seen: bool) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "field", "amount")
        await face.press("enter")
        await face.type("50k")
        await elsewhere(face, DealPatch(amount=Money(4_500_000, "USD")), seen=seen)
        if not seen:
            await face.press("enter")
            assert day.read(INITECH).amount == 4_500_000
        assert isinstance(face.screen, InPlaceScreen)
        assert "it was $40,000, it is $45,000" in echo(face)
        assert face.screen.query_one(Input).value == "50k"
        await face.press("enter")
        assert day.read(INITECH).amount == 5_000_000


async def test_another_field_that_was_changed_elsewhere_is_no_reason_to_ask(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "field", "amount")
        await face.press("enter")
        await face.type("50k")
        await elsewhere(face, DealPatch(name="Initech 2027"))
        assert "Changed elsewhere" not in echo(face)
        await face.press("enter")
        deal = day.read(INITECH)
        assert (deal.amount, deal.name) == (5_000_000, "Initech 2027")


async def test_leaving_the_line_keeps_what_was_put_there_elsewhere(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "field", "amount")
        await face.press("enter")
        await face.type("50k")
        await elsewhere(face, DealPatch(amount=Money(4_500_000, "USD")), seen=False)
        await face.press("enter", "escape")
        assert day.read(INITECH).amount == 4_500_000
        assert "amount       $45,000" in page_text(face)


async def test_a_task_that_was_done_elsewhere_is_left_alone(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await face.press("down", "enter")
        await face.type("send nothing")
        with Deck(day.path) as other:
            other.store.tasks.finish([2], at())
        await face.press("enter")
        assert said(face).startswith("It was done or deleted elsewhere")
        assert next(task for task in day.page(INITECH).tasks if task.id == 2).title == "send terms"


async def test_notes_that_were_changed_elsewhere_are_not_overwritten_unasked(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "notes")
        await face.press("enter", "ctrl+j", *"ours")
        await elsewhere(face, DealPatch(notes="theirs"), seen=False)
        await face.press("enter")
        assert day.page(INITECH).notes == "theirs"
        assert said(face).startswith("The notes were changed elsewhere")
        assert "theirs" in page_text(face)
        await face.press("enter")
        assert face.screen.query_one(TextArea).text == "wants SSO\nours"
        await face.press("enter")
        assert day.page(INITECH).notes == "wants SSO\nours"


async def test_a_timeline_that_goes_below_the_rest_gives_it_the_keys(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await face.press("tab")
        assert screen(face).timeline.has_focus
        await face.pilot.resize_terminal(100, 30)
        await face.settle()
        assert screen(face).rows.has_focus


async def test_what_is_typed_follows_its_line_when_the_terminal_changes(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "field", "source")
        await face.press("enter")
        await face.pilot.resize_terminal(60, 15)
        await face.settle()
        line = face.screen.query_one(Input)
        assert line.region.right <= 60
        assert line.region.bottom <= 15
        assert line.has_focus


async def test_on_the_last_line_the_echo_is_in_view_too(day: Deck) -> None:
    async with opened(day, (60, 15)) as face:
        await to_deal(face)
        await go(face, "field", "source")
        rows = screen(face).rows
        assert rows.rows[rows.top + rows.size.height - 1].key == Spot("field", "source")
        await face.press("enter")
        assert isinstance(face.screen, InPlaceScreen)
        face.screen.warn("changed elsewhere")
        await face.settle()
        line, said, keys = (face.screen.query_one(query).region for query in ("Input", ".echo", ".keys"))
        assert (line.height, said.height) == (1, 1)
        assert (said.y, said.bottom) == (line.bottom, keys.y)


async def test_what_is_typed_begins_where_the_value_stood_and_its_echo_beside_no_other_label(
    day: Deck,
) -> None:
    async with opened(day) as face:
        await to_deal(face)
        await go(face, "field", "close_date")
        shown = next(line for line in text_of(screen(face).rows) if "close date" in line)
        value = shown.index("Mon 30 Nov")
        await face.press("enter")
        line, said = face.screen.query_one(Input), face.screen.query_one(".echo")
        assert line.content_region.x == value
        assert not said.display
        await face.type("fri")
        assert (said.region.x, said.content_region.x) == (0, value)


async def test_a_change_from_elsewhere_while_the_line_is_on_its_way_is_told_in_it(day: Deck) -> None:
    async with opened(day) as face:
        await to_deal(face)
        page = screen(face)
        page.edit_line(page.page, Spot("field", "amount"))
        day.store.deals.edit(INITECH, DealPatch(amount=Money(777_00, "USD")), at())
        page.show_page(day.page(INITECH))
        await face.settle()
        assert "it is $777" in str(face.screen.query_one(".echo", Static).render())
