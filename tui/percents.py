"""A probability as people type it, on every screen and on the command line."""

from __future__ import annotations

import re

from store import InvalidInput


def whole_percent(text: str, way_out: str = "") -> int:
    """0 to 100, with or without the sign; `InvalidInput` for what is none, with the `way_out` if there is one."""
    number = re.fullmatch(r"([0-9]{1,3}) ?%?", text.strip())
    if number is None or int(number[1]) > 100:
        raise InvalidInput(f"{text.strip()} is not a whole percent from 0 to 100{way_out}.", "probability")
    return int(number[1])
