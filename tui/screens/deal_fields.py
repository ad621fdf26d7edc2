"""The fields of a deal that can be typed: how each stands there, and what typing in it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from store import (
    DateOrder,
    Deal,
    DealPage,
    InvalidInput,
    Pipeline,
    clean_line,
    describe_date,
    format_amount,
    parse_amount,
    parse_day,
    plain_amount,
)
from tui.percents import whole_percent
from tui.screens.fields import Field as Field


def deal_fields(page: DealPage, today: date, order: DateOrder) -> dict[str, Field]:
    """The fields by their id, which is that of `DealPatch`, in the order of the form."""
    deal, typed = page.deal, _Typed(page.deal, today, order)
    amount = "" if deal.amount is None else plain_amount(deal.amount, deal.currency)
    known = "unknown" if deal.amount is None else format_amount(deal.amount, deal.currency)
    close = deal.close_date.isoformat() if deal.close_date else ""
    own = "" if deal.own_probability is None else str(deal.own_probability)
    tags = " ".join(f"#{tag}" if " " not in tag else f'#"{tag}"' for tag in deal.tags)
    without = f"unknown; in {deal.currency} unless it says otherwise"
    fields = (
        Field("name", "name", deal.name, typed.name, shown=deal.name),
        Field("amount", "amount", amount, typed.amount, without, known),
        Field("close_date", "close date", close, typed.close_date, "fri, +2w, 12 dec, eom", close or "none"),
        Field(
            "probability",
            "probability",
            own,
            typed.probability,
            of_its_stage(deal, page.pipeline),
            f"{own} %" if own else "its stage's",
        ),
        Field("company", "company", deal.company or "", _plain, shown=deal.company or "none"),
        Field("source", "source", deal.source or "", _plain, "where it came from", deal.source or "none"),
        Field("tags", "tags", tags, _tags, shown=tags or "none"),
        Field(
            "properties",
            "properties",
            (written := _written(deal.properties)),
            _properties,
            "name=value; name=value",
            written or "none",
        ),
    )
    return {field.id: field for field in fields}


@dataclass(frozen=True, slots=True)
class _Typed:
    """What typing means where that depends on the deal or the day."""

    deal: Deal
    today: date
    order: DateOrder

    def name(self, text: str) -> tuple[str, str]:
        if not clean_line(text):
            raise InvalidInput("The deal name is empty; type at least one character.")
        return text, ""

    def amount(self, text: str) -> tuple[Any, str]:
        if not text.strip():
            return None, "unknown"
        money = parse_amount(text, self.deal.currency)
        return money, format_amount(money.minor, money.currency)

    def close_date(self, text: str) -> tuple[Any, str]:
        if not text.strip():
            return None, "no date"
        day = parse_day(text, self.today, self.order)
        return day, describe_date(day, self.today)

    def probability(self, text: str) -> tuple[int | None, str]:
        if not text.strip(" %"):
            return None, "its stage's"
        percent = whole_percent(text, "; leave it empty for the stage's")
        return percent, f"{percent} %, its own until it moves"


def of_its_stage(deal: Deal, pipeline: Pipeline) -> str:
    """What a deal without a probability of its own has."""
    return next(
        (f"{each.probability} % as its stage" for each in pipeline.stages if each.id == deal.stage_id), ""
    )


def _plain(text: str) -> tuple[str | None, str]:
    return clean_line(text) or None, ""


_TAG = re.compile(r'#?"([^"]*)"?|[^\s,]+')


def _tags(text: str) -> tuple[tuple[str, ...], str]:
    tags = tuple(
        (match[1] if match[1] is not None else match[0]).lstrip("#") for match in _TAG.finditer(text)
    )
    tags = tuple(tag for tag in tags if tag.strip())
    return tags, " · ".join(tags) or "no tags"


_QUOTED = r'"(?:[^"]|"")*"'
_PROPERTY = re.compile(rf"\s*({_QUOTED}|[^;=]*?)\s*=\s*({_QUOTED}|[^;]*?)\s*(?:;|\Z)")
_EMPTY = re.compile(r"[\s;]*")


def _written(properties: Mapping[str, str]) -> str:
    """`name=value; name=value`; a text that would be read as more than that stands in quotes, its own doubled."""
    return "; ".join(f"{_quoted(name)}={_quoted(value)}" for name, value in properties.items())


def _quoted(text: str) -> str:
    if text and text == text.strip() and not set(text) & set(';="'):
        return text
    return '"' + text.replace('"', '""') + '"'


def _unquoted(text: str) -> str:
    return text[1:-1].replace('""', '"') if re.fullmatch(_QUOTED, text) else text


def _properties(text: str) -> tuple[dict[str, str], str]:
    made: dict[str, str] = {}
    at = _after_empty(text, 0)
    while at < len(text):
        found = _PROPERTY.match(text, at)
        name = _unquoted(found[1]).strip() if found else ""
        if found is None or not name:
            part = text[at:].partition(";")[0].strip()
            raise InvalidInput(f"{part} is not a property; write name=value; name=value.")
        made[name] = _unquoted(found[2])
        at = _after_empty(text, found.end())
    return made, " · ".join(f"{name}: {value}" for name, value in made.items()) or "no properties"


def _after_empty(text: str, at: int) -> int:
    found = _EMPTY.match(text, at)
    return found.end() if found else at
