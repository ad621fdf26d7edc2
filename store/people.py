"""The commands about people: who is on a deal, with which part in the decision, and how they are reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Session

from store.drafts import notes_of
from store.errors import InvalidInput, NotFound
from store.journal import Change, Journal
from store.lookup import deal_rows, key_of, named
from store.models import CompanyRow, DealPersonRow, DealRow, PersonRow
from store.people_drafts import PersonDraft, PersonPatch
from store.person_writing import (
    PersonEdit,
    edit_of,
    filling_of,
    known_like,
    link_between,
    links_of,
    made,
    parts_differ,
    person_row,
    put_part,
)
from store.reads.deal_page import role_of, stance_of
from store.rules.acquaintance import joined_notes
from store.views import Done, Role, Stance

_AS_THEY_ARE: Final = PersonPatch()


class People:
    """What can be done to people. A person, or a deal, that is not there raises `NotFound`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(
        self,
        deal_ids: Sequence[int],
        draft: PersonDraft,
        role: Role | None,
        stance: Stance | None,
        now: datetime,
    ) -> Done:
        """Put a person on deals (on none: only make them); `made_id` is who it is.

        Somebody who is known already (`store.rules.acquaintance`) is not made again; they get what `draft` knows and
        the file does not. A role or stance of `None` leaves one that they have on a deal.
        """
        with self._journal.changing(now) as change:
            session = change.session
            deals = deal_rows(session, deal_ids)
            title = f"add {draft.name} to {named(deals)}" if deals else f"add {draft.name}"
            person = known_like(session, draft)
            if person is None:
                change.record(title)
                person = made(session, draft)
                _link(session, person, deals, role, stance)
                return change.done([key_of(deal) for deal in deals], person.id)
            filled = filling_of(session, person, draft)
            there = {link.deal_id: link for link, _ in links_of(session, _id(person))}
            new = [deal for deal in deals if key_of(deal) not in there]
            links = [there[key_of(deal)] for deal in deals if key_of(deal) in there]
            parts = [(link, role or role_of(link.role), stance or stance_of(link.stance)) for link in links]
            if not (new or filled.words or any(parts_differ(*part) for part in parts)):
                return change.done([], person.id)
            change.record(title)
            filled.write(session, person)
            for part in parts:
                put_part(*part)
            _link(session, person, new, role, stance)
            return change.done([key_of(deal) for deal in deals], person.id)

    def link(
        self, deal_id: int, person_id: int, role: Role | None, stance: Stance | None, now: datetime
    ) -> Done:
        """Put a person who is known on a deal; one who is there already takes the role and stance given."""
        return self.save(deal_id, person_id, _AS_THEY_ARE, role, stance, now)

    def set_part(
        self, deal_id: int, person_id: int, role: Role | None, stance: Stance | None, now: datetime
    ) -> Done:
        """Say which part a person has in a deal, and where they stand; `None` is not known.

        `NotFound` when they are not on it.
        """
        with self._journal.changing(now) as change:
            person, deal, link = _on_deal(change.session, deal_id, person_id)
            return _saved(change, person, deal, link, PersonEdit({}), role, stance)

    def save(
        self,
        deal_id: int,
        person_id: int,
        patch: PersonPatch,
        role: Role | None,
        stance: Stance | None,
        now: datetime,
    ) -> Done:
        """Change a person and their part in one deal, as one step; who is not on the deal yet is put on it."""
        with self._journal.changing(now) as change:
            person = person_row(change.session, person_id)
            (deal,) = deal_rows(change.session, [deal_id])
            link = link_between(change.session, deal_id, person_id)
            edit = edit_of(change.session, person, patch)
            return _saved(change, person, deal, link, edit, role, stance)

    def edit(self, person_id: int, patch: PersonPatch, now: datetime) -> Done:
        """Change the fields that `patch` names, on all the person's deals."""
        with self._journal.changing(now) as change:
            person = person_row(change.session, person_id)
            edit = edit_of(change.session, person, patch)
            if not edit.words:
                return change.done()
            change.record(_edit_title(person, edit))
            edit.write(change.session, person)
            return change.done(_present(links_of(change.session, person_id)), person_id)

    def unlink(self, deal_id: int, person_id: int, now: datetime) -> Done:
        """Take a person off a deal; they stay among the people. `NotFound` when they are not on it."""
        with self._journal.changing(now) as change:
            person, deal, link = _on_deal(change.session, deal_id, person_id)
            change.record(f"remove {person.name} from {deal.name}")
            change.session.delete(link)
            return change.done([deal_id], person_id)

    def merge(self, keep_id: int, gone_id: int, now: datetime) -> Done:
        """Make one person of two: `gone_id` goes, and the one that stays is on all the deals of both.

        What the one that stays does not say (e-mail, phone, company, role, stance) is taken from the other one; notes
        are joined, and an e-mail, phone or company that both say differently is kept in them.
        """
        with self._journal.changing(now) as change:
            session = change.session
            keep, gone = person_row(session, keep_id), person_row(session, gone_id)
            if keep is gone:
                raise InvalidInput(f"{keep.name} cannot be merged with themselves; pick another person.")
            notes = notes_of(joined_notes(keep.notes, gone.notes, _contradictions(session, keep, gone)))
            change.record(f"merge {gone.name} into {keep.name}")
            keep.notes = notes
            keep.email, keep.phone = keep.email or gone.email, keep.phone or gone.phone
            if keep.company_id is None:
                keep.company_id = gone.company_id
            links = links_of(session, gone_id)
            _take_over(session, keep_id, [link for link, _ in links])
            session.delete(gone)
            return change.done(_present(links), keep_id)

    def delete(self, person_id: int, now: datetime) -> Done:
        """Delete a person and take them off all their deals, which the title tells."""
        with self._journal.changing(now) as change:
            session = change.session
            person = person_row(session, person_id)
            links = links_of(session, person_id)
            deals = [deal for _, deal in links if deal.deleted_at is None]
            change.record(f"delete {person.name}" + (f", who was on {named(deals)}" if deals else ""))
            for link, _ in links:
                session.delete(link)
            session.flush()
            session.delete(person)
            return change.done(_present(links))


def _saved(
    change: Change,
    person: PersonRow,
    deal: DealRow,
    link: DealPersonRow | None,
    edit: PersonEdit,
    role: Role | None,
    stance: Stance | None,
) -> Done:
    """Write what differs of a person and their part; with nothing different nothing is written."""
    session, deal_ids = change.session, [key_of(deal)]
    other_part = link is not None and parts_differ(link, role, stance)
    if link is not None and not other_part and not edit.words:
        return change.done([], person.id)
    if link is None:
        change.record(f"add {person.name} to {deal.name}")
    else:
        change.record(f"edit {person.name} on {deal.name}" if other_part else _edit_title(person, edit))
    edit.write(session, person)
    if link is None:
        _link(session, person, [deal], role, stance)
    else:
        put_part(link, role, stance)
    session.flush()
    if edit.words:
        deal_ids = _present(links_of(session, _id(person)))
    return change.done(deal_ids, person.id)


def _link(
    session: Session, person: PersonRow, deals: Sequence[DealRow], role: Role | None, stance: Stance | None
) -> None:
    session.add_all(
        DealPersonRow(
            deal_id=key_of(deal),
            person_id=_id(person),
            role=role.value if role else "",
            stance=stance.value if stance else "",
        )
        for deal in deals
    )


def _take_over(session: Session, keep_id: int, links: Sequence[DealPersonRow]) -> None:
    """Give the links of one person to another, who keeps the role and stance that they have on a deal already."""
    there = {link.deal_id: link for link, _ in links_of(session, keep_id)}
    for link in links:
        if (own := there.get(link.deal_id)) is None:
            link.person_id = keep_id
        else:
            own.role, own.stance = own.role or link.role, own.stance or link.stance
            session.delete(link)
    session.flush()


def _contradictions(session: Session, keep: PersonRow, gone: PersonRow) -> list[tuple[str, str, str]]:
    """What two people say differently and only one of them can keep."""
    said = [("e-mail", keep.email, gone.email), ("phone", keep.phone, gone.phone)]
    if keep.company_id is not None and gone.company_id is not None:
        ours, theirs = (session.get_one(CompanyRow, key).name for key in (keep.company_id, gone.company_id))
        said.append(("company", ours, theirs))
    return said


def _on_deal(session: Session, deal_id: int, person_id: int) -> tuple[PersonRow, DealRow, DealPersonRow]:
    person = person_row(session, person_id)
    (deal,) = deal_rows(session, [deal_id])
    if (link := link_between(session, deal_id, person_id)) is None:
        raise NotFound(f"{person.name} is not on {deal.name}.")
    return person, deal, link


def _edit_title(person: PersonRow, edit: PersonEdit) -> str:
    words = edit.words
    return f"edit {words[0]} of {person.name}" if len(words) == 1 else f"edit {person.name}"


def _present(links: Sequence[tuple[DealPersonRow, DealRow]]) -> list[int]:
    """The ids of the deals that are not deleted."""
    return [key_of(deal) for _, deal in links if deal.deleted_at is None]


def _id(person: PersonRow) -> int:
    if person.id is None:
        raise AssertionError("the person has not been written yet")
    return person.id
