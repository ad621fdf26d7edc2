"""Texts of cells: names, tags, people."""

from __future__ import annotations

import json
import re
from itertools import zip_longest
from typing import Final

from store.drafts import MAX_NAME, MAX_NOTES, optional_name, tags_of
from store.errors import InvalidInput
from store.importing.cells import is_blank, sheet_error
from store.importing.plan import PlannedPerson
from store.text import clean_line, clean_notes

_MOST: Final = 10
"""A cell that is so many times as long as may be kept is not cleaned first: no text has that much that goes."""
_TAG_ENDS: Final = re.compile(r"[,;|]")
_PEOPLE_ENDS: Final = re.compile(r"\s*[;\n|]\s*")
_WITH_EMAIL: Final = re.compile(r"(.*?)\s*[(<]\s*([^()<>\s]+@[^()<>\s]+)\s*[)>]")


def read_name(text: str) -> str | None:
    """A name of at most 200 characters, `None` for an empty cell; `InvalidInput` for a longer one."""
    name = clean_line(text) if len(text) <= _MOST * MAX_NAME else text
    if len(name) > MAX_NAME:
        raise InvalidInput(f"this has {len(name):,} characters; shorten it to at most {MAX_NAME}")
    return name or None


def read_sheet_name(text: str) -> str | None:
    """The same of a cell that a spreadsheet made: its errors (`#N/A`, `#NAME?`) are refused."""
    if found := sheet_error(text):
        raise InvalidInput(found)
    return read_name(text)


def read_notes(text: str) -> str | None:
    """A text of at most 100,000 characters with its line breaks, `None` for an empty cell; `InvalidInput` for a longer
    one."""
    whole = clean_notes(text) if len(text) <= _MOST * MAX_NOTES else text
    if len(whole) > MAX_NOTES:
        raise InvalidInput(f"this has {len(whole):,} characters; shorten it to at most {MAX_NOTES:,}")
    return whole or None


def read_tags(text: str) -> tuple[str, ...] | None:
    """Tags parted by `,` `;` or `|`, or a JSON list of them (for tags that hold such a sign)."""
    _refuse_huge(text)
    if text.startswith("["):
        listed = json_list(text)
        if listed is not None and all(isinstance(tag, str) for tag in listed):
            return tags_of(tuple(str(tag) for tag in listed if clean_line(str(tag)).lstrip("#")))
    return tags_of(tuple(tag for tag in _TAG_ENDS.split(text) if clean_line(tag).lstrip("#"))) or None


def read_people(names: str, emails: str, phones: str, company: str) -> tuple[PlannedPerson, ...]:
    """The people of one row: several are parted by `;`, a name may carry its address ("Ann Ito (ann@x.com)").

    What is longer than it may be is told by `people_part`.
    """
    if not (names or emails or phones):
        return ()
    found = []
    for name, email, phone in zip_longest(_parts(names), _parts(emails, ","), _parts(phones), fillvalue=""):
        name, address = _parted(name)
        email = email or address
        found.append(PlannedPerson(name or email or phone, email, phone, company=company or None))
    return tuple(found)


def people_part(text: str, also: str = ";", *, ours: bool = False) -> str:
    """A cell of people; `InvalidInput` for one in which a name, an e-mail address or a phone number is longer than it
    may be, or (unless the file is an export of `ours`) an error of the spreadsheet."""
    _refuse_huge(text)
    parts = _parts(text, also)
    if not ours and (found := next(filter(None, map(sheet_error, parts)), None)):
        raise InvalidInput(found)
    longest = max((len(each) for part in parts for each in _parted(part)), default=0)
    if longest > MAX_NAME:
        raise InvalidInput(
            f"one person's part has {longest:,} characters; shorten it to at most {MAX_NAME}, "
            "and part several people by a semicolon"
        )
    return text


def _refuse_huge(text: str) -> None:
    if len(text) > _MOST * MAX_NOTES:
        raise InvalidInput(f"this has {len(text):,} characters; shorten it to at most {MAX_NOTES:,}")


def _parted(name: str) -> tuple[str, str]:
    """A name without the address that it carries, and that address."""
    match = _WITH_EMAIL.fullmatch(name) if len(name) <= 2 * MAX_NAME else None
    return (clean_line(match[1].strip(" \"'")), clean_line(match[2])) if match else (name, "")


def _parts(text: str, also: str = ";") -> list[str]:
    return [
        part
        for piece in _PEOPLE_ENDS.split(text)
        for each in piece.split(also)
        if (part := clean_line(each)) and not is_blank(part)
    ]


def json_list(text: str) -> list[object] | None:
    """The JSON list that a cell holds, `None` when it holds none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def read_reason(text: str) -> str | None:
    """A lost reason; one that is longer than a name is cut, and goes whole into the note."""
    line = clean_line(text if len(text) <= _MOST * MAX_NOTES else text[:MAX_NAME])
    return optional_name(
        line if len(line) <= MAX_NAME else line[: MAX_NAME - 1].rstrip() + "…", "lost reason"
    )


def read_long_reason(text: str) -> str | None:
    """A lost reason that is longer than a name, whole; `None` for any other."""
    line = clean_line(text) if len(text) <= _MOST * MAX_NOTES else text
    return read_notes(text) if len(line) > MAX_NAME else None
