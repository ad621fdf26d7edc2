"""The ids of the actions of all screens: what the config file's `[keys]` may name.

Apart from `tui.keys`, which the modules of the screens' own tables build on.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Final

from tui.keys import BOARD, clashes, key_name
from tui.keys_deal import DEAL
from tui.keys_import import IMPORT
from tui.keys_people import COMPANIES, COMPANY, PEOPLE, PERSON
from tui.keys_review import REVIEW
from tui.keys_today import TODAY

if TYPE_CHECKING:
    from tui.settings import Settings

SCREENS: Final = {
    "the board": BOARD, "a deal": DEAL, "the review": REVIEW, "Today": TODAY, "people": PEOPLE, "a person": PERSON,
    "companies": COMPANIES, "a company": COMPANY, "an import": IMPORT,
}  # fmt: skip
"""The table of every screen; those that a screen shares with the board have the board's ids."""

KEY_IDS: Final = tuple(dict.fromkeys(command.id for command in chain.from_iterable(SCREENS.values())))
"""The ids that the config file may give other keys to, each once."""


def all_clashes(keys: Mapping[str, str]) -> list[str]:
    """One sentence for every key that the config file gives to an action while another one on the same screen has it,
    with the screens on which that is so."""
    found: dict[tuple[str, ...], list[str]] = {}
    for screen, commands in SCREENS.items():
        for key, ids in clashes(commands, keys).items():
            found.setdefault((key, *ids), []).append(screen)
    return [
        f"The key {key_name(key)} is given to {' and '.join(ids)} (on {', '.join(screens)}); "
        f"{ids[0]} has it until the config file says otherwise."
        for (key, *ids), screens in found.items()
    ]


def config_problem(settings: Settings) -> str:
    """What is wrong in the config file, in one line; empty when nothing is."""
    problems = [*settings.problems, *all_clashes(settings.keys)]
    if len(problems) > 1:
        return f"{len(problems)} problems in the config file (all: deals info): {problems[0]}"
    return "".join(problems)
