"""New deals by a quick line, the month's goal, and other pipelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import InvalidInput, Outcome, format_amount, month_name, month_of, parse_amount, plain_amount
from tui.format import stage_word
from tui.screens.acting import Acting
from tui.screens.understood import Understood
from tui.settings import local_currency
from tui.widgets.board_state import BoardState

if TYPE_CHECKING:
    from datetime import datetime

    from store import DealDraft, Done, Pipeline, Store
    from tui.gateway import Write
    from tui.screens.welcome import Start

NEW_PIPELINE = -1

NO_GOAL = {"none", "no", "-"}
"""What is typed to take the goal away."""


class AddActions(Acting):
    """What makes new things. For the screen that holds the board's state."""

    state: BoardState

    def action_add(self) -> None:
        """A deal from one line; without stage: it starts in the first one."""
        from store import parse_quickline

        context, pipeline = self.context, self.context.pipeline
        names = [stage.name for stage in pipeline.stages]
        lost = [stage.name for stage in pipeline.stages if stage.outcome is Outcome.LOST]

        def understand(text: str) -> Understood[DealDraft]:
            line = parse_quickline(
                text, context.today, pipeline.currency, context.settings.date_order, names, lost
            )
            if line.problems:
                raise InvalidInput(line.problems[0])
            echo = (*(f"{label} {word}" for label, word in line.understood), *line.notes)
            return Understood(line.draft(pipeline), " · ".join(echo))

        self.ask(
            "Add a deal",
            understand,
            lambda draft: lambda store, now: store.deals.create(draft, now),
            then=lambda _, done: self.made(done.deal_ids[0]),
            placeholder=f'Acme renewal 12k close:fri stage:{stage_word(names)} co:"Acme Inc" src:inbound #eu',
            hint="only the name is needed",
        )

    def made(self, deal_id: int) -> None:
        """Called when a deal was added, before it comes back."""
        raise NotImplementedError

    def action_goal(self) -> None:
        """The goal of this month: begins with the present one; `none` takes it away, an empty line leaves it."""
        pipeline, month = self.context.pipeline, month_of(self.context.today)
        present = self.state.forecast([month]).months[0].goal
        as_it_is = "no goal yet"
        if present is not None:
            as_it_is = f"stays {format_amount(present, pipeline.currency)}; none takes it away"

        def understand(text: str) -> Understood[int | None]:
            if not text.strip():
                return Understood(present, as_it_is)
            if text.strip().casefold() in NO_GOAL:
                if present is not None and present == pipeline.monthly_goal:
                    raise InvalidInput(
                        "This is the goal of every month; deals goal every none takes it away."
                    )
                return Understood(None, "no goal")
            money = parse_amount(text, pipeline.currency)
            if money.currency != pipeline.currency:
                raise InvalidInput(
                    f"The goal of {pipeline.name} is in {pipeline.currency}, not {money.currency}."
                )
            words = format_amount(money.minor, money.currency)
            return Understood(money.minor, as_it_is if money.minor == present else words)

        def save(goal: int | None) -> Write | None:
            if goal == present:
                return None
            return lambda store, now: store.pipelines.set_goal(pipeline.id, month, goal, now)

        self.ask(
            f"Goal for {month_name(month)}",
            understand,
            save,
            value=plain_amount(present, pipeline.currency) if present is not None else "",
            placeholder="50k; none",
            hint=as_it_is,
        )

    def action_pipeline(self) -> None:
        """Another pipeline, or a new one."""
        self.context.gateway.read(lambda store: store.read.pipelines(), self._ask_pipeline)

    def _ask_pipeline(self, pipelines: tuple[Pipeline, ...]) -> None:
        from tui.screens.picking import Choice, PickScreen

        choices = [Choice(p.name, f"{len(p.stages)} stages · {p.currency}", p.id) for p in pipelines]
        choices.append(Choice("new pipeline…", "from a template", NEW_PIPELINE))
        here = next((n for n, p in enumerate(pipelines) if p.id == self.context.pipeline.id), 0)

        def chosen(pipeline_id: int | None) -> None:
            if pipeline_id == NEW_PIPELINE:
                currency = self.context.settings.currency or local_currency()
                taken = [pipeline.name for pipeline in pipelines]
                from store import TEMPLATES
                from tui.screens.welcome import WelcomeScreen

                self.app.push_screen(
                    WelcomeScreen(TEMPLATES, currency, first=False, taken=taken), self._begin
                )
            elif pipeline_id is not None:
                self._show(pipeline_id)

        self.app.push_screen(PickScreen("Which pipeline?", choices, here), chosen)

    def _begin(self, start: Start | None) -> None:
        if start is None:
            return

        gateway = self.context.gateway

        def make(store: Store, now: datetime) -> Done:
            done = store.pipelines.create(start.template, start.name, start.currency, now)
            gateway.pipeline_id = (
                done.made_id or gateway.pipeline_id
            )  # the board that is read next is this one's
            return done

        gateway.write(make, then=lambda done: gateway.remember("pipeline", str(done.made_id)))

    def _show(self, pipeline_id: int) -> None:
        self.context.gateway.pipeline_id = pipeline_id
        self.context.gateway.read_board()
        self.context.gateway.remember("pipeline", str(pipeline_id))
