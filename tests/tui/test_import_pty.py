"""An import on a real terminal: a file of hostile names, whose bytes never reach it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.deck import Deck
from tests.nasty import POISON, trespasses
from tests.terminal import terminal

POINTER = re.compile(rb"\x1b\]22;\w+\x07")
"""Textual's own word for the shape of the mouse pointer."""


def test_no_control_byte_of_a_file_reaches_the_terminal(deck: Deck, tmp_path: Path) -> None:
    deck.store.close()
    file = tmp_path / "[@click=app.quit]x.csv"
    cell = '"' + POISON.replace('"', '""').replace("\0", "") + '"'
    file.write_text(
        f"name,{cell},stage,created,company\n{cell},{cell},{cell},03/04/2026,{cell}\n", encoding="utf-8"
    )
    argv = [sys.executable, "-m", "tui", "--db", str(deck.path), "--today", "2026-11-20"]
    with terminal(argv, home=tmp_path / "home", size=(100, 30)) as shown:
        shown.wait_for("import a list you have")
        shown.send("I")
        shown.wait_for("Which CSV file")
        shown.send(f"{tmp_path}/[")
        shown.send("\t")
        shown.wait_for(".csv, ")
        shown.send("\r")
        shown.wait_for("which day is")
        shown.send("1")
        shown.wait_for("no stage of Sales yet")
        shown.send("\r")
        shown.wait_for("Which stage of Sales is")
        shown.send("1")
        shown.wait_for("Import 1 deal into Sales")
        shown.send("\x13")
        shown.wait_for("imported 1 deal from")
        shown.send("q")
        assert shown.wait_exit() == 0
        assert not trespasses(POINTER.sub(b"", shown.output))
