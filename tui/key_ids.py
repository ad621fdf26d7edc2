"""The ids of the actions of all screens: what the config file's `[keys]` may name.

Apart from `tui.keys`, which the modules of the screens' own tables build on.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Final

from tui.keys import BOARD, clashes
from tui.keys_deal import DEAL
from tui.keys_people import COMPANIES, COMPANY, PEOPLE, PERSON
from tui.keys_review import REVIEW
from tui.keys_today import TODAY

SCREENS: Final = (BOARD, DEAL, REVIEW, TODAY, PEOPLE, PERSON, COMPANIES, COMPANY)
"""The table of every screen; those that a screen shares with the board have the board's ids."""

KEY_IDS: Final = tuple(dict.fromkeys(command.id for command in chain.from_iterable(SCREENS)))
"""The ids that the config file may give other keys to, each once."""


def all_clashes(keys: Mapping[str, str]) -> list[str]:
    """One sentence for every key that the config file gives to two actions of a screen, whichever screen it is."""
    return list(dict.fromkeys(chain.from_iterable(clashes(commands, keys) for commands in SCREENS)))
