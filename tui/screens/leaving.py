"""What deals leave undone in the stages that they are to leave: gathered for the question, and the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store import ChecklistItem, Deal, Pipeline, printable
from tui.screens.sheet import Sheet

MOST: Final = 6
"""So many items are named; the sheet has to fit on a small terminal."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The required items that are not ticked, each once: its title and whose it is (nothing for a single deal)."""

    where: str
    """The stage that is left, if it is one."""
    items: tuple[tuple[str, str], ...]

    def content(self) -> Content:
        """A heading and a line for each item, as far as there is room."""
        heading = f"Not ticked yet in {self.where}:" if self.where else "Not ticked yet:"
        lines = [Content.styled(printable(heading), "$missing")]
        for title, whose in self.items[:MOST]:
            lines.append(
                Content.assemble(
                    ("○ ", "$missing"),
                    printable(title),
                    (f"  {printable(whose)}" if whose else "", "$dim"),
                )
            )
        if len(self.items) > MOST:
            lines.append(Content.styled(f"  and {len(self.items) - MOST} more", "$dim"))
        return Content("\n").join(lines)


def undone(
    deals: Sequence[Deal], pipeline: Pipeline, found: Mapping[int, Sequence[ChecklistItem]]
) -> Undone | None:
    """What `deals` leave undone in the stages of `pipeline`, of the items `found` for each; `None` when nothing."""
    owners: dict[ChecklistItem, list[str]] = {}
    for deal in deals:
        for item in found.get(deal.id, ()):
            owners.setdefault(item, []).append(deal.name)
    if not owners:
        return None
    items = [item.id for stage in pipeline.stages for item in stage.checklist]
    place = {item_id: n for n, item_id in enumerate(items)}
    stages = {deal.stage for deal in deals if deal.id in found}
    return Undone(
        stages.pop() if len(stages) == 1 else "",
        tuple(
            (item.title, "" if len(deals) == 1 else _whose(owners[item]))
            for item in sorted(owners, key=lambda item: place.get(item.id, len(place)))
        ),
    )


def _whose(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} deals"


class LeavingScreen(Sheet[bool]):
    """Says what is left undone. Enter moves all the same, Esc stays."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "leave", "move anyway", show=False)]

    KEYS = (("⏎", "move anyway"), ("esc", "stay"))

    def __init__(self, title: str, left: Undone) -> None:
        super().__init__(title)
        self._left = left

    def content(self) -> tuple[Widget, ...]:
        """The items."""
        return (Static(self._left.content(), classes="undone"),)

    def action_leave(self) -> None:
        """Move."""
        self.decide(True)
