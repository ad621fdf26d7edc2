"""New deals by a quick line, the month's goal, and other pipelines."""

from __future__ import annotations

from store import (
    TEMPLATES,
    InvalidInput,
    Money,
    Pipeline,
    QuickLine,
    Store,
    format_amount,
    month_name,
    month_of,
    parse_amount,
    parse_quickline,
)
from tui.format import stage_word
from tui.screens.acting import Acting
from tui.screens.picking import Choice, PickScreen
from tui.screens.prompt import Understood
from tui.screens.welcome import Start, WelcomeScreen
from tui.settings import local_currency
from tui.widgets.board_state import BoardState

NEW_PIPELINE = -1


class AddActions(Acting):
    """What makes new things. For the screen that holds the board's state."""

    state: BoardState

    def action_add(self) -> None:
        """A deal from one line; without stage: it starts in the first one."""
        context = self.context
        stages = context.pipeline.stages
        names = [stage.name for stage in stages]

        def understand(text: str) -> Understood[QuickLine]:
            line = parse_quickline(
                text, context.today, context.pipeline.currency, context.settings.date_order, names
            )
            if line.problems:
                raise InvalidInput(line.problems[0])
            return Understood(line, " · ".join(f"{label} {word}" for label, word in line.understood))

        self.ask(
            "Add a deal",
            understand,
            self._add,
            placeholder=f'Acme renewal 12k close:fri stage:{stage_word(names)} co:"Acme Inc" src:inbound #eu',
            hint="only the name is needed",
        )

    def _add(self, line: QuickLine) -> None:
        draft = line.draft(self.context.pipeline)
        self.expect_new()
        self.context.gateway.write(lambda store, now: store.deals.create(draft, now))

    def expect_new(self) -> None:
        """Put the cursor on the deal that comes next."""
        raise NotImplementedError

    def action_goal(self) -> None:
        """The goal of this month."""
        pipeline, month = self.context.pipeline, month_of(self.context.today)

        def understand(text: str) -> Understood[Money | None]:
            if text.strip().casefold() in {"", "none", "-"}:
                return Understood(None, "no goal")
            money = parse_amount(text, pipeline.currency)
            if money.currency != pipeline.currency:
                raise InvalidInput(
                    f"The goal of {pipeline.name} is in {pipeline.currency}, not {money.currency}."
                )
            return Understood(money, format_amount(money.minor, money.currency))

        def then(goal: Money | None) -> None:
            amount = goal.minor if goal else None
            self.context.gateway.write(
                lambda store, now: store.pipelines.set_goal(pipeline.id, month, amount, now)
            )

        self.ask(f"Goal for {month_name(month)}", understand, then, placeholder="50k; none")

    def action_pipeline(self) -> None:
        """Another pipeline, or a new one."""
        self.context.gateway.read(lambda store: store.read.pipelines(), self._ask_pipeline)

    def _ask_pipeline(self, pipelines: tuple[Pipeline, ...]) -> None:
        choices = [Choice(p.name, f"{len(p.stages)} stages · {p.currency}", p.id) for p in pipelines]
        choices.append(Choice("new pipeline…", "from a template", NEW_PIPELINE))
        here = next((n for n, p in enumerate(pipelines) if p.id == self.context.pipeline.id), 0)

        def chosen(pipeline_id: int | None) -> None:
            if pipeline_id == NEW_PIPELINE:
                currency = self.context.settings.currency or local_currency()
                self.app.push_screen(WelcomeScreen(TEMPLATES, currency, first=False), self._begin)
            elif pipeline_id is not None:
                self._show(pipeline_id)

        self.app.push_screen(PickScreen("Which pipeline?", choices, here), chosen)

    def _begin(self, start: Start | None) -> None:
        if start is None:
            return

        def make(store: Store) -> int:
            before = {pipeline.id for pipeline in store.read.pipelines()}
            store.pipelines.create(start.template, start.name, start.currency, self.context.clock.now())
            return next(pipeline.id for pipeline in store.read.pipelines() if pipeline.id not in before)

        self.context.gateway.read(make, self._show)

    def _show(self, pipeline_id: int) -> None:
        self.context.gateway.pipeline_id = pipeline_id
        self.context.gateway.read_board()
