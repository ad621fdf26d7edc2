"""Finding and writing the rows of people: themselves, and their part in deals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select

from store.deal_writing import company_named, written
from store.drafts import KEEP
from store.errors import NotFound
from store.lookup import unique
from store.models import CompanyRow, DealPersonRow, DealRow, PersonRow
from store.people_drafts import PersonDraft, PersonPatch
from store.reads.deal_page import role_of, stance_of
from store.rules.acquaintance import is_same_person
from store.rules.naming import fold
from store.views import Role, Stance

_WORDS: Final = {
    "name": "name",
    "email": "e-mail",
    "phone": "phone",
    "notes": "notes",
    "company_id": "company",
}


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """What an edit changes: columns with their new values, and a company that is still to be written."""

    values: Mapping[str, str | int | None]
    new_company: CompanyRow | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The fields that change, as the interface calls them; none when the person is so already."""
        return unique([_WORDS[column] for column in self.values] + ["company"] * bool(self.new_company))

    def write(self, session: Session, person: PersonRow) -> None:
        """Change the person."""
        for column, value in self.values.items():
            setattr(person, column, value)
        if self.new_company is not None:
            person.company_id = written(session, self.new_company)


def edit_of(session: Session, person: PersonRow, patch: PersonPatch) -> PersonEdit:
    """What `patch` changes of a person."""
    values: dict[str, str | int | None] = {
        column: value
        for column in ("name", "email", "phone", "notes")
        if (value := getattr(patch, column)) is not KEEP
    }
    company = None if patch.company is KEEP else company_named(session, patch.company)
    new = company if company is not None and company.id is None else None
    if patch.company is not KEEP and new is None:
        values["company_id"] = company.id if company else None
    changed = {column: value for column, value in values.items() if getattr(person, column) != value}
    return PersonEdit(changed, new)


def filling_of(session: Session, person: PersonRow, draft: PersonDraft) -> PersonEdit:
    """What `draft` knows and the file does not."""
    known = {
        column: value
        for column in ("email", "phone", "notes")
        if (value := getattr(draft, column)) and not getattr(person, column)
    }
    company = draft.company if person.company_id is None and draft.company else KEEP
    return edit_of(session, person, PersonPatch(**known, company=company))


def made(session: Session, draft: PersonDraft) -> PersonRow:
    """A new person, written."""
    company = company_named(session, draft.company)
    person = PersonRow(
        name=draft.name,
        company_id=written(session, company),
        email=draft.email,
        phone=draft.phone,
        notes=draft.notes,
    )
    session.add(person)
    session.flush()
    return person


def person_row(session: Session, person_id: int) -> PersonRow:
    """The person, or `NotFound`."""
    if (person := session.get(PersonRow, person_id)) is None:
        raise NotFound(f"There is no person {person_id}.")
    return person


def company_row(session: Session, company_id: int) -> CompanyRow:
    """The company, or `NotFound`."""
    if (company := session.get(CompanyRow, company_id)) is None:
        raise NotFound(f"There is no company {company_id}.")
    return company


@dataclass(frozen=True, slots=True)
class _Known:
    """A person as `is_same_person` looks at them."""

    id: int
    name: str
    email: str
    company: str | None


def known_like(session: Session, draft: PersonDraft) -> PersonRow | None:
    """The person that `draft` describes, if they are in the file: by e-mail rather than by name, the oldest first."""
    rows = session.exec(
        select(PersonRow.id, PersonRow.name, PersonRow.email, CompanyRow.name)
        .join(CompanyRow, col(CompanyRow.id) == PersonRow.company_id, isouter=True)
        .order_by(col(PersonRow.id))
    )
    name, email = fold(draft.name), draft.email.casefold()
    close = [
        _Known(key or 0, theirs, address, company)
        for key, theirs, address, company in rows
        if (email and address.casefold() == email) or fold(theirs) == name
    ]
    same = [person for person in close if is_same_person(draft, person)]
    same.sort(key=lambda person: not person.email or person.email.casefold() != email)
    return session.get(PersonRow, same[0].id) if same else None


def links_of(session: Session, person_id: int) -> list[tuple[DealPersonRow, DealRow]]:
    """A person's part in deals, with the deals, also the deleted ones; the oldest first."""
    rows = session.exec(
        select(DealPersonRow, DealRow)
        .join(DealRow, col(DealRow.id) == DealPersonRow.deal_id)
        .where(DealPersonRow.person_id == person_id)
        .order_by(col(DealPersonRow.id))
    )
    return list(rows)


def link_between(session: Session, deal_id: int, person_id: int) -> DealPersonRow | None:
    """A person's part in one deal; `None` when they are not on it."""
    return session.exec(
        select(DealPersonRow).where(DealPersonRow.deal_id == deal_id, DealPersonRow.person_id == person_id)
    ).first()


def parts_differ(link: DealPersonRow, role: Role | None, stance: Stance | None) -> bool:
    """Whether a link says something else, as far as it can be read: a role that an import brought and that is none
    of ours stays as long as nobody chooses one."""
    return (role_of(link.role), stance_of(link.stance)) != (role, stance)


def put_part(link: DealPersonRow, role: Role | None, stance: Stance | None) -> None:
    """Write a part, with a text that is none of ours left alone where nothing was chosen."""
    if role_of(link.role) is not role:
        link.role = role.value if role else ""
    if stance_of(link.stance) is not stance:
        link.stance = stance.value if stance else ""
