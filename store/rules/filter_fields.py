"""What the fields of a filter mean: for each, how a typed value becomes a test of a deal."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from store.dates import DateOrder
from store.errors import InvalidInput
from store.money import Money, format_amount, parse_amount
from store.rules.filter_dates import Span, parse_span
from store.rules.filter_states import STATES
from store.rules.naming import fold
from store.rules.ordering import comparable_amount
from store.rules.spoken import spoken_amount, spoken_date
from store.rules.stuck import days_between
from store.text import clean_line, quoted
from store.views import Deal

Test = Callable[[Deal], bool]

COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    ":": operator.eq,
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_NONE: Final = frozenset({"?", "none", "unknown"})
_COUNT: Final = re.compile(r"([0-9]{1,6})\s*(d|days?|w|weeks?|%)?")
_ID: Final = re.compile(r"[0-9]{1,15}")
_FIGURE: Final = re.compile(r"[^\d.,-]{0,4}(-?[0-9][0-9,']{0,30}(?:\.[0-9]{1,12})?)[^\d.,]{0,12}")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_NO_CURRENCY: Final = "XXX"


@dataclass(frozen=True, slots=True)
class Context:
    """What a filter is read against."""

    today: date
    currency: str
    order: DateOrder


@dataclass(frozen=True, slots=True)
class Value:
    """What was typed after a field: the operator, the value, and the plain words behind it that may go on with it."""

    op: str
    text: str
    ahead: tuple[str, ...] = ()
    quoted: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The value, then the words behind it."""
        return (self.text, *self.ahead)

    def choices(self) -> list[str]:
        """The folded values of which any will do: `product,decision` are two."""
        parts = [self.text] if self.quoted else self.text.split(",")
        return [folded for part in parts if (folded := fold(clean_line(part)))]


@dataclass(frozen=True, slots=True)
class Condition:
    """A term's test, how many words its value took, and the echo of a value that had to be understood."""

    test: Test
    taken: int = 1
    echo: str = ""


Field = Callable[[Value, Context], Condition]


def word_test(word: str) -> Test:
    """Deals with `word` in their name, company, tags, source or stage."""
    folded = fold(clean_line(word))

    def test(deal: Deal) -> bool:
        tags = " ".join(deal.tags) if deal.tags else ""
        text = f"{deal.name}\n{deal.company or ''}\n{deal.source or ''}\n{deal.stage}\n{tags}"
        return folded in (text.lower() if text.isascii() else fold(text))

    return test


def state_test(state: str, today: date) -> Test:
    """Deals that are in one of the `STATES`."""
    holds = STATES[state]
    return lambda deal: holds(deal, today)


def state_word_test(word: str, today: date) -> Test:
    """Deals in the state that `word` names, and those with the word in their name or company."""
    folded = fold(word)
    holds = STATES[folded]
    return lambda deal: (
        holds(deal, today)
        or folded in fold(deal.name)
        or (deal.company is not None and folded in fold(deal.company))
    )


def property_test(name: str, value: Value, *, known: bool = True) -> Test:
    """Deals with a custom property that goes by `name` and holds, is, or compares to the value; of a `known` one also
    those without it, where the value says so (`seats:none`)."""
    wanted = property_key(name)
    fits = _property_fits(value)
    without = known and value.op in ":=" and not value.quoted and value.text.casefold() in _NONE

    def test(deal: Deal) -> bool:
        texts = [text for key, text in deal.properties.items() if property_key(key) == wanted]
        return any(map(fits, texts)) or (without and not texts)

    return test


@lru_cache(maxsize=1024)
def property_key(name: str) -> str:
    """A property's name as it may be typed as a field: `Deal type` is `dealtype`."""
    return _NOT_LETTERS.sub("", fold(name))


def _property_fits(value: Value) -> Callable[[str], bool]:
    if value.op in ":=":
        return _text_fits(value)
    compare, limit = COMPARISONS[value.op], _figure(value.text)
    if limit is None:
        raise InvalidInput(f"{quoted(value.text)} is not a number to compare with.", "filter")

    def fits(text: str) -> bool:
        figure = _figure(text)
        return figure is not None and compare(figure, limit)

    return fits


def _figure(text: str) -> Decimal | None:
    found = _FIGURE.fullmatch(clean_line(text))
    return Decimal(found[1].replace(",", "").replace("'", "")) if found else None


def _text_fits(value: Value, holds: Callable[[str, str], bool] = operator.contains) -> Callable[[str], bool]:
    """Whether a text holds one of the choices (`:`), or is one of them (`=`)."""
    choices = value.choices()
    if value.op == "=":
        return lambda text: fold(text) in choices
    if len(choices) == 1:
        only = choices[0]
        return lambda text: holds(fold(text), only)
    return lambda text: any(holds(fold(text), choice) for choice in choices)


def _text(get: Callable[[Deal], str | None]) -> Field:
    def read(value: Value, _context: Context) -> Condition:
        _needs_no_order(value)
        fits = _text_fits(value)
        if not value.quoted and value.text.casefold() in _NONE:
            return Condition(lambda deal: not get(deal) or fits(get(deal) or ""))
        return Condition(lambda deal: (text := get(deal)) is not None and fits(text))

    return read


def _texts(get: Callable[[Deal], Iterable[str]]) -> Field:
    """Tags: `:` finds those that begin with the value, as "eu" is not in "museum"."""

    def read(value: Value, _context: Context) -> Condition:
        _needs_no_order(value)
        if not value.quoted and value.text.casefold() in _NONE:
            return Condition(lambda deal: not any(get(deal)))
        fits = _text_fits(value, str.startswith)

        def test(deal: Deal) -> bool:
            for text in get(deal):  # noqa: SIM110 (a generator costs three times as much, for each of 10,000 deals)
                if fits(text):
                    return True
            return False

        return Condition(test)

    return read


def _count(get: Callable[[Deal, date], int], what: str) -> Field:
    def read(value: Value, context: Context) -> Condition:
        found = _COUNT.fullmatch(value.text.strip().casefold())
        if found is None:
            raise InvalidInput(f"{quoted(value.text)} is not a number of {what}.", "filter")
        limit = int(found[1]) * (7 if (found[2] or "").startswith("w") else 1)
        compare, today = COMPARISONS[value.op], context.today
        return Condition(lambda deal: compare(get(deal, today), limit))

    return read


def _money(get: Callable[[Deal], int | None], parts: int = 1) -> Field:
    """An amount in so many `parts` of a minor unit."""

    def read(value: Value, context: Context) -> Condition:
        if value.text.casefold() in _NONE:
            return Condition(lambda deal: get(deal) is None)
        taken, money = spoken_amount(value.words, context.currency)
        only = money.currency if _names_currency(" ".join(value.words[:taken])) else None
        limit, compare = parts * comparable_amount(money.minor, money.currency), COMPARISONS[value.op]

        def test(deal: Deal) -> bool:
            amount = get(deal)
            if amount is None or (only is not None and deal.currency != only):
                return False
            return compare(comparable_amount(amount, deal.currency), limit)

        return Condition(test, taken, _echo(money, named=only is not None))

    return read


def _number(value: Value, _context: Context) -> Condition:
    """The deal's number: one of several (`id:3,7`), or compared."""
    numbers = [choice.removeprefix("#") for choice in value.choices()]
    if not numbers or not all(_ID.fullmatch(number) for number in numbers):
        raise InvalidInput(f"{quoted(value.text)} is not a deal's number.", "filter")
    wanted = [int(number) for number in numbers]
    if value.op in ":=":
        return Condition(lambda deal: deal.id in wanted)
    compare, limit = COMPARISONS[value.op], wanted[0]
    return Condition(lambda deal: compare(deal.id, limit))


def _names_currency(text: str) -> bool:
    """Whether the text says its currency itself: read for no currency at all, it still has one."""
    try:
        return parse_amount(text, _NO_CURRENCY).currency != _NO_CURRENCY
    except InvalidInput:
        return True


def _echo(money: Money, *, named: bool) -> str:
    shown = format_amount(money.minor, money.currency)
    return f"{shown}, only {money.currency}" if named else shown


def _day(get: Callable[[Deal], date | None], *, past: bool) -> Field:
    def read(value: Value, context: Context) -> Condition:
        if value.text.casefold() in _NONE:
            return Condition(lambda deal: get(deal) is None)
        taken, span = spoken_date(
            value.words, lambda text: parse_span(text, context.today, context.order, past=past)
        )
        return Condition(_in_span(get, value.op, span), taken, span.echo)

    return read


def _in_span(get: Callable[[Deal], date | None], op: str, span: Span) -> Test:
    if op in ":=":
        return lambda deal: (day := get(deal)) is not None and span.first <= day <= span.last
    compare = COMPARISONS[op]
    limit = span.last if op in (">", "<=") else span.first
    return lambda deal: (day := get(deal)) is not None and compare(day, limit)


def _state(value: Value, context: Context) -> Condition:
    _needs_no_order(value)
    tests = []
    for choice in value.choices():
        if choice not in STATES:
            raise InvalidInput(f"{quoted(choice)} is not a state; there is {', '.join(STATES)}.", "filter")
        tests.append(state_test(choice, context.today))
    return Condition(lambda deal: any(test(deal) for test in tests))


def _needs_no_order(value: Value) -> None:
    if value.op not in ":=":
        raise InvalidInput(f"{value.op} compares days, amounts and numbers only; use : or = here.", "filter")


_COMPANY: Final = _text(lambda deal: deal.company)
_SOURCE: Final = _text(lambda deal: deal.source)
_TAG: Final = _texts(lambda deal: deal.tags)
_STEP: Final = _text(lambda deal: deal.next_step.title if deal.next_step else None)
_PROBABILITY: Final = _count(lambda deal, _today: deal.probability, "percent")
_EXTERNAL: Final = _text(lambda deal: deal.external_id)
_REASON: Final = _text(lambda deal: deal.lost_reason)

FIELDS: Final[Mapping[str, Field]] = {
    "name": _text(lambda deal: deal.name),
    "company": _COMPANY,
    "co": _COMPANY,
    "stage": _text(lambda deal: deal.stage),
    "source": _SOURCE,
    "src": _SOURCE,
    "tag": _TAG,
    "tags": _TAG,
    "step": _STEP,
    "next": _STEP,
    "due": _day(lambda deal: deal.next_step.due_on if deal.next_step else None, past=False),
    "tasks": _count(lambda deal, _today: deal.open_tasks, "tasks"),
    "amount": _money(lambda deal: deal.amount),
    "weighted": _money(lambda deal: deal.weighted, 100),
    "currency": _text(lambda deal: deal.currency),
    "prob": _PROBABILITY,
    "probability": _PROBABILITY,
    "close": _day(lambda deal: deal.close_date, past=False),
    "created": _day(lambda deal: deal.created_on, past=True),
    "entered": _day(lambda deal: deal.entered_stage_on, past=True),
    "closed": _day(lambda deal: deal.closed_on, past=True),
    "snoozed": _day(lambda deal: deal.snoozed_until, past=False),
    "touched": _day(lambda deal: deal.idle_since, past=True),
    "days": _count(lambda deal, _today: deal.days_in_stage, "days"),
    "alldays": _count(lambda deal, _today: deal.days_in_stage_all, "days"),
    "idle": _count(lambda deal, today: days_between(deal.idle_since, today), "days"),
    "age": _count(lambda deal, today: days_between(deal.created_on, today), "days"),
    "outcome": _text(lambda deal: deal.outcome),
    "reason": _REASON,
    "lostreason": _REASON,
    "id": _number,
    "external": _EXTERNAL,
    "externalid": _EXTERNAL,
    "is": _state,
}
"""The fields by their name.

`due` is the next step's day, `step` (or `next`) its title, `tasks` the number of open ones; `weighted` is amount ×
probability; `reason` is the lost reason; `days` are those of the present visit, `alldays` those of all visits to the
stage, `entered` is the day the present one began; `touched` is the day of the last sign of life, `idle` the days since;
`age` are the days since the deal was created.
"""
