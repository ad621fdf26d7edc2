"""Widgets whose size is all there is to them: nothing in them scrolls.

Textual lays out the whole page a second time when a widget's scrollable size changed, as scroll bars may come or go,
and with that paints everything again. Where nothing scrolls that is for nothing: a resize then costs two pages
instead of one.
"""

from __future__ import annotations

from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget


class Still(Widget):
    """A widget, or a screen, that never scrolls."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)


class StillRow(Horizontal):
    """Widgets side by side, which never scrolls; between them there is nothing to see."""

    BLANK = True

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)
