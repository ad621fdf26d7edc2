"""Leaving a screen by itself, because what it shows is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

    _Screen = Screen[Any]
else:
    _Screen = object


class GoesBack(_Screen):
    """For a screen that may have to be left while something else is on top of it."""

    _left_with: tuple[object, ...] = ()

    def go_back(self, *result: object) -> None:
        """Leave with this result now; with something on top, when that is done."""
        if self.is_active:
            self.dismiss(*result)
        else:
            self._left_with = result or (None,)

    def on_screen_resume(self) -> None:
        """What was on top is done."""
        if self._left_with:
            self.dismiss(*self._left_with)
