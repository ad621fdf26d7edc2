"""People and companies in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from store import CompanyCard, PersonCard, Totals
from tui.commands import words
from tui.commands.plain import Field, table

_SUMS = (Field("open", right=True), Field("won", right=True, spare=1))
_PEOPLE = (
    Field("name", least=14),
    Field("company", least=8),
    Field("e-mail", least=12, spare=2),
    Field("phone", spare=3),
    *_SUMS,
)
_COMPANIES = (Field("name", least=14), Field("people", least=10, spare=2), *_SUMS)


def person_lines(cards: Sequence[PersonCard], currency: str, room: int) -> list[str]:
    """People as a table, with the number and worth of their open and won deals."""
    rows = [(card.name, card.company or "", card.email, card.phone, *_sums(card, currency)) for card in cards]
    return table(_PEOPLE, rows, room)


def company_lines(cards: Sequence[CompanyCard], currency: str, room: int) -> list[str]:
    """Companies as a table, with their people."""
    rows = [
        (card.name, ", ".join(each.name for each in card.people), *_sums(card, currency)) for card in cards
    ]
    return table(_COMPANIES, rows, room)


def _sums(card: PersonCard | CompanyCard, currency: str) -> tuple[str, str]:
    return _worth(card.open, currency), _worth(card.won, currency)


def _worth(totals: Totals, currency: str) -> str:
    if not totals.count:
        return ""
    known = words.known(totals, currency)
    if not totals.amount and (totals.foreign or totals.unknown):
        known = known.partition(" + ")[2]  # what is known is elsewhere, or nothing is
    return f"{totals.count:,} · {known}"
