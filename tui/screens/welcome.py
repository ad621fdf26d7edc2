"""The first start: which stages does a deal go through, and in which currency?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from store import InvalidInput, Outcome, Template, clean_line, currency_code
from tui.screens.sheet import KeysLine, Modal
from tui.widgets.choice_list import ChoiceList


@dataclass(frozen=True, slots=True)
class Start:
    """The pipeline to begin with."""

    template: Template
    currency: str
    name: str


HEIGHTS: Final = [(0, "-short"), (20, "-tall")]
"""Below the second one there are no blank lines."""


class WelcomeScreen(Modal[Start]):
    """Asks for a template, a currency and a name; Enter takes the first one as it stands."""

    DEFAULT_CSS = """
    WelcomeScreen {
        align: center middle;
        background: $background;
        #welcome {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            padding: 1 2; overflow-y: auto; scrollbar-size: 1 1;
        }
        Static { height: auto; }
        .keys { margin-top: 1; }
        .line { height: 1; }
        .label { color: $dim; width: 10; }
        .about { color: $dim; height: 2; margin: 1 0; }
        .wrong { color: $stuck; display: none; }
        OptionList {
            height: auto; border: none; padding: 0; margin-top: 1; scrollbar-size: 0 0;
            background: $background; color: $foreground;
        }
        OptionList:focus { border: none; }
        OptionList > .option-list--option-highlighted { background: $cursor; color: $foreground; text-style: bold; }
        Input { background: $card; color: $foreground; height: 1; border: none; padding: 0 1; width: 40; }
        Input:focus { background: $cursor; }
    }
    WelcomeScreen.-short {
        #welcome { padding: 0 2; }
        OptionList, .about, .keys { margin: 0; }
    }
    """

    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "leave", show=False),
        Binding("enter", "begin", "begin", show=False, priority=True),
        Binding("j", "highlight(1)", show=False),
        Binding("k", "highlight(-1)", show=False),
    ]

    def __init__(
        self,
        templates: Sequence[Template],
        currency: str,
        *,
        first: bool,
        wrong: str = "",
        taken: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._wrong = wrong
        self._taken = {name.casefold(): name for name in taken}
        self._templates = tuple(templates)
        self._currency = currency
        self._first = first

    def compose(self) -> ComposeResult:
        """The templates, what the highlighted one is made of, and two fields that are already filled in."""
        with Vertical(id="welcome"):
            title = "Welcome to Dealdeck" if self._first else "A new pipeline"
            yield Static(Content.assemble((title, "bold $accent"), "  Which stages does a deal go through?"))
            yield ChoiceList(*self._options(), markup=False)
            yield Static(classes="about")
            with Horizontal(classes="line"):
                yield Static(Content("currency"), classes="label")
                yield Input(self._currency, compact=True, id="currency", max_length=3)
            with Horizontal(classes="line"):
                yield Static(Content("name"), classes="label")
                name = self._free_name(self._templates[0])
                yield Input(name, compact=True, id="name", max_length=200)
            yield Static(classes="wrong")
            leave = "leave" if self._first else "cancel"
            keys = (("↑↓", "choose"), ("tab", "currency, name"), ("⏎", "begin"), ("esc", leave))
            yield KeysLine(keys)

    def on_mount(self) -> None:
        """Start on the default."""
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).focus()
        if self._wrong:
            self._refuse(self._wrong)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the template is made of."""
        self.query_one(".about", Static).update(_stages(self._templates[event.option_index]))
        name = self.query_one("#name", Input)
        if name.value in {self._free_name(template) for template in self._templates}:
            name.value = self._free_name(self._templates[event.option_index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click chooses and stays; Enter begins."""
        event.stop()

    def _options(self) -> Iterable[Option]:
        for place, template in enumerate(self._templates):
            usual = "" if place else "  the usual one"
            yield Option(Content.assemble("  ", template.name, (usual, "$dim")))

    def _free_name(self, template: Template) -> str:
        """What the template's pipeline is called, with a number where that name is taken."""
        name = "Delivery" if template.name == "Delivery" else "Sales"
        numbered = (name, *(f"{name} {n}" for n in range(2, len(self._taken) + 2)))
        return next(each for each in numbered if each.casefold() not in self._taken)

    def _refuse(self, why: str) -> None:
        wrong = self.query_one(".wrong", Static)
        wrong.update(Content(f"! {why}"))
        wrong.display = True

    def action_highlight(self, by: int) -> None:
        """j and k choose too."""
        options = self.query_one(OptionList)
        options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def action_begin(self) -> None:
        """Take the highlighted template, if the currency is one."""
        at = self.query_one(OptionList).highlighted or 0
        try:
            currency = currency_code(self.query_one("#currency", Input).value)
            name = clean_line(self.query_one("#name", Input).value)
            if not name:
                raise InvalidInput("The pipeline's name is empty; type one.")
            if name.casefold() in self._taken:
                raise InvalidInput(
                    f"There is a pipeline {self._taken[name.casefold()]} already; type another name."
                )
        except InvalidInput as error:
            self._refuse(str(error))
            return
        self.decide(Start(self._templates[at], currency, name))


def _stages(template: Template) -> Content:
    parts: list[Content | tuple[str, str]] = []
    for stage in template.stages:
        style = {Outcome.WON: "$money", Outcome.LOST: "$stuck"}.get(stage.outcome, "")
        chance = f" {stage.probability} %" if stage.outcome is Outcome.OPEN else ""
        parts += [(" · " if parts else "", "$faint"), (stage.name, style), (chance, "$faint")]
    return Content.assemble(*parts)
