"""Everything about one deal in plain text."""

from __future__ import annotations

from datetime import date

from store import Deal, DealPage, due_words, format_amount, long_day, pushes, timeline, when_words
from tui import format as formats
from tui.commands import words
from tui.commands.cells import one_line, wrapped
from tui.commands.plain import described


def page_lines(page: DealPage, today: date, room: int) -> list[str]:
    """The deal's fields, its notes, people, checklist, tasks, the other deals of its company, and what happened, the
    newest first. Nothing is cut."""
    lines = [f"{page.deal.id}  {one_line(page.deal.name)}", *described(_facts(page, today), room)]
    if page.notes:
        lines += ["", "NOTES"]
        for paragraph in page.notes.split("\n"):
            lines += wrapped(one_line(paragraph), room) or [""]
    blocks = (
        ("PEOPLE", _people(page)),
        ("CHECKLIST", _checklist(page)),
        ("TASKS", _tasks(page, today)),
        ("OTHER DEALS OF THE COMPANY", _related(page, today)),
        ("TIMELINE", _timeline(page, today)),
    )
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
        ("pushed", _pushed(page, today)),
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


def _pushed(page: DealPage, today: date) -> str:
    """How often the close date was pushed later, and the days it had."""
    days = [_past_day(day, today) for day in pushes(page.changes).dates]
    often = {1: "once", 2: "twice"}.get(len(days), f"{len(days)} times")
    return f"{often}: {', '.join(days)}" if days else ""


def _next_step(deal: Deal, today: date) -> str:
    if deal.next_step is None:
        return formats.NO_NEXT_STEP if deal.no_next_step else ""
    step = deal.next_step
    return " · ".join(
        filter(None, (step.title, due_words(step.due_on, step.due_at, today) if step.due_on else ""))
    )


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


def _checklist(page: DealPage) -> list[tuple[str, str]]:
    return [
        (
            "done" if item.id in page.ticked else "required" if item.required else "open",
            item.title,
        )
        for item in page.checklist
    ]


def _related(page: DealPage, today: date) -> list[tuple[str, str, str]]:
    return [
        (
            str(other.id),
            other.stage
            if other.closed_on is None
            else f"{other.outcome} {_past_day(other.closed_on, today)}",
            f"{other.name} · {_money(other.amount, other.currency)}",
        )
        for other in page.related
    ]


def _money(amount: int | None, currency: str) -> str:
    return formats.NO_AMOUNT if amount is None else format_amount(amount, currency)


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
