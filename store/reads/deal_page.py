"""Everything about one deal."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.instants import local_day, parse_instant
from store.reads.deal_changes import deal_changes
from store.reads.deals import deals
from store.reads.pipelines import pipeline
from store.rules.stuck import step_order
from store.views import (
    Contact,
    DealPage,
    Outcome,
    RelatedDeal,
    Role,
    Stance,
    Task,
    Touch,
    TouchKind,
    Visit,
)

if TYPE_CHECKING:
    import sqlite3


def deal_page(connection: sqlite3.Connection, deal_id: int, today: date) -> DealPage:
    """The deal `deal_id` as of `today` with its pipeline, notes, people, tasks, touches, visits, ticks and changes, and
    the other deals of its company.

    Tasks: the open ones first, led by the next step (`store.rules.stuck.step_order`); then the finished ones, the
    newest first. Touches, visits and changes: the newest first. Related deals: the open ones first, then those closed
    last. `NotFound` when the deal does not exist or is deleted.
    """
    found = deals(connection, (deal_id,), today)
    if not found:
        raise NotFound(f"There is no deal {deal_id}.")
    notes, lost_note, company_id, company_notes = connection.execute(
        "SELECT d.notes, d.lost_note, d.company_id, coalesce(c.notes, '') FROM deals AS d"
        " LEFT JOIN companies AS c ON c.id = d.company_id WHERE d.id = ?",
        (deal_id,),
    ).fetchone()
    return DealPage(
        found[0],
        pipeline(connection, found[0].pipeline_id),
        notes,
        lost_note,
        _people(connection, deal_id),
        _tasks(connection, deal_id),
        _touches(connection, deal_id),
        _visits(connection, deal_id),
        _ticked(connection, deal_id),
        deal_changes(connection, deal_id),
        _related(connection, deal_id, company_id),
        company_id,
        company_notes,
    )


def _people(connection: sqlite3.Connection, deal_id: int) -> tuple[Contact, ...]:
    rows = connection.execute(
        "SELECT p.id, p.name, p.email, p.phone, l.role, l.stance, p.notes, c.name FROM deal_people AS l"
        " JOIN people AS p ON p.id = l.person_id LEFT JOIN companies AS c ON c.id = p.company_id"
        " WHERE l.deal_id = ? ORDER BY l.id",
        (deal_id,),
    )
    return tuple(
        Contact(key, name, email, phone, role_of(role), stance_of(stance), notes, company)
        for key, name, email, phone, role, stance, notes, company in rows
    )


def role_of(text: str) -> Role | None:
    """The role of a stored text; `None` for none, and for one that this version does not know."""
    return next((role for role in Role if role == text), None)


def stance_of(text: str) -> Stance | None:
    """The same for a stance."""
    return next((stance for stance in Stance if stance == text), None)


def _tasks(connection: sqlite3.Connection, deal_id: int) -> tuple[Task, ...]:
    rows = connection.execute(
        "SELECT id, title, due_on, created_at, done_at, due_at, repeat_days FROM tasks"
        " WHERE deal_id = ? ORDER BY done_at DESC, id",
        (deal_id,),
    ).fetchall()
    open_first = sorted(
        (row for row in rows if row[4] is None), key=lambda row: step_order(row[2], row[5], row[3], row[0])
    )
    open_first += [row for row in rows if row[4] is not None]
    return tuple(
        Task(
            key,
            deal_id,
            title,
            None if due_on is None else date.fromisoformat(due_on),
            parse_instant(created_at),
            None if done_at is None else parse_instant(done_at),
            None if due_at is None else time.fromisoformat(due_at),
            repeat_days,
        )
        for key, title, due_on, created_at, done_at, due_at, repeat_days in open_first
    )


def _touches(connection: sqlite3.Connection, deal_id: int) -> tuple[Touch, ...]:
    rows = connection.execute(
        "SELECT id, kind, at, text FROM touches WHERE deal_id = ? ORDER BY at DESC, id DESC", (deal_id,)
    )
    return tuple(
        Touch(key, deal_id, TouchKind(kind), parse_instant(at), text) for key, kind, at, text in rows
    )


def _visits(connection: sqlite3.Connection, deal_id: int) -> tuple[Visit, ...]:
    rows = connection.execute(
        "SELECT v.id, v.stage_id, s.name, v.entered_at, v.left_at, v.evidence, v.criterion"
        " FROM visits AS v JOIN stages AS s ON s.id = v.stage_id WHERE v.deal_id = ?"
        " ORDER BY v.left_at IS NOT NULL, v.entered_at DESC, v.id DESC",
        (deal_id,),
    )
    return tuple(
        Visit(
            key,
            stage_id,
            stage,
            parse_instant(entered_at),
            None if left_at is None else parse_instant(left_at),
            evidence,
            criterion,
        )
        for key, stage_id, stage, entered_at, left_at, evidence, criterion in rows
    )


def _ticked(connection: sqlite3.Connection, deal_id: int) -> frozenset[int]:
    rows = connection.execute(
        "SELECT t.item_id FROM visits AS v JOIN ticks AS t ON t.visit_id = v.id"
        " WHERE v.deal_id = ? AND v.left_at IS NULL",
        (deal_id,),
    )
    return frozenset(item_id for (item_id,) in rows)


def _related(connection: sqlite3.Connection, deal_id: int, company_id: int | None) -> tuple[RelatedDeal, ...]:
    rows = connection.execute(
        "SELECT d.id, d.name, s.name, s.outcome, d.amount, d.currency, d.closed_at"
        " FROM deals AS d JOIN stages AS s ON s.id = d.stage_id"
        " WHERE d.company_id = ? AND d.id <> ? AND d.deleted_at IS NULL"
        " ORDER BY d.closed_at IS NOT NULL, d.closed_at DESC, d.entered_stage_at DESC, d.id",
        (company_id, deal_id),
    )
    return tuple(
        RelatedDeal(key, name, stage, Outcome(outcome), amount, currency, closed and local_day(closed))
        for key, name, stage, outcome, amount, currency, closed in rows
    )
