"""Draws the pictures of the documents from the real app: `make pictures`. They show the demo on a fixed day."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from store import make_demo, open_store
from tui.app import DealdeckApp
from tui.clock import Clock
from tui.settings import Settings

DAY = date(2026, 11, 20)
SIZE = (150, 34)


class ThatDay(Clock):
    """A clock on which it really is that day, so that the header does not warn of another one."""

    another_day = False


async def draw(target: Path, *keys: str) -> None:
    """Start the app on the demo, press `keys`, and save what is seen."""
    with TemporaryDirectory() as folder, open_store(Path(folder) / "demo.db", create=True) as store:
        make_demo(store, DAY)
        board = store.read.board(None, DAY)
        app = DealdeckApp(store, ThatDay(DAY), Settings(theme="dark"), board, "USD")
        async with app.run_test(size=SIZE) as pilot:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            picture = app.export_screenshot(title="deals")
    # A picture in a repository fetches nothing: whatever monospaced font is there will do.
    target.write_text(re.sub(r"@font-face\s*{[^}]*}", "", picture), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(draw(Path(__file__).with_name("board.svg"), "right", "down"))
