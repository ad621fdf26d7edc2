"""Lines that say less when there is less room: which words are shortened or left out first."""

from __future__ import annotations

from collections.abc import Sequence

from tui.widgets.cells import Word, cells

Group = Sequence[Word]
"""Words that belong together; empty: left out."""

Forms = Sequence[Group]
"""The same thing said in several ways, from the fullest to the shortest."""


def fitted(groups: Sequence[Forms], steps: Sequence[int], width: int, gap: int) -> list[Group]:
    """One form of each group such that all of them fit into `width` cells with `gap` cells between them.

    Begins with the fullest forms; each number in `steps` names a group that goes on to its next form, until all fit.
    When the steps are used up what is left may still be too wide.
    """
    at = [0] * len(groups)
    chosen = [forms[0] for forms in groups]
    pending = iter(steps)
    while _width(chosen, gap) > width and (group := next(pending, None)) is not None:
        if at[group] + 1 < len(groups[group]):
            at[group] += 1
            chosen[group] = groups[group][at[group]]
    return chosen


def _width(groups: Sequence[Group], gap: int) -> int:
    said = [cells(group) for group in groups if group]
    return sum(said) + gap * max(0, len(said) - 1)
