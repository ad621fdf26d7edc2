"""What is typed for a next step or a touch: one line, from which the day and the kind are taken.

`call Ann fri` is the task "call Ann" due on Friday, `3` the proposed task in three days; `email asked for a quote`
is a touch of today. Used by the board, the review and the command line alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from store.dates import DateOrder, describe_date, parse_date
from store.errors import InvalidInput
from store.text import clean_line
from store.views import TouchKind

PROPOSED_STEP: Final = "follow up"
"""The task that a line of only a day means."""

LONGEST_DAY: Final = 4
"""How many words at the end of a line may be its day ("on 12 dec 2026" has four)."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A next step as understood: what to do, and by which day (`None`: some day)."""

    title: str
    due_on: date | None

    def describe(self, today: date) -> str:
        """The line's echo: "call Ann · Fri 27 Nov, in 7 days"."""
        day = describe_date(self.due_on, today) if self.due_on else "no day; say when: fri, 3, +2w, 12 dec"
        return f"{self.title} · {day}"


@dataclass(frozen=True, slots=True)
class TouchLine:
    """A touch as understood."""

    kind: TouchKind
    text: str
    on: date

    def describe(self, today: date) -> str:
        """The line's echo: "email · asked for a quote · today"."""
        return " · ".join(
            part for part in (self.kind.value, self.text, describe_date(self.on, today)) if part
        )


def parse_step(text: str, today: date, order: DateOrder = "dmy", proposed: str = PROPOSED_STEP) -> StepLine:
    """A next step from one line. The longest ending that is a date is its day; a line that is only a day means
    `proposed`. An empty line and a day in the past raise `InvalidInput`.
    """
    words = clean_line(text).split()
    if not words:
        raise InvalidInput("Say what is next, and when: call Ann fri.", "next step")
    for length in range(min(LONGEST_DAY, len(words)), 0, -1):
        day = _day(" ".join(words[-length:]), today, order)
        if day is None:
            continue
        if day < today:
            raise InvalidInput(
                f"{describe_date(day, today)} is past; a next step is due today or later.", "next step"
            )
        title = words[:-length]
        if title and title[-1].casefold() in {"on", "by", "until", "in"}:
            title.pop()
        return StepLine(" ".join(title) or proposed, day)
    return StepLine(" ".join(words), None)


_KINDS: Final = {
    "c": TouchKind.CALL, "call": TouchKind.CALL, "called": TouchKind.CALL,
    "e": TouchKind.EMAIL, "email": TouchKind.EMAIL, "e-mail": TouchKind.EMAIL, "mail": TouchKind.EMAIL,
    "m": TouchKind.MEETING, "meeting": TouchKind.MEETING, "met": TouchKind.MEETING,
    "n": TouchKind.NOTE, "note": TouchKind.NOTE,
}  # fmt: skip


_SAID_DAY: Final = re.compile(r"today|yesterday|-\d{1,4}[dw]")
_NEED_A_DAY: Final = frozenset(
    {"of", "from", "since", "until", "till", "by", "for", "before", "after", "than"}
)


def parse_touch(text: str, today: date, order: DateOrder = "dmy") -> TouchLine:
    """A touch from one line: `[day] [call|email|meeting] [what was said]`, in which the first letter is enough.

    `today`, `yesterday` and `-3d` may also end the line or what stands before a comma: "call Ann yesterday, wants SSO".
    Without a kind it is a call, without a day it was today. A day to come raises `InvalidInput`.
    """
    words = clean_line(text).split()
    kind, on = TouchKind.CALL, today
    kind_given = day_given = False
    while words:
        word = words[0].rstrip(":,").casefold()
        day = None if day_given else _past_day(word, today, order)
        if not kind_given and word in _KINDS:
            kind, kind_given = _KINDS[word], True
        elif day is not None:
            on, day_given = day, True
        else:
            break
        words.pop(0)
    if not day_given:
        on = _take_day(words, today, order) or today
    if on > today:
        raise InvalidInput(f"{describe_date(on, today)} is still to come; a touch has taken place.", "touch")
    return TouchLine(kind, " ".join(words), on)


def _day(text: str, today: date, order: DateOrder) -> date | None:
    try:
        return parse_date(text, today, order)
    except InvalidInput:
        return None


def _take_day(words: list[str], today: date, order: DateOrder) -> date | None:
    """The day that ends the line or a clause, taken out of `words`; one that another word needs ("the mail of
    yesterday") is text."""
    for index, word in enumerate(words):
        comma = "," if word.endswith(",") else ""
        said = word.rstrip(",.").casefold()
        before = words[index - 1].casefold() if index else ""
        if (comma or index == len(words) - 1) and _SAID_DAY.fullmatch(said) and before not in _NEED_A_DAY:
            words.pop(index)
            if comma and index:
                words[index - 1] += comma
            return _day(said, today, order)
    return None


def _past_day(word: str, today: date, order: DateOrder) -> date | None:
    """The day of a touch: a date, `today`, `yesterday` or `-3d`; a bare number or a weekday's name is text."""
    if word.isdigit() or (word.isalpha() and word not in {"today", "yesterday"}):
        return None
    return _day(word, today, order)
