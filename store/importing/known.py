"""What an import has to know of the store: its pipelines, and the deals, companies and people that are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Mapping, Sequence
from itertools import starmap
from typing import Final

from store.importing.plan import Known, KnownDeal, PlannedPerson
from store.views import Pipeline

_DEALS: Final = """
    SELECT id, external_id, name, created_at, stage_id, currency FROM deals WHERE deleted_at IS NULL ORDER BY id
"""


def read_known(connection: sqlite3.Connection, pipelines: tuple[Pipeline, ...]) -> Known:
    """What `connection` sees now. Deleted deals do not count; of several with one external id the oldest does."""
    deals = [*starmap(KnownDeal, connection.execute(_DEALS))]
    companies = connection.execute("SELECT name, id FROM companies ORDER BY id DESC").fetchall()
    people = connection.execute(
        "SELECT people.name, people.email, coalesce(companies.name, ''), people.id "
        "FROM people LEFT JOIN companies ON companies.id = people.company_id ORDER BY people.id DESC"
    ).fetchall()
    return Known(
        pipelines,
        {deal.external_id: deal.id for deal in reversed(deals) if deal.external_id is not None},
        tuple(deals),
        {name.casefold(): company_id for name, company_id in companies},
        {key: person_id for *who, person_id in people for key in person_keys(*who)},
    )


def person_keys(name: str, email: str, company: str | None) -> list[tuple[str, str]]:
    """What a person is known by: the name with the e-mail address, if there is one, and with the company.

    The first is the surest. An address alone is not enough: people share mailboxes.
    """
    folded = name.casefold()
    keys = [(folded, f"at {(company or '').casefold()}")]
    return [(folded, email.casefold()), *keys] if email else keys


class PeopleIndex:
    """Who is known, and who of the file turned out to be whom.

    With `exact`, people of the file are the same only if they are the same in everything.
    """

    def __init__(self, known: Mapping[tuple[str, str], int], exact: bool) -> None:
        self._known = known
        self._exact = exact
        self._met: dict[Hashable, int] = {}

    def place(self, person: PlannedPerson, new_id: int) -> tuple[int, bool]:
        """The id of `person`, who is known, or was met before, or gets `new_id`; and whether that is so."""
        keys = person_keys(person.name, person.email, person.company)
        if (known := self._known.get(keys[0])) is not None:
            return known, False
        met: Sequence[Hashable] = [person._replace(role="", stance="")] if self._exact else keys
        if (found := self._met.get(met[0])) is not None:
            return found, False
        for key in met:
            self._met.setdefault(key, new_id)
        return new_id, True
