"""All people and all companies, each with their deals, in a number of statements that does not depend on theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from store.reads.pipelines import pipeline, rates
from store.reads.rows import gc_paused
from store.rules.ordering import natural_key
from store.rules.totals import NOTHING, Rates, totals
from store.views import (
    Colleague,
    CompanyCard,
    Directory,
    Outcome,
    PersonCard,
    Role,
    Stance,
    TheirDeal,
    Totals,
)

if TYPE_CHECKING:
    import sqlite3

_DEAL: Final = "d.id, d.name, s.name, s.outcome, d.amount, d.currency, ifnull(d.probability, s.probability)"
_ORDER: Final = "ORDER BY s.outcome = 'lost', s.outcome = 'won', d.created_at DESC, d.id DESC"

_DEALS_OF_PEOPLE: Final = f"""
    SELECT l.person_id, {_DEAL}, l.role, l.stance
    FROM deal_people AS l JOIN deals AS d ON d.id = l.deal_id JOIN stages AS s ON s.id = d.stage_id
    WHERE d.deleted_at IS NULL {_ORDER}
"""
_DEALS_OF_COMPANIES: Final = f"""
    SELECT d.company_id, {_DEAL} FROM deals AS d JOIN stages AS s ON s.id = d.stage_id
    WHERE d.company_id IS NOT NULL AND d.deleted_at IS NULL {_ORDER}
"""
_PEOPLE: Final = """
    SELECT p.id, p.name, c.name, p.company_id, p.email, p.phone, p.notes
    FROM people AS p LEFT JOIN companies AS c ON c.id = p.company_id
"""
_COLLEAGUES: Final = "SELECT company_id, id, name, email, phone FROM people WHERE company_id IS NOT NULL"

_OUTCOMES: Final = {str(outcome): outcome for outcome in Outcome}
_ROLES: Final = {str(role): role for role in Role}
_STANCES: Final = {str(stance): stance for stance in Stance}
"""By what is stored; thousands are looked up. A text that is none of them, from an import, is not known."""


def people(connection: sqlite3.Connection) -> Directory[PersonCard]:
    """All people by name; `NotFound` when there is no pipeline, whose currency money is summed in."""
    with gc_paused():
        currency = pipeline(connection).currency
        rated = rates(connection, currency)
        deals: dict[int, list[TheirDeal]] = defaultdict(list)
        for row in connection.execute(_DEALS_OF_PEOPLE):
            deals[row[0]].append(_deal(row, _ROLES.get(row[8]), _STANCES.get(row[9])))
        cards = []
        for key, name, company, company_id, email, phone, notes in connection.execute(_PEOPLE):
            theirs, open_, won = _with_sums(deals.get(key, ()), currency, rated)
            cards.append(PersonCard(key, name, company, company_id, email, phone, notes, theirs, open_, won))
        return Directory(currency, tuple(_by_name(cards)))


def companies(connection: sqlite3.Connection) -> Directory[CompanyCard]:
    """All companies by name; `NotFound` as for `people`."""
    with gc_paused():
        currency = pipeline(connection).currency
        rated = rates(connection, currency)
        deals: dict[int, list[TheirDeal]] = defaultdict(list)
        for row in connection.execute(_DEALS_OF_COMPANIES):
            deals[row[0]].append(_deal(row))
        colleagues = _colleagues(connection)
        cards = []
        for key, name, notes in connection.execute("SELECT id, name, notes FROM companies"):
            theirs, open_, won = _with_sums(deals.get(key, ()), currency, rated)
            cards.append(CompanyCard(key, name, notes, colleagues.get(key, ()), theirs, open_, won))
        return Directory(currency, tuple(_by_name(cards)))


def _colleagues(connection: sqlite3.Connection) -> Mapping[int, tuple[Colleague, ...]]:
    found: dict[int, list[Colleague]] = defaultdict(list)
    for company_id, *person in connection.execute(_COLLEAGUES):
        found[company_id].append(Colleague(*person))
    return {key: tuple(_by_name(each)) for key, each in found.items()}


def _deal(row: Sequence[Any], role: Role | None = None, stance: Stance | None = None) -> TheirDeal:
    """The deal of a row, whose first column is whose it is."""
    return TheirDeal(row[1], row[2], row[3], _OUTCOMES[row[4]], row[5], row[6], row[7], role, stance)


def _with_sums(
    deals: Sequence[TheirDeal], currency: str, rated: Rates
) -> tuple[tuple[TheirDeal, ...], Totals, Totals]:
    if not deals:
        return (), NOTHING, NOTHING
    parts = ([deal for deal in deals if deal.outcome is each] for each in (Outcome.OPEN, Outcome.WON))
    open_, won = (totals(part, currency, rated) if part else NOTHING for part in parts)
    return tuple(deals), open_, won


def _by_name(cards: list[Any]) -> list[Any]:
    return sorted(cards, key=lambda card: (natural_key(card.name), card.id))
