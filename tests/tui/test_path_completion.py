"""The path of a file to import: completed, found, and what is said where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.widgets import Input

from store import InvalidInput
from tests.deck import Deck
from tests.tui.face import Face, opened
from tui.path_completion import completed, file_named, offered
from tui.screens.import_file import ImportFileScreen


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program was started in, which is its home too."""
    for name in (
        "Deals old.csv",
        "deals-new.csv",
        "notes.md",
        ".hidden.csv",
        "bad\nname.csv",
        "Übersicht.TSV",
    ):
        (tmp_path / name).write_text("name\nAcme\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "one.csv").write_text("name\nAcme\n")
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "book.xlsx").write_text("")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("text", "grown", "names"),
    [
        ("", "", ["Deals old.csv", "deals-new.csv", "empty/", "only/", "sub/", "Übersicht.TSV"]),
        ("de", "Deals", ["Deals old.csv", "deals-new.csv"]),
        ("deals-", "deals-new.csv", ["deals-new.csv"]),
        ("s", "sub/", ["sub/"]),
        ("sub/", "sub/one.csv", ["one.csv"]),
        ("only/", "only/book.xlsx", ["book.xlsx"]),
        ("not", "notes.md", ["notes.md"]),
        (".", ".hidden.csv", [".hidden.csv"]),
        ("üb", "Übersicht.TSV", ["Übersicht.TSV"]),
        ("~", "~/", ["Deals old.csv", "deals-new.csv", "empty/", "only/", "sub/", "Übersicht.TSV"]),
        ("~/sub/o", "~/sub/one.csv", ["one.csv"]),
        ("none", "none", []),
        ("nowhere/x", "nowhere/x", []),
        ("empty/", "empty/", []),
        ("a\0b/", "a\0b/", []),
        ("~nobody-there/", "~nobody-there/", []),
    ],
)
def test_a_path_goes_on_as_far_as_there_is_one_way(
    folder: Path, text: str, grown: str, names: list[str]
) -> None:
    found = completed(text)
    assert (found.text, list(found.names)) == (grown, names)
    assert completed(f"{folder}/{text}").names == found.names or text.startswith("~")


def test_only_the_first_names_are_listed() -> None:
    assert offered(()) == ""
    assert offered(tuple("abcdef")) == "a · b · c · d · e · f"
    assert offered(tuple("abcdefgh")) == "a · b · c · d · e · f · 2 more"


@pytest.mark.parametrize(
    "text",
    [
        "sub/one.csv",
        " sub/one.csv ",
        "~/sub/one.csv",
        "'sub/one.csv'",
        '"sub/one.csv"',
        "./sub/../sub/one.csv",
    ],
)
def test_a_file_is_found_however_its_path_is_written(folder: Path, text: str) -> None:
    assert file_named(text).resolve() == (folder / "sub" / "one.csv").resolve()


def test_a_path_may_have_its_spaces_escaped(folder: Path) -> None:
    assert file_named("Deals\\ old.csv") == folder / "Deals old.csv"
    (folder / "a\\ b.csv").write_text("")
    assert file_named("a\\ b.csv") == folder / "a\\ b.csv"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("deals (1).csv", r"deals\ \(1\).csv"),
        ("deals (1).csv", r"deals\ (1).csv"),
        ("R&D $5 [x]'s.csv", r"R\&D\ \$5\ \[x\]\'s.csv"),
        ("back\\slash 2.csv", r"back\\slash\ 2.csv"),
        ("back\\slash 2.csv", r"back\slash\ 2.csv"),
        ("deals (1).csv", "'deals (1).csv'"),
    ],
)
def test_a_path_that_a_terminal_pastes_may_have_anything_escaped(folder: Path, name: str, typed: str) -> None:
    (folder / name).write_text("")
    assert file_named(typed) == folder / name


def test_a_path_whose_name_has_a_backslash_is_taken_as_it_is_and_one_that_is_not_there_is_told_plainly(
    folder: Path,
) -> None:
    for name in (r"x\(1\).csv", "x(1).csv"):
        (folder / name).write_text("")
    assert file_named(r"x\(1\).csv") == folder / r"x\(1\).csv"
    with pytest.raises(InvalidInput, match=r"There is no file .*/gone \(2\)\.csv"):
        file_named(r"gone\ \(2\).csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sub", "/sub is a folder: one.csv."),
        ("sub/", "/sub is a folder: one.csv."),
        ("empty", "/empty is a folder without a CSV file."),
        ("deals", "There is no file {}/deals; tab: Deals old.csv · deals-new.csv"),
        ("gone.csv", "There is no file {}/gone.csv."),
        ("pipe", "{}/pipe is no ordinary file."),
        ("a\0b", "There is no file"),
        ("x" * 300, "cannot be read: File name too long."),
        ("\x1b]52;c;eA==\x07", "There is no file {}/]52;c;eA==."),
    ],
)
def test_where_there_is_no_file_the_way_out_is_said(folder: Path, text: str, said: str) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(InvalidInput) as raised:
        file_named(text)
    assert said.format(folder) in str(raised.value)


def test_a_folder_that_is_gone_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "gone").mkdir()
    monkeypatch.chdir(folder / "gone")
    (folder / "gone").rmdir()
    assert completed("").names == ()
    with pytest.raises(InvalidInput, match=r"a\.csv cannot be read: No such file or directory"):
        file_named("a.csv")
    assert file_named(f"{folder}/notes.md") == folder / "notes.md"


def line_of(face: Face) -> Input:
    return face.screen.query_one(Input)


def echo(face: Face) -> str:
    return str(face.screen.query_one(".echo").render())


async def test_tab_completes_and_says_what_there_is(deck: Deck, folder: Path) -> None:
    del folder
    async with opened(deck) as face:
        await face.press("I")
        assert echo(face).startswith("here: Deals old.csv · deals-new.csv · empty/ · ")
        await face.press("d", "tab")
        assert (line_of(face).value, echo(face)) == ("Deals", "Deals old.csv · deals-new.csv")
        await face.press("minus", "tab")
        assert line_of(face).value == "deals-new.csv"
        assert echo(face) == "deals-new.csv, 10 bytes"
        await face.type("zzz", "tab")
        assert (line_of(face).value, echo(face)) == ("zzz", "! nothing there goes on like this")
        await face.type("sub", "enter")
        assert isinstance(face.screen, ImportFileScreen)
        assert "is a folder: one.csv." in echo(face)
        await face.press("tab", "tab")
        assert line_of(face).value == "sub/one.csv"
        await face.press("escape")
        assert not isinstance(face.screen, ImportFileScreen)


async def test_a_file_that_may_not_be_read_is_told_on_the_board(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await face.press("I")
        await face.type("sub/one.csv")
        (folder / "sub" / "one.csv").unlink()
        (folder / "sub" / "one.csv").mkdir()
        await face.press("enter")
        assert "is a folder" in echo(face)
