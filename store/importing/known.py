"""What an import has to know of the store: its pipelines, and the deals, companies and people that are there."""

from __future__ import annotations

import sqlite3

from store.importing.plan import Known
from store.views import Pipeline


def read_known(connection: sqlite3.Connection, pipelines: tuple[Pipeline, ...]) -> Known:
    """What `connection` sees now. Deleted deals do not count; of several with one external id the oldest does."""
    deals = connection.execute(
        "SELECT external_id, id FROM deals WHERE external_id IS NOT NULL AND deleted_at IS NULL ORDER BY id DESC"
    ).fetchall()
    companies = connection.execute("SELECT name, id FROM companies ORDER BY id DESC").fetchall()
    people = connection.execute(
        "SELECT people.email, people.name, coalesce(companies.name, ''), people.id "
        "FROM people LEFT JOIN companies ON companies.id = people.company_id ORDER BY people.id DESC"
    ).fetchall()
    return Known(
        pipelines,
        dict(deals),
        {name.casefold(): company_id for name, company_id in companies},
        {person_key(name, email, company): person_id for email, name, company, person_id in people},
    )


def person_key(name: str, email: str, company: str | None) -> tuple[str, str]:
    """What tells one person from another: the e-mail address, else the name and the company."""
    return (email.casefold(), "") if email else (name.casefold(), (company or "").casefold())
