"""The head of a deal's page: what it is, what it is worth, where it stands, and why it is stuck."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from store import Deal, format_amount
from tui import format as fmt
from tui.widgets.board_layout import outer_margin
from tui.widgets.row_line import Line, Piece
from tui.widgets.row_list import Row, RowList
from tui.widgets.wrapping import wrapped

_SIGN: Final = "! "


class DealHead(RowList, can_focus=False):
    """The lines above the lists; as high as they need."""

    DEFAULT_CSS = """
    DealHead { height: auto; }
    """

    def head(self, deal: Deal) -> None:
        """Show the head of that deal."""
        width = self.app.size.width
        rows = [*_rows(deal, width - 2 * outer_margin(width))]
        self.styles.height = len(rows)
        self.show(rows)


def _rows(deal: Deal, room: int) -> Iterator[Row]:
    name = (
        Piece(deal.name, "name", cut=True),
        Piece(f"  {deal.company}" if deal.company else "", "dim", cut=True),
    )
    stay = Piece(f"{deal.stage} {fmt.stay(deal)}", "dim", cut=True)
    if deal.amount is None or deal.weighted is None:
        yield Row(None, Line(name, (Piece("amount unknown", "missing"),)))
        yield Row(None, Line((stay,), (Piece(f"{deal.probability} %", "dim"),)))
    else:
        yield Row(None, Line(name, (Piece(format_amount(deal.amount, deal.currency), "total"),)))
        expected = fmt.weighted(deal.weighted, deal.currency)
        chance = Piece(f"{deal.probability} %   ", "dim")
        yield Row(None, Line((stay,), (chance, Piece(expected, "dim"))))
    why = " · ".join(fmt.reason(reason) for reason in deal.stuck)
    for place, line in enumerate(wrapped(why, room - len(_SIGN))):
        sign = Piece(_SIGN if not place else "  ", "alarm")
        yield Row(None, Line((sign, Piece(line, "stuck"))))
    yield Row(None, Line(fill="─"))
