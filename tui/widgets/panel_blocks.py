"""The blocks of the stuck panel: which entry is on which line, by arithmetic, and how each line looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from textual.strip import Strip

from store import Deal, Rates, StuckList, Totals, at_stake, clean_line
from tui import format as fmt
from tui.widgets.board_layout import outer_margin
from tui.widgets.cells import Word, cell_len, cells, cut, row
from tui.widgets.column_frame import BELOW
from tui.widgets.line_widget import Look

NOTHING_STUCK: Final = "nothing is stuck"

_MARGIN: Final = 2
_WHOLE_PAGE: Final = 60
"""From this width on the panel is not beside a board but in its place."""

_INDENT: Final = 2
_HEAD_LINES: Final = 2
"""A block's heading and the blank line below it."""

Kind = Literal["stuck", "no next step", "today"]


class Block(NamedTuple):
    """Entries of one kind, each `pitch` lines high; `y` is the heading's line, `first` the first entry's number."""

    kind: Kind
    deals: Sequence[Deal]
    pitch: int
    y: int
    first: int
    at_stake: Totals | None = None

    @property
    def end(self) -> int:
        """The first line below the block."""
        return self.y + _HEAD_LINES + self.pitch * len(self.deals)


class Entry(NamedTuple):
    """One entry: a deal, and the block it is in."""

    kind: Kind
    deal: Deal


class Spot(NamedTuple):
    """What is on a line: the block, and the entry with its number, its first line and how many lines it has."""

    block: Block
    line: int
    entry: Entry | None = None
    number: int = -1
    y: int = 0
    height: int = 0

    @property
    def heads(self) -> bool:
        """Whether it is the first entry of its block."""
        return self.number == self.block.first


def blocks_of(stuck: StuckList, due: Sequence[Deal]) -> tuple[Block, ...]:
    """The blocks that have any entry, one below the other."""
    kinds: tuple[tuple[Kind, Sequence[Deal], int], ...] = (
        ("stuck", stuck.stuck, 3),
        ("no next step", stuck.no_next_step, 1),
        ("today", due, 3),
    )
    blocks: list[Block] = []
    y = first = 0
    for kind, deals, pitch in kinds:
        if deals:
            blocks.append(
                block := Block(kind, deals, pitch, y, first, stuck.at_stake if kind == "stuck" else None)
            )
            y, first = block.end + (1 if pitch == 3 else 2), first + len(deals)
    return tuple(blocks)


def spot_at(blocks: Sequence[Block], y: int) -> Spot | None:
    """What is on that line of the list."""
    for block in blocks:
        if block.y <= y < block.end:
            at, line = divmod(y - block.y - _HEAD_LINES, block.pitch)
            if at < 0:
                return Spot(block, y - block.y)
            return _spot(block, at)._replace(line=line)
    return None


def entries_ended(blocks: Sequence[Block], y: int) -> int:
    """How many entries are whole above that line."""
    return sum(
        max(0, min(len(block.deals), (y - block.y - _HEAD_LINES - _height(block)) // block.pitch + 1))
        for block in blocks
    )


def spot_of(blocks: Sequence[Block], index: int) -> Spot | None:
    """Where the entry of that number is."""
    for block in blocks:
        if block.first <= index < block.first + len(block.deals):
            return _spot(block, index - block.first)
    return None


def _spot(block: Block, at: int) -> Spot:
    entry = Entry(block.kind, block.deals[at])
    return Spot(block, 0, entry, block.first + at, block.y + _HEAD_LINES + at * block.pitch, _height(block))


def _height(block: Block) -> int:
    """How many lines of each entry are not blank."""
    return min(2, block.pitch)


class PanelPen:
    """Draws the lines of the panel."""

    def __init__(self, width: int, currency: str, rates: Rates, look: Look) -> None:
        self.width, self.look, self.currency, self.rates = width, look, currency, rates
        self.margin = _MARGIN if width < _WHOLE_PAGE else outer_margin(width)
        self.room = width - 2 * self.margin

    def blank(self) -> Strip:
        """An empty line."""
        return self._strip([], [])

    def nothing(self) -> Strip:
        """What a good day looks like."""
        return self._strip([("✓ ", self.look("won", "")), (NOTHING_STUCK, self.look("dim", ""))], [])

    def foot(self, key: str, below: int) -> Strip:
        """How to go through the list, and how many entries are out of view below."""
        dim = self.look("dim", "")
        left = [(key + " ", self.look("place", "")), ("review the stuck ones", dim)] if key else []
        return self._strip(left, [(f"{BELOW} {below:,}", dim)] if below else [])

    def line(self, spot: Spot, cursor: bool) -> Strip:
        """One line of a block."""
        if spot.entry is None:
            return self._heading(spot.block) if spot.line == 0 else self.blank()
        if spot.line >= spot.height:
            return self.blank()
        ground = "cursor" if cursor else ""
        if spot.entry.kind == "today":
            return self._due(spot.entry.deal, spot.line, ground)
        if spot.line == 0:
            return self._name(spot.entry, ground)
        return self._indented(fmt.headline(spot.entry.deal), "dim", ground)

    def _heading(self, block: Block) -> Strip:
        ink = {"stuck": "alarm", "no next step": "nudge", "today": "place"}[block.kind]
        left = [
            (f"{block.kind.upper()} ", self.look(ink, "")),
            (f"{len(block.deals):,}", self.look("name", "")),
        ]
        right: list[Word] = []
        if block.at_stake is not None:
            room = self.room - cells(left) - 1
            stake = block.at_stake.weighted
            money = fmt.expected(stake, self.currency)
            words = (
                f"{money} at stake" if len(money) + 9 <= room else fmt.expected(stake, self.currency, room)
            )
            right = [(words, self.look("dim", ""))]
        return self._strip(left, right)

    def _name(self, entry: Entry, ground: str) -> Strip:
        deal = entry.deal
        money = self._stake(deal)
        room = self.room - _INDENT - (cell_len(money[0]) + 1 if money[0] else 0)
        sign = (
            ("! ", self.look("alarm", ground)) if entry.kind == "stuck" else ("  ", self.look("text", ground))
        )
        ink = "name" if entry.kind == "stuck" else "text"
        return self._strip(
            [sign, (cut(clean_line(deal.name), room), self.look(ink, ground))],
            [(money[0], self.look(money[1], ground))],
            ground,
        )

    def _stake(self, deal: Deal) -> tuple[str, str]:
        """What is at stake, in the pipeline's currency; of a deal that has no rate, the amount itself."""
        if deal.amount is None:
            return (fmt.NO_AMOUNT, "dim")
        stake = at_stake(deal, self.currency, self.rates)
        room = self.room // 2
        if stake is None:
            return (fmt.money(deal.amount, deal.currency, room), "dim")
        return (fmt.expected(stake, self.currency, room), "money")

    def _due(self, deal: Deal, line: int, ground: str) -> Strip:
        title = deal.next_step.title if deal.next_step else ""
        return (
            self._indented(title, "text", ground) if line == 0 else self._indented(deal.name, "dim", ground)
        )

    def _indented(self, text: str, ink: str, ground: str) -> Strip:
        word = (cut(clean_line(text), self.room - _INDENT), self.look(ink, ground))
        return self._strip([word], [], ground, _INDENT)

    def _strip(self, left: list[Word], right: list[Word], ground: str = "", indent: int = 0) -> Strip:
        blank = self.look("text", ground)
        edge = (" " * (self.margin + indent), blank)
        ends = [*right, (" " * self.margin, blank)] if right else []
        return Strip(row(self.width, [edge, *left], ends, blank), self.width)
