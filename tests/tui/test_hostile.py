"""Names that are terminal commands, markup and links for whoever takes them for more than text, on every screen."""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path

import pytest

from tests.deck import PLAIN, Deck
from tests.nasty import NASTY, POISON, READABLE, trespasses, trespasses_in
from tests.poisoned import poisoned_file
from tests.terminal import Terminal, terminal
from tests.tui.face import opened
from tests.tui.looking import text_of
from tests.tui.showcase import ACME
from tui.widgets.deal_head import DealHead

COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]{40,})\x07")
"""What `y` sends: the clipboard's new text, which the founder asked for."""

PALETTE, GOAL = "\x10", "\x07"


def told(shown: Terminal) -> set[str]:
    """What of all that was written to the terminal is more than text, and of what was put into its clipboard."""
    found = {wrong for text in COPIED.findall(shown.output) for wrong in trespasses(base64.b64decode(text))}
    return found | trespasses(COPIED.sub(b"", shown.output))


def look_at(shown: Terminal, key: str, seen: str) -> None:
    """Open something, and leave it when it is seen."""
    shown.send(key)
    shown.wait_for(seen)
    shown.press("escape")
    shown.wait_gone(seen)


def test_nothing_of_a_name_but_its_text_reaches_the_terminal_from_any_screen(tmp_path: Path) -> None:
    file = poisoned_file(tmp_path / "deals.db")
    editor = tmp_path / "editor.py"
    editor.write_text(
        f"import sys\nopen(sys.argv[1], 'a', encoding='utf-8').write({POISON!r})\n", encoding="utf-8"
    )
    argv: list[str | Path] = [sys.executable, "-m", "tui", "--db", file, "--today", "2026-11-20"]
    env = {"EDITOR": f"{sys.executable} {editor}"}
    with terminal(argv, home=tmp_path / "home", size=(100, 30), env=env) as shown:
        shown.wait_for(READABLE)
        shown.send("w")
        shown.wait_for("Not ticked yet in Acme")
        shown.send("\r")
        shown.wait_for("u undoes it")
        shown.send("u")
        shown.wait_for("undone: win")
        shown.send("y")
        shown.wait_for("copied")
        for key, seen in [
            ("e", "Edit Acme"), ("m", "Move Acme"), ("p", "Which pipeline"), ("?", "LOOK AROUND"), ("f", "Which view"),
            ("t", "Next step for Acme"), ("n", "Note on Acme"), ("x", "Why was Acme"), ("c", "Log a touch on Acme"),
            ("d", "Expected close date of"), ("z", "Snooze Acme"), ("T", "OVERDUE 1"), ("r", "Morning review"),
            (PALETTE, "Search for"), (GOAL, "Goal for"), ("P", "People   2"), ("C", "Companies   1"), ("I", "mport"),
        ]:  # fmt: skip
            look_at(shown, key, seen)
        for key, seen in (("P", "People   2"), ("C", "Companies   1")):
            shown.send(key)
            shown.wait_for(seen)
            shown.send("\r")
            shown.wait_for("NOTES")
            look_at(shown, "e", "ctrl+r as saved")
            shown.press("escape")
            shown.wait_for(seen)
            shown.press("escape")
            shown.wait_gone(seen)
        shown.send("\r")
        shown.wait_for("as its stage")
        shown.send("E")
        shown.wait_for("edited notes of Acme")
        shown.send("q")
        shown.wait_gone("as its stage")
        shown.send("D")
        shown.wait_for("deleted Acme")
        shown.send("q")
        assert shown.wait_exit() == 0
        assert told(shown) == set()


PASTED = f"\x1b[200~{POISON.replace(chr(27), '')} fri\x1b[201~"
"""As terminals send it: of all controls they take at least the escape out of what is pasted."""


def test_what_is_pasted_into_any_field_is_shown_and_kept_as_text(tmp_path: Path) -> None:
    file = tmp_path / "deals.db"
    with Deck(file, PLAIN) as deck:
        deck.deal("Globex website", "product", 5_000, company="Globex")
    argv: list[str | Path] = [sys.executable, "-m", "tui", "--db", file, "--today", "2026-11-20"]
    with terminal(argv, home=tmp_path / "home", size=(100, 30)) as shown:
        shown.wait_for("Globex website")
        for key, field, then, after in [
            ("a", "Add a deal", "\r", "added"), ("t", "Next step for", "\r", "next step for"),
            ("c", "Log a touch", "\r", "✓ "),
            ("n", "Note on", "\r", "✓ note on"), ("z", "Snooze", "\x1b", ""), ("d", "Expected close", "\x1b", ""),
            (GOAL, "Goal for", "\x1b", ""), ("x", "Why was", "\x1b", ""), ("m", "Move ", "\x1b", ""),
            (PALETTE, "🔎", "\x1b", ""), ("/", "/", "\x1b", ""),
        ]:  # fmt: skip
            shown.send(key)
            shown.wait_for(field)
            shown.send(PASTED)
            shown.wait_for("Acme [/")
            shown.send(then)
            if after:
                shown.wait_for(after)
            elif field != "/":
                shown.wait_gone(field)
            shown.wait_quiet(0.2)
        shown.send("e")
        shown.wait_for("Edit ")
        for _ in range(10):
            shown.send(f"{PASTED}\t")
        shown.wait_quiet(0.2)
        shown.press("escape")
        shown.wait_gone("Edit ")
        shown.send("q")
        assert shown.wait_exit() == 0
        assert told(shown) == set()
    assert trespasses_in(file) == {}


async def test_markup_in_a_name_is_text_and_nothing_can_be_clicked(deck: Deck) -> None:
    deck.deal(ACME, "product", 5_000, on="2026-10-01")
    async with opened(deck) as face:
        await face.press("enter")
        assert READABLE in text_of(face.screen.query_one(DealHead))[0]
        for x in range(3, 60, 3):
            await face.pilot.click(DealHead, offset=(x, 0))
            await face.pilot.click("#rows", offset=(x, 12))  # the name among the fields
        assert face.app.is_running
        await face.press("escape", "d")
        assert READABLE in str(face.screen.query_one(".title").render())


@pytest.mark.parametrize("key", ["c", "a"])
async def test_a_megabyte_in_a_line_is_echoed_in_few_words(plain_deck: Deck, key: str) -> None:
    plain_deck.deal("Globex website")
    async with opened(plain_deck) as face:
        await face.press(key)
        await face.type(NASTY["long and wide"])
        echoes = [str(echo.render()) for echo in face.screen.query(".echo")]
        assert any("株" in echo or "too long" in echo or "characters" in echo for echo in echoes)
        assert max(map(len, echoes)) < 700
        await face.press("enter")
        assert face.app.is_running
