"""Writing the rows of one deal: the deal itself, its company, tags and custom properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from store.dates import local_day
from store.drafts import KEEP, DealDraft, DealPatch
from store.errors import InvalidInput, NotFound
from store.journal import Change
from store.lookup import day_words, key_of, named, pipeline_row, stage_row, unique
from store.models import CompanyRow, DealRow, PropertyRow, StageRow, TagRow, VisitRow
from store.schema import POSITION_GAP
from store.tasks import task_row
from store.views import Done, Outcome

_FIELD_WORDS: Final = {
    "name": "name",
    "amount": "amount",
    "currency": "amount",
    "close_date": "close date",
    "company_id": "company",
    "source": "source",
    "probability": "probability",
    "notes": "notes",
}


def add_deal(change: Change, draft: DealDraft, title: str) -> Done:
    """Add the deal of `draft` with its first visit."""
    session = change.session
    pipeline = pipeline_row(session, draft.pipeline_id)
    stage = _starting_stage(session, draft)
    if stage.outcome != Outcome.OPEN and draft.probability is not None:
        raise _closed_has_none(draft.name, stage.outcome)
    company = company_named(session, draft.company)
    in_stage = (col(DealRow.stage_id) == stage.id, col(DealRow.deleted_at).is_(None))
    first = session.exec(select(func.min(DealRow.position)).where(*in_stage)).one()
    change.record(title)
    deal = DealRow(
        stage_id=key_of(stage),
        name=draft.name,
        amount=draft.amount.minor if draft.amount else None,
        currency=draft.amount.currency if draft.amount else pipeline.currency,
        probability=draft.probability,
        close_date=draft.close_date.isoformat() if draft.close_date else None,
        company_id=written(session, company),
        source=draft.source,
        external_id=draft.external_id,
        notes=draft.notes,
        position=(first or 0) - POSITION_GAP,
        created_at=change.at,
        entered_stage_at=change.at,
        closed_at=None if stage.outcome == Outcome.OPEN else change.at,
    )
    session.add(deal)
    session.flush()
    deal_id = key_of(deal)
    visit = VisitRow(deal_id=deal_id, stage_id=key_of(stage), entered_at=change.at, criterion=stage.criterion)
    session.add(visit)
    session.add_all(TagRow(deal_id=deal_id, name=name) for name in draft.tags)
    session.add_all(
        PropertyRow(deal_id=deal_id, name=name, value=value) for name, value in draft.properties.items()
    )
    if draft.next_step is not None:
        session.add(task_row(change, deal, draft.next_step))
    session.flush()
    return change.done([deal_id])


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit changes in one deal: columns with their new values, and its tags and properties if they differ."""

    deal: DealRow
    values: Mapping[str, str | int | None]
    new_company: bool
    tags: Sequence[str] | None
    properties: Mapping[str, str] | None

    @property
    def words(self) -> tuple[str, ...]:
        """The fields that change, as the interface calls them; none when the deal is so already."""
        words = [_FIELD_WORDS[column] for column in self.values] + ["company"] * self.new_company
        words += ["tags"] * (self.tags is not None) + ["properties"] * (self.properties is not None)
        return unique(words)


def apply_patch(change: Change, deals: Sequence[DealRow], patch: DealPatch) -> Done:
    """Change what `patch` names where it is different; with nothing different nothing is written."""
    session = change.session
    company = company_named(session, patch.company) if patch.company is not KEEP else None
    edits = [edit for deal in deals if (edit := _edit(session, deal, patch, company)).words]
    if not edits:
        return change.done()
    words = unique(word for edit in edits for word in edit.words)
    names = named([edit.deal for edit in edits])
    change.record(_title(words, names, patch, local_day(change.at)))
    company_id = written(session, company)
    for edit in edits:
        for column, value in edit.values.items():
            setattr(edit.deal, column, value)
        if edit.new_company:
            edit.deal.company_id = company_id
        if edit.tags is not None:
            _replace_tags(session, key_of(edit.deal), edit.tags)
        if edit.properties is not None:
            _replace_properties(session, key_of(edit.deal), edit.properties)
    session.flush()
    return change.done([key_of(edit.deal) for edit in edits])


def _title(words: Sequence[str], names: str, patch: DealPatch, today: date) -> str:
    """What was edited, of one field; of a close date, which is decided again and again, the day that it is now."""
    if len(words) > 1:
        return f"edit {names}"
    if words[0] == _FIELD_WORDS["close_date"]:
        day = day_words(patch.close_date, today) if isinstance(patch.close_date, date) else "none"
        return f"close date of {names}: {day}"
    return f"edit {words[0]} of {names}"


def _edit(session: Session, deal: DealRow, patch: DealPatch, company: CompanyRow | None) -> Edit:
    new_company = company is not None and company.id is None
    values = _new_values(patch)
    if patch.company is not KEEP and not new_company:
        values["company_id"] = company.id if company else None
    tags, properties = None, None
    if patch.tags is not KEEP and set(_tags(session, key_of(deal))) != set(patch.tags):
        tags = patch.tags
    if patch.properties is not KEEP:
        present = {name: row.value for name, row in _properties(session, key_of(deal)).items()}
        properties = patch.properties if present != patch.properties else None
    changed = {column: value for column, value in values.items() if getattr(deal, column) != value}
    if deal.closed_at is not None and changed.get("probability") is not None:
        raise _closed_has_none(deal.name, stage_row(session, deal.stage_id).outcome)
    return Edit(deal, changed, new_company, tags, properties)


def _closed_has_none(name: str, outcome: str) -> InvalidInput:
    return InvalidInput(
        f"{name} is {outcome}; only an open deal has a probability of its own, leave it empty.", "probability"
    )


def company_named(session: Session, name: str | None) -> CompanyRow | None:
    """The company that goes by `name` whatever the case, or a row for it that is not written yet; `None` for none."""
    if name is None:
        return None
    exact = select(CompanyRow).where(col(CompanyRow.name) == name).order_by(col(CompanyRow.id))
    if (found := session.exec(exact).first()) is not None:
        return found
    wanted = name.casefold()
    for company_id, known in session.exec(
        select(CompanyRow.id, CompanyRow.name).order_by(col(CompanyRow.id))
    ):
        if known.casefold() == wanted:
            return session.get_one(CompanyRow, company_id)
    return CompanyRow(name=name)


def written(session: Session, company: CompanyRow | None) -> int | None:
    """The company's id, after adding it if it is new; `None` for none."""
    if company is not None and company.id is None:
        session.add(company)
        session.flush()
    return company.id if company else None


def _starting_stage(session: Session, draft: DealDraft) -> StageRow:
    if draft.stage_id is None:
        of_pipeline = select(StageRow).where(col(StageRow.pipeline_id) == draft.pipeline_id)
        stage = session.exec(of_pipeline.order_by(col(StageRow.position), col(StageRow.id)).limit(1)).first()
        if stage is None:
            raise NotFound("The pipeline has no stage yet.")
    else:
        stage = stage_row(session, draft.stage_id)
    if stage.pipeline_id != draft.pipeline_id:
        raise InvalidInput(f"{stage.name} is a stage of another pipeline.", "stage")
    if stage.outcome == Outcome.LOST:
        raise InvalidInput(
            f"A new deal cannot begin in {stage.name}; add it, then say why it was lost.", "stage"
        )
    return stage


def _new_values(patch: DealPatch) -> dict[str, str | int | None]:
    """The values that `patch` has for columns of the deal itself."""
    new: dict[str, str | int | None] = {}
    if patch.name is not KEEP:
        new["name"] = patch.name
    if patch.amount is not KEEP:
        new["amount"] = patch.amount.minor if patch.amount else None
        if patch.amount is not None:
            new["currency"] = patch.amount.currency
    if patch.close_date is not KEEP:
        new["close_date"] = patch.close_date.isoformat() if patch.close_date else None
    if patch.source is not KEEP:
        new["source"] = patch.source
    if patch.probability is not KEEP:
        new["probability"] = patch.probability
    if patch.notes is not KEEP:
        new["notes"] = patch.notes
    return new


def _tags(session: Session, deal_id: int) -> dict[str, TagRow]:
    rows = session.exec(select(TagRow).where(col(TagRow.deal_id) == deal_id).order_by(col(TagRow.id)))
    return {row.name: row for row in rows}


def _replace_tags(session: Session, deal_id: int, wanted: Sequence[str]) -> None:
    present = _tags(session, deal_id)
    for name, row in present.items():
        if name not in wanted:
            session.delete(row)
    session.add_all(TagRow(deal_id=deal_id, name=name) for name in wanted if name not in present)


def _properties(session: Session, deal_id: int) -> dict[str, PropertyRow]:
    rows = session.exec(
        select(PropertyRow).where(col(PropertyRow.deal_id) == deal_id).order_by(col(PropertyRow.id))
    )
    return {row.name: row for row in rows}


def _replace_properties(session: Session, deal_id: int, wanted: Mapping[str, str]) -> None:
    present = _properties(session, deal_id)
    for name, row in present.items():
        if name in wanted:
            row.value = wanted[name]
        else:
            session.delete(row)
    session.add_all(
        PropertyRow(deal_id=deal_id, name=n, value=v) for n, v in wanted.items() if n not in present
    )
