"""The config file: whatever stands in it the program starts, and says which line is wrong and what was meant."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from store import Outcome
from tests.deck import Deck
from tests.tui.face import opened
from tui.key_ids import KEY_IDS, all_clashes
from tui.key_names import key_named, nearest_key
from tui.settings import Settings, line_of, load


def read(folder: Path, content: str | bytes) -> Settings:
    """What a config file with that content says."""
    path = folder / "config.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(path, lambda: KEY_IDS)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('thme = "dark"', 1, "thme is not a setting; did you mean theme?"),
        ('\n# a comment\ntheme = "blue"', 3, "theme = 'blue': this is one of dark, light, terminal"),
        ("theme = 3", 1, "theme = 3: this is a text in quotes"),
        ('date_order = ["dmy"]', 1, "date_order = ['dmy']: this is a text in quotes"),
        ('currency = "shells"', 1, "currency = 'shells': “shells” is not a currency"),
        ('db = "~nobody-of-that-name/deals.db"', 1, "nobody of that name has a home folder here"),
        ('db = ""', 1, "db = '': this is the path of a file"),
        (r'db = "a\u0000b"', 1, "this is the path of a file"),
        ("keys = 3", 1, "keys is a part of its own: [keys]"),
        ('[[keys]]\n"deal.won" = "w"', 1, "keys is a part of its own: [keys]"),
        ('theme = "dark"\n[keys]\ntheme = 5', 3, "the keys of theme are a text such as"),
        ('[keys]\n\n"deal.wno" = "w"', 3, "deal.wno is not an action that keys can be given to; did you"),
        ('[keys]\ndeal.wno = "w"', 2, "did you mean deal.won?"),
        ('keys."deal.wno" = "w"', 1, "did you mean deal.won?"),
        ('[keys]\n"deal.won" = "w,,x"', 2, "between the commas of deal.won a key is missing"),
        ('[keys]\n"deal.won" = "foo+bar"', 2, "foo+bar is not a key; write one such as w, ctrl+w or f5"),
        ('[keys]\n"deal.won" = "cntrl+w"', 2, "cntrl+w is not a key; did you mean ctrl+w?"),
        ('[keys]\n"deal.won" = "ctrl+Q"', 2, "ctrl+q always leaves; give deal.won another key"),
        (r'"\u001b]0;x\u0007" = 1', 1, "]0;x is not a setting"),
        (r'theme = "\u001b[31m\u202e"', 1, r"theme = '\x1b[31m\u202e'"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_and_left_out(tmp_path: Path, content: str, line: int, said: str) -> None:
    settings = read(tmp_path, content + "\n")
    (problem,) = settings.problems
    assert problem.startswith(f"{tmp_path / 'config.toml'}, line {line}: ")
    assert said in problem
    assert problem.isprintable()
    assert (settings.db, settings.currency, settings.date_order, dict(settings.keys)) == (
        None,
        None,
        "dmy",
        {},
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"theme = dark", "is not valid TOML: Invalid value (at line 1, column 9)"),
        (b"\xff\xfet\x00", "cannot be read: it is not text in UTF-8"),
        (b"\x00\x01\x02", "is not valid TOML"),
        (b"x = " + b"[" * 5_000, "is not valid TOML: too much within each other"),
        (b"x = " + b"9" * 5_000, "is not valid TOML: a number in it is too long"),
    ],
)
def test_a_file_that_is_no_config_file_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    settings = read(tmp_path, content)
    (problem,) = settings.problems
    assert said in problem
    assert problem.startswith(f"The config file {tmp_path / 'config.toml'} ")
    assert problem.endswith("; the defaults are used.")
    assert load(tmp_path).problems == (
        f"The config file {tmp_path} cannot be read: Is a directory; the defaults are used.",
    )


def test_what_editors_and_people_write_is_read(tmp_path: Path) -> None:
    text = '\ufefftheme = "light"\r\n[keys]\r\ndeal.won = "W, Ctrl+W ,F5"\r\n"deal.lost" = "?,⇧←,pgup"\r\n'
    settings = read(tmp_path, text)
    assert (settings.theme, settings.problems) == ("light", ())
    assert dict(settings.keys) == {"deal.won": "W,ctrl+w,f5", "deal.lost": "question_mark,shift+left,pageup"}
    assert load(tmp_path / "nothing.toml") == Settings()


TOML_LIKE = st.lists(
    st.sampled_from(
        ["theme", "keys", "db", "[keys]", "[[a]]", " = ", '"', "'", "\n", ".", '"deal.won"', '"w,x"', "{", "}", ",",
         "[", "]", "\\u001b", "\x1b", "1e9", "nan", "true", "2026-01-01", "#", '"""', "~x/", "\ufeff", "é", "a" * 40]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(
    content=st.one_of(TOML_LIKE.map(str.encode), st.text(max_size=40).map(str.encode), st.binary(max_size=40))
)
@example(b"keys = {a = {b = {c = 1}}}")
@example(b"-" * 5_000)
def test_no_config_file_keeps_the_program_from_starting(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    settings = read(tmp_path_factory.getbasetemp(), content)
    assert all(problem.isprintable() for problem in settings.problems)
    all_clashes(settings.keys)


def test_the_line_of_a_value_is_found_where_it_stands() -> None:
    text = 'a = 1\n[keys]\n  b = 2 # a = 3\n"c.d" = 4\n[ keys . "e" ]\nf = 5\na = {g = 1}\n'
    assert tomllib.loads(text)
    places = ["a", "keys", "keys.b", "keys.c.d", "keys.e", "keys.e.f", "keys.e.a.g", "keys.z", "z"]
    assert [line_of(place, text.splitlines()) for place in places] == [1, 2, 3, 4, 5, 6, 7, 2, 1]


def test_a_character_is_called_as_the_app_calls_it() -> None:
    for character in string.ascii_letters + string.digits + string.punctuation + "é中€":
        assert key_named(character) == _character_to_key(character)
        if character != ",":
            assert key_named(_character_to_key(character)) == _character_to_key(character)


@pytest.mark.parametrize(
    ("name", "key", "near"),
    [
        ("Esc", "escape", "escape"), ("return", "enter", "enter"), ("control+PgDn", "ctrl+pagedown", "ctrl+pagedown"),
        ("shift+w", "W", "W"), ("ctrl+shift+w", "ctrl+shift+w", "ctrl+shift+w"), ("ctrl++", "ctrl+plus", "ctrl+plus"),
        ("ctrl-w", None, "ctrl+w"), ("ecsape", None, "escape"), ("f25", None, "f5"), ("blah", None, None),
        ("", None, None), ("ctrl+", None, None), ("\x1b", None, None), ("a\u0301", None, None),
    ],
)  # fmt: skip
def test_what_a_key_may_be_called(name: str, key: str | None, near: str | None) -> None:
    assert (key_named(name), nearest_key(name)) == (key, near)


@given(st.text(max_size=30))
@example("«")
@example("shift+ß")
def test_any_name_of_a_key_is_taken_or_refused(name: str) -> None:
    for named in (key_named(name), nearest_key(name)):
        assert named is None or (named and not set(named) & {",", " ", "\n"})
        assert named is None or len(named.split("+")[-1]) == 1 or named.split("+")[-1].isidentifier()


@pytest.mark.parametrize(
    ("keys", "press", "outcome"),
    [
        ({"deal.won": "x"}, "x", Outcome.WON),
        ({"copy": "w"}, "w", Outcome.OPEN),
        ({"copy": "y", "deal.won": "y"}, "y", Outcome.WON),
    ],
)
async def test_of_two_actions_the_one_that_is_said_to_have_the_key_has_it(
    plain_deck: Deck, keys: dict[str, str], press: str, outcome: Outcome
) -> None:
    one = plain_deck.deal("one")
    async with opened(plain_deck, settings=Settings(keys=keys)) as face:
        owner = face.told.partition("; ")[2].partition(" has it")[0]
        await face.press(press)
        assert plain_deck.read(one).outcome is outcome
        assert (owner == "deal.won") is (outcome is Outcome.WON)
        shown = {command.id: command.keys for command in face.board.context.board_keys}
        assert [id_ for id_, names in shown.items() if press in names.split(",")] == [owner]


async def test_an_action_without_a_key_is_in_the_help_and_not_among_the_hints(plain_deck: Deck) -> None:
    plain_deck.deal("one")
    async with opened(plain_deck, settings=Settings(keys={"deal.won": "x"})) as face:
        line = face.board.hints.keys(0, 300).text
        assert "x won" in line
        assert "lost" not in line
        await face.press("question_mark")
        lines = str(face.screen.query_one("Static").render()).splitlines()
        assert any(line.split()[:2] == ["–", "lost,"] for line in lines)
