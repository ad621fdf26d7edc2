"""Everything about one deal in plain text."""

from __future__ import annotations

from datetime import date

from store import Deal, DealPage, format_amount, long_day, timeline, when_words
from tui import format as formats
from tui.commands import words
from tui.commands.cells import one_line, wrapped
from tui.commands.plain import described


def page_lines(page: DealPage, today: date, room: int) -> list[str]:
    """The deal's fields, its notes, people, tasks, and what happened, the newest first. Nothing is cut."""
    lines = [f"{page.deal.id}  {one_line(page.deal.name)}", *described(_facts(page, today), room)]
    if page.notes:
        lines += ["", "NOTES"]
        for paragraph in page.notes.split("\n"):
            lines += wrapped(one_line(paragraph), room) or [""]
    blocks = (("PEOPLE", _people(page)), ("TASKS", _tasks(page, today)), ("TIMELINE", _timeline(page, today)))
    for title, rows in blocks:
        if rows:
            lines += ["", title, *described(rows, room)]
    return lines


def _facts(page: DealPage, today: date) -> list[tuple[str, str]]:
    deal = page.deal
    since = words.day(deal.entered_stage_on, today)
    facts = [
        (
            "stage",
            f"{deal.stage} · {formats.counted(deal.days_in_stage, 'day')}, since {since}",
        ),
        ("amount", _amount(deal)),
        ("company", deal.company or ""),
        ("closes" if deal.closed_on is None else "was to close", words.day_in_full(deal.close_date, today)),
        ("closed", words.day_in_full(deal.closed_on, today)),
        ("lost because", " · ".join(filter(None, (deal.lost_reason, page.lost_note)))),
        ("next step", _next_step(deal, today)),
        ("stuck", words.reasons(deal)),
        ("snoozed until", words.day_in_full(deal.snoozed_until, today)),
        ("source", deal.source or ""),
        ("tags", ", ".join(deal.tags)),
        ("created", words.day_in_full(deal.created_on, today)),
        ("external id", deal.external_id or ""),
        *deal.properties.items(),
    ]
    return [fact for fact in facts if fact[1]]


def _next_step(deal: Deal, today: date) -> str:
    if deal.next_step is None:
        return formats.NO_NEXT_STEP if deal.no_next_step else ""
    return " · ".join(filter(None, (deal.next_step.title, words.day_in_full(deal.next_step.due_on, today))))


def _amount(deal: Deal) -> str:
    if deal.amount is None or deal.weighted is None:
        return f"{formats.NO_AMOUNT} · {deal.probability} %"
    shown = format_amount(deal.amount, deal.currency)
    return f"{shown} · {deal.probability} % · ≈ {formats.expected(deal.weighted, deal.currency)}"


def _people(page: DealPage) -> list[tuple[str, str, str]]:
    return [
        (
            person.name,
            ", ".join(filter(None, (person.role, person.stance))),
            " · ".join(filter(None, (person.email, person.phone))),
        )
        for person in page.people
    ]


def _tasks(page: DealPage, today: date) -> list[tuple[str, str, str]]:
    return [
        (
            "done" if task.done_at else "open",
            words.day(task.due_on, today),
            " · ".join(filter(None, (task.title, when_words(task.due_at, task.repeat_days)))),
        )
        for task in sorted(page.tasks, key=lambda task: task.done_at is not None)
    ]


def _timeline(page: DealPage, today: date) -> list[tuple[str, str, str]]:
    return [
        (_past_day(event.on, today), event.what, " ".join(event.text.split())) for event in timeline(page)
    ]


def _past_day(value: date, today: date) -> str:
    day = long_day(value).partition(" ")[2]
    return day if value.year == today.year else f"{day} {value.year}"
