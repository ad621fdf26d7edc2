"""Who is the same person, and what two records of one person or company say together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from store.rules.naming import fold

if TYPE_CHECKING:
    from typing import Protocol

    class Known(Protocol):
        """What a person is known by."""

        @property
        def name(self) -> str:
            """As people say it."""

        @property
        def email(self) -> str:
            """Empty when unknown."""

        @property
        def company(self) -> str | None:
            """A name."""

    class Named(Protocol):
        """What goes by a name."""

        @property
        def name(self) -> str:
            """As people say it."""


AnyCard = TypeVar("AnyCard", bound="Named")


def is_same_person(one: Known, other: Known) -> bool:
    """Whether two records are of one person, as far as can be told without asking.

    With one e-mail address they are when one name holds all words of the other ("Ann", "Ann Ito"): people share
    mailboxes, so an address alone is not enough. With two addresses they are not. Else the name and the company have
    to be the same, whatever the case and accents.
    """
    if one.email and other.email:
        if one.email.casefold() != other.email.casefold():
            return False
        words, others = _words(one.name), _words(other.name)
        return words <= others or others <= words
    return fold(one.name) == fold(other.name) and fold(one.company or "") == fold(other.company or "")


def joined_notes(kept: str, gone: str, lost: Iterable[tuple[str, str, str]] = ()) -> str:
    """The notes of two records in one: those of the one that stays, then those of the one that goes unless their
    lines are in the first, then what else would be lost: of each (word, kept value, gone value) the gone one where both
    are known and differ.
    """
    parts = [kept, "" if f"\n{gone}\n" in f"\n{kept}\n" else gone]
    parts += [
        f"{word}: {theirs}" for word, ours, theirs in lost if ours and theirs and fold(theirs) != fold(ours)
    ]
    return "\n".join(filter(None, parts))


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())


def by_likeness(one: AnyCard, others: Iterable[AnyCard]) -> list[tuple[AnyCard, bool]]:
    """The others, those most like `one` first, and of each whether it is nearly the same: it goes by the same name or
    e-mail. Then come those that share words of the name; what is equal stays in the order it came in.
    """
    name, words = fold(one.name), _words(one.name)
    email = _address(one)
    ranked: list[tuple[AnyCard, bool]] = []
    for other in others:
        nearly = fold(other.name) == name or (bool(email) and _address(other) == email)
        ranked.append((other, nearly))
    return sorted(ranked, key=lambda each: (not each[1], -len(words & _words(each[0].name))))


def _address(card: object) -> str:
    email: object = getattr(card, "email", "")
    return str(email).casefold()
