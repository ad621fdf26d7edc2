"""Everything about one deal."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.instants import parse_instant
from store.reads.deals import deals
from store.reads.pipelines import pipeline
from store.rules.stuck import step_order
from store.views import Contact, DealPage, Role, Stance, Task, Touch, TouchKind, Visit

if TYPE_CHECKING:
    import sqlite3


def deal_page(connection: sqlite3.Connection, deal_id: int, today: date) -> DealPage:
    """The deal `deal_id` as of `today` with its pipeline, notes, people, tasks, touches and visits.

    Tasks: the open ones first, led by the next step (`store.rules.stuck.step_order`); then the finished ones, the
    newest first. Touches and visits: the newest first. `NotFound` when the deal does not exist or is deleted.
    """
    found = deals(connection, (deal_id,), today)
    if not found:
        raise NotFound(f"There is no deal {deal_id}.")
    notes, lost_note = connection.execute(
        "SELECT notes, lost_note FROM deals WHERE id = ?", (deal_id,)
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
        (row for row in rows if row[4] is None), key=lambda row: step_order(row[2], row[3], row[0])
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
