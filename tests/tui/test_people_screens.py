"""The lists of people and companies, and the page of one of them, by their keys."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from store import CompanyCard, CompanyDraft, PersonCard, PersonDraft
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tests.tui.people_showcase import people_showcase
from tests.tui.showcase import ACME, showcase
from tui.keys_people import COMPANIES, COMPANY, PEOPLE, PERSON
from tui.screens.companies import CompaniesScreen, CompanyScreen
from tui.screens.company_form import CompanyFormScreen
from tui.screens.deal import DealScreen
from tui.screens.directory import DirectoryScreen
from tui.screens.help import HelpScreen
from tui.screens.merging import MergeScreen
from tui.screens.people import PeopleScreen, PersonScreen
from tui.screens.person_form import PersonFormScreen
from tui.screens.record import RecordScreen
from tui.widgets.line_widget import LineWidget


@pytest.fixture
def day(deck: Deck) -> Deck:
    return people_showcase(showcase(deck))


def on(face: Face, kind: type[Screen[Any]]) -> bool:
    return isinstance(face.screen, kind)


def lines(face: Face) -> list[str]:
    """The lines of the list as they are shown, as single words would be read."""
    widget = screen(face).rows
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


def shown(face: Face) -> str:
    return "\n".join(lines(face))


def names(face: Face) -> list[str]:
    here = screen(face)
    assert isinstance(here, DirectoryScreen)
    return [card.name for key in here.rows.keys if (card := here.card_of(key)) is not None]


def screen(face: Face) -> DirectoryScreen[Any] | RecordScreen[Any]:
    here = face.screen
    assert isinstance(here, DirectoryScreen | RecordScreen)
    return here


def said(face: Face) -> str:
    told: tuple[str, bool] = screen(face).hints.told
    return told[0]


def cursor(face: Face) -> str:
    card: PersonCard | CompanyCard | None = screen(face).card()
    assert card is not None
    return card.name


async def test_everybody_with_company_and_what_their_deals_are_worth(day: Deck) -> None:
    async with opened(day, (100, 30)) as face:
        await face.press("P")
        assert on(face, PeopleScreen)
        assert names(face)[0] == "A. Ito"
        (ann,) = (line for line in lines(face) if line.startswith("  Ann Ito"))
        assert ann.split() == ["Ann", "Ito", "Initech", "Inc", "3", "·", "$52,000", "+"]
        (cecile,) = (line for line in lines(face) if line.startswith("  Cécile"))
        assert cecile.split()[-3:] == ["1", "·", "$18,000"]
        await face.press("escape")
        assert face.screen is face.board


async def test_found_as_one_types(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "slash", *"ito")
        assert names(face) == ["A. Ito", "Ann Ito"]
        await face.press("space", *"tokyo")
        assert (names(face), shown(face).strip()) == ([], "nobody fits")
        await face.press(*["backspace"] * 9, *"zoe", "enter")
        assert names(face) == ["Zoë Unknown"]
        await face.press("escape")
        assert len(names(face)) == 8
        assert on(face, PeopleScreen)
        await face.press("q")
        assert face.screen is face.board
        await face.press("C", "slash", *"zzz")
        assert shown(face).strip() == "no company fits"


async def test_sorted_by_what_their_deals_are_worth(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "o")
        assert names(face)[:2] == ["Ann Ito", "Bob Ray"]
        assert (cursor(face), said(face)) == ("Ann Ito", "sorted by open amount")
        await face.press("o")
        assert names(face)[0].startswith("Cécile")
        await face.press("o", "o")
        assert names(face)[0] == "A. Ito"


async def test_a_person_leads_to_their_deals_and_company_and_back(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "slash", *"ann", "enter", "enter")
        assert on(face, PersonScreen)
        for words in (
            "ann@initech.example",
            "+49 30 12345",
            "Met in Berlin.",
            "Prefers calls.",
            "champion",
            "€5,000 open",
        ):
            assert words in shown(face)
        await face.press("enter")
        assert on(face, CompanyScreen)
        assert "Bob Ray" in shown(face)
        await face.press("G", "enter")
        assert isinstance(face.screen, DealScreen)
        assert face.screen.page.deal.name == "Initech renewal"
        await face.press("escape", "g", "enter")
        assert on(face, PersonScreen)
        await face.press("q", "q", "q", "q")
        assert on(face, PeopleScreen)


async def test_a_company_has_people_and_deals(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("C")
        assert on(face, CompaniesScreen)
        assert "Umbrella Corp" in names(face)
        await face.press("slash", *"umbrella corp", "enter", "enter")
        assert on(face, CompanyScreen)
        assert [line.strip() for line in lines(face) if line.strip()] == [
            "NOTES",
            "An older entry.",
            "no deals",
        ]


async def test_an_edit_comes_back_into_the_list(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "e")
        await face.type("Anna Ito", "enter")
        assert cursor(face) == "Anna Ito"
        assert said(face) == "edited name of A. Ito · u undoes it"
        await face.press("u")
        assert (cursor(face), said(face)) == ("A. Ito", "undone: edit name of A. Ito · U does it again")
        await face.press("U")
        assert cursor(face) == "Anna Ito"


async def test_somebody_new_gets_the_cursor(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "a", *"Cy Berg", "enter")
        assert (cursor(face), said(face)) == ("Cy Berg", "added Cy Berg · u undoes it")
        await face.press("a", *"cy", "tab", *"x", "escape", "a")
        assert "not saved yet" in str(face.screen.query_one(".title").render())
        await face.press("escape")


async def test_who_is_there_twice_is_one_afterwards(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "slash", *"ann", "enter", "M")
        assert on(face, MergeScreen)
        await face.press("enter")
        assert on(face, MergeScreen)  # nobody is nearly the same, so Enter alone picks nobody
        await face.press(*"a. i", "enter")
        assert said(face) == "merged A. Ito into Ann Ito · u undoes it"
        assert names(face) == ["Ann Ito"]
        tyrell = next(
            deal for deal in day.store.read.list_deals(None, at().date()) if deal.name == "Tyrell support"
        )
        assert [(person.name, person.role) for person in day.page(tyrell.id).people] == [
            ("Ann Ito", "influences")
        ]
        await face.press("u", "escape")
        assert len(names(face)) == 8


async def test_who_is_nearly_the_same_is_a_key_away(deck: Deck) -> None:
    for name, company in (("Ann", "Acme"), ("Ann Ito", "Acme"), ("Bob", "Acme"), ("ANN", "Globex")):
        deck.store.people.add([], PersonDraft(name, company=company), None, None, at())
    async with opened(deck) as face:
        await face.press("P", "slash", *"bob", "enter", "M", "escape", "escape", "g", "M", "enter")
        assert said(face) == "merged ANN into Ann · u undoes it"


async def test_a_person_is_deleted_and_undo_brings_them_back(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "slash", *"ann", "enter", "enter", "D")
        assert on(face, PeopleScreen)
        assert names(face) == []
        await face.press("u")
        assert names(face) == ["Ann Ito"]


async def test_a_company_is_added_renamed_merged_and_deleted(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("C", "a", *"Wonka", "enter")
        assert cursor(face) == "Wonka"
        await face.press("e")
        await face.type("initech", "enter")
        assert said(face) == "There is a company named Initech already; merge the two instead."
        await face.press("e")
        await face.type("Wonka Ltd", "enter")
        assert (cursor(face), said(face)) == ("Wonka Ltd", "renamed Wonka to Wonka Ltd · u undoes it")
        await face.press("D")
        assert "Wonka Ltd" not in names(face)
        await face.press("slash", *"initech inc", "enter", "D")
        assert said(face) == "Initech Inc has 2 deals and 2 people; merge it into another company instead."
        await face.press("M", "1")
        assert said(face) == "merged Initech into Initech Inc · u undoes it"


async def test_a_form_that_was_left_on_a_deal_is_offered_again(deck: Deck) -> None:
    deal_id = deck.deal("Acme renewal", company="Acme")
    async with opened(deck) as face:
        await face.press("enter", "A", *"Cy Berg", "escape", "A")
        assert isinstance(face.screen, PersonFormScreen)
        assert (face.screen.text_of("name"), face.screen.text_of("company")) == ("Cy Berg", "Acme")
        with Deck(deck.path) as other:
            other.store.people.add(
                [], PersonDraft("Cy Berg", "cy@acme.com", company="Acme"), None, None, at()
            )
        await face.press(*["tab"] * 4, "d", "enter")
        (cy,) = deck.page(deal_id).people
        assert (cy.name, cy.email, cy.role) == (
            "Cy Berg",
            "cy@acme.com",
            "decides",
        )  # who is known is not made twice
        await face.press("A")
        assert isinstance(face.screen, PersonFormScreen)
        assert face.screen.text_of("name") == ""


async def test_a_form_that_the_store_refused_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("C", "a", *"initech", "enter")
        assert said(face) == "There is a company named Initech already; choose another name."
        await face.press("a")
        assert isinstance(face.screen, CompanyFormScreen)
        assert face.screen.text_of("name") == "initech"
        await face.press("end", *" two", "enter", "a")
        assert isinstance(face.screen, CompanyFormScreen)
        assert face.screen.text_of("name") == ""


async def test_a_page_whose_person_went_elsewhere_is_left(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "enter", "e")
        with Deck(day.path) as other:
            gone = next(card for card in other.store.read.person_cards().cards if card.name == "A. Ito")
            other.store.people.delete(gone.id, at())
        assert face.app.gateway is not None
        face.app.gateway.watch()
        await face.settle()
        await face.settle()
        await face.press("escape")
        assert on(face, PeopleScreen)
        assert "A. Ito" not in names(face)


async def test_nobody_yet(deck: Deck) -> None:
    async with opened(deck) as face:
        await face.press("P")
        assert shown(face).strip() == "Nobody yet. a adds somebody; so does the page of a deal."
        for key in ("e", "M", "D", "y", "enter"):
            await face.press(key)
            assert on(face, PeopleScreen)
        await face.press("escape", "C")
        assert shown(face).strip() == "No company yet. a adds one; so does a deal that names one."
        deck.store.companies.create(CompanyDraft("Acme"), at())
        assert face.app.gateway is not None
        await face.press("a", *"Globex", "enter", "g", "y")
        assert names(face) == ["Acme", "Globex"]


async def test_name_and_e_mail_are_copied(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("P", "slash", *"bob", "enter", "y")
        assert face.app.clipboard == "Bob Ray <bob@initech.example>"
        assert said(face) == "copied Bob Ray <bob@initech.example>"


@pytest.mark.parametrize(
    ("keys", "commands"),
    [("P", PEOPLE), ("P enter", PERSON), ("C", COMPANIES), ("C enter", COMPANY)],
)
async def test_help_and_palette_know_every_key(day: Deck, keys: str, commands: tuple[object, ...]) -> None:
    async with opened(day) as face:
        await face.press(*keys.split())
        assert screen(face).palette_commands == commands
        await face.press("question_mark")
        assert on(face, HelpScreen)


@pytest.mark.parametrize("keys", ["P", "P enter", "C", "C enter"])
async def test_markup_in_a_name_is_text_on_every_screen(deck: Deck, keys: str) -> None:
    deal_id = deck.deal(ACME, company=ACME)
    deck.store.people.add([deal_id], PersonDraft(ACME, "a@b", "1", ACME, ACME), None, None, at())
    async with opened(deck, (100, 30)) as face:
        await face.press(*keys.split())
        for widget in face.screen.query(LineWidget):
            for y in range(widget.size.height):
                await face.pilot.click(widget, offset=(4, y))
        assert face.app.is_running
        assert "Acme [/]" in "\n".join(
            widget.render_line(y).text
            for widget in face.screen.query(LineWidget)
            for y in range(widget.size.height)
        )
