"""A person: how they are reached, and their part in a deal. Whoever is known is found by a part of their name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from store import (
    Contact,
    InvalidInput,
    PersonCard,
    PersonDraft,
    PersonPatch,
    Role,
    Stance,
    clean_line,
    fold,
)
from tui.screens.fields import Choice, Field
from tui.screens.form import FormScreen
from tui.widgets.choice_list import ChoiceList

OFFERED: Final = 4
"""At most so many known people are offered below the name."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be added: `store.people.add`."""

    draft: PersonDraft
    role: Role | None
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who is known, with what was changed: `store.people.save` on a deal, `store.people.edit` without one."""

    person_id: int
    patch: PersonPatch
    role: Role | None
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class PersonTold:
    """How the form was left: with the person to save, or with `None`; and with what was `typed`, to be offered again
    until it is saved."""

    person: NewPerson | KnownPerson | None
    typed: Mapping[str, str]


class PersonFormScreen(FormScreen[PersonTold]):
    """Asks for a person. It saves nothing.

    Without `person` it asks for a new one, or for one of `people`: while the name is typed those that it fits are
    offered, ↓ goes to them and Enter takes one. With `part` it asks for the role and stance on a deal too.
    """

    DEFAULT_CSS = """
    PersonFormScreen {
        OptionList {
            display: none; height: auto; max-height: 4; border: none; padding: 0;
            background: $panel; color: $foreground; text-wrap: nowrap; text-overflow: ellipsis;
            & > .option-list--option-highlighted { background: $cursor; color: $foreground; text-style: bold; }
        }
    }
    """

    def __init__(
        self,
        title: str,
        *,
        person: Contact | PersonCard | None = None,
        people: Sequence[PersonCard] = (),
        companies: Sequence[str] = (),
        company: str | None = None,
        part: bool = True,
        typed: Mapping[str, str] | None = None,
    ) -> None:
        self._person = person
        self._picked = False
        self._people = people
        self._sought = [fold(f"{card.name}\n{card.company or ''}\n{card.email}") for card in people]
        self._companies = {name.casefold(): name for name in companies}
        self._offered: tuple[PersonCard, ...] = ()
        own = person.company if person else company
        role = person.role if isinstance(person, Contact) else None
        stance = person.stance if isinstance(person, Contact) else None
        wanted = "" if person else "a new name, or a part of a known one"
        fields: list[Field | Choice] = [
            Field("name", "name", person.name if person else "", self._named, wanted),
            Field("email", "e-mail", person.email if person else "", self._email),
            Field("phone", "phone", person.phone if person else "", _phone),
            Field("company", "company", own or "", self._company, known=companies),
        ]
        if part:
            fields += [
                Choice("role", "role", role or "", tuple(Role)),
                Choice("stance", "stance", stance or "", tuple(Stance)),
            ]
        super().__init__(title, fields, person.notes if person else "", typed)

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Whoever is known is picked with ↓, where somebody is asked for."""
        if self._person is not None:
            return super().keys()
        save, leave, *others = super().keys()
        return (save, ("↓ ⏎", "who is known"), leave, *others)

    def below(self, field_id: str) -> Iterable[Widget]:
        """The people who are offered."""
        if field_id == "name":
            offered = ChoiceList(markup=False)
            offered.can_focus = False
            yield offered

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer whom the name fits."""
        super().on_input_changed(event)
        if event.input.id == "name" and self._person is None:
            self._offer(event.value)

    def echo(self, field_id: str) -> None:
        """Say how a field is understood; of somebody who was picked, that they are known."""
        if field_id == "name" and self._picked:
            self.say("name", "known already: what is changed here is changed on all their deals")
        else:
            super().echo(field_id)

    def on_descendant_blur(self) -> None:
        """Nobody is offered while something else is typed."""
        if not self.query_one("#name").has_focus:
            self.query_one(OptionList).display = False

    def action_next(self) -> None:
        """The next one of those offered; else the field below."""
        options = self.query_one(OptionList)
        at = -1 if options.highlighted is None else options.highlighted
        if options.display and at + 1 < options.option_count:
            options.highlighted = at + 1
        else:
            super().action_next()

    def action_previous(self) -> None:
        """Back among those offered, up to what is typed; else the field above."""
        options = self.query_one(OptionList)
        if options.display and options.highlighted is not None:
            options.highlighted = options.highlighted - 1 if options.highlighted else None
        else:
            super().action_previous()

    def action_save(self) -> None:
        """Take the one who is marked; else save."""
        options = self.query_one(OptionList)
        if options.display and options.highlighted is not None:
            self._take(self._offered[options.highlighted])
        else:
            super().action_save()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the one who was clicked."""
        event.stop()
        self._take(self._offered[event.option_index])

    def saved(self, changed: Mapping[str, Any]) -> PersonTold:
        """The person with what was changed."""
        role, stance = self._chosen()
        fields = {key: value for key, value in changed.items() if key not in ("role", "stance")}
        if self._person is not None:
            return PersonTold(KnownPerson(self._person.id, PersonPatch(**fields), role, stance), self._kept())
        company = self.text_of("company") or None
        draft = PersonDraft(**{"name": "", **fields, "company": company})
        return PersonTold(NewPerson(draft, role, stance), self._kept())

    def left(self, typed: Mapping[str, str]) -> PersonTold:
        """What was typed."""
        del typed
        return PersonTold(None, self._kept())

    def field_of(self, error: InvalidInput) -> str:
        """The field of an error's word."""
        return {"e-mail": "email", "phone": "phone", "company": "company", "notes": "notes"}.get(
            error.field, "name"
        )

    def _kept(self) -> Mapping[str, str]:
        """What is offered again, if it comes to that; who was picked is found again by a few letters."""
        return {} if self._picked else self.typed()

    def _chosen(self) -> tuple[Role | None, Stance | None]:
        if "role" not in self._fields:
            return None, None
        role, stance = self.text_of("role"), self.text_of("stance")
        return (Role(role) if role else None), (Stance(stance) if stance else None)

    # Whom the name fits

    def _offer(self, text: str) -> None:
        wanted = fold(text).split()
        fitting = [
            card
            for card, words in zip(self._people, self._sought, strict=True)
            if wanted and all(word in words for word in wanted)
        ]
        fitting.sort(key=lambda card: not fold(card.name).startswith(wanted[0]))
        self._offered = tuple(fitting[:OFFERED])
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_offer_line(card)) for card in self._offered])
        options.highlighted = None
        options.display = bool(self._offered)

    def _take(self, card: PersonCard) -> None:
        """Go on as if the form had begun with a known person; what was typed in the other fields stays a change. The
        name is theirs: who means another person leaves the form.
        """
        self._person, self._picked = card, True
        self.query_one(OptionList).display = False
        name = self.query_one("#name", Input)
        name.value = ""
        starts = {"name": card.name, "email": card.email, "phone": card.phone, "company": card.company or ""}
        for field_id, start in starts.items():
            field = self._fields[field_id]
            untouched = self.text_of(field_id) in ("", field.start)
            self._fields[field_id] = replace(field, start=start)
            if untouched:
                self.put(field_id, start)
            self.echo(field_id)
        self.begin_notes(card.notes)
        name.disabled = True
        self.query_one("#role" if "role" in self._fields else "#email").focus()

    # What is typed

    def _named(self, text: str) -> tuple[str, str]:
        if not clean_line(text):
            raise InvalidInput("The name is empty; type at least one character.", "name")
        return text, ""

    def _email(self, text: str) -> tuple[str, str]:
        email = PersonPatch(email=text).email
        own = self._person.id if self._person else None
        theirs = (
            card.name
            for card in self._people
            if card.email and card.email.casefold() == str(email).casefold() and card.id != own
        )
        whose = next(theirs, None)
        return text, f"{whose} has this address too" if whose else ""

    def _company(self, text: str) -> tuple[str | None, str]:
        name = clean_line(text)
        known = self._companies.get(name.casefold())
        return name or None, "" if known or not name else "a company that is not known yet"


def _phone(text: str) -> tuple[str, str]:
    PersonPatch(phone=text)
    return text, ""


def _offer_line(card: PersonCard) -> Content:
    about = " · ".join(filter(None, (card.company, card.email)))
    return Content.assemble((" ", ""), (card.name, "bold"), (f"  {about}", "$dim"))
