"""What the actions on deals stand on, whichever screen shows the deals: who is meant, asking, handing over.

The actions themselves are in `moving`, `deciding` and `noting`; nothing is saved in any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from store import InvalidInput
from tui.theme import THEMES

if TYPE_CHECKING:
    from datetime import datetime

    from textual.screen import Screen

    from store import Deal, Done, Pipeline, Store
    from tui.context import Context
    from tui.gateway import Write
    from tui.messages import BoardChanged
    from tui.screens.understood import Understood
    from tui.widgets.key_hints import KeyHints

    _Screen = Screen[Any]
else:
    _Screen = object

Answer = TypeVar("Answer")


class Acting(_Screen):
    """For a screen that says `targets()` and `tell()` and has a `context`."""

    context: Context
    hints: KeyHints

    def on_board_changed(self, event: BoardChanged) -> None:
        """Another program's change takes the place of what was told of ours: undo takes back the newest. What went
        wrong stays to be read. (This comes after what the screen itself does with the message.)
        """
        if event.elsewhere and not self.hints.told[1]:
            self.tell(event.elsewhere)

    def targets(self) -> tuple[Deal, ...]:
        """The deals that an action is about: the selected ones, else the one under the cursor."""
        raise NotImplementedError

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """One line for the founder."""
        raise NotImplementedError

    @property
    def pipeline(self) -> Pipeline:
        """The one that the targets are in: that of the board."""
        return self.context.pipeline

    def acted(self, ids: Sequence[int], done: Done) -> None:
        """Called when a command about these deals is done, before the change comes back."""

    def pointed_at(self) -> Deal | None:
        """The one deal that is looked at, for what is done to one only; says so when there is none."""
        return next(iter(self.meant()), None)

    def meant(self) -> tuple[Deal, ...]:
        """The targets; says so when there are none."""
        deals = self.targets()
        if not deals:
            self.tell("There is no deal here; a adds one.", wrong=True)
        return deals

    def act(self, command: Write, ids: Sequence[int], then: Callable[[Done], object] | None = None) -> None:
        """Hand a command about these deals over; `then` is called when it is done, and not when it is refused."""

        def done(it: Done) -> None:
            self.acted(ids, it)
            if then is not None:
                then(it)

        self.context.gateway.write(command, then=done)

    def action_undo(self) -> None:
        """Take back the last change, whoever made it."""
        self.context.gateway.write(lambda store, now: store.history.undo(now), "undone: {} · U does it again")

    def action_redo(self) -> None:
        """Do again what was taken back; a pipeline that comes back with it is shown, as when it was made."""
        gateway, shown = self.context.gateway, self.context.gateway.pipeline_id

        def redo(store: Store, now: datetime) -> Done:
            there = {pipeline.id for pipeline in store.read.pipelines()}
            done = store.history.redo(now)
            back = [pipeline.id for pipeline in store.read.pipelines() if pipeline.id not in there]
            if not back:
                return done
            gateway.pipeline_id = back[0]  # the board that is read next is this one's
            return replace(done, deal_ids=())

        def remember(_: Done) -> None:
            if gateway.pipeline_id != shown:
                gateway.remember("pipeline", str(gateway.pipeline_id))

        gateway.write(redo, "done again: {}", then=remember)

    def action_theme(self) -> None:
        """The next theme."""
        names = list(THEMES)
        self.context.wear(names[(names.index(self.app.theme) + 1) % len(names)])
        if not self.app.no_color:
            self.tell(f"theme: {self.app.theme}")

    def ask(
        self,
        title: str,
        understand: Callable[[str], Understood[Answer]],
        save: Callable[[Answer], Write | None],
        *,
        about: Sequence[int] = (),
        value: str = "",
        hint: str = "",
        placeholder: str = "",
        then: Callable[[Answer, Done], object] | None = None,
    ) -> None:
        """Ask for one line, which begins with `value`, about these deals, and do what `save` makes of its meaning
        (`None`: nothing), unless it is left with Esc; then call `then`. What `save` refuses is told.

        A line that the store refuses is kept, and begins the next such question with what was typed.
        """
        lines, question = self.context.unsaved_lines, (title, *about)

        def answered(answer: Understood[Answer] | None) -> None:
            lines.pop(question, None)
            if answer is None:
                return
            meant = answer.value

            def done(it: Done) -> None:
                lines.pop(question, None)
                if then is not None:
                    then(meant, it)

            try:
                command = save(meant)
            except InvalidInput as error:
                self.tell(str(error), wrong=True)
                return
            if command is not None:
                self.keep_line(question, answer.text)
                self.act(command, about, done)

        from tui.screens.prompt import PromptScreen
        from tui.screens.typed_line import Line

        again = question in lines
        line = Line(understand, lines.get(question, value), placeholder, hint, again=again)
        self.app.push_screen(PromptScreen(title, line), answered)

    def keep_line(self, question: Hashable, text: str) -> None:
        """Keep what was typed until it is saved: the store may refuse it."""
        if text.strip():
            self.context.unsaved_lines[question] = text


def ids_of(deals: Sequence[Deal]) -> tuple[int, ...]:
    """The deals' ids."""
    return tuple(deal.id for deal in deals)


def names_of(deals: Sequence[Deal]) -> str:
    """The one deal's name, or how many there are."""
    return deals[0].name if len(deals) == 1 else f"{len(deals)} deals"
