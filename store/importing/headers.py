"""Which field each column of a file is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Final

from store.currencies import CODES
from store.drafts import MAX_NAME
from store.errors import InvalidInput
from store.importing.fields import (
    ENTITIES,
    FIELDS,
    LATER_FIELDS,
    OWN_FIELDS,
    PROPERTY_PREFIX,
    SHARED_FIELDS,
    glued,
    known_headers,
)
from store.importing.words import words_of

IGNORED_WORDS: Final = frozenset(("-", "ignore", "ignored", "none", "skip"))
"""What may follow `=` in `--map` to leave a column out."""

PROPERTY_WORDS: Final = frozenset(("property", "custom"))
"""What may follow `=` in `--map` to make a column a custom property."""

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNIT: Final = re.compile(r"[\s_(\[（]+(?:in\s+)?([A-Za-z]{3}|руб|[€$£¥₽₴₹₺元])\.?\s*[)\]）]?\s*$")
_SIGNS: Final = {
    "€": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "руб": "RUB",
    "₴": "UAH",
    "₹": "INR",
    "₺": "TRY",
    "元": "CNY",
}


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column is: a field of a deal, else the custom property of that name, else left out."""

    index: int
    header: str
    field: str | None = None
    property_name: str | None = None
    currency: str | None = None
    """The currency that the header of an amount names ("Amount (EUR)")."""

    @property
    def ignored(self) -> bool:
        """Whether the column is left out."""
        return self.field is None and self.property_name is None


def is_own_export(headers: Sequence[str]) -> bool:
    """Whether the file is an export of ours, which carries visits, touches and tasks exactly."""
    return {"name", "stage", *OWN_FIELDS} <= set(headers)


def recognise(
    headers: Sequence[str], filled: Sequence[bool], told: Mapping[str, str], statuses: Sequence[bool]
) -> tuple[ColumnUse, ...]:
    """What each column is. `told` maps columns to fields as `--map` does and goes before what is known.

    `filled` says which columns have any value: an empty one never takes a field from another. `statuses` says whose
    values are all a status (open, won, lost): only such a column is the outcome beside a stage.
    Raises `InvalidInput` for a column or field there is none of, and for a field that is told twice.
    """
    if is_own_export(headers):
        uses = [_own_use(index, header) for index, header in enumerate(headers)]
    else:
        uses = [_property(index, header) for index, header in enumerate(headers)]
    decided = _told_uses(headers, told)
    taken = {use.field for use in decided.values() if use.field}
    for index, use in decided.items():
        uses[index] = use
    free = [use.index for use in uses if use.index not in decided]
    if is_own_export(headers):
        for index in free:
            if uses[index].field in taken - SHARED_FIELDS:
                uses[index] = _property(index, headers[index])
        return tuple(uses)
    for field, indexes in _claims(headers, free, filled, statuses, taken).items():
        for index in indexes:
            unit = _unit(headers[index]) if field == "amount" else None
            uses[index] = ColumnUse(index, headers[index], field, currency=unit)
    return tuple(uses)


def settled(uses: Sequence[ColumnUse], filled: Sequence[bool]) -> tuple[ColumnUse, ...]:
    """`uses` without the custom properties that no row has a value for, and each property's name only once."""
    names: set[str] = set()
    kept = []
    for use in uses:
        name = use.property_name
        if name is not None and not filled[use.index]:
            name = None
        base, copy = name, 2
        while name is not None and name in names:
            again = f" ({copy})"
            name = f"{(base or '')[: MAX_NAME - len(again)].rstrip()}{again}"
            copy += 1
        if name is not None:
            names.add(name)
        kept.append(replace(use, property_name=name))
    return tuple(kept)


def _own_use(index: int, header: str) -> ColumnUse:
    if header in FIELDS or header in OWN_FIELDS or header in LATER_FIELDS:
        return ColumnUse(index, header, header)
    return _property(index, header)


def _property(index: int, header: str) -> ColumnUse:
    return ColumnUse(index, header, property_name=header.removeprefix(PROPERTY_PREFIX)[:MAX_NAME].rstrip())


def _claims(
    headers: Sequence[str],
    free: Sequence[int],
    filled: Sequence[bool],
    statuses: Sequence[bool],
    taken: set[str],
) -> dict[str, list[int]]:
    """Field → the columns that are it: the surest of those that could be, or all of them for a shared field."""
    claims: dict[str, list[tuple[bool, int, int]]] = {}
    for index in free:
        if headers[index].startswith(PROPERTY_PREFIX):
            continue
        for field, rank in _known(headers[index]):
            if field not in taken or field in SHARED_FIELDS:
                claims.setdefault(field, []).append((not filled[index], rank, index))
    found = {field: [index for *_, index in sorted(claimants)] for field, claimants in claims.items()}
    stage = found.get("stage", [])[:1]
    outcome = [index for index in found.get("outcome", []) if index not in stage and statuses[index]][:1]
    chosen = {field: indexes if field in SHARED_FIELDS else indexes[:1] for field, indexes in found.items()}
    chosen["stage"], chosen["outcome"] = stage, outcome
    return {field: indexes for field, indexes in chosen.items() if indexes}


def may_be(header: str, field: str) -> bool:
    """Whether a column with this header could be `field`."""
    return any(field == known for known, _ in _known(header))


@cache
def _table() -> dict[str, tuple[tuple[str, int], ...]]:
    return known_headers()


def _known(header: str) -> tuple[tuple[str, int], ...]:
    """The fields that a header can be, with their ranks."""
    for words in _readings(header):
        known = _table().get(glued(words))
        if known:
            return known
    return ()


def _readings(header: str) -> list[str]:
    """The header as it is, without the entity it begins with, and both without a unit at the end."""
    plain = words_of(_CAMEL.sub(" ", header))
    readings = [plain, *_without_entity(plain)]
    if _unit(header):
        bare = words_of(_UNIT.sub("", header))
        readings += [bare, *_without_entity(bare)]
    return readings


def _without_entity(words: str) -> list[str]:
    """ "deal title" → "title"; "deal deal created" → "created"; also where the words are glued ("dealstage")."""
    found = []
    for entity in ENTITIES:
        rest = words
        while rest.startswith(entity) and len(rest) > len(entity):
            rest = rest[len(entity) :].strip()
            found.append(rest)
    return found


def _unit(header: str) -> str | None:
    """The currency at the end of a header: "Amount (EUR)", "Value in €"; a `$` alone says no more than "dollars"."""
    match = _UNIT.search(header)
    if match is None:
        return None
    sign = match[1]
    return _SIGNS.get(sign.lower()) or (sign.upper() if sign.upper() in CODES and sign.isupper() else None)


def _told_uses(headers: Sequence[str], told: Mapping[str, str]) -> dict[int, ColumnUse]:
    uses: dict[int, ColumnUse] = {}
    by_field: dict[str, str] = {}
    for column, word in told.items():
        index = column_named(column, headers)
        use = _told_use(index, headers[index], word)
        if use.field and use.field not in SHARED_FIELDS and use.field in by_field:
            raise InvalidInput(
                f"Both “{by_field[use.field]}” and “{headers[index]}” are mapped to {use.field}; map one of them.",
                "map",
            )
        if use.field:
            by_field[use.field] = headers[index]
        uses[index] = use
    return uses


def column_named(text: str, headers: Sequence[str]) -> int:
    """The index of the column that `text` names, whatever its case; `InvalidInput` names the nearest ones."""
    wanted = words_of(text)
    for same in (lambda header: header == text, lambda header: wanted and words_of(header) == wanted):
        found = [index for index, header in enumerate(headers) if same(header)]
        if found:
            return found[0]
    near = get_close_matches(text.casefold(), [header.casefold() for header in headers], n=1, cutoff=0.5)
    names = [header for header in headers if header.casefold() in near] or list(headers[:8])
    raise InvalidInput(f"The file has no column “{text}”; did you mean {_or(names)}?", "map")


def _told_use(index: int, header: str, word: str) -> ColumnUse:
    plain = words_of(word)
    if word.strip() in IGNORED_WORDS or plain in IGNORED_WORDS:
        return ColumnUse(index, header)
    if plain in PROPERTY_WORDS:
        return _property(index, header)
    field = plain.replace(" ", "_")
    if field in FIELDS:
        return ColumnUse(index, header, field, currency=_unit(header) if field == "amount" else None)
    near = get_close_matches(field, FIELDS, n=2, cutoff=0.5)
    hint = f"did you mean {_or(near)}?" if near else f"there is {', '.join(FIELDS)}."
    raise InvalidInput(f'“{word.strip()}” is no field ("-" leaves the column out); {hint}', "map")


def _or(names: Sequence[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)
