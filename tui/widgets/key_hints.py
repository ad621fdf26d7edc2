"""The last line: the keys that matter most here, or what was just done.

As many hints as fit, in their order, by their rank; a word of what happened takes the place of all of them until
it is taken back. What went wrong takes as many lines as it needs, up to a few, so that the way out is read as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import ClassVar, Final, NamedTuple

from textual.reactive import reactive
from textual.strip import Strip

from store import clean_line
from tui.keys import Command, key_name
from tui.widgets.board_layout import outer_margin
from tui.widgets.cells import Word, cell_len, cut, row
from tui.widgets.line_widget import LineWidget
from tui.widgets.wrapping import wrapped

_ROOMY: Final = 100
"""From this width on hints stand two cells apart, below it one."""

_SHORTEST: Final = 10
"""Cells that are left of what was done, at least, where it is cut."""

MOST_LINES: Final = 3
"""So many lines what went wrong may take."""

WAY_OUT: Final = "; "
"""Between what went wrong and what to do about it."""

_SHIFT: Final = "⇧"


class KeyHint(NamedTuple):
    """Keys, the word for what they do, and how early they are shown (1 first)."""

    keys: str
    label: str
    rank: int = 1


class KeyHints(LineWidget):
    """One line of key hints."""

    DEFAULT_CSS = """
    KeyHints { height: 1; }
    """

    KEY_LINES: ClassVar[int] = 1
    """So many lines the keys may take."""

    hints: reactive[tuple[KeyHint, ...]] = reactive(())
    told: reactive[tuple[str, bool]] = reactive(("", False))

    def __init__(self, commands: Sequence[Command] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.set_reactive(KeyHints.hints, hints_of(commands))
        self.times_told = 0
        """How often something was told: an action after which it is the same has told nothing."""

    def show(self, commands: Sequence[Command]) -> None:
        """Show the hints of other commands."""
        self.hints = hints_of(commands)

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """Say what happened in place of the hints."""
        self.times_told += 1
        self.told = (clean_line(words), wrong)

    def untell(self) -> None:
        """Show the hints again."""
        self.told = ("", False)

    def watch_hints(self) -> None:
        """Take the room for them."""
        self._take_room()

    def watch_told(self) -> None:
        """Take the room for it, and give it back."""
        self._take_room()

    def on_resize(self) -> None:
        """It may need more lines, or fewer."""
        self._take_room()

    def _take_room(self) -> None:
        height = self.height_in(self.app.size.width)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def height_in(self, width: int) -> int:
        """The lines it needs."""
        return len(self.lines_told(width)) or len(self.lines_of_keys(width))

    def room(self, width: int) -> int:
        """The cells of a line for what is told."""
        return width - 2 * outer_margin(width) - 2

    def lines_told(self, width: int) -> list[str]:
        """What is told, in lines: one of what was done, as many as it needs of what went wrong."""
        words, wrong = self.told
        if not words:
            return []
        room = self.room(width)
        return in_lines(words, room, MOST_LINES) if wrong else [cut_before_dot(words, room)]

    @property
    def sign(self) -> Word:
        """What stands before what is told."""
        return ("! ", self.look("alarm")) if self.told[1] else ("✓ ", self.look("won"))

    def render_line(self, y: int) -> Strip:
        """Draw the keys, or a line of what is told."""
        width = self.size.width
        told, text = self.lines_told(width), self.look("text")
        if not told:
            return self.keys(y, width)
        line: list[Word] = [(" " * outer_margin(width), text), self.sign if y == 0 else ("  ", text)]
        return Strip(row(width, [*line, (told[y] if y < len(told) else "", text)], [], text), width)

    def lines_of_keys(self, width: int) -> list[list[KeyHint]]:
        """The hints that fit, in lines."""
        return fitting_hints(self.hints, width - 2 * outer_margin(width), _gap(width), self.KEY_LINES)

    def keys(self, y: int, width: int) -> Strip:
        """A line of the keys, whatever was told."""
        line: list[Word] = [(" " * outer_margin(width), self.look("text"))]
        for hint in (*self.lines_of_keys(width), *[[]] * (y + 1))[y]:
            line += [
                (hint.keys + " ", self.look("place")),
                (hint.label + " " * _gap(width), self.look("dim")),
            ]
        return Strip(row(width, line, [], self.look("text")), width)


def cut_before_dot(words: str, room: int) -> str:
    """The words in `room` cells, cut before what follows the last dot between them: what remains, or how to undo it."""
    said, dot, last = words.rpartition(" · ")
    if cell_len(words) <= room or cell_len(dot + last) > room - _SHORTEST:
        return cut(words, room)
    return cut(said, room - cell_len(dot + last)) + dot + last


def in_lines(words: str, room: int, most: int) -> list[str]:
    """The words in lines of `room` cells; where they are more than `most`, what went wrong is cut, and not what to do
    about it.
    """
    lines = wrapped(words, room)
    said, mark, way_out = words.rpartition(WAY_OUT)
    left = room * most - cell_len(mark + way_out)
    while len(lines) > most and said and left > 0:
        lines = wrapped(cut(said, left) + mark + way_out, room)
        left -= 1
    return lines if len(lines) <= most else [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), room)]


def hints_of(commands: Sequence[Command]) -> tuple[KeyHint, ...]:
    """The hints that a table of commands asks for; a command and its opposite after it are one (`←→ stage`), and so are
    digits (`1…9 in days`).
    """
    hints = []
    for index, command in enumerate(commands):
        if not command.hint or not command.keys:
            continue
        after = commands[index + 1] if index + 1 < len(commands) else None
        keys = first_key(command)
        twins = list(takewhile(lambda other: other.twin, commands[index + 1 :]))
        if twins and first_key(twins[-1]):
            keys = f"{keys}…{first_key(twins[-1])}"
        elif after is not None and not after.hint and after.label == command.label:
            keys = joined_keys(keys, first_key(after))
        hints.append(KeyHint(keys, command.label or command.help, command.hint))
    return tuple(hints)


def first_key(command: Command) -> str:
    """The first of a command's keys, as people read it."""
    return key_name(command.keys.split(",")[0].strip())


def joined_keys(one: str, other: str) -> str:
    """Two keys as one word; what they have in common is said once: `⇧←` and `⇧→` are `⇧←→`."""
    return one + (other.removeprefix(_SHIFT) if one.startswith(_SHIFT) else other)


def fitting_hints(hints: Sequence[KeyHint], room: int, gap: int, most: int = 1) -> list[list[KeyHint]]:
    """The hints of the lowest ranks that fit together into at most so many lines of `room` cells, in their order."""
    kept = sorted(range(len(hints)), key=lambda index: (hints[index].rank, index))
    while len(lines := _broken([hints[index] for index in sorted(kept)], room, gap)) > most:
        kept.pop()
    return lines


def _broken(hints: Sequence[KeyHint], room: int, gap: int) -> list[list[KeyHint]]:
    """The hints in lines of `room` cells; one that is longer makes a line too many."""
    lines: list[list[KeyHint]] = [[]]
    left = room
    for hint in hints:
        cells = _cells(hint)
        if cells > left:
            lines.append([])
            left = room
        lines[-1].append(hint)
        left -= cells + gap
    return lines


def _gap(width: int) -> int:
    return 2 if width >= _ROOMY else 1


def _cells(hint: KeyHint) -> int:
    return cell_len(hint.keys) + 1 + cell_len(hint.label)
