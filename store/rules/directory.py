"""Looking people and companies up: which ones a few words mean, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from store.rules.naming import fold

if TYPE_CHECKING:
    from typing import Protocol

    from store.views import TheirDeal, Totals

    class Listed(Protocol):
        """What is looked up."""

        @property
        def words(self) -> tuple[str, ...]:
            """What it is found by."""

        @property
        def deals(self) -> tuple[TheirDeal, ...]:
            """Its deals."""

        @property
        def open(self) -> Totals:
            """The sum of the open ones."""

        @property
        def won(self) -> Totals:
            """The sum of the won ones."""


AnyCard = TypeVar("AnyCard", bound="Listed")


class CardSort(StrEnum):
    """What people and companies are sorted by; the value is what the screens call it."""

    NAME = "name"
    OPEN = "open amount"
    WON = "won amount"
    DEALS = "number of deals"


def look_up(cards: Iterable[AnyCard], text: str) -> list[AnyCard]:
    """Those of `cards` in which every word of `text` stands somewhere, whatever its case and accents. Never raises."""
    wanted = fold(text).split()
    if not wanted:
        return list(cards)
    return [card for card in cards if _holds(fold("\n".join(card.words)), wanted)]


def sort_cards(cards: Iterable[AnyCard], by: CardSort) -> list[AnyCard]:
    """`cards` with the highest first; what is equal, and for `NAME` all, stays in the order it came in."""
    match by:
        case CardSort.NAME:
            return list(cards)
        case CardSort.OPEN:
            return sorted(cards, key=lambda card: (-card.open.amount, -card.open.count))
        case CardSort.WON:
            return sorted(cards, key=lambda card: (-card.won.amount, -card.won.count))
        case CardSort.DEALS:
            return sorted(cards, key=lambda card: -len(card.deals))


def _holds(text: str, wanted: list[str]) -> bool:
    return all(word in text for word in wanted)
