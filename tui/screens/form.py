"""A form: fields below each other, each understood while it is typed, and notes at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static

from store import InvalidInput, printable
from tui.screens.fields import Choice, Field
from tui.screens.sheet import AGAIN, KeysLine, Modal
from tui.screens.understood import echo_of
from tui.screens.writing import NoteArea
from tui.widgets.choice_line import ChoiceLine

Answer = TypeVar("Answer")

HEIGHTS: Final = [(0, "-short"), (30, "-tall")]
"""Below the second one the form has no blank lines."""

KEYS: Final = (
    ("⏎", "save"), ("esc", "leave, text kept"), ("tab ↑↓", "field"), ("ctrl+j", "new line"),
    ("ctrl+r", "as saved"),
)  # fmt: skip


class FormScreen(Modal[Answer], Generic[Answer]):
    """Shows `fields` and notes, beginning with what was `typed` before, where there is such.

    A kind of form says what its answer is when it is saved (`saved`) and when it is left (`left`), and which field an
    `InvalidInput` is about (`field_of`).
    """

    DEFAULT_CSS = """
    FormScreen {
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
        .echo { color: $dim; text-style: $dim-style; height: auto; max-height: 2; display: none; }
        .echo.-wrong { color: $stuck; }
        .keys { margin-top: 1; }
        Input { background: $card; height: 1; border: none; padding: 0 1; }
        Input:focus { background: $cursor; }
        TextArea { height: 5; border: none; padding: 0 1; background: $card; }
        TextArea:focus { border: none; background: $cursor; }
    }
    FormScreen.-short {
        #form { height: 100%; }
        VerticalScroll { height: 1fr; }
        .line, .keys { margin-top: 0; }
        TextArea { height: 3; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", show=False),
        Binding("enter", "save", "save", show=False),
        Binding("ctrl+s", "save", "save", show=False, priority=True),
        Binding("ctrl+r", "as_saved", "as saved", show=False, priority=True),
        Binding("down", "next", show=False),
        Binding("up", "previous", show=False),
    ]

    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        title: str,
        fields: Iterable[Field | Choice],
        notes: str = "",
        typed: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._fields = {field.id: field for field in fields}
        self._notes = notes
        self._typed = typed or {}

    def saved(self, changed: Mapping[str, Any]) -> Answer:
        """The answer, from the values that differ from how their fields began; raises `InvalidInput`."""
        raise NotImplementedError

    def left(self, typed: Mapping[str, str]) -> Answer | None:
        """The answer of a form that is left, with the texts that differ."""
        raise NotImplementedError

    def field_of(self, error: InvalidInput) -> str:
        """The id of the field that an error of `saved` is about."""
        raise NotImplementedError

    def below(self, field_id: str) -> Iterable[Widget]:
        """What stands below a field beside its echo."""
        del field_id
        return ()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that its last line tells of."""
        return KEYS

    def compose(self) -> ComposeResult:
        """A line for each field, its echo below it when there is something to say."""
        with Vertical(id="form"):
            title = Content.assemble(printable(self._title), AGAIN if self._typed else "")
            yield Static(title, classes="title")
            with VerticalScroll(can_focus=False):
                for field in self._fields.values():
                    with Vertical(classes="line"):
                        yield Static(Content(field.label), classes="label")
                        with Vertical(classes="value"):
                            yield self._widget(field)
                            yield from self.below(field.id)
                            yield Static(id=f"echo-{field.id}", classes="echo")
                with Vertical(classes="line"):
                    yield Static(Content("notes"), classes="label")
                    with Vertical(classes="value"):
                        notes = self._typed.get("notes", self._notes)
                        yield NoteArea(notes, soft_wrap=True, compact=True, id="notes")
                        yield Static(id="echo-notes", classes="echo")
            yield KeysLine(self.keys())

    def _widget(self, field: Field | Choice) -> Widget:
        text = self._typed.get(field.id, field.start)
        if isinstance(field, Choice):
            return ChoiceLine(field.words, text, id=field.id)
        suggester = SuggestFromList(field.known, case_sensitive=False) if field.known else None
        return Input(text, placeholder=field.placeholder, suggester=suggester, compact=True, id=field.id)

    def on_mount(self) -> None:
        """Say how what was typed before is understood."""
        for field_id in self._typed.keys() & self._fields.keys():
            self.echo(field_id)
        self.query_one(f"#{next(iter(self._fields))}").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the field is understood."""
        event.stop()
        self.echo(event.input.id or "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter saves from any field."""
        event.stop()
        self.action_save()

    def on_note_area_ended(self, event: NoteArea.Ended) -> None:
        """Enter saves from the notes too."""
        event.stop()
        self.action_save()

    def action_next(self) -> None:
        """The field below."""
        self.focus_next()

    def action_previous(self) -> None:
        """The field above."""
        self.focus_previous()

    def action_cancel(self) -> None:
        """Leave everything as it was, giving back what was typed."""
        self.decide(self.left(self.typed()))

    def typed(self) -> dict[str, str]:
        """The texts that are not as they began, by field."""
        texts = {field_id: self.text_of(field_id) for field_id in self._fields}
        typed = {id_: text for id_, text in texts.items() if text != self._fields[id_].start}
        notes = self.query_one("#notes", NoteArea).text
        return typed | ({"notes": notes} if notes != self._notes else {})

    def action_as_saved(self) -> None:
        """Every field as it is in the file."""
        for field in self._fields.values():
            self.put(field.id, field.start)
        self.query_one("#notes", NoteArea).text = self._notes

    def action_save(self) -> None:
        """Return what was changed, or go to the first field that is not understood."""
        changed: dict[str, Any] = {}
        for field in self._fields.values():
            text = self.text_of(field.id)
            if text == field.start:
                continue
            try:
                changed[field.id] = field.understand(text)[0] if isinstance(field, Field) else text
            except InvalidInput as error:
                self.refuse(field.id, error)
                return
        notes = self.query_one("#notes", NoteArea).text
        if notes != self._notes:
            changed["notes"] = notes
        try:
            self.decide(self.saved(changed))
        except InvalidInput as error:
            self.refuse(self.field_of(error), error)

    def begin_notes(self, notes: str) -> None:
        """Let the notes begin with others; what was typed before them stays below."""
        area = self.query_one("#notes", NoteArea)
        typed = "" if area.text == self._notes else area.text
        self._notes = notes
        area.text = "\n".join(filter(None, (notes, typed)))

    def text_of(self, field_id: str) -> str:
        """What stands in a field now."""
        widget = self.query_one(f"#{field_id}")
        assert isinstance(widget, Input | ChoiceLine)
        return widget.value

    def put(self, field_id: str, text: str) -> None:
        """Put a text into a field."""
        widget = self.query_one(f"#{field_id}")
        assert isinstance(widget, Input | ChoiceLine)
        widget.value = text

    def echo(self, field_id: str) -> None:
        """Say below a field how what stands in it is understood; of what it began with nothing is said."""
        field, text = self._fields[field_id], self.text_of(field_id)
        if text == field.start or isinstance(field, Choice):
            self.say(field_id, "")
            return
        try:
            self.say(field_id, field.understand(text)[1])
        except InvalidInput as error:
            self.say(field_id, str(error), wrong=True)

    def refuse(self, field_id: str, error: InvalidInput) -> None:
        """Say what is wrong below its field, and go there."""
        self.say(field_id, str(error), wrong=True)
        self.query_one(f"#{field_id}").focus()

    def say(self, field_id: str, words: str, *, wrong: bool = False) -> None:
        """Put words below a field; without any they take no room."""
        echo = self.query_one(f"#echo-{field_id}", Static)
        echo.set_class(wrong, "-wrong")
        echo.display = bool(words)
        echo.update(echo_of(words, wrong))
