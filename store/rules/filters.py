"""The filter: what is typed after `/`, in `deals list`, and in a saved view.

`stage:product amount>10k tag:eu stuck close<eom company:"Acme Inc" -tag:old`: every term must hold, `-` turns one
round.

- A **plain word** is looked for in name, company, tags, source and stage. `#eu` is short for `tag:eu`.
- A **field** (`store.rules.filter_fields.FIELDS`) is followed by `:` (has it in it), `=` (is it), or, for days and
  figures, `>` `>=` `<` `<=`. Any of several values will do: `stage:product,decision`. Values with spaces go in quotes.
- `amount:?` is an unknown amount, `close:none` no close date; what is missing is neither below nor above anything.
  An amount without a currency is compared with each deal's own figure; `amount>€10k` finds euros only.
- A date may be a month or a year: `close:nov` is in November, `close<nov` before it, `created:2026` in that year.
- A **state** (`store.rules.filter_states.STATES`) is exactly meant by `is:stuck`. Typed alone, `stuck` finds these
  deals and those with the word in their name or company: nothing is hidden from who looks for "Stuckey & Sons".
  In quotes a word is only a word.
- A **custom property** is a field by its name: `industry:retail`, `seats>10`, `"deal type":new` or `dealtype:new`.

Case and accents do not count, nor do spaces around an operator behind a field: `amount > 10k`. What is not understood
is said in `problems`; a term whose value is not understood yet is left out, so that the board does not go blank while
it is typed. What may not be what was meant (a stage that there is not) is looked for all the same, and said in `notes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from store.dates import DateOrder
from store.errors import InvalidInput
from store.rules.filter_fields import (
    FIELDS,
    Context,
    Test,
    Value,
    property_key,
    property_test,
    state_word_test,
    word_test,
)
from store.rules.filter_states import STATES
from store.rules.naming import fold
from store.rules.spoken import MOST_WORDS
from store.rules.words import LONGEST_LINE, Word, close_up, split_words
from store.text import clean_line, quoted
from store.views import Deal

_TERM: Final = re.compile(r"(?P<key>[^\W\d][\w-]*)(?P<op>:?[<>]=?|[:=])(?P<value>.*)", re.DOTALL)
_PLAIN: Final = re.compile(r"[^\s#\-\"“”:=<>][^\s\"“”:=<>]*")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as understood. `matches` is a plain function, as every key asks it for every deal.

    An empty one, and one of which nothing is understood, matches every deal; `is_empty` tells.
    """

    text: str
    matches: Callable[[Deal], bool]
    problems: tuple[str, ...] = ()
    """What could not be understood and was left out, as sentences."""
    notes: tuple[str, ...] = ()
    """What was looked for as it stands, though it may not be what was meant, as sentences."""
    understood: tuple[tuple[str, str], ...] = ()
    """For the echo: how dates and amounts were read, as ("close<eom", "Mon 30 Nov, in 10 days")."""
    is_empty: bool = False


def parse_filter(
    text: str,
    today: date,
    currency: str,
    order: DateOrder = "dmy",
    properties: Collection[str] = (),
    stages: Sequence[str] = (),
) -> Filter:
    """`text` as a filter on `today` in a pipeline of `currency`; `properties` are the custom ones there are, `stages`
    the names of the stages, where they are known.

    Never raises. A field that is none of these and none of `properties` is looked for as plain text, and as a
    property all the same, with a note; a note also tells that none of `stages` fits.
    """
    known = frozenset(map(property_key, properties))
    reading = _Reading(split_words(text), Context(today, currency, order), known, stages)
    reading.words = close_up(reading.words, reading.is_key, reading.takes)
    reading.read()
    if len(text) > LONGEST_LINE:
        reading.problems.append(
            f"The filter is too long; what comes after {LONGEST_LINE:,} characters is not read."
        )
    tests = reading.tests
    return Filter(
        text,
        _all(tests),
        tuple(reading.problems),
        tuple(reading.notes),
        tuple(reading.understood),
        is_empty=not tests,
    )


def _all(tests: Sequence[Test]) -> Test:
    if not tests:
        return lambda _deal: True
    if len(tests) == 1:
        return tests[0]

    def every(deal: Deal) -> bool:
        for test in tests:  # noqa: SIM110 (a generator costs twice as much for each of 10,000 deals)
            if not test(deal):
                return False
        return True

    return every


def _negated(test: Test) -> Test:
    return lambda deal: not test(deal)


@dataclass(slots=True)
class _Reading:
    """One pass over the words."""

    words: list[Word]
    context: Context
    properties: frozenset[str]
    stages: Sequence[str]
    at: int = 0
    """The next word to be read."""
    tests: list[Test] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    understood: list[tuple[str, str]] = field(default_factory=list)

    def is_key(self, key: str) -> bool:
        """Whether `key` is a field or a custom property."""
        return key.casefold() in FIELDS or property_key(key) in self.properties

    def takes(self, key: str, op: str, words: Sequence[Word]) -> bool:
        """Whether the field understands the value that `words` begin with."""
        first, *ahead = words
        text = first.raw if first.quoted is None else first.quoted
        value = Value(op.removeprefix(":") or op, text, tuple(word.raw for word in ahead[:MOST_WORDS]))
        read = FIELDS.get(key.casefold())
        try:
            return read is None or read(value, self.context) is not None
        except InvalidInput:
            return False

    def read(self) -> None:
        """Take every word."""
        while self.at < len(self.words):
            word = self.words[self.at]
            self.at += 1
            negative = word.raw.startswith("-") and len(word.raw) > 1
            try:
                test = self._test(word, word.raw.removeprefix("-") if negative else word.raw)
            except InvalidInput as problem:
                self.problems.append(str(problem))
            else:
                if test is not None:
                    self.tests.append(_negated(test) if negative else test)

    def _test(self, word: Word, raw: str) -> Test | None:
        """The test of one term, without its minus; `None` where there is nothing to look for yet."""
        head = word.head.removeprefix("-")
        if word.quoted is not None and not head:
            return self._quoted(word)
        if raw.startswith("#"):
            tag = word.quoted if word.quoted is not None else raw[1:]
            return self._field("tag", Value(":", tag, quoted=word.quoted is not None), raw)
        found = _TERM.fullmatch(head if word.quoted is not None else raw)
        if found is None:
            return self._word(raw)
        if word.quoted is not None:
            value = Value(_op(found), word.quoted, quoted=True)
        else:
            value = Value(_op(found), found["value"], self._ahead())
        return self._field(found["key"], value, raw)

    def _quoted(self, word: Word) -> Test | None:
        """Plain text, or with an operator right behind it the name of a custom property."""
        name = word.quoted or ""
        behind = self.words[self.at] if self.at < len(self.words) else None
        if behind is not None and behind.start == word.end:
            found = _TERM.fullmatch(f"x{behind.head or behind.raw}")
            if found is not None and found["key"] == "x":
                self.at += 1
                text = behind.quoted if behind.quoted is not None else found["value"]
                return property_test(name, Value(_op(found), text, quoted=behind.quoted is not None))
        return self._word(name, literal=True)

    def _word(self, text: str, *, literal: bool = False) -> Test | None:
        if not clean_line(text):
            return None
        if not literal and fold(text) in STATES:
            return state_word_test(text, self.context.today)
        return word_test(text)

    def _field(self, key: str, value: Value, raw: str) -> Test | None:
        read = FIELDS.get(key.casefold())
        if not clean_line(value.text).strip(","):
            return None if read or property_key(key) in self.properties else self._word(raw, literal=True)
        if read is not None:
            condition = read(value, self.context)
            self.at += condition.taken - 1
            if key.casefold() == "stage":
                self._look_up_stages(value)
            if condition.echo:
                self.understood.append(
                    (f"{key}{value.op}{' '.join(value.words[: condition.taken])}", condition.echo)
                )
            return condition.test
        if property_key(key) in self.properties:
            return property_test(key, value)
        self.notes.append(f"{quoted(key)} is not a field; {quoted(raw)} is looked for as it is.")
        return self._text_or_property(key, value, raw)

    def _look_up_stages(self, value: Value) -> None:
        names = [fold(name) for name in self.stages]
        for choice in value.choices() if names else ():
            if not any(choice == name if value.op == "=" else choice in name for name in names):
                self.notes.append(f"No stage fits {quoted(choice)}; there is {', '.join(self.stages)}.")

    def _text_or_property(self, key: str, value: Value, raw: str) -> Test:
        text = word_test(raw)
        try:
            named = property_test(key, value, known=False)
        except InvalidInput:
            return text
        return lambda deal: text(deal) or named(deal)

    def _ahead(self) -> tuple[str, ...]:
        """The plain words behind the present one, that a date or an amount may go on with."""
        ahead = []
        for word in self.words[self.at : self.at + MOST_WORDS]:
            if not _PLAIN.fullmatch(word.raw):
                break
            ahead.append(word.raw)
        return tuple(ahead)


def _op(found: re.Match[str]) -> str:
    """The operator; `amount:>10k` is `amount>10k`."""
    op = found["op"]
    return op[1:] if len(op) > 1 and op[0] == ":" else op
