"""What stands above and below the cards of a column: heading, rules, count and totals."""

from __future__ import annotations

from typing import Final, NamedTuple

from rich.segment import Segment

from store import Outcome, Stage, Totals, clean_line
from tui import format as fmt
from tui.widgets.cells import Word, cell_len, cells, cut, row, spaced
from tui.widgets.line_widget import Look

HEAVY: Final = "━"
LIGHT: Final = "─"
ABOVE: Final = "▴"
BELOW: Final = "▾"

_MORE: Final = "+"


class HeadState(NamedTuple):
    """How a column's heading stands out: the cursor is in it, the board has the focus, a card is dragged to it."""

    cursor: bool = False
    focus: bool = True
    drop: bool = False


def heading(stage: Stage, width: int, state: HeadState, look: Look) -> list[Segment]:
    """The stage's name in capitals, its probability (or what it means) at the right."""
    ground = "drop" if state.drop else ""
    right = f"{stage.probability} %" if stage.outcome is Outcome.OPEN else str(stage.outcome)
    if state.cursor or state.drop:
        ink = "place"
    else:
        ink = {Outcome.WON: "won", Outcome.LOST: "quiet"}.get(stage.outcome, "heading")
    name = cut(clean_line(stage.name).upper(), width - cell_len(right) - 1)
    return row(width, [(name, look(ink, ground))], [(right, look("dim", ground))], look("text", ground))


def head_rule(width: int, state: HeadState, above: int, look: Look) -> list[Segment]:
    """The rule below a heading, heavy where the cursor is, with the number of cards above the first one in view."""
    sign, ink = (
        (HEAVY, "accent" if state.focus or state.drop else "dim")
        if state.cursor or state.drop
        else (LIGHT, "line")
    )
    return _rule(width, sign, ink, f"{ABOVE} {above}" if above else "", look)


def foot_rule(width: int, below: int, look: Look) -> list[Segment]:
    """The rule above the totals, with the number of cards below the last one in view."""
    return _rule(width, LIGHT, "line", f"{BELOW} {below}" if below else "", look)


def _rule(width: int, sign: str, ink: str, more: str, look: Look) -> list[Segment]:
    words: list[Word] = [(sign * (width - cell_len(more) - (1 if more else 0)), look(ink, ""))]
    return row(width, words, [(more, look("dim", ""))] if more else [], look("text", ""))


class Foot(NamedTuple):
    """What a column's foot says. `of` is the number of all its deals while a filter is on."""

    stage: Stage
    totals: Totals
    of: int | None
    currency: str


def foot_lines(foot: Foot, width: int, look: Look) -> tuple[list[Segment], ...]:
    """Count and total; weighted total, or the period, and what the total leaves out; in two or three lines."""
    blank = look("text", "")
    lines = [row(width, *_counts(foot, width, look), blank)]
    right = _second(foot, width, look)
    unknown, sums = _left_out(foot, look)
    room = width - cells(right) - 1
    beside = spaced((unknown, sums), 2)
    if cells(beside) <= room:
        lines.append(row(width, beside, right, blank))
    else:
        lines.append(row(width, unknown if cells(unknown) <= room else _short(foot, look), right, blank))
        if sums:
            lines.append(row(width, [], _fitting(foot, width, look), blank))
    return tuple(lines)


def _counts(foot: Foot, width: int, look: Look) -> tuple[list[Word], list[Word]]:
    totals = foot.totals
    count = f"{totals.count:,}"
    if not totals.count:
        of = f" of {foot.of:,}" if foot.of else " deals"
        return [(count + of, look("dim", ""))], []
    noun = f" of {foot.of:,}" if foot.of is not None else " deal" if totals.count == 1 else " deals"
    total = fmt.money(totals.amount, foot.currency, width - cell_len(count) - 1)
    fits = cell_len(count + noun) + 1 + cell_len(total) <= width
    left: list[Word] = [(count + " ", look("name", ""))]
    if fits:
        left.append((noun[1:], look("dim", "")))
    return left, [(total, look("total" if totals.amount else "dim", ""))]


def _second(foot: Foot, width: int, look: Look) -> list[Word]:
    """The weighted total; of won and lost deals, since when they are counted."""
    if foot.stage.outcome is not Outcome.OPEN:
        return [("this month", look("dim", ""))]
    if not foot.totals.count:
        return []
    return [(fmt.weighted(foot.totals.weighted, foot.currency, width), look("dim", ""))]


def _left_out(foot: Foot, look: Look) -> tuple[list[Word], list[Word]]:
    unknown = foot.totals.unknown
    sums = fmt.foreign(foot.totals)
    return (
        [(f"{unknown:,} unknown", look("missing", ""))] if unknown else [],
        [(f"{_MORE} " + " ".join(sums), look("money", ""))] if sums else [],
    )


def _short(foot: Foot, look: Look) -> list[Word]:
    return [(f"{foot.totals.unknown:,} ?", look("missing", ""))] if foot.totals.unknown else []


def _fitting(foot: Foot, width: int, look: Look) -> list[Word]:
    """As many of the foreign sums as fit whole, and how many more there are."""
    sums = fmt.foreign(foot.totals)
    for shown in range(len(sums), 0, -1):
        more = f" {_MORE}{len(sums) - shown}" if shown < len(sums) else ""
        text = f"{_MORE} " + " ".join(sums[:shown]) + more
        if cell_len(text) <= width:
            return [(text, look("money", ""))]
    return [(f"{_MORE} {fmt.counted(len(sums), 'currency', 'currencies')}", look("dim", ""))] if sums else []
