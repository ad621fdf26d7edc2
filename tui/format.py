"""The few formats that are about showing: money where it must fit, days, why a deal is stuck, what comes next.

Shared by the screens and the command line; imports no interface library.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Final

from store import Deal, Outcome, Reason, StuckKind, Totals, format_amount, short_date
from tui.amounts import expected as expected
from tui.amounts import money as money

if TYPE_CHECKING:
    from store import Decision, Similar

NO_NEXT_STEP: Final = "no next step"
NO_AMOUNT: Final = "no amount"


def amount(deal: Deal, room: int | None = None) -> str:
    """What a deal is worth, as `money` writes it, or "no amount" where it is unknown."""
    return NO_AMOUNT if deal.amount is None else money(deal.amount, deal.currency, room)


def weighted(hundredths: int, currency: str, room: int | None = None) -> str:
    """A weighted sum, marked as about: `≈ $4,800`."""
    return "≈ " + expected(hundredths, currency, None if room is None else room - 2)


def foreign(totals: Totals) -> tuple[str, ...]:
    """The sums in currencies without a rate, each as its own: `€3,000`."""
    return tuple(format_amount(minor, currency) for currency, minor in totals.foreign)


def days(count: int) -> str:
    """Days on a card: `21d`."""
    return f"{count}d"


def percent(chance: float) -> str:
    """A chance of 0–1 as whole percent; nearly sure is not said to be sure: `31 %`, `< 1 %`, `> 99 %`."""
    whole = round(chance * 100)
    if whole == 0 and chance > 0:
        return "< 1 %"
    if whole == 100 and chance < 1:
        return "> 99 %"
    return f"{whole} %"


def counted(count: int, noun: str, nouns: str | None = None) -> str:
    """`1 deal`, `2 deals`, `2,089 deals`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


_PASTS: Final = {
    "add": "added", "delete": "deleted", "edit": "edited", "finish": "finished", "import": "imported",
    "log": "logged", "lose": "lost", "make": "made", "merge": "merged", "move": "moved", "remove": "removed",
    "rename": "renamed", "reopen": "reopened", "reorder": "reordered", "restore": "restored", "save": "saved",
    "snooze": "snoozed", "tick": "ticked", "untick": "unticked", "update": "updated", "wake": "woke", "win": "won",
}  # fmt: skip


def past(title: str) -> str:
    """What an action is called, once it is done: "move Acme to Signed" → "moved Acme to Signed"."""
    verb, blank, rest = title.partition(" ")
    if verb == "import":
        what, from_, file = rest.partition(" from ")
        rest = what.replace(" and update ", " and updated ") + from_ + file
    return _PASTS.get(verb, verb) + blank + rest


def reason(why: Reason) -> str:
    """Why a deal is stuck, in words: `idle 21 days, limit 14`, `close date passed 9 days ago`."""
    long = counted(why.days, "day")
    limit = "" if why.limit is None else f", limit {why.limit}"
    match why.kind:
        case StuckKind.OVERDUE_TASK:
            return f"task overdue by {long}"
        case StuckKind.CLOSE_DATE_PASSED:
            return f"close date passed {long} ago"
        case StuckKind.IDLE:
            return f"idle {long}{limit}"
        case StuckKind.TOO_LONG_IN_STAGE:
            return f"{long} in this stage{limit}"


def similar(found: Similar) -> str:
    """What became of deals like this one: `of 9 deals idle this long here, 1 was won`."""
    return f"of {found.count:,} deals idle this long here, {found.won:,} {'was' if found.won == 1 else 'were'} won"


def decision_day(decision: Decision, today: date) -> str:
    """The day that a decision names: `Mon`, `until 27 Nov`; empty where it names none."""
    from store import DecisionKind

    if decision.day is None:
        return ""
    day = short_date(decision.day, today)
    return f"until {day}" if decision.kind is DecisionKind.SNOOZED else day


def headline(deal: Deal) -> str:
    """The first reason why a deal is stuck; empty when it is not."""
    return reason(deal.stuck[0]) if deal.stuck else ""


def next_step(deal: Deal, today: date) -> str:
    """`→ call Ann  Mon`, or "no next step"."""
    step = deal.next_step
    if step is None:
        return NO_NEXT_STEP
    return (
        f"→ {step.title}"
        if step.due_on is None
        else f"→ {step.title}  {due(step.due_on, step.due_at, today)}"
    )


def due(day: date, at: time | None, today: date) -> str:
    """When something is due, as short as it can be said: `Mon`, `Mon 14:30`, `today`, `14:30`."""
    if at is None:
        return short_date(day, today)
    return f"{at:%H:%M}" if day == today else f"{short_date(day, today)} {at:%H:%M}"


def stay(deal: Deal) -> str:
    """How long a deal is in its stage: `for 21 days`, `since today`; a closed one: `today`, `since 12 Nov`."""
    today = deal.in_stage.today
    if deal.closed_on is None:
        return f"for {counted(deal.days_in_stage, 'day')}" if deal.days_in_stage else "since today"
    return "today" if deal.closed_on == today else f"since {short_date(deal.closed_on, today)}"


def stage_word(names: Sequence[str]) -> str:
    """What may be typed for the second of a pipeline's stages, as an example: `product`, or `"Demo or meeting held"`
    in quotes where its first word does not mean it."""
    from store import Ambiguous, NotFound, pick

    name = names[min(1, len(names) - 1)]
    word = name.split()[0]
    try:
        meant = word.isalpha() and names[pick(word, names, "stage")] == name
    except (Ambiguous, NotFound):
        meant = False
    return word.lower() if meant else f'"{name}"'


def snoozed(deal: Deal, today: date) -> bool:
    """Whether a deal is put away until a day that is not here yet."""
    return deal.snoozed_until is not None and deal.snoozed_until > today


def deal_as_text(deal: Deal, today: date) -> str:
    """A deal in a few lines, to be pasted into a mail or a note."""
    worth = f"{amount(deal)} · {deal.stage} · {deal.probability} %"
    lines = [deal.name if deal.company is None else f"{deal.name} ({deal.company})", worth]
    if deal.close_date is not None:
        lines.append(f"expected to close {deal.close_date.isoformat()}")
    if deal.closed_on is not None:
        lines.append(
            f"{deal.outcome} {deal.closed_on.isoformat()}"
            + (f": {deal.lost_reason}" if deal.lost_reason else "")
        )
    if deal.next_step is not None or deal.outcome is Outcome.OPEN:
        lines.append(next_step(deal, today))
    lines += [f"stuck: {reason(why)}" for why in deal.stuck]
    return "\n".join(lines)
