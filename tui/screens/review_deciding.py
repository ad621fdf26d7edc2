"""The decisions of the review that are more than the board's: what is overdue gets a day, and items are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import StepLine, describe_date, parse_step
from tui import format as fmt
from tui.screens.deciding import DecideActions
from tui.screens.understood import Understood

if TYPE_CHECKING:
    from store import Deal, Task
    from tui.gateway import Write
    from tui.widgets.review_case import CasePage


class ReviewDecisions(DecideActions):
    """The decisions about the deal that is looked at."""

    @property
    def case_page(self) -> CasePage | None:
        """The page of the deal that is looked at; `None` at the end."""
        raise NotImplementedError

    def action_step(self) -> None:
        """A next step with its day; only a day is the new day of what is overdue."""
        page = self.case_page
        if page is not None and page.overdue:
            self._ask_step_or_day(page.page.deal, page.overdue)
        else:
            super().action_step()

    def _ask_step_or_day(self, deal: Deal, late: tuple[Task, ...]) -> None:
        today, order = self.context.today, self.context.settings.date_order
        titles = late[0].title if len(late) == 1 else f"{len(late)} overdue tasks"
        tasks = tuple(task.id for task in late)

        def understand(text: str) -> Understood[StepLine]:
            bare = parse_step(text, today, order, proposed="")
            if bare.due_on is not None and bare == StepLine("", bare.due_on):
                return Understood(bare, f"{titles} · {describe_date(bare.due_on, today)}")
            step = parse_step(text, today, order)
            return Understood(step, step.describe(today))

        def decide(step: StepLine) -> Write:
            day = step.due_on
            if day is None or step.title:
                draft = step.draft()
                return lambda store, now: store.tasks.add((deal.id,), draft, now)
            return lambda store, now: store.tasks.postpone(tasks, day, now)

        self.ask(
            f"Next step for {deal.name}",
            understand,
            decide,
            about=(deal.id,),
            placeholder="3",
            hint=f"only a day (3, fri) moves {titles} there; words add a next step: call Ann fri",
        )

    def action_tick(self, number: int) -> None:
        """An item of the stage's checklist is done, or is not."""
        page = self.case_page
        if page is None:
            return
        items = page.stage.checklist if page.stage is not None else ()
        if number > len(items):
            words = f"its checklist has {fmt.counted(len(items), 'item')}" if items else "it has no checklist"
            self.tell(f"There is no item {number}; {words}.", wrong=True)
            return
        deal_id, item = page.page.deal.id, items[number - 1]
        ticked = item.id not in page.page.ticked
        self.act(lambda store, now: store.checklists.tick(deal_id, item.id, ticked, now), (deal_id,))
