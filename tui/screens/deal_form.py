"""Every field of a deal, understood while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from store import DateOrder, DealPage, DealPatch, InvalidInput, printable
from tui.screens.deal_fields import Field, deal_fields
from tui.screens.sheet import Modal, keys_line
from tui.screens.writing import NoteArea

HEIGHTS: Final = [(0, "-short"), (30, "-tall")]
"""Below the second one the form has no blank lines."""


KEYS: Final = (
    ("⏎", "save"), ("esc", "leave, text kept"), ("tab ↑↓", "field"), ("ctrl+j", "new line"),
    ("ctrl+r", "as saved"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edited:
    """How the form was left: with the changes to save, or (`None`) only with what was `typed`, by field, to be offered
    again."""

    patch: DealPatch | None
    typed: Mapping[str, str]


class DealFormScreen(Modal[Edited]):
    """Edits a deal; returns what was changed and nothing else, so that an edit never writes back what it only
    showed. Begins with what was `typed` before, where there is such."""

    DEFAULT_CSS = """
    DealFormScreen {
        align: center middle;
        background: transparent;
        #form {
            width: 84; max-width: 100%; height: auto; max-height: 100%;
            background: $panel; border-top: solid $accent; padding: 0 2;
        }
        .title { height: 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        VerticalScroll { height: auto; max-height: 1fr; scrollbar-size: 1 1; }
        .line { layout: horizontal; height: auto; min-height: 1; margin-top: 1; }
        .label { width: 14; color: $dim; text-style: $dim-style; }
        .value { width: 1fr; height: auto; }
        .echo { color: $dim; text-style: $dim-style; height: auto; max-height: 2; }
        .echo.-wrong { color: $stuck; }
        .keys { margin-top: 1; height: 1; }
        Input { background: $card; height: 1; border: none; padding: 0 1; }
        Input:focus { background: $cursor; }
        TextArea { height: 5; border: none; padding: 0 1; background: $card; }
        TextArea:focus { border: none; background: $cursor; }
    }
    DealFormScreen.-short {
        #form { height: 100%; }
        VerticalScroll { height: 1fr; }
        .line, .keys { margin-top: 0; }
        TextArea { height: 3; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", show=False),
        Binding("ctrl+s", "save", "save", show=False, priority=True),
        Binding("ctrl+r", "as_saved", "as saved", show=False, priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self, page: DealPage, today: date, order: DateOrder, typed: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self._typed = typed or {}
        self._page = page
        self._fields = deal_fields(page, today, order)

    def compose(self) -> ComposeResult:
        """A line for each field, its echo below it when there is something to say."""
        with Vertical(id="form"):
            again = "  (not saved yet: what was typed before)" if self._typed else ""
            yield Static(
                Content.assemble(f"Edit {printable(self._page.deal.name)}", (again, "$missing")),
                classes="title",
            )
            with VerticalScroll(can_focus=False):
                for field in self._fields.values():
                    with Vertical(classes="line"):
                        yield Static(Content(field.label), classes="label")
                        with Vertical(classes="value"):
                            text = self._typed.get(field.id, field.start)
                            yield Input(text, placeholder=field.placeholder, compact=True, id=field.id)
                            yield Static(id=f"echo-{field.id}", classes="echo")
                with Vertical(classes="line"):
                    yield Static(Content("notes"), classes="label")
                    with Vertical(classes="value"):
                        notes = self._typed.get("notes", self._page.notes)
                        yield NoteArea(notes, soft_wrap=True, compact=True, id="notes")
                        yield Static(id="echo-notes", classes="echo")
            yield Static(keys_line(KEYS), classes="keys")

    def on_mount(self) -> None:
        """An echo without words takes no room."""
        for echo in self.query(".echo"):
            echo.display = False
        for field_id in self._typed.keys() & self._fields.keys():
            self._echo(self._fields[field_id], self._typed[field_id])
        self.query_one("#name", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the field is understood."""
        event.stop()
        self._echo(self._fields[event.input.id or ""], event.value)

    def _echo(self, field: Field, text: str) -> None:
        if text == field.start:
            self._say(field.id, "")
            return
        try:
            self._say(field.id, field.understand(text)[1])
        except InvalidInput as error:
            self._say(field.id, str(error), wrong=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter saves from any field."""
        event.stop()
        self.action_save()

    def on_note_area_ended(self, event: NoteArea.Ended) -> None:
        """Enter saves from the notes too."""
        event.stop()
        self.action_save()

    def action_cancel(self) -> None:
        """Leave everything as it was, giving back what was typed."""
        texts = {field.id: self.query_one(f"#{field.id}", Input).value for field in self._fields.values()}
        typed = {id_: text for id_, text in texts.items() if text != self._fields[id_].start}
        notes = self.query_one("#notes", NoteArea).text
        self.decide(Edited(None, typed | ({"notes": notes} if notes != self._page.notes else {})))

    def action_as_saved(self) -> None:
        """Every field as it is in the file."""
        for field in self._fields.values():
            self.query_one(f"#{field.id}", Input).value = field.start
        self.query_one("#notes", NoteArea).text = self._page.notes

    def action_save(self) -> None:
        """Return what was changed, or go to the first field that is not understood."""
        changed: dict[str, Any] = {}
        for field in self._fields.values():
            text = self.query_one(f"#{field.id}", Input).value
            if text == field.start:
                continue
            try:
                changed[field.id] = field.understand(text)[0]
            except InvalidInput as error:
                self._refuse(field.id, error)
                return
        notes = self.query_one("#notes", NoteArea).text
        if notes != self._page.notes:
            changed["notes"] = notes
        try:
            self.decide(Edited(DealPatch(**changed), {}))
        except InvalidInput as error:
            self._refuse(_FIELD_OF_WORD.get(error.field, "notes"), error)

    def _refuse(self, field_id: str, error: InvalidInput) -> None:
        self._say(field_id, str(error), wrong=True)
        self.query_one(f"#{field_id}").focus()

    def _say(self, field_id: str, words: str, *, wrong: bool = False) -> None:
        echo = self.query_one(f"#echo-{field_id}", Static)
        echo.set_class(wrong, "-wrong")
        echo.display = bool(words)
        echo.update(Content(f"! {words}" if wrong else words))


_FIELD_OF_WORD = {
    "deal name": "name",
    "tag": "tags",
    "property name": "properties",
    "property": "properties",
} | {word: word for word in ("amount", "company", "source", "probability", "notes")}
