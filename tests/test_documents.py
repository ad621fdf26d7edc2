"""What the program has is in its documents. (`tests/cli/test_help.py` does the same for commands and options.)"""

from __future__ import annotations

import re
from collections.abc import Sized
from pathlib import Path

import pytest

from store import DEFAULT_TEMPLATE, pick
from store.rules.filter_fields import FIELDS
from store.rules.filter_states import STATES
from tests.faults.opening import REFUSED
from tests.nasty import NASTY
from tests.store.test_checking import BROKEN
from tui.commands import COMMANDS
from tui.keys import BOARD, Command, key_name
from tui.screens.help import TYPED

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
KEYS = README.partition("## Keys")[2].partition("## Command line")[0]
IN_README = set(re.findall(r"`([^`]+)`", KEYS))


@pytest.mark.parametrize("command", BOARD, ids=lambda command: command.id)
def test_every_key_of_the_board_is_in_the_readme(command: Command) -> None:
    if command.id.startswith("move.") and command.id[5:].isdigit():
        assert {"1", "9"} <= IN_README
        return
    missing = {key_name(key) for key in command.keys.split(",")} - IN_README
    assert not missing, f"README, Keys: {command.id} ({command.help})"


@pytest.mark.parametrize("word", [*FIELDS, *STATES])
def test_every_field_and_state_of_a_filter_is_documented(word: str) -> None:
    document = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8").partition("## Filters")[2]
    assert f"`{word}`" in document


def test_the_help_names_what_a_filter_knows() -> None:
    words = re.findall(r"[a-z]+", " ".join(example for _, example in TYPED))
    fields = {
        id(field): name for name, field in reversed(list(FIELDS.items()))
    }.values()  # each by its first name
    assert {*fields, "is", *STATES} - {"nonext"} <= set(words)


@pytest.mark.parametrize(
    "document", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md")), ids=str
)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", ["architecture.md", "contributing.md", "domain.md", "trust.md"])
def test_files_that_a_document_names_are_there(document: str) -> None:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    for name in re.findall(r"`((?:store|tui|tests|bench|docs)/[\w/.]+)`", text):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        (r"a table of (\d+) such texts", NASTY),
        (r"(\d+) ways to break a file", BROKEN),
        (r"(\d+) kinds of such files", REFUSED),
    ],
)
def test_what_the_promises_count_is_so_many(said: str, counted: Sized) -> None:
    text = " ".join((ROOT / "docs" / "trust.md").read_text(encoding="utf-8").split())
    assert re.findall(said, text) == [str(len(counted))]


def test_stages_in_the_examples_are_stages_of_the_default_template() -> None:
    names = [stage.name for stage in DEFAULT_TEMPLATE.stages]
    commands = "\n".join(example for command in COMMANDS for example in command.examples)
    typed = " ".join(example for _, example in TYPED)
    documents = [
        README,
        *((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("cli.md", "domain.md")),
    ]
    found = re.findall(r"(?:stage:|--stage )([a-z]+)", " ".join([commands, typed, *documents]))
    found += re.findall(
        r"deals move \w[\w ]* (\w+)(?= --|$)", "\n".join([commands, *documents]), re.MULTILINE
    )
    assert len(found) > 8
    for word in found:
        assert pick(word, names, "stage") >= 0, word
