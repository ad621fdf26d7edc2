"""The form of a person: new ones, those who are known, and what is said while it is typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.widgets import Input, OptionList, Static

from store import Contact, PersonDraft, PersonPatch, Role, Stance
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tui.screens.person_form import KnownPerson, NewPerson, PersonFormScreen, PersonTold
from tui.widgets.choice_line import ChoiceLine

BOB = Contact(7, "Bob Ray", "bob@acme.com", "1", Role.BLOCKS, Stance.AGAINST, "no", "Acme")


@pytest.fixture
def known(deck: Deck) -> Deck:
    """Three people of two companies."""
    for name, email, company in (
        ("Ann Ito", "ann@acme.com", "Acme"), ("Joanna Bell", "", "Globex"), ("Bob Ray", "bob@acme.com", "Acme"),
    ):  # fmt: skip
        deck.store.people.add(
            [], PersonDraft(name, email, "+49 1", f"about {name}", company), None, None, at()
        )
    return deck


class Asked:
    """A form on the screen, and what it is answered."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.answers: list[PersonTold | None] = []

    @property
    def person(self) -> NewPerson | KnownPerson | None:
        (answer,) = self.answers
        assert answer is not None
        return answer.person

    @property
    def offered(self) -> list[str]:
        options = self.face.screen.query_one(OptionList)
        found = (options.get_option_at_index(n).prompt for n in range(options.option_count))
        return [str(prompt).split("  ")[0].strip() for prompt in found] if options.display else []

    def value(self, field: str) -> str:
        widget = self.face.screen.query_one(f"#{field}")
        assert isinstance(widget, Input | ChoiceLine)
        return widget.value

    def echo(self, field: str) -> str:
        echo = self.face.screen.query_one(f"#echo-{field}", Static)
        return str(echo.render()) if echo.display else ""

    async def press(self, *keys: str) -> None:
        await self.face.press(*keys)


@asynccontextmanager
async def asking(deck: Deck, size: tuple[int, int] = (100, 40), **options: Any) -> AsyncIterator[Asked]:
    """The form over the board, as if somebody were added to a deal of Acme."""
    async with opened(deck, size) as face:
        asked = Asked(face)
        options.setdefault("people", deck.store.read.person_cards().cards)
        options.setdefault("companies", deck.store.read.companies())
        face.app.push_screen(PersonFormScreen("Add somebody", **options), asked.answers.append)
        await face.settle()
        yield asked


async def test_somebody_new_is_a_few_words(known: Deck) -> None:
    async with asking(known, company="Acme") as form:
        assert form.value("company") == "Acme"
        await form.press(*"Cy Berg", "down", *"cy@acme.com", "tab", "tab", "tab", "d", "tab", "f", "enter")
        draft = PersonDraft("Cy Berg", "cy@acme.com", company="Acme")
        assert form.person == NewPerson(draft, Role.DECIDES, Stance.FOR)
        assert known.rows("SELECT count(*) FROM people") == [(3,)]  # the form saves nothing


async def test_whoever_is_known_is_offered_while_the_name_is_typed(known: Deck) -> None:
    async with asking(known) as form:
        assert form.offered == []
        await form.press(*"an")
        assert form.offered == ["Ann Ito", "Joanna Bell"]
        await form.press(*"n", "space", *"acme")
        assert form.offered == ["Ann Ito"]
        await form.face.type("ann q")
        assert form.offered == []


async def test_those_whose_name_begins_so_are_offered_first(known: Deck) -> None:
    known.store.people.add([], PersonDraft("Al Joans"), None, None, at())
    async with asking(known) as form:
        await form.press(*"jo")
        assert form.offered == ["Joanna Bell", "Al Joans"]


async def test_notes_that_were_typed_stay_below_those_of_whoever_is_taken(known: Deck) -> None:
    async with asking(known) as form:
        await form.press("shift+tab", *"met at the fair", "tab", *"joa", "down", "enter", "enter")
        notes = "about Joanna Bell\nmet at the fair"
        assert form.person == KnownPerson(2, PersonPatch(notes=notes), None, None)


async def test_somebody_known_is_taken_with_all_that_is_known(known: Deck) -> None:
    async with asking(known, company="Globex") as form:
        await form.press(*"an", "down", "down", "up", "enter")
        assert [form.value(field) for field in ("name", "email", "phone", "company")] == [
            "Ann Ito", "ann@acme.com", "+49 1", "Acme",
        ]  # fmt: skip
        assert form.echo("name").startswith("known already")
        await form.press("c", "enter")
        assert form.person == KnownPerson(1, PersonPatch(), Role.CHAMPION, None)


async def test_what_was_typed_before_somebody_was_taken_is_a_change_of_theirs(known: Deck) -> None:
    async with asking(known) as form:
        await form.press("tab", *"new@acme.com", "shift+tab", *"joa", "down", "enter", "enter")
        assert form.person == KnownPerson(2, PersonPatch(email="new@acme.com"), None, None)


async def test_up_from_those_offered_goes_back_to_what_is_typed(known: Deck) -> None:
    async with asking(known) as form:
        await form.press(*"Ann", "down", "up", "enter")
        assert form.person == NewPerson(PersonDraft("Ann"), None, None)


async def test_nobody_is_offered_once_another_field_is_typed_into(known: Deck) -> None:
    async with asking(known) as form:
        await form.press(*"Ann", "tab")
        assert form.offered == []


async def test_editing_answers_only_with_what_was_changed(known: Deck) -> None:
    async with asking(known, person=BOB) as form:
        assert (form.value("role"), form.value("stance")) == ("blocks", "against")
        await form.press("end", *"mond")
        assert form.offered == []
        await form.press("tab", "tab", "tab", "tab", "backspace", "tab", "left", "enter")
        patch = PersonPatch(name="Bob Raymond")
        assert form.person == KnownPerson(7, patch, None, Stance.NEUTRAL)


async def test_without_a_deal_there_is_no_part_to_ask_for(known: Deck) -> None:
    async with asking(known, person=BOB, part=False) as form:
        assert not form.face.screen.query(ChoiceLine)
        await form.face.type("Rob Ray", "enter")
        assert form.person == KnownPerson(7, PersonPatch(name="Rob Ray"), None, None)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("email", "cy", "! “cy” is not an e-mail address"),
        ("email", "ANN@acme.com", "Ann Ito has this address too"),
        ("phone", "none", "! “none” is not a phone number"),
        ("company", "Umbrella", "a company that is not known yet"),
        ("company", "acme", ""),
    ],
)
async def test_how_it_is_understood_is_said_while_it_is_typed(
    known: Deck, field: str, text: str, said: str
) -> None:
    async with asking(known) as form:
        form.face.screen.query_one(f"#{field}").focus()
        await form.face.settle()
        await form.face.type(text)
        assert form.echo(field).startswith(said)
        assert bool(form.echo(field)) == bool(said)


async def test_what_is_not_understood_is_not_saved_and_gets_the_keys(known: Deck) -> None:
    async with asking(known) as form:
        await form.press("enter")
        assert form.echo("name") == "! The name is empty; type at least one character."
        await form.press(*"Cy", "tab", *"cy", "down", "enter")
        focused = form.face.screen.focused
        assert (form.answers, focused.id if focused else None) == ([], "email")


async def test_the_rest_of_a_companys_name_is_offered(known: Deck) -> None:
    async with asking(known) as form:
        await form.press("tab", "tab", "tab", *"glo", "right")
        assert form.value("company") == "Globex"


async def test_what_was_typed_is_given_back_when_the_form_is_left(known: Deck) -> None:
    async with asking(known, person=BOB) as form:
        await form.press(
            "tab", "end", *"x", "tab", "tab", "tab", "u", "tab", "tab", "ctrl+j", *"more", "escape"
        )
        typed = {"email": "bob@acme.comx", "role": "user", "notes": "\nmoreno"}
        assert form.answers == [PersonTold(None, typed)]
    async with asking(known, person=BOB, typed=typed) as form:
        assert (form.value("email"), form.value("role")) == ("bob@acme.comx", "user")
        await form.press("ctrl+r", "escape")
        assert form.answers == [PersonTold(None, {})]


async def test_letters_and_arrows_choose_a_word_or_none(known: Deck) -> None:
    async with asking(known, person=BOB) as form:
        form.face.screen.query_one("#role").focus()
        await form.face.settle()
        for key, value in [
            ("c", "champion"), ("left", ""), ("left", ""), ("right", "champion"), ("right", "decides"), ("U", "user"),
            ("right", "user"), ("x", "user"), ("delete", ""),
        ]:  # fmt: skip
            await form.press(key)
            assert form.value("role") == value


async def test_a_click_chooses_a_word(known: Deck) -> None:
    async with asking(known) as form:
        await form.face.pilot.click("#role", offset=(1 + len("champion") + 2, 0))
        await form.face.settle()
        assert form.value("role") == "decides"


async def test_a_hostile_name_is_text(deck: Deck) -> None:
    name = "[/] [@click=app.quit]x"
    deck.store.people.add([], PersonDraft(name, "[b]@x", "1", name, name), None, None, at())
    async with asking(deck, size=(60, 15)) as form:
        await form.press(*"[/]")
        assert form.offered == [name]
        await form.press("down", "enter")
        assert (form.value("name"), form.value("company")) == (name, name)
        assert form.face.app.is_running
