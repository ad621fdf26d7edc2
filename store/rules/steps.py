"""What is typed for a next step or a touch: one line, from which the day and the kind are taken.

`call Ann fri` is the task "call Ann" due on Friday, `3` the proposed task in three days, `call Ann fri 14:30 every 2
weeks` has a time and a repetition; `email asked for a quote` is a touch of today. Used by the board, the review and the
command line alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final

from store.dates import DateOrder, describe_date, parse_date, parse_day
from store.errors import InvalidInput
from store.rules.repeats import parse_repeat, repeat_words
from store.rules.times import is_clock, parse_time, time_text
from store.text import clean_line
from store.views import TouchKind

if TYPE_CHECKING:
    from store.drafts import TaskDraft

PROPOSED_STEP: Final = "follow up"
"""The task that a line of only a day means."""

LONGEST_DAY: Final = 4
"""How many words at the end of a line may be its day ("on 12 dec 2026" has four)."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A next step as understood: what to do, by which day (`None`: some day), when on that day, and after how many days
    again."""

    title: str
    due_on: date | None
    due_at: time | None = None
    repeat_days: int | None = None

    def describe(self, today: date) -> str:
        """The line's echo: "call Ann · Fri 27 Nov 14:30, in 7 days · every 2 weeks"."""
        day = "no day; say when: fri, 3, +2w, 12 dec"
        if self.due_on:
            day = due_words(self.due_on, self.due_at, today)
        return " · ".join(filter(None, (self.title, day, when_words(None, self.repeat_days))))

    def draft(self) -> TaskDraft:
        """The task that it makes."""
        from store.drafts import TaskDraft

        return TaskDraft(self.title, self.due_on, self.due_at, self.repeat_days)


def due_words(due_on: date, due_at: time | None, today: date) -> str:
    """A day that a task is due, with its time: "Fri 27 Nov 14:30, in 7 days"."""
    day, comma, far = describe_date(due_on, today).partition(", ")
    return f"{day} {time_text(due_at)}{comma}{far}" if due_at else day + comma + far


def when_words(due_at: time | None, repeat_days: int | None) -> str:
    """A task's time and repetition: "14:30 · every 2 weeks"; empty where it has neither."""
    at = time_text(due_at) if due_at else ""
    return " · ".join(filter(None, (at, repeat_words(repeat_days) if repeat_days else "")))


def step_text(step: StepLine) -> str:
    """The line that `parse_step` reads as `step`, for who changes one that is there: "call Ann 2026-11-27 14:30"."""
    day = step.due_on.isoformat() if step.due_on else ""
    return " ".join(
        filter(None, (step.title, day, when_words(step.due_at, step.repeat_days).replace(" ·", "")))
    )


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


def touch_text(touch: TouchLine) -> str:
    """The line that `parse_touch` reads as `touch`: "2026-10-30 email asked for a quote"."""
    return " ".join(filter(None, (touch.on.isoformat(), touch.kind.value, touch.text)))


def parse_step(
    text: str,
    today: date,
    order: DateOrder = "dmy",
    proposed: str = PROPOSED_STEP,
    earliest: date | None = None,
) -> StepLine:
    """A next step from one line: what to do, then its day, its time and its repetition, in any order.

    The longest ending that is a date is its day. A time (`14:30`, `2pm`, `at 9`) without a day is today's, a repetition
    (`every 3 days`, `every 2 weeks`, `weekly`, `every fri`) begins with the next day of its series after today. A line
    without any other words means `proposed`. An empty line, a day before `earliest` (today, if nothing is said),
    a repetition that there is not (`every 0 days`) and a time that there is not (`at 25:00`) raise `InvalidInput`.
    """
    words = clean_line(text).split()
    if not words:
        raise InvalidInput("Say what is next, and when: call Ann fri.", "next step")
    when = _When(today, order)
    if len(words) == 1 and (brief := _brief_day(words[0], today, order)) is not None:
        return StepLine(proposed, brief)
    while words and when.takes_end(words):
        pass
    day = when.first_day()
    if day is not None and day < min(today, earliest or today):
        raise InvalidInput(
            f"{describe_date(day, today)} is past; a next step is due today or later.", "next step"
        )
    return StepLine(" ".join(words) or proposed, day, when.at, when.repeat)


_BEFORE_A_DAY: Final = frozenset({"on", "by", "until"})
_ARTICLES: Final = frozenset({"a", "the", "our", "my", "your", "their", "his", "her"})


class _When:
    """What the end of a line says of a task's day, time and repetition, each once."""

    def __init__(self, today: date, order: DateOrder) -> None:
        self.today, self.order = today, order
        self.day: date | None = None
        self.at: time | None = None
        self.repeat: int | None = None

    def first_day(self) -> date | None:
        """The day that was said, else the one that follows from a repetition or a time."""
        if self.day is None and self.repeat is not None:
            return self.today + timedelta(min(self.repeat, (date.max - self.today).days))
        return self.today if self.day is None and self.at is not None else self.day

    def takes_end(self, words: list[str]) -> bool:
        """Take one of them off the end of `words`, if it is there."""
        return self._repetition(words) or self._time(words) or self._date(words)

    def _repetition(self, words: list[str]) -> bool:
        if self.repeat is not None:
            return False
        for length in (3, 2, 1):
            days = parse_repeat(" ".join(words[-length:])) if len(words) >= length else None
            if days is not None and not (length == 1 and words[-2:-1] and words[-2].casefold() in _ARTICLES):
                self.repeat = days
                del words[-length:]
                return True
        return self._weekday(words)

    def _weekday(self, words: list[str]) -> bool:
        """`every fri`: each week, the next Friday first."""
        if self.day is None and len(words) >= 2 and words[-2].casefold() == "every" and words[-1].isalpha():
            day = _day(words[-1], self.today, self.order)
            if day is not None and words[-1].casefold() not in _NO_WEEKDAYS:
                self.day, self.repeat = day, 7
                del words[-2:]
                return True
        return False

    def _time(self, words: list[str]) -> bool:
        if self.at is not None:
            return False
        for length in (2, 1):
            if len(words) < length:
                continue
            said = words[len(words) - length - 1].casefold() == "at" if len(words) > length else False
            at = parse_time(" ".join(words[-length:]), whole_hour=said)
            if at is not None:
                self.at = at
                del words[-length - said :]
                return True
        self._refuse_no_time(words)
        return False

    def _refuse_no_time(self, words: list[str]) -> None:
        """Raise `InvalidInput` for hours and minutes that are no time of day (`25:00`) where one is meant: after `at`,
        after a day, or alone. A bare number after `at` that is no hour is not a number of days either.
        """
        if not words:
            return
        said = words[-1]
        after_at = len(words) > 1 and words[-2].casefold() == "at"
        if is_clock(said):
            meant = after_at or len(words) == 1 or self._ends_in_day(words[:-1])
        else:
            meant = after_at and self.day is None and said.isdecimal()
        if meant:
            raise InvalidInput(f"{said} is not a time of day; say 9:00, 14:30 or 2pm.", "next step")

    def _ends_in_day(self, words: list[str]) -> bool:
        ends = range(1, min(LONGEST_DAY, len(words)) + 1)
        return any(_day(" ".join(words[-length:]), self.today, self.order) is not None for length in ends)

    def _date(self, words: list[str]) -> bool:
        if self.day is not None:
            return False
        for length in range(min(LONGEST_DAY, len(words)), 0, -1):
            day = _day(" ".join(words[-length:]), self.today, self.order)
            if day is not None:
                self.day = day
                said = " ".join(words[-length:])
                del words[-length:]
                if words and words[-1].casefold() == "every":
                    raise InvalidInput(
                        f'"every {said}" is not how often a step is repeated; say every 3 days, every 2 weeks.',
                        "next step",
                    )
                if words and words[-1].casefold() in _BEFORE_A_DAY:
                    words.pop()
                return True
        return False


_NO_WEEKDAYS: Final = frozenset(
    {"today", "now", "tomorrow", "tmrw", "tmr", "yesterday", "eow", "eom", "eoq", "eoy"}
)


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


def _brief_day(text: str, today: date, order: DateOrder) -> date | None:
    """The day of a line that is nothing but a weekday's first letter or two."""
    try:
        return parse_day(text, today, order) if text.isalpha() and len(text) < 3 else None
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
