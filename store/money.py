"""Money: amounts as people type them, as they are kept (whole minor units), and as they are shown.

Only integers are reckoned with, never floating point. How a typed number is read:

- `12000`, `12,000`, `12 000`, `12'000`, `12.000`, `12,34,567` and `1.2m` are whole thousands and millions;
- with two kinds of marks, as in `€12.000,50` or `$1,234.56`, the last one begins the decimals;
- with a single point or comma, three digits after it and one to three before it, it groups thousands (`12.000` is
  twelve thousand), unless the number begins with 0 (`0.125`); anything else begins the decimals (`12.5`, `12,50`).
  In currencies with three or four decimals (KWD, …) a single point always begins them;
- `k`, `m` and `bn` multiply; there a mark that could be either (`1.250m`) is refused, not guessed.

Nothing is rounded: what cannot be kept exactly is refused with a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from store.currencies import CODES, DIGITS, SIGNS, SYMBOLS
from store.errors import InvalidInput
from store.text import ascii_digits, clean_line, quoted

MAX_MINOR: Final = 10**15
"""The largest amount that is kept, in minor units: a hundred thousand of them in hundredths still fit 64 bits."""

_MAX_TYPED: Final = 60
_SCALES: Final = {"k": 3, "m": 6, "mio": 6, "mn": 6, "mln": 6, "bn": 9, "b": 9}
_SCALED: Final = re.compile(r"(k|mio|mln|mn|m|bn|b)\b\.?\s*(.*)|(k|m)\s*([^a-z].*)")
_MARKS: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "٬": "'", "，": ",", "．": ".", "−": "-"}
)
_PARTS: Final = re.compile(r"(?P<head>[^0-9]*?)(?P<number>[.,٫]?[0-9](?:[0-9.,٫' ]*[0-9])?)(?P<tail>[^0-9]*)")
_DECIMAL: Final = "٫"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: minor units (cents) of an ISO 4217 currency."""

    minor: int
    currency: str


def digits(currency: str) -> int:
    """How many decimals `currency` has (ISO 4217): JPY 0, KWD 3, most 2."""
    return DIGITS.get(currency, 2)


def symbol(currency: str) -> str:
    """What stands before an amount of `currency`: `$`, `€`, or the code and a space where no short sign is its own."""
    return SYMBOLS.get(currency) or f"{currency} "


def currency_code(text: str) -> str:
    """The ISO 4217 code that `text` is, in capitals; also for a sign that means one currency (`€`)."""
    cleaned = clean_line(text)
    if (code := cleaned.upper()) in CODES:
        return code
    meant = SIGNS.get(cleaned.casefold(), ())
    if len(meant) == 1:
        return meant[0]
    raise InvalidInput(
        f"{quoted(text)} is not a currency code; use one of three letters, such as EUR or USD.", "currency"
    )


def parse_amount(text: str, currency: str, *, negative: bool = False) -> Money:
    """The amount that `text` says, of `currency` unless `text` names another by sign or code.

    `$` means the currency at hand if that is a dollar or peso itself. With `negative`, `-500` and `(500)` are taken.
    Raises `InvalidInput` with a sentence that names the text.
    """
    if text.isdecimal() and text.isascii() and len(text) <= _MAX_TYPED:
        return _money(int(text), digits(currency), text, currency)
    typed = ascii_digits(clean_line(text)).translate(_MARKS)
    if not typed:
        raise InvalidInput("Type an amount, such as 12000, 12,000.50 or 12k.", "amount")
    typed, below_zero = _unsigned(typed)
    match = _PARTS.fullmatch(typed) if len(typed) <= _MAX_TYPED else None
    if match is None:
        raise _not_an_amount(text)
    if below_zero and not negative:
        raise InvalidInput(
            f"{quoted(text)} is negative; an amount is 0 or more, such as 12000 or 12k.", "amount"
        )
    tail, scale = _tail(match["tail"])
    code = _currency(match["head"].strip(), tail, currency, text)
    whole, decimals = _number(match["number"], digits(code), scale, text)
    found = _scaled(whole, decimals, scale, code, text)
    return Money(-found.minor, code) if below_zero else found


def decimal_text(minor: int, currency: str) -> str:
    """The amount with a point and all decimals of its currency, without sign or grouping: `20000.00`."""
    return _point(minor, digits(currency))


def plain_amount(minor: int, currency: str) -> str:
    """The amount as an edit field begins with it: `12000`, or `12000.50` where there are decimals."""
    text, point, decimals = decimal_text(minor, currency).partition(".")
    return text + point + decimals if decimals.strip("0") else text


def weighted_text(weighted: int, currency: str) -> str:
    """Hundredths of a minor unit as an exact decimal with at least the currency's decimals: `4800.00`, `16.665`."""
    count = digits(currency)
    text = _point(weighted, count + 2)
    for _ in range(2):
        text = text.removesuffix("0")
        if not text.endswith("0"):
            break
    return text.removesuffix(".")


def weighted_minor(weighted: int) -> int:
    """Hundredths of a minor unit as minor units, rounded half to even."""
    return _halved_to_even(weighted, 100)


def format_amount(minor: int, currency: str, *, compact: bool = False) -> str:
    """The amount as it is shown: `$12,000`, `$12,000.50`, `CHF 12,000`; compact: `$950`, `$12.4k`, `$1.23m`.

    Compact ones have three significant digits, rounded half to even; below 100 they are exact.
    """
    sign = "-" if minor < 0 else ""
    unit = 10 ** digits(currency)
    if compact and abs(minor) >= 100 * unit:
        return f"{sign}{symbol(currency)}{_compact(abs(minor), unit)}"
    whole, rest = divmod(abs(minor), unit)
    decimals = f".{rest:0{digits(currency)}d}" if rest else ""
    return f"{sign}{symbol(currency)}{whole:,}{decimals}"


def _compact(minor: int, unit: int) -> str:
    for power, letter in ((1, ""), (10**3, "k"), (10**6, "m"), (10**9, "bn")):
        for step, places in ((100, 2), (10, 1), (1, 0)):
            # Three digits: 1.23k in steps of 10, 12.3k in steps of 100, 123k in steps of 1000.
            if power % step and power > 1:
                continue
            rounded = _halved_to_even(minor * step, unit * power)
            if rounded < 1000 or (power == 10**9 and step == 1):
                return (
                    f"{_point(rounded, places).rstrip('0').rstrip('.') if places else f'{rounded:,}'}{letter}"
                )
            if power == 1:
                continue
    raise AssertionError


def _point(value: int, places: int) -> str:
    sign = "-" if value < 0 else ""
    text = f"{abs(value):0{places + 1}d}"
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else sign + text


def _halved_to_even(value: int, by: int) -> int:
    whole, rest = divmod(value, by)
    return whole + (2 * rest > by or (2 * rest == by and whole % 2 == 1))


def _not_an_amount(text: str) -> InvalidInput:
    return InvalidInput(
        f"{quoted(text)} is not an amount; type it like 12000, 12,000.50, 12k or €500.", "amount"
    )


def _unsigned(typed: str) -> tuple[str, bool]:
    """`typed` without its minus (or the parentheses that book-keepers put), and whether there was one."""
    if typed.startswith("(") and typed.endswith(")"):
        return typed[1:-1].strip(), True
    head = re.match(r"[^0-9]*", typed)
    signs = head[0] if head else ""
    if signs.count("-") == 1 and (signs.startswith("-") or signs.rstrip().endswith("-")):
        return typed.replace("-", "", 1).strip(), True
    if signs.startswith("+"):
        return typed[1:].strip(), False
    return typed, False


def _tail(tail: str) -> tuple[str, int]:
    """What follows the number, parted into a currency and the power of ten of `k`, `m`, `bn`."""
    tail = tail.strip()
    if _meant(tail):
        return tail, 0
    for letters in ("mio", "mln", "mn", "bn", "k", "m", "b"):
        rest = tail[len(letters) :].lstrip(". ")
        if tail.casefold().startswith(letters) and (not rest or _meant(rest)):
            return rest, _SCALES[letters]
    return tail, 0


def _meant(sign: str) -> tuple[str, ...]:
    return SIGNS.get(sign.casefold().rstrip(". "), ())


def _currency(head: str, tail: str, default: str, text: str) -> str:
    """The currency that the signs before and after the number name together."""
    named: list[str] = []
    for sign in filter(None, (head, tail)):
        meant = _meant(sign)
        if not meant:
            raise _not_an_amount(text)
        named.append(_chosen(meant, named[0] if named else default, sign))
    if len(named) == 2 and named[0] != named[1]:
        # "$500 CAD": the code says which dollar.
        if named[1] not in _meant(head):
            raise InvalidInput(
                f"{quoted(text)} names two currencies, {named[0]} and {named[1]}; keep one.", "amount"
            )
        return named[1]
    return named[0] if named else default


def _chosen(meant: tuple[str, ...], default: str, sign: str) -> str:
    if default in meant:
        return default
    if meant[0] == "?":
        raise InvalidInput(
            f"{quoted(sign)} could be {', '.join(meant[1:])}; write the code after the amount.", "amount"
        )
    return meant[0]


def _number(number: str, places: int, scale: int, text: str) -> tuple[str, str]:
    """The digits before and after the decimal mark (the rules are in this file's head)."""
    marks = re.findall(r"[^0-9]", number)
    if not marks:
        return number, ""
    last = marks[-1]
    single = marks.count(last) == 1 and last in ".,٫"
    if len(set(marks)) == 1 and single:
        before, _, after = number.partition(last)
        groups = len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0") and last != _DECIMAL
        if groups and scale:
            raise InvalidInput(
                f"{quoted(text)} could mean two amounts; write it without the {'point' if last == '.' else 'comma'}.",
                "amount",
            )
        if groups and not (last == "." and places >= 3):
            return before + after, ""
        return before or "0", after
    after = ""
    if single:
        number, _, after = number.rpartition(last)
        marks.pop()
    if len(set(marks)) != 1 or marks[0] == _DECIMAL or not _grouped(number.split(marks[0])):
        raise _not_an_amount(text)
    return number.replace(marks[0], ""), after


def _grouped(groups: list[str]) -> bool:
    """Whether digits stand in threes, or in twos with a three at the end, as in India."""
    lengths = [len(group) for group in groups]
    threes = 1 <= lengths[0] <= 3 and all(length == 3 for length in lengths[1:])
    return threes or (
        1 <= lengths[0] <= 2 and lengths[-1] == 3 and all(length == 2 for length in lengths[1:-1])
    )


def _scaled(whole: str, decimals: str, scale: int, code: str, text: str) -> Money:
    decimals = decimals.rstrip("0")
    power = scale + digits(code) - len(decimals)
    if power < 0:
        count = digits(code)
        has = f"has {count} decimals" if count else "has no decimals"
        raise InvalidInput(f"{quoted(text)} cannot be kept exactly: {code} {has}; type fewer.", "amount")
    return _money(int(whole + decimals), power, text, code)


def _money(number: int, power: int, text: str, code: str) -> Money:
    minor: int = number * 10**power
    if minor > MAX_MINOR:
        raise InvalidInput(
            f"{quoted(text)} is too much; at most {format_amount(MAX_MINOR, code)} is kept.", "amount"
        )
    return Money(minor, code)
