"""Amounts, currencies and probabilities as files hold them, told from all values of a column together.

Whether a point or a comma begins the decimals is taken from the values that show it ("12,50", "1.234,00"); only where
none does is a form such as "1.234" read as `store.money` reads it when typed, and the dry run says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from store.errors import InvalidInput
from store.importing.cells import LONGEST, is_blank, plain_of, sheet_error, too_long
from store.money import MAX_MINOR, Money, currency_code, digits, format_amount, parse_amount, whole_digits
from store.text import clean_line, quoted

_MARKS: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "，": ",", "．": ".", "−": "-"})
_NUMBER: Final = re.compile(r"(?:(?<![^\W\d_])[.,])?[0-9](?:[0-9.,' ]*[0-9])?")
_SHORTENED: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+", re.I)
_LONGEST: Final = 40


@dataclass(slots=True)
class AmountReader:
    """How one column's amounts are read. `decimal` is the mark that begins the decimals, where the column shows it."""

    decimal: str | None
    format: str
    rounded: set[str] = field(default_factory=set)
    """The cells that had more decimals than their currency has, met so far."""

    def read(self, text: str, currency: str) -> Money | None:
        """The amount of a cell, of `currency` unless the cell names another; `None` when it is unknown.

        Decimals beyond the currency's are rounded half to even. `InvalidInput` says what would fix it.
        """
        if text.isdecimal() and text.isascii() and len(text) <= 9:
            return Money(int(text) * 10 ** digits(currency), currency)
        if is_blank(text):
            return None
        if len(text) > LONGEST:
            raise InvalidInput(too_long(text, "an amount"))
        try:
            return self._read(text, currency)
        except InvalidInput as error:
            raise InvalidInput(_why_not(text, error)) from None

    def _read(self, text: str, currency: str) -> Money:
        plain = _plain(text)
        match = _NUMBER.search(plain)
        if match is None or len(plain) > _LONGEST or (number := self._decimal(match[0])) is None:
            return parse_amount(plain, currency)
        try:
            unit = parse_amount(f"{plain[: match.start()]}1{plain[match.end() :]}", currency)
        except InvalidInput:
            return parse_amount(plain, currency)
        exact = number * unit.minor
        if exact > MAX_MINOR:
            raise InvalidInput(
                f"{quoted(plain)} is too much; at most {format_amount(MAX_MINOR, unit.currency)} is kept."
            )
        minor = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
        if minor != exact:
            self.rounded.add(text)
        return Money(minor, unit.currency)

    def _decimal(self, number: str) -> Decimal | None:
        """The value of a number by the column's decimal mark; `None` when that mark does not fit it."""
        mark = self.decimal
        if mark is None or number.count(mark) > 1:
            return None
        whole, _, after = number.partition(mark)
        groups = whole_digits(whole or "0")
        if (not after.isdigit() and after) or groups is None:
            return None
        return Decimal(f"{groups}.{after or '0'}")


def amount_reader(values: Collection[str]) -> AmountReader:
    """How the amounts of a column with these `values` are read."""
    shown: set[str] = set()
    unsure = 0
    for text in values:
        if (text.isdecimal() and text.isascii()) or len(text) > LONGEST or is_blank(text):
            continue
        match = _NUMBER.search(_plain(text))
        if match is None:
            continue
        mark = _decimal_mark(match[0])
        if mark:
            shown.add(mark)
        elif any(char in ".," for char in match[0]):
            unsure += 1
    if shown == {"."}:
        return AmountReader(".", "decimals after a point")
    if shown == {","}:
        return AmountReader(",", "decimals after a comma")
    if shown:
        return AmountReader(None, "decimals after a point or a comma, by each value")
    if unsure:
        return AmountReader(
            None, 'whole numbers; "1.234" and "1,234" are one thousand two hundred thirty-four'
        )
    return AmountReader(None, "whole numbers")


def _why_not(text: str, error: InvalidInput) -> str:
    """What is wrong with a cell that is no amount, and what would fix it; the value itself is told beside it."""
    plain = _plain(text)
    if found := sheet_error(text):
        return found
    if _SHORTENED.fullmatch(plain):
        return (
            "the spreadsheet shortened this number; show its column as plain numbers and save the file again"
        )
    why = str(error).replace("type it like", "write it like").rstrip(".")
    if why.startswith(quoted(plain)):
        why = f"this {why.removeprefix(quoted(plain)).strip()}"
    what, _, fix = why.partition("; ")
    if fix.startswith("write"):
        return f"{why}, or leave it empty"
    return (
        f"{what} ({fix}); correct it, or leave it empty" if fix else f"{what}; correct it, or leave it empty"
    )


def _decimal_mark(number: str) -> str | None:
    """The mark that must begin the decimals of `number`; `None` when it could as well part thousands, or has none."""
    marks = [char for char in number if char in ".,"]
    if not marks:
        return None
    last = marks[-1]
    if len(marks) > 1:
        if marks.count(last) == 1:
            return last
        # A repeated mark parts thousands, so it is the other one that would begin decimals.
        return {".": ",", ",": "."}[last] if len(set(marks)) == 1 else None
    before, _, after = number.partition(last)
    plain = before.isdigit()
    thousands = len(after) == 3 and (not plain or (1 <= len(before) <= 3 and not before.startswith("0")))
    if thousands and not plain:
        return last
    return None if thousands else last


def _plain(text: str) -> str:
    return plain_of(text.translate(_MARKS))


def read_currency(text: str, default: str) -> str:
    """The currency that a cell names, by code or sign (`$` is `default` where that is a dollar)."""
    if len(text) > LONGEST:
        raise InvalidInput(too_long(text, "a currency"))
    try:
        return currency_code(text)
    except InvalidInput:
        pass
    try:
        return parse_amount(f"1 {clean_line(text)}", default).currency
    except InvalidInput:
        raise InvalidInput("this is no currency; write its three-letter code, such as EUR or USD") from None


@dataclass(slots=True)
class ProbabilityReader:
    """How one column's probabilities are read: as whole percents, or as fractions of 1."""

    fractions: bool
    rounded: set[str] = field(default_factory=set)
    """The cells that were no whole percent, met so far."""

    @property
    def format(self) -> str:
        """What was understood, for the dry run."""
        return "fractions of 1" if self.fractions else "percent"

    def read(self, text: str) -> int | None:
        """The whole percent of a cell, rounded half to even; `InvalidInput` outside 0 to 100."""
        if is_blank(text):
            return None
        number, percent = _share(text)
        if number is None:
            raise InvalidInput(
                sheet_error(text)
                or "this is no probability; write a percent from 0 to 100, or leave it empty"
            )
        exact = number * 100 if self.fractions and not percent else number
        if not 0 <= exact <= 100:
            raise InvalidInput("this is not between 0 and 100 percent; correct it, or leave it empty")
        whole = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
        if whole != exact:
            self.rounded.add(text)
        return whole


def probability_reader(values: Collection[str]) -> ProbabilityReader:
    """How the probabilities of a column with these `values` are read: fractions when none is above 1 or has a `%`."""
    shares = [_share(text) for text in values if not is_blank(text)]
    numbers = [number for number, _ in shares if number is not None]
    fractions = bool(numbers) and not any(percent for _, percent in shares) and max(numbers) <= 1
    return ProbabilityReader(fractions)


def _share(text: str) -> tuple[Decimal | None, bool]:
    if len(text) > LONGEST:
        return None, False
    plain = _plain(text)
    percent = plain.endswith("%")
    core = plain.removesuffix("%").strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{0,4}(?:\.[0-9]{0,12})?", core) or not any(char.isdigit() for char in core):
        return None, percent
    return Decimal(core), percent
