"""Names that are terminal commands, markup and links for whoever takes them for more than text."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from store import DealPatch, PersonDraft
from tests.deck import Deck, at
from tests.terminal import terminal
from tests.tui.face import opened
from tests.tui.looking import text_of
from tests.tui.showcase import ACME
from tui.widgets.deal_head import DealHead

READABLE = "Acme [/]"
"""How the name begins wherever it is shown."""

FORBIDDEN = (b"\x1b]52", b"\x1b]8", b"==\x07", b"\x9b", "\x9b".encode(), b"\x1b[31m")
"""What of the name must never reach a terminal: the clipboard, a link, their end, C1 in both forms, a colour."""

POISON = ACME + "\x9b31m\x1b[31mred\u202egnp"


@pytest.fixture
def poisoned(deck: Deck) -> Path:
    """A file with that name in every text, written past the store's own door."""
    one = deck.deal(
        "one", "product", 5_000, on="2026-10-01", company="co", tags=("t",), properties={"p": "v"}
    )
    deck.task(one, "step", "2026-11-18")
    deck.touch(one, "touch")
    deck.store.deals.edit(one, DealPatch(name="uno"), at())
    deck.store.people.add([one], PersonDraft("Ann", "ann@co.example", "1", "note", "co"), None, None, at())
    deck.deal("two", "radar", 1_000, on="2026-11-01")
    deck.move(deck.deal("three", "radar", 1_000, on="2026-11-01"), "lost", lost_reason="other")
    deck.store.close()
    texts = [
        ("pipelines", "name"), ("stages", "name"), ("stages", "criterion"), ("checklist_items", "title"),
        ("lost_reasons", "name"), ("companies", "name"), ("deals", "name"), ("deals", "notes"),
            ("deals", "source"),
        ("deals", "lost_reason"), ("visits", "evidence"), ("touches", "text"), ("tasks", "title"), ("tags", "name"),
        ("properties", "name"), ("properties", "value"), ("people", "name"), ("people", "email"), ("people", "phone"),
        ("people", "notes"), ("companies", "notes"),
    ]  # fmt: skip
    with sqlite3.connect(deck.path) as raw:
        for table, column in texts:
            raw.execute(f"UPDATE {table} SET {column} = ?", (POISON,))
    raw.close()
    deck.reopen()
    return deck.path


def test_no_control_byte_of_a_name_reaches_the_terminal_from_any_screen(
    poisoned: Path, tmp_path: Path
) -> None:
    argv = [sys.executable, "-m", "tui", "--db", str(poisoned), "--today", "2026-11-20"]
    with terminal(argv, home=tmp_path / "home", size=(160, 48)) as shown:
        shown.wait_for(READABLE)
        shown.send("w")
        shown.wait_for("Not ticked yet in Acme")
        shown.send("\r")
        shown.wait_for("u undoes it")
        shown.send("u")
        shown.wait_for("undone: win")
        for key, seen in [
            ("e", "Edit Acme"), ("m", "Move Acme"), ("p", "Which pipeline"), ("?", "LOOK AROUND"),
            ("t", "Next step for"), ("n", "Note on Acme"), ("x", "Why was Acme"), ("\r", "TIMELINE"),
            ("P", "e-mail"), ("C", "people"),
        ]:  # fmt: skip
            shown.send(key)
            shown.wait_for(seen)
            shown.press("escape")
            shown.wait_gone(seen)
        shown.send("\r")
        shown.wait_for("TIMELINE")
        shown.send("G" + "k" * 5 + "\r")
        shown.wait_for("leave it as it is")
        shown.press("escape")
        shown.wait_gone("leave it as it is")
        shown.press("escape")
        shown.wait_gone("TIMELINE")
        shown.send("D")
        shown.wait_for("deleted Acme")
        shown.send("q")
        assert shown.wait_exit() == 0
        for bytes_ in FORBIDDEN:
            assert bytes_ not in shown.output


@pytest.mark.parametrize(
    "command",
    [
        "board",
        "list --all",
        "show 1",
        "stuck",
        "people",
        "companies",
        "people --json",
        "forecast",
        "info",
        "board --json",
        "list --all --json",
        "show 1 --json",
    ],
)
def test_no_control_byte_of_a_name_reaches_the_output_of_a_command(poisoned: Path, command: str) -> None:
    words = [sys.executable, "-m", "tui", "--db", str(poisoned), "--today", "2026-11-20", *command.split()]
    ran = subprocess.run(words, capture_output=True, check=True)
    for bytes_ in FORBIDDEN:
        assert bytes_ not in ran.stdout + ran.stderr


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
