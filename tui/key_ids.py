"""The ids of the actions of all screens: what the config file's `[keys]` may name.

Apart from `tui.keys`, which the modules of the screens' own tables build on.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

from tui.keys import BOARD
from tui.keys_deal import DEAL
from tui.keys_people import COMPANIES, COMPANY, PEOPLE, PERSON
from tui.keys_review import REVIEW
from tui.keys_today import TODAY

SCREENS: Final = (BOARD, DEAL, REVIEW, TODAY, PEOPLE, PERSON, COMPANIES, COMPANY)
"""The table of every screen; those that a screen shares with the board have the board's ids."""

KEY_IDS: Final = tuple(dict.fromkeys(command.id for command in chain.from_iterable(SCREENS)))
"""The ids that the config file may give other keys to, each once."""
