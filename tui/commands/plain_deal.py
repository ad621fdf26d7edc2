"""Everything about one deal in plain text."""

from __future__ import annotations

from datetime import date, datetime

from store import Deal, DealPage, format_amount, long_day, printable
from tui import format as formats
from tui.commands import words
from tui.commands.cells import wrapped
from tui.commands.plain import Field, table

_FIELDS = (Field(""), Field(""))


def page_lines(page: DealPage, today: date, room: int) -> list[str]:
    """The deal's fields, its notes, people, tasks, and what happened, the newest first."""
    lines = [f"{page.deal.id}  {printable(page.deal.name)}"]
    lines += table(_FIELDS, _facts(page, today), room, titles=False)
    if page.notes:
        lines += ["", "NOTES"]
        for paragraph in page.notes.split("\n"):
            lines += wrapped(printable(paragraph), room) or [""]
    blocks = (("PEOPLE", _people(page)), ("TASKS", _tasks(page, today)), ("TIMELINE", _timeline(page, today)))
    for title, rows in blocks:
        if rows:
            lines += [
                "",
                title,
                *table((Field(""), Field(""), Field("", least=20)), rows, room, titles=False),
            ]
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
        ("next step", words.step(deal, today).removeprefix("→ ")),
        ("stuck", words.reasons(deal)),
        ("snoozed until", words.day_in_full(deal.snoozed_until, today)),
        ("source", deal.source or ""),
        ("tags", ", ".join(deal.tags)),
        ("created", words.day_in_full(deal.created_on, today)),
        ("external id", deal.external_id or ""),
        *deal.properties.items(),
    ]
    return [fact for fact in facts if fact[1]]


def _amount(deal: Deal) -> str:
    if deal.amount is None or deal.weighted is None:
        return f"{formats.NO_AMOUNT} · {deal.probability} %"
    shown = format_amount(deal.amount, deal.currency)
    return f"{shown} · {deal.probability} % · ≈ {words.weighted(deal.weighted, deal.currency)}"


def _people(page: DealPage) -> list[tuple[str, str, str]]:
    return [
        (person.name, person.role, " · ".join(filter(None, (person.email, person.phone))))
        for person in page.people
    ]


def _tasks(page: DealPage, today: date) -> list[tuple[str, str, str]]:
    return [
        ("done" if task.done_at else "open", words.day(task.due_on, today), task.title)
        for task in sorted(page.tasks, key=lambda task: task.done_at is not None)
    ]


def _timeline(page: DealPage, today: date) -> list[tuple[str, str, str]]:
    happened: list[tuple[datetime, str, str]] = []
    for visit in page.visits:
        evidence = f' "{visit.evidence}"' if visit.evidence else ""
        happened.append((visit.entered_at, "entered", f"{visit.stage}{evidence}"))
    happened += [(touch.at, str(touch.kind), " ".join(touch.text.split())) for touch in page.touches]
    happened.sort(key=lambda each: each[0], reverse=True)
    return [(_past_day(at.astimezone().date(), today), kind, text) for at, kind, text in happened]


def _past_day(value: date, today: date) -> str:
    day = long_day(value).partition(" ")[2]
    return day if value.year == today.year else f"{day} {value.year}"
