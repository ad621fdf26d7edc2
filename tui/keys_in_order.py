"""Keys one after the other: each is dealt with when all that came before it is done.

Textual deals with keys as they come. Whoever types ahead would press a key for a sheet that is not open yet, or for a
deal that is not where it was moved to.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual._context import active_message_pump
from textual.app import App
from textual.geometry import Size
from textual.widget import Widget

if TYPE_CHECKING:
    from tui.gateway import Gateway

_A_WHILE: Final = 2.0
"""Seconds that a key waits for a screen at most: far more than any takes, and no key is lost for ever."""


class KeysInOrder(App[None]):
    """An app whose keys wait for what the keys before them asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.gateway: Gateway | None = None
        self.handed_on = False
        """Whether screens were handed something since the last key, which they may not have dealt with yet."""
        self.nothing_begun = asyncio.Event()
        """Unset while the first board is made, of which no gateway knows yet: a key is for what comes then."""
        self.nothing_begun.set()
        self._pressed: Widget | None = None
        """Where the last key went: what it asked for may still be on its way from there to the screen."""

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """What a sheet is answered is dealt with by the screen it was opened from, not among the app's own messages:
        a key that waits there for the answer would wait for ever."""
        opener = active_message_pump.set(self.screen) if self.screen_stack else None
        try:
            return super().push_screen(screen, *args, **kwargs)
        finally:
            if opener is not None:
                active_message_pump.reset(opener)

    async def on_event(self, event: events.Event) -> None:
        """Deal with each key before the next: a key is for what is seen when all that came before it is done, not for
        the board while a sheet is on its way, and not for where a deal was before it was moved.
        """
        if isinstance(event, events.Resize) and not self.is_headless:
            event = as_it_is_now(event)
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        await self._catch_up()
        focused = self._pressed = self.focused
        if focused is not None and focused.check_consume_key(event.key, event.character):
            # What is typed goes the way that Textual has for it, through the widget's own messages.
            await super().on_event(event)
            return
        if not await self._check_bindings(event.key, priority=True):
            await self._check_bindings(event.key)

    async def _catch_up(self) -> None:
        """Wait for what the keys so far have set going: letters, writes, answers, and sheets that open."""
        if self._pressed is not None:
            for node in self._pressed.ancestors_with_self:
                if isinstance(node, Widget):
                    await _reached(node)
            await _reached(self.screen)  # who opened a sheet has its answer now
            self._pressed = None
        await self.nothing_begun.wait()
        while True:
            if self.gateway is not None and (self.gateway.owing or self.handed_on):
                await self.gateway.drained()
                self.handed_on = False
                for screen in self.screen_stack[:]:  # each is told what changed, and may ask anew
                    await _reached(screen)
            if self.screen.focused is None:
                await _reached(self.screen)
            if self.gateway is None or not (self.gateway.owing or self.handed_on):
                return  # else a screen asked for more when it got its answer


def as_it_is_now(event: events.Resize) -> events.Resize:
    """The size that the terminal has by now. Where two changes come at once, the signal of the second may be handled in
    the midst of that of the first, and then the older size would come last and stay."""
    try:
        size = Size(*os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1))
    except (OSError, ValueError):
        return event
    return event if size == event.size or not size.area else events.Resize(size, size)


async def _reached(widget: Widget) -> None:
    """Wait until a widget has dealt with all that was sent to it so far; a screen is mounted then and has its focus."""
    reached = asyncio.Event()
    if not widget.call_later(reached.set):
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(
            _A_WHILE
        ):  # `wait_for` would make a task of it, for every key several times
            await reached.wait()
