"""The commands about companies."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from store.drafts import KEEP, notes_of
from store.errors import InvalidInput, NameTaken
from store.journal import Journal
from store.lookup import key_of
from store.models import CompanyRow, DealRow, PersonRow
from store.people_drafts import CompanyDraft, CompanyPatch
from store.person_writing import company_row
from store.rules.acquaintance import joined_notes
from store.views import Done


class Companies:
    """What can be done to companies. One that is not there raises `NotFound`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def create(self, draft: CompanyDraft, now: datetime) -> Done:
        """Add a company; `made_id` is its id. `NameTaken` when there is one of that name, whatever its case."""
        with self._journal.changing(now) as change:
            if (taken := _called(change.session, draft.name, None)) is not None:
                raise NameTaken(f"There is a company named {taken} already; choose another name.")
            change.record(f"add the company {draft.name}")
            company = CompanyRow(name=draft.name, notes=draft.notes)
            change.session.add(company)
            change.session.flush()
            return change.done(made_id=company.id)

    def edit(self, company_id: int, patch: CompanyPatch, now: datetime) -> Done:
        """Give a company another name, or other notes. `NameTaken` for the name of another one: merge the two."""
        with self._journal.changing(now) as change:
            session = change.session
            company = company_row(session, company_id)
            name = company.name if patch.name is KEEP else patch.name
            notes = company.notes if patch.notes is KEEP else patch.notes
            renamed = name != company.name
            if not renamed and notes == company.notes:
                return change.done()
            if renamed and (taken := _called(session, name, company_id)) is not None:
                raise NameTaken(f"There is a company named {taken} already; merge the two instead.")
            change.record(f"rename {company.name} to {name}" if renamed else f"edit notes of {name}")
            company.name, company.notes = name, notes
            return change.done(_present(_deals(session, company_id)) if renamed else [], company_id)

    def merge(self, keep_id: int, gone_id: int, now: datetime) -> Done:
        """Make one company of two: the deals and people of `gone_id` are `keep_id`'s then, and the notes are joined."""
        with self._journal.changing(now) as change:
            session = change.session
            keep, gone = company_row(session, keep_id), company_row(session, gone_id)
            if keep is gone:
                raise InvalidInput(f"{keep.name} cannot be merged with itself; pick another company.")
            notes = notes_of(joined_notes(keep.notes, gone.notes))
            deals, people = _deals(session, gone_id), _people(session, gone_id)
            change.record(f"merge {gone.name} into {keep.name}")
            keep.notes = notes
            for row in (*deals, *people):
                row.company_id = keep_id
            session.flush()
            session.delete(gone)
            return change.done(_present(deals), keep_id)

    def delete(self, company_id: int, now: datetime) -> Done:
        """Delete a company that no deal (a deleted one counts) and no person is of; else `InvalidInput`."""
        with self._journal.changing(now) as change:
            session = change.session
            company = company_row(session, company_id)
            deals, people = _deals(session, company_id), _people(session, company_id)
            if deals or people:
                raise InvalidInput(
                    f"{company.name} has {_counted(deals, people)}; merge it into another company instead."
                )
            change.record(f"delete the company {company.name}")
            session.delete(company)
            return change.done()


def _called(session: Session, name: str, but: int | None) -> str | None:
    """The name, as it is spelt, of a company other than `but` that goes by `name`, whatever its case: as where a deal
    names its company, accents tell two apart."""
    wanted = name.casefold()
    rows = session.exec(select(CompanyRow.id, CompanyRow.name).order_by(col(CompanyRow.id)))
    return next((known for key, known in rows if key != but and known.casefold() == wanted), None)


def _deals(session: Session, company_id: int) -> list[DealRow]:
    return list(session.exec(select(DealRow).where(DealRow.company_id == company_id)))


def _people(session: Session, company_id: int) -> list[PersonRow]:
    return list(session.exec(select(PersonRow).where(PersonRow.company_id == company_id)))


def _present(deals: list[DealRow]) -> list[int]:
    return [key_of(deal) for deal in deals if deal.deleted_at is None]


def _counted(deals: list[DealRow], people: list[PersonRow]) -> str:
    deleted = sum(deal.deleted_at is not None for deal in deals)
    parts = []
    if deals:
        among = f" ({deleted} of them deleted)" if deleted else ""
        parts.append(f"{len(deals)} {'deal' if len(deals) == 1 else 'deals'}{among}")
    if people:
        parts.append(f"{len(people)} {'person' if len(people) == 1 else 'people'}")
    return " and ".join(parts)
