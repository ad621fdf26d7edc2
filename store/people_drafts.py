"""Validated input about people and companies; see `store.drafts`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from store.drafts import KEEP, MAX_NAME, Keep, name_of, notes_of, optional_name
from store.errors import InvalidInput
from store.text import clean_line, quoted

_ADDRESS: Final = re.compile(r"\S@\S")


def email_of(text: str) -> str:
    """`text` cleaned, as an e-mail address or several; empty for none. `InvalidInput` for what has no `@` within."""
    email = _short(text, "e-mail")
    if email and not _ADDRESS.search(email):
        raise InvalidInput(
            f"{quoted(email)} is not an e-mail address; type one such as ann@acme.com.", "e-mail"
        )
    return email


def phone_of(text: str) -> str:
    """`text` cleaned, as a phone number in whatever form; empty for none. `InvalidInput` for one without a digit."""
    phone = _short(text, "phone")
    if phone and not any(char.isdecimal() for char in phone):
        raise InvalidInput(f"{quoted(phone)} is not a phone number; it has no digits.", "phone")
    return phone


def _short(text: str, what: str) -> str:
    cleaned = clean_line(text)
    if len(cleaned) > MAX_NAME:
        raise InvalidInput(f"The {what} has {len(cleaned)} characters; at most {MAX_NAME} are kept.", what)
    return cleaned


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person to be made; `company` is a name, and one that is not known yet is added."""

    name: str
    email: str = ""
    phone: str = ""
    notes: str = ""
    company: str | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "name", name_of(self.name, "name"))
        put(self, "email", email_of(self.email))
        put(self, "phone", phone_of(self.phone))
        put(self, "notes", notes_of(self.notes, "notes"))
        put(self, "company", optional_name(self.company, "company"))


@dataclass(frozen=True, slots=True)
class PersonPatch:
    """What an edit of a person changes; a field that is `KEEP` stays as it is."""

    name: str | Keep = KEEP
    email: str | Keep = KEEP
    phone: str | Keep = KEEP
    notes: str | Keep = KEEP
    company: str | Keep | None = KEEP

    def __post_init__(self) -> None:
        put = object.__setattr__
        if self.name is not KEEP:
            put(self, "name", name_of(self.name, "name"))
        if self.email is not KEEP:
            put(self, "email", email_of(self.email))
        if self.phone is not KEEP:
            put(self, "phone", phone_of(self.phone))
        if self.notes is not KEEP:
            put(self, "notes", notes_of(self.notes, "notes"))
        if self.company is not KEEP:
            put(self, "company", optional_name(self.company, "company"))


@dataclass(frozen=True, slots=True)
class CompanyDraft:
    """A company to be made."""

    name: str
    notes: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", name_of(self.name, "company name"))
        object.__setattr__(self, "notes", notes_of(self.notes, "notes"))


@dataclass(frozen=True, slots=True)
class CompanyPatch:
    """What an edit of a company changes; a field that is `KEEP` stays as it is."""

    name: str | Keep = KEEP
    notes: str | Keep = KEEP

    def __post_init__(self) -> None:
        put = object.__setattr__
        if self.name is not KEEP:
            put(self, "name", name_of(self.name, "company name"))
        if self.notes is not KEEP:
            put(self, "notes", notes_of(self.notes, "notes"))
