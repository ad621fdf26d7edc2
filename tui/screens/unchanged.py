"""Saving what was typed only where what it changes is still what was seen: another program may have changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from store import KEEP, ChangedElsewhere, NotFound

if TYPE_CHECKING:
    from datetime import date, datetime

    from store import (
        CompanyCard,
        CompanyPatch,
        Contact,
        DealPage,
        DealPatch,
        Done,
        PersonCard,
        PersonPatch,
        Store,
    )
    from tui.gateway import Write

    Patch = DealPatch | PersonPatch | CompanyPatch
    Card = PersonCard | CompanyCard

Words = Mapping[str, str]
"""Values in words, by what they are the value of: `amount of Acme renewal`."""

_LABELS: Final = {"close_date": "close date", "email": "e-mail"}
"""How a field is called where that is not its name."""

_NOTES: Final = "notes of "

_LONGEST: Final = 40
"""So much of a value is told: what was seen and what there is are to be read in one line."""


def unless_changed(command: Write, seen: Words, fresh: Callable[[Store], Words | None], again: str) -> Write:
    """`command`, unless something of `seen` has another value by now: then nothing is changed, and it is told what was
    seen, what there is now, and how what was typed comes back (`again`).

    The look and the command are one transaction. `fresh` gives the values as they are; where there are none any more
    (`None`, or `NotFound`) the command itself tells it best.
    """

    def checked(store: Store, now: datetime) -> Done:
        with store.held(now):
            if told := _differences(seen, _there(store, fresh)):
                raise ChangedElsewhere(f"Changed elsewhere meanwhile: {told}. Nothing was saved; {again}.")
            return command(store, now)

    return checked


def edit_unless_changed(page: DealPage, patch: DealPatch, today: date, again: str) -> Write:
    """The edit of a deal that was as in `page`, with the same look."""
    deal, names = page.deal, touched(patch)
    return unless_changed(
        lambda store, now: store.deals.edit(deal.id, patch, now),
        words_of_deal(page, names, today),
        lambda store: words_of_deal(store.read.deal_page(deal.id, today), names, today, deal.name),
        again,
    )


def edit_card_unless_changed(
    card: Card, patch: PersonPatch | CompanyPatch, cards: Callable[[Store], Iterable[Card]], edit: Write
) -> Write:
    """`edit`, which makes `patch` of a person or a company that was as in `card`, with the same look among `cards`."""
    names = touched(patch)

    def fresh(store: Store) -> Words | None:
        there = next((other for other in cards(store) if other.id == card.id), None)
        return None if there is None else words_of(there, names, card.name)

    return unless_changed(edit, words_of(card, names), fresh, "e offers yours again")


def touched(patch: Patch) -> tuple[str, ...]:
    """The fields that a patch changes."""
    return tuple(field.name for field in fields(patch) if getattr(patch, field.name) is not KEEP)


def words_of(card: PersonCard | CompanyCard | Contact, names: Iterable[str], whose: str = "") -> Words:
    """What a person or a company has in some fields; they may have gone by another name (`whose`)."""
    return {_named(name, whose or card.name): _word(getattr(card, name)) for name in names}


def words_of_deal(page: DealPage, names: Iterable[str], today: date, whose: str = "") -> Words:
    """The same of a deal."""
    from tui.screens.deal_fields import deal_fields

    shown = {field.id: field.shown for field in deal_fields(page, today, "dmy").values()}
    shown["notes"] = page.notes
    return {_named(field, whose or page.deal.name): shown[field] for field in names}


def _there(store: Store, fresh: Callable[[Store], Words | None]) -> Words:
    try:
        return fresh(store) or {}
    except NotFound:
        return {}


def _named(field: str, whose: str) -> str:
    return f"{_LABELS.get(field, field)} of {whose}"


def _word(value: Any) -> str:
    return str(value) if value else "none"


def _differences(seen: Words, now: Words) -> str:
    return "; ".join(
        f"the {what} are others"
        if what.startswith(_NOTES)
        else f"the {what} was {_cut(value)}, it is {_cut(now[what])}"
        for what, value in seen.items()
        if now.get(what, value) != value
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
