"""What inks and grounds are made of: tokens of the theme (`tui.theme`), mixed when something is drawn.

As component classes of Textual's they would be nodes that the stylesheet is applied to, some sixteen for every widget
that draws, each time a widget is mounted or the screen changes its class: more than all real widgets together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from rich.style import Style
from textual.color import Color
from textual.style import Style as VisualStyle


class Tone(NamedTuple):
    """A colour and a text style. The colour is a token; the style is one (`dim-style`), or what it says itself."""

    color: str
    style: str = "none"


INKS: Final = {
    "text": Tone("foreground"),
    "name": Tone("foreground", "bold"),
    "dim": Tone("dim", "dim-style"),
    "faint": Tone("faint", "dim-style"),
    "line": Tone("line", "dim-style"),
    "heading": Tone("heading", "bold"),
    "quiet": Tone("dim", "bold"),
    "accent": Tone("accent"),
    "place": Tone("accent", "bold"),
    "money": Tone("money"),
    "total": Tone("money", "bold"),
    "won": Tone("won", "bold"),
    "missing": Tone("missing"),
    "nudge": Tone("missing", "bold"),
    "stuck": Tone("stuck"),
    "alarm": Tone("stuck", "bold"),
}
"""What a word means, by the name that drawing code has for it."""

GROUNDS: Final = {
    "card": Tone("card"),
    "cursor": Tone("cursor", "cursor-style"),
    "drop": Tone("cursor", "cursor-style"),
}
"""What it stands on, other than the widget's own ground."""


def mixed(ink: str, ground: str, own: VisualStyle, tokens: Mapping[str, str]) -> Style:
    """The style of `ink` on `ground` (`""`: the widget's own) in a widget that looks like `own`.

    On a reversed ground inks have no colour: blocks of several colours would not be readable.
    """
    color, manner = _of(INKS[ink], tokens)
    background = own.background
    if ground:
        background, lie = _of(GROUNDS[ground], tokens)
        if lie.reverse:
            return VisualStyle(background, own.foreground, bold=manner.bold, reverse=True).rich_style
    return VisualStyle(background, color, bold=manner.bold, dim=manner.dim).rich_style


def _of(tone: Tone, tokens: Mapping[str, str]) -> tuple[Color, Style]:
    return Color.parse(tokens[tone.color]), Style.parse(tokens.get(tone.style, tone.style))
