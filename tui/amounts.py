"""Money where it must fit, of which `tui.format` is full; by itself for the answers that say nothing else."""

from __future__ import annotations

from store import digits, format_amount, weighted_minor


def money(minor: int, currency: str, room: int | None = None) -> str:
    """`$12,000`; the compact form (`$12.4k`) where the full one does not fit into `room` characters."""
    full = format_amount(minor, currency)
    return full if room is None or len(full) <= room else format_amount(minor, currency, compact=True)


def expected(hundredths: int, currency: str, room: int | None = None) -> str:
    """Money that is reckoned with probabilities, from hundredths of a minor unit: `$4,800`.

    From a hundred on it is rounded to whole units, as it is not sure to the cent; below, to minor units.
    """
    unit = 10 ** digits(currency)
    if abs(hundredths) < 100 * 100 * unit:
        return money(weighted_minor(hundredths), currency, room)
    whole, rest = divmod(hundredths, 100 * unit)
    up = 2 * rest > 100 * unit or (2 * rest == 100 * unit and whole % 2 == 1)
    return money((whole + up) * unit, currency, room)
