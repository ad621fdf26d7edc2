"""The commands about pipelines, their goals and stages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from store.drafts import name_of, notes_of
from store.errors import InvalidInput, NameTaken
from store.journal import Entry, Journal
from store.lookup import key_of, pipeline_row, stage_row
from store.models import ChecklistItemRow, GoalRow, LostReasonRow, PipelineRow, StageRow
from store.money import MAX_MINOR, currency_code, format_amount
from store.months import known_month, month_name
from store.rules.naming import fold
from store.templates.parts import StageTemplate, Template
from store.views import Done, Outcome


class Pipelines:
    """What can be done to pipelines. One that is not there raises `NotFound`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def create(self, template: Template, name: str, currency: str, now: datetime) -> Done:
        """Make a pipeline with the stages, checklists and lost reasons of `template`; `made_id` is its id.

        The first pipeline of a file is the start of its history and cannot be undone.
        Raises `InvalidInput` for a template without an open, a won and a lost stage, `NameTaken` for a name that a
        pipeline has already, whatever its case and accents.
        """
        name, currency = name_of(name, "pipeline name"), currency_code(currency)
        _check(template)
        with self._journal.changing(now) as change:
            session = change.session
            _refuse_taken(session, name)
            last = session.exec(select(func.max(PipelineRow.position))).one()
            change.record(f"make the pipeline {name}", Entry.START if last is None else Entry.STEP)
            pipeline = PipelineRow(name=name, currency=currency, position=(last or 0) + 1)
            session.add(pipeline)
            session.flush()
            pipeline_id = key_of(pipeline)
            for place, reason in enumerate(template.lost_reasons):
                reason = name_of(reason, "lost reason")
                session.add(LostReasonRow(pipeline_id=pipeline_id, name=reason, position=place))
            for place, stage in enumerate(template.stages):
                _add_stage(session, pipeline_id, stage, place)
            session.flush()
            return change.done(made_id=pipeline_id)

    def rename(self, pipeline_id: int, name: str, now: datetime) -> Done:
        """Give a pipeline another name; `NameTaken` for that of another one."""
        name = name_of(name, "pipeline name")
        with self._journal.changing(now) as change:
            pipeline = pipeline_row(change.session, pipeline_id)
            if pipeline.name != name:
                _refuse_taken(change.session, name, but=pipeline_id)
                change.record(f"rename {pipeline.name} to {name}")
                pipeline.name = name
            return change.done()

    def set_goal(self, pipeline_id: int, month: str | None, amount: int | None, now: datetime) -> Done:
        """Set the goal of one month ("2026-11"), or with `None` of the months that have none of their own, in minor
        units of the pipeline's currency; no `amount` takes the goal away. `InvalidInput` for what is no month, and for
        an amount below zero or above 10**15.
        """
        if amount is not None and amount < 0:
            raise InvalidInput("A goal cannot be negative.", "goal")
        if month is not None:
            known_month(month)
        with self._journal.changing(now) as change:
            session = change.session
            pipeline = pipeline_row(session, pipeline_id)
            if amount is not None and amount > MAX_MINOR:
                most = format_amount(MAX_MINOR, pipeline.currency)
                raise InvalidInput(f"The goal is too much; at most {most} is kept.", "goal")
            if _present_goal(session, pipeline, month) == amount:
                return change.done()
            when = f"for {month_name(month)}" if month else "of every month"
            change.record(f"{'remove' if amount is None else 'set'} the goal {when}")
            if month is None:
                pipeline.monthly_goal = amount
            else:
                _write_goal(session, pipeline_id, month, amount)
            return change.done()

    def set_probability(self, stage_id: int, percent: int, now: datetime) -> Done:
        """Set the win probability of a stage; `InvalidInput` unless it is 0 to 100 percent."""
        if not 0 <= percent <= 100:
            raise InvalidInput(f"The probability {percent} is not between 0 and 100 percent.", "probability")
        with self._journal.changing(now) as change:
            stage = stage_row(change.session, stage_id)
            if stage.probability != percent:
                change.record(f"set {stage.name} to {percent} %")
                stage.probability = percent
            return change.done()


def _refuse_taken(session: Session, name: str, but: int | None = None) -> None:
    """Raise `NameTaken` if a pipeline other than `but` goes by `name` already."""
    for pipeline in session.exec(select(PipelineRow)):
        if pipeline.id != but and fold(pipeline.name) == fold(name):
            raise NameTaken(f"There is a pipeline named {pipeline.name} already; choose another name.")


def _check(template: Template) -> None:
    have = {stage.outcome for stage in template.stages}
    if missing := [outcome.value for outcome in Outcome if outcome not in have]:
        raise InvalidInput(
            f"{template.name} has no {missing[0]} stage; a pipeline needs at least one.", "stage"
        )


def _add_stage(session: Session, pipeline_id: int, stage: StageTemplate, place: int) -> None:
    row = StageRow(
        pipeline_id=pipeline_id,
        name=name_of(stage.name, "stage name"),
        probability=stage.probability,
        outcome=stage.outcome.value,
        criterion=notes_of(stage.criterion, "criterion"),
        evidence_required=int(stage.evidence_required),
        stuck_limit=stage.stuck_limit,
        dwell_limit=stage.dwell_limit,
        position=place,
    )
    session.add(row)
    session.flush()
    for item_place, item in enumerate(stage.checklist):
        title, required = name_of(item.title, "checklist item"), int(item.required)
        session.add(
            ChecklistItemRow(stage_id=key_of(row), title=title, required=required, position=item_place)
        )


def _goal_row(session: Session, pipeline_id: int, month: str) -> GoalRow | None:
    goal = select(GoalRow).where(col(GoalRow.pipeline_id) == pipeline_id, col(GoalRow.month) == month)
    return session.exec(goal).first()


def _present_goal(session: Session, pipeline: PipelineRow, month: str | None) -> int | None:
    if month is None:
        return pipeline.monthly_goal
    row = _goal_row(session, key_of(pipeline), month)
    return row.amount if row else None


def _write_goal(session: Session, pipeline_id: int, month: str, amount: int | None) -> None:
    row = _goal_row(session, pipeline_id, month)
    if amount is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(GoalRow(pipeline_id=pipeline_id, month=month, amount=amount))
    else:
        row.amount = amount
