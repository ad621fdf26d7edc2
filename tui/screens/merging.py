"""Which other person, or company, is the same one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store import CompanyCard, PersonCard, by_likeness, printable
from tui import format as fmt
from tui.screens.picking import Choice, PickScreen


class MergeScreen(PickScreen[int]):
    """Asks who is merged into `card`, those first who are most like it, and says what becomes of them. Enter alone
    merges only where somebody is nearly the same."""

    DEFAULT_CSS = """
    MergeScreen OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    MOST: ClassVar[int | None] = 100
    KEYS = (("1…9", "merge"), ("↑↓ ⏎", "merge"), ("letters", "find"), ("esc", "cancel"))

    def __init__(
        self, card: PersonCard | CompanyCard, others: Sequence[PersonCard] | Sequence[CompanyCard]
    ) -> None:
        ranked = by_likeness(card, others)
        choices = [Choice(other.name, _about(other), other.id) for other, _ in ranked]
        start = 0 if ranked and ranked[0][1] else None
        super().__init__(f"Merge another one into {card.name}", choices, start)
        self._card = card

    def content(self) -> tuple[Widget, ...]:
        """What becomes of whom."""
        name = printable(self._card.name)
        if isinstance(self._card, PersonCard):
            words = f"They go; deals and notes, and what {name} lacks, come to {name}. u takes it back."
        else:
            words = f"It goes; its deals, people and notes come to {name}. u takes it back."
        return (Static(Content(words), classes="echo"), *super().content())


def _about(card: PersonCard | CompanyCard) -> str:
    deals = fmt.counted(len(card.deals), "deal")
    if isinstance(card, PersonCard):
        return " · ".join(filter(None, (card.company, card.email, deals)))
    return " · ".join([fmt.counted(len(card.people), "person", "people"), deals])
