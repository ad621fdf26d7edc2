"""Long notes in the founder's own editor."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from store import DealPatch
from tests.deck import Deck, at
from tests.terminal import terminal
from tests.tui.face import opened
from tui.editor import EditorFailed, edited, editor_command
from tui.screens.deal import DealScreen


def script(path: Path, body: str) -> list[str]:
    """An editor that is a few lines of Python; the file's name is its last argument."""
    path.write_text(f"import os, sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\n{body}\n")
    return [sys.executable, str(path)]


def test_visual_goes_before_editor_and_may_have_arguments() -> None:
    assert editor_command({"EDITOR": "nano"}) == ["nano"]
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "nano"}) == ["code", "--wait"]
    assert editor_command({"VISUAL": " ", "EDITOR": "'my editor' -x"}) == ["my editor", "-x"]


@pytest.mark.parametrize(
    ("environment", "why"),
    [({}, "No editor is named; set VISUAL or EDITOR"), ({"EDITOR": "nano 'x"}, "nano 'x is not a command")],
)
def test_where_no_editor_is_named_it_says_so(environment: dict[str, str], why: str) -> None:
    with pytest.raises(EditorFailed, match=why):
        editor_command(environment)


def test_the_text_comes_back_without_the_line_end_that_editors_add(tmp_path: Path) -> None:
    command = script(tmp_path / "ed.py", "file.write_text(file.read_text() + 'mehr 中文\\n')")
    assert edited(command, "notes\n") == "notes\nmehr 中文"
    untouched = script(tmp_path / "none.py", "")
    assert edited(untouched, "notes\n") == "notes\n"
    ended = script(tmp_path / "end.py", "file.write_text(file.read_text() + '\\n')")
    assert edited(ended, "notes") == "notes"


def test_the_file_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    told = tmp_path / "told"
    body = f"Path({str(told)!r}).write_text(f'{{file}} {{os.stat(file).st_mode:o}}')"
    edited(script(tmp_path / "ed.py", body), "notes")
    name, mode = told.read_text().split()
    assert stat.S_IMODE(int(mode, 8)) == 0o600
    assert not Path(name).exists()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("sys.exit(3)", "ended with 3; the notes are as they were"),
        ("file.unlink()", "left no text"),
        ("file.write_bytes(b'\\xff\\xfe')", "something else than text"),
    ],
)
def test_an_editor_that_fails_is_told_and_leaves_no_file(tmp_path: Path, body: str, why: str) -> None:
    told = tmp_path / "told"
    command = script(tmp_path / "ed.py", f"Path({str(told)!r}).write_text(str(file))\n{body}")
    with pytest.raises(EditorFailed, match=why):
        edited(command, "notes")
    assert not Path(told.read_text()).exists()


def test_an_editor_that_is_not_there_is_told() -> None:
    with pytest.raises(EditorFailed, match="no-such-editor cannot be started"):
        edited(["no-such-editor"], "notes")


async def test_a_terminal_that_cannot_be_lent_is_told(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    """As under the tests' own driver."""
    deck.deal("Acme")
    monkeypatch.setenv("EDITOR", "nano")
    monkeypatch.delenv("VISUAL", raising=False)
    async with opened(deck) as face:
        await face.press("enter", "E")
        assert isinstance(face.screen, DealScreen)
        assert face.screen.hints.told[0].startswith("This terminal cannot be lent to an editor")
        monkeypatch.delenv("EDITOR")
        await face.press("E")
        assert face.screen.hints.told[0].startswith("No editor is named")


def test_notes_go_through_the_editor_and_back(deck: Deck, tmp_path: Path) -> None:
    """In a real terminal: the editor has it while it runs, and the page is there again afterwards."""
    deal_id = deck.deal("Acme")
    deck.store.deals.edit(deal_id, DealPatch(notes="wants SSO"), at())
    deck.store.close()
    editor = script(
        tmp_path / "ed.py",
        "print('EDITING', file.read_text(), flush=True)\n"
        "sys.stdin.readline()\n"
        "file.write_text(file.read_text() + '\\nbefore signing\\x1b[31m\\n')",
    )
    argv = [sys.executable, "-m", "tui", "--db", str(deck.path), "--today", "2026-11-20"]
    named = {"EDITOR": " ".join(editor)}
    with terminal(argv, tmp_path / "home", env=named) as shown:
        shown.wait_for("Acme")
        shown.send("\r")
        shown.wait_for("TIMELINE")
        shown.send("E")
        shown.wait_for("EDITING wants SSO")
        shown.send("\r")
        shown.wait_for("before signing")
        shown.wait_for("edited notes of Acme")
        shown.send("u")
        shown.wait_gone("before signing")
        shown.send("qq")
        assert shown.wait_exit() == 0
    deck.reopen()
    assert deck.page(deal_id).notes == "wants SSO"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("sys.exit(1)", "ended with 1"),
        ("os.kill(os.getpid(), 9)", "was ended by signal 9"),
        (None, "cannot be started"),
    ],
)
def test_after_an_editor_that_fails_the_page_is_there_again(
    deck: Deck, tmp_path: Path, body: str | None, why: str
) -> None:
    deal_id = deck.deal("Acme")
    deck.store.deals.edit(deal_id, DealPatch(notes="wants SSO"), at())
    deck.store.close()
    editor = [str(tmp_path / "no-such-editor")]
    if body is not None:
        editor = script(tmp_path / "ed.py", f"import os\nfile.write_text('half')\n{body}")
    argv = [sys.executable, "-m", "tui", "--db", str(deck.path), "--today", "2026-11-20"]
    with terminal(argv, tmp_path / "home", env={"EDITOR": " ".join(editor)}) as shown:
        shown.wait_for("Acme")
        shown.send("\r")
        shown.wait_for("TIMELINE")
        shown.send("E")
        shown.wait_for(why)
        shown.send("t")
        shown.wait_for("Next step for Acme")
        shown.send("\x1b")
        shown.wait_gone("Next step for Acme")
        shown.wait_for("wants SSO")
        shown.send("qq")
        assert shown.wait_exit() == 0
    deck.reopen()
    assert deck.page(deal_id).notes == "wants SSO"
