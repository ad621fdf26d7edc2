"""Money: amounts as people type them, as they are kept (whole minor units), and as they are shown.

Only integers are reckoned with, never floating point. How a typed number is read:

- `12000`, `12,000`, `12 000`, `12'000`, `12.000` and `12,34,567` are whole;
- with two kinds of marks, as in `€12.000,50` or `$1,234.56`, the last one begins the decimals;
- a single point or comma with three digits after it and one to three before it groups thousands (`12.000` is
  twelve thousand), unless the number begins with 0 (`0.125`); any other begins the decimals (`12.5`, `12,50`).
  In currencies with three or four decimals (KWD, …) a single point always begins them;
- `k`, `m` and `bn` multiply (`12k`, `1,5k`, `1.2m`); there a mark that could be either (`1.250m`) is refused.

Nothing is guessed and nothing is rounded: what cannot be kept exactly is refused with a sentence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from store.currencies import CODES, DIGITS, SIGNS, SYMBOLS
from store.errors import InvalidInput
from store.text import ascii_digits, clean_line, quoted

MAX_MINOR: Final = 10**15
"""The largest amount that is kept, in minor units: the weighted sum of ninety of them still fits 64 bits."""

_MAX_TYPED: Final = 60
_SCALES: Final = {"mio": 6, "mln": 6, "mn": 6, "bn": 9, "k": 3, "m": 6, "b": 9}
"""Letters after a number → the power of ten they multiply by; longer ones first."""

_ALIKE: Final = str.maketrans("’‘ʼ`´٬，．−＄￡￥￦", "'''''',.-$£¥₩")
_ONLY_DECIMAL: Final = "٫"
_NO_CENTS: Final = r"(?<=[0-9])[.,](?:--?|[–—])(?=[^0-9]*$)"


class Money(NamedTuple):
    """An amount: minor units (cents) of an ISO 4217 currency."""

    minor: int
    currency: str


@cache
def _parts() -> re.Pattern[str]:
    """A number with what stands before and after it. Compiled when first asked: that takes longer than most reads."""
    return re.compile(
        r"(?P<before>[^0-9]*?)(?P<number>(?:(?<![^\W\d_])[.,٫])?[0-9](?:[0-9.,٫' ]*[0-9])?)(?P<after>[^0-9]*)",
    )


def digits(currency: str) -> int:
    """How many decimals `currency` has (ISO 4217): JPY 0, KWD 3, most 2."""
    return DIGITS.get(currency, 2)


def symbol(currency: str) -> str:
    """What stands before an amount: `$`, `€`, or the code and a space where there is no short sign of its own."""
    return SYMBOLS.get(currency) or f"{currency} "


def currency_code(text: str) -> str:
    """The ISO 4217 code that `text` is, in capitals; a sign that means one currency (`€`) will do as well.

    Raises `InvalidInput` with a sentence.
    """
    typed = clean_line(text)
    if (code := typed.upper()) in CODES:
        return code
    meant = _meant(typed.translate(_ALIKE))
    if len(meant) == 1:
        return meant[0]
    raise InvalidInput(
        f"{quoted(text)} is not a currency; type its code of three letters, such as EUR.", "currency"
    )


def parse_amount(text: str, currency: str, *, negative: bool = False) -> Money:
    """The amount that `text` says, of `currency` unless `text` names another one by sign or code.

    `$` means the currency at hand if that is a dollar or peso itself, else the US dollar; `¥`, `£` and `kr`
    likewise. With `negative`, `-500` and `(500)` are taken. Raises `InvalidInput` with a sentence that names the
    text.
    """
    if text.isdecimal() and text.isascii() and len(text) <= _MAX_TYPED:
        return _money(int(text), digits(currency), currency, text)
    typed = ascii_digits(clean_line(text)).translate(_ALIKE)
    if not typed:
        raise _wrong("The amount is empty; type it like 12000, 12,000.50 or 12k.")
    typed, below_zero = _unsigned(typed)
    parts = _parts().fullmatch(re.sub(_NO_CENTS, "", typed)) if len(typed) <= _MAX_TYPED else None
    if parts is None:
        raise _not_an_amount(text)
    if below_zero and not negative:
        raise _wrong(f"{quoted(text)} is negative; an amount is 0 or more, such as 12000 or 12k.")
    sign_after, scale = _after(parts["after"].strip())
    code = _currency(parts["before"].strip(), sign_after, currency, text)
    whole, decimals = _number(parts["number"], digits(code), scale, text)
    decimals = decimals.rstrip("0")
    power = scale + digits(code) - len(decimals)
    if power < 0:
        has = f"{digits(code)} decimals" if digits(code) else "no decimals"
        raise _wrong(f"{quoted(text)} cannot be kept exactly, as {code} has {has}; type fewer.")
    found = _money(int(whole + decimals), power, code, text)
    return Money(-found.minor, code) if below_zero else found


def whole_digits(number: str) -> str | None:
    """The digits of a whole number without the marks between its groups, which are threes, or twos with a three at the
    end, as in India; `None` where they are others, or parted by more than one kind of mark."""
    if number.isdecimal():
        return number
    mark = next((sign for sign in number if not sign.isdecimal()), "")
    if not mark or mark == _ONLY_DECIMAL:
        return None
    first, *rest = number.split(mark)
    lengths = [len(group) for group in rest]
    threes = 1 <= len(first) <= 3 and all(length == 3 for length in lengths)
    indian = 1 <= len(first) <= 2 and lengths[-1] == 3 and all(length == 2 for length in lengths[:-1])
    digits_only = "".join((first, *rest))
    return digits_only if digits_only.isdecimal() and (threes or indian) else None


def decimal_text(minor: int, currency: str) -> str:
    """The amount with a point and all decimals of its currency, without sign or grouping: `20000.00`."""
    return _point(minor, digits(currency))


def plain_amount(minor: int, currency: str) -> str:
    """The amount as an edit field begins with it: `12000`, or `12000.50` where there are decimals."""
    whole, _, decimals = decimal_text(minor, currency).partition(".")
    return f"{whole}.{decimals}" if decimals.strip("0") else whole


def weighted_text(weighted: int, currency: str) -> str:
    """Hundredths of a minor unit as an exact decimal, with at least the currency's decimals: `16.665`, `4800.00`."""
    text = _point(weighted, digits(currency) + 2)
    return (text[:-2] + text[-2:].rstrip("0")).removesuffix(".")


def weighted_minor(weighted: int) -> int:
    """Hundredths of a minor unit as minor units, rounded half to even."""
    return _rounded(weighted, 100)


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
    rounded = 0
    for power, letters in ((1, ""), (10**3, "k"), (10**6, "m"), (10**9, "bn")):
        for places in (2, 1, 0) if letters else (0,):
            rounded = _rounded(minor * 10**places, unit * power)
            if rounded < 1000:
                text = _point(rounded, places)
                return (text.rstrip("0").rstrip(".") if places else text) + letters
    return f"{rounded:,}bn"


def _point(value: int, places: int) -> str:
    """`value` with a point before its last `places` digits."""
    sign = "-" if value < 0 else ""
    text = str(abs(value)).rjust(places + 1, "0")
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else sign + text


def _rounded(value: int, by: int) -> int:
    """`value` divided by `by`, rounded half to even."""
    whole, rest = divmod(value, by)
    return whole + (2 * rest > by or (2 * rest == by and whole % 2 == 1))


def _wrong(sentence: str) -> InvalidInput:
    return InvalidInput(sentence, "amount")


def _not_an_amount(text: str) -> InvalidInput:
    return _wrong(f"{quoted(text)} is not an amount; type it like 12000, 12,000.50, 12k or €500.")


def _unsigned(typed: str) -> tuple[str, bool]:
    """`typed` without its minus (or the parentheses that book-keepers write), and whether there was one."""
    if typed.startswith("(") and typed.endswith(")"):
        return typed[1:-1].strip(), True
    found = re.match(r"[^0-9.,٫]*", typed)
    before = found[0].strip() if found else ""
    if before.startswith("-") or before.endswith("-"):
        return typed.replace("-", "", 1).strip(), True
    return (typed[1:].strip() if before.startswith("+") else typed), False


def _after(after: str) -> tuple[str, int]:
    """What follows the number, parted into a currency and the power of ten that `k`, `m` or `bn` stand for."""
    if not _meant(after):
        for letters, power in _SCALES.items():
            rest = after[len(letters) :].lstrip(". ")
            if after.casefold().startswith(letters) and (not rest or _meant(rest)):
                return rest, power
    return after, 0


def _meant(sign: str) -> tuple[str, ...]:
    """The currencies that a sign, code or word can mean."""
    return SIGNS.get(sign.casefold().replace(" ", "").rstrip("."), ())


def _currency(before: str, after: str, default: str, text: str) -> str:
    """The currency that the signs before and after the number name together, else `default`."""
    candidates = [_meant(sign) for sign in (before, after) if sign]
    if not all(candidates):
        raise _not_an_amount(text)
    if len(candidates) == 2:
        # "$500 CAD": the code says which dollar.
        both = tuple(code for code in candidates[0] if code in candidates[1])
        if not both:
            raise _wrong(f"{quoted(text)} names two currencies; keep one of them.")
        candidates = [both]
    if not candidates or default in candidates[0]:
        return default
    first, *others = candidates[0]
    if first == "?":
        raise _wrong(
            f"{quoted(text)} could be {', '.join(others[:-1])} or {others[-1]}; write the code instead."
        )
    return first


def _number(number: str, places: int, scale: int, text: str) -> tuple[str, str]:
    """The digits before and after the decimal mark, by the rules in this file's head."""
    marks = re.findall(r"[^0-9]", number)
    if not marks:
        return number, ""
    last = marks[-1]
    if last not in ".,٫" or marks.count(last) > 1:
        return _ungrouped(number, text), ""
    whole, _, decimals = number.rpartition(last)
    if len(marks) > 1:
        return _ungrouped(whole, text), decimals
    if len(decimals) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0") or last == _ONLY_DECIMAL:
        return whole or "0", decimals
    if scale:
        either = f"{whole}.{decimals}".rstrip("0").rstrip(".")
        raise _wrong(f"{quoted(text)} is ambiguous; write {either} or {whole}{decimals} before the letter.")
    if last == "." and places >= 3:
        return whole, decimals
    return whole + decimals, ""


def _ungrouped(number: str, text: str) -> str:
    found = whole_digits(number)
    if found is None:
        raise _not_an_amount(text)
    return found


def _money(number: int, power: int, code: str, text: str) -> Money:
    minor: int = number * 10**power
    if minor > MAX_MINOR:
        raise _wrong(f"{quoted(text)} is too much; at most {format_amount(MAX_MINOR, code)} is kept.")
    return Money(minor, code)
