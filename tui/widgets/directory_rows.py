"""People and companies as lines: of a list in columns, and of the page of one of them.

All of it is made from cards and a width; nothing here knows a screen or draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from store import (
    CompanyCard,
    Outcome,
    PersonCard,
    Role,
    Stance,
    TheirDeal,
    Totals,
    format_amount,
)
from tui import format as fmt
from tui.widgets.row_columns import Column, cells_line, head_line, widths
from tui.widgets.row_line import Line, Piece, heading
from tui.widgets.row_list import Row
from tui.widgets.wrapping import wrapped

LABEL: Final = 13
"""Cells for the words at the left of a page."""

_SECOND_FROM: Final = 56
_WON_FROM: Final = 74
_REACH_FROM: Final = 110
"""Cells from which a list has a column for the company (or the people), for what was won, for how one is reached."""

Card = PersonCard | CompanyCard
Kind = Literal["deal", "person", "company"]


@dataclass(frozen=True, slots=True)
class Spot:
    """What the cursor of a page may be on, by id."""

    kind: Kind
    id: int


class ListRows:
    """A list of cards in columns, for lines of `room` cells; money is in `currency` where it says nothing else."""

    def __init__(self, cards: Sequence[Card], currency: str, room: int) -> None:
        self._cards = cards
        columns = [column for column in _columns(cards, currency, room) if any(column.texts)]
        wide = widths(columns, room)
        self.head = head_line(columns, wide)
        self._lines = [cells_line(columns, wide, at) for at in range(len(cards))]

    def rows(self) -> list[Row]:
        """A row for each card, by its id."""
        return [Row(card.id, line) for card, line in zip(self._cards, self._lines, strict=True)]


def _columns(cards: Sequence[Card], currency: str, room: int) -> Iterator[Column]:
    yield Column("name", [card.name for card in cards], "name", share=3)
    if room >= _SECOND_FROM:
        people = any(isinstance(card, PersonCard) for card in cards)
        yield Column("company" if people else "people", [_second(card) for card in cards], "text", share=2)
    if room >= _REACH_FROM:
        yield Column("e-mail", [_reach(card)[0] for card in cards], "dim", share=3)
        yield Column("phone", [_reach(card)[1] for card in cards], "dim", share=2)
    yield Column("open", [worth(card.open, currency) for card in cards], "money", right=True)
    if room >= _WON_FROM:
        yield Column("won", [worth(card.won, currency) for card in cards], "dim", right=True)


def _second(card: Card) -> str:
    if isinstance(card, PersonCard):
        return card.company or ""
    return ", ".join(person.name for person in card.people)


def _reach(card: Card) -> tuple[str, str]:
    return (card.email, card.phone) if isinstance(card, PersonCard) else ("", "")


def worth(totals: Totals, currency: str) -> str:
    """How many deals, and what they are worth: `2 · $12,000`. A `+` says that there is more, unknown or in other
    currencies.
    """
    if not totals.count:
        return ""
    foreign = fmt.foreign(totals)
    if totals.amount or not (foreign or totals.unknown):
        shown, rest = format_amount(totals.amount, currency), bool(foreign or totals.unknown)
    elif foreign:
        shown, rest = foreign[0], len(foreign) > 1 or bool(totals.unknown)
    else:
        shown, rest = fmt.NO_AMOUNT, False
    return f"{totals.count:,} · {shown}{' +' if rest else ''}"


# The page of one


def person_rows(card: PersonCard, currency: str, room: int) -> Iterator[Row]:
    """How a person is reached, notes, and their deals."""
    company = Spot("company", card.company_id) if card.company_id is not None else None
    yield _fact(company, "company", card.company or "")
    yield _fact(None, "e-mail", card.email)
    yield _fact(None, "phone", card.phone)
    yield from _notes(card.notes, room)
    yield from _their_deals(card.deals, card.open, card.won, currency)


def company_rows(card: CompanyCard, currency: str, room: int) -> Iterator[Row]:
    """A company's notes, people and deals."""
    yield from _notes(card.notes, room, first=True)
    if card.people:
        yield Row(None, heading("people", len(card.people)))
        for person in card.people:
            reach = "  ".join(filter(None, (person.email, person.phone)))
            line = Line((Piece(person.name, "name", cut=True), Piece(f"  {reach}", "dim", cut=True)))
            yield Row(Spot("person", person.id), line)
        yield Row()
    yield from _their_deals(card.deals, card.open, card.won, currency, first=True)


def _fact(spot: Spot | None, label: str, text: str) -> Row:
    value = Piece(text, "text", cut=True) if text else Piece("not known", "faint")
    return Row(spot, Line((Piece(label, "dim", width=LABEL), value)))


def _notes(text: str, room: int, *, first: bool = False) -> Iterator[Row]:
    if not text:
        return
    if not first:
        yield Row()
    yield Row(None, heading("notes"))
    for line in wrapped(text, room):
        yield Row(None, Line((Piece(line),)))
    if first:
        yield Row()


def _their_deals(
    deals: Sequence[TheirDeal], open_: Totals, won: Totals, currency: str, *, first: bool = False
) -> Iterator[Row]:
    if not first:
        yield Row()
    if not deals:
        yield Row(None, Line((Piece("no deals", "faint"),)))
        return
    yield Row(None, heading("deals", len(deals), sums(open_, won, currency)))
    for deal in deals:
        yield Row(Spot("deal", deal.id), _deal_line(deal))


def sums(open_: Totals, won: Totals, currency: str) -> str:
    """What deals come to: `$12,000 + €500 + 1 unknown open · $3,000 won`."""
    parts = [
        f"{_all_of(totals, currency)} {word}"
        for totals, word in ((open_, "open"), (won, "won"))
        if totals.count
    ]
    return " · ".join(parts)


def _all_of(totals: Totals, currency: str) -> str:
    known = [format_amount(totals.amount, currency)] if totals.amount else []
    known += fmt.foreign(totals)
    if totals.unknown:
        known.append(f"{totals.unknown:,} unknown")
    return " + ".join(known) or format_amount(0, currency)


def _deal_line(deal: TheirDeal) -> Line:
    where = deal.stage if deal.outcome is Outcome.OPEN else deal.outcome.value
    inks = {Outcome.OPEN: "dim", Outcome.WON: "won", Outcome.LOST: "faint"}
    amount = fmt.NO_AMOUNT if deal.amount is None else format_amount(deal.amount, deal.currency)
    ink = "money" if deal.amount is not None and deal.outcome is not Outcome.LOST else "dim"
    return Line(
        (
            Piece(deal.name, "name" if deal.outcome is Outcome.OPEN else "text", cut=True),
            *_part(deal.role, deal.stance),
            Piece(f"  {where}", inks[deal.outcome], cut=True),
        ),
        (Piece(amount, ink),),
    )


def _part(role: Role | None, stance: Stance | None) -> Iterable[Piece]:
    for word in (role, stance):
        if word is not None:
            against = word in (Role.BLOCKS, Stance.AGAINST)
            yield Piece(f"  {word.value}", "missing" if against else "text")
