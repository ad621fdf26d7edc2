"""A company: its name and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store import CompanyCard, CompanyDraft, CompanyPatch, InvalidInput, clean_line
from tui.screens.fields import Field
from tui.screens.form import FormScreen


@dataclass(frozen=True, slots=True)
class CompanyTold:
    """How the form was left: with a company to add or the changes of one to save, or with `None`; and with what was
    `typed`, to be offered again until it is saved."""

    said: CompanyDraft | CompanyPatch | None
    typed: Mapping[str, str]


class CompanyFormScreen(FormScreen[CompanyTold]):
    """Asks for a company, or for what is to be changed of `card`. It saves nothing."""

    def __init__(
        self, title: str, card: CompanyCard | None = None, typed: Mapping[str, str] | None = None
    ) -> None:
        self._card = card
        name = Field("name", "name", card.name if card else "", _named)
        super().__init__(title, [name], card.notes if card else "", typed)

    def saved(self, changed: Mapping[str, Any]) -> CompanyTold:
        """The company, or what was changed of it."""
        said = CompanyDraft(**{"name": "", **changed}) if self._card is None else CompanyPatch(**changed)
        return CompanyTold(said, self.typed())

    def left(self, typed: Mapping[str, str]) -> CompanyTold:
        """What was typed."""
        return CompanyTold(None, typed)

    def field_of(self, error: InvalidInput) -> str:
        """The field of an error's word."""
        return "notes" if error.field == "notes" else "name"


def _named(text: str) -> tuple[str, str]:
    if not clean_line(text):
        raise InvalidInput("The company name is empty; type at least one character.", "company name")
    return text, ""
