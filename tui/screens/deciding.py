"""The dated decisions about a deal: a next step, a touch, a close date, a snooze."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from store import InvalidInput, describe_date, parse_day
from tui.screens.acting import Acting, ids_of, names_of
from tui.screens.understood import Understood

if TYPE_CHECKING:
    from store import Deal, TaskDraft, TouchLine
    from tui.gateway import Write

NO_DAY = {"none", "-", "no"}
"""What is typed to take a date away."""


class DecideActions(Acting):
    """The decisions about `targets()`, each one line."""

    def action_step(self) -> None:
        """A next step with its day."""
        from store import parse_step

        deals, today, order = self.meant(), self.context.today, self.context.settings.date_order

        def understand(text: str) -> Understood[TaskDraft]:
            step = parse_step(text, today, order)
            return Understood(step.draft(), step.describe(today))

        if deals:
            self.ask(
                f"Next step for {names_of(deals)}",
                understand,
                lambda task: lambda store, now: store.tasks.add(ids_of(deals), task, now),
                about=ids_of(deals),
                placeholder="call Ann fri",
                hint="what, and by when: fri, 3, fri 14:30, every 2 weeks; only a day is a follow-up on that day",
            )

    def action_step_done(self) -> None:
        """The next step is done."""
        deals = self.meant()
        tasks = tuple(deal.next_step.task_id for deal in deals if deal.next_step)
        if tasks:
            self.act(lambda store, now: store.tasks.finish(tasks, now), ids_of(deals))
        elif deals:
            self.tell(f"{names_of(deals)} has no next step; t adds one.", wrong=True)

    def action_touch(self) -> None:
        """A call, e-mail or meeting that took place."""
        from store import parse_touch

        deals, today, order = self.meant(), self.context.today, self.context.settings.date_order

        def understand(text: str) -> Understood[TouchLine]:
            touch = parse_touch(text, today, order)
            return Understood(touch, touch.describe(today))

        if deals:
            self.ask(
                f"Log a touch on {names_of(deals)}",
                understand,
                lambda it: lambda store, now: store.touches.add(ids_of(deals), it.kind, it.text, now, it.on),
                about=ids_of(deals),
                placeholder="email asked for a quote yesterday",
                hint="call, email or meeting (c, e, m), what was said, the day if not today; ⏎ alone is a call today",
            )

    def action_close_date(self) -> None:
        """Another expected close date."""
        from store import DealPatch

        deals, today, order = self.meant(), self.context.today, self.context.settings.date_order

        def understand(text: str) -> Understood[date | None]:
            if text.strip().casefold() in NO_DAY:
                return Understood(None, "no close date")
            day = parse_day(text, today, order)
            return Understood(day, describe_date(day, today))

        def save(day: date | None) -> Write:
            from tui.screens.unchanged import unless_changed

            return unless_changed(
                lambda store, now: store.deals.edit_many(ids_of(deals), DealPatch(close_date=day), now),
                _close_dates(deals, today),
                lambda store: _close_dates(store.read.deals(ids_of(deals), today), today),
                "d offers yours again",
            )

        if deals:
            present = deals[0].close_date
            self.ask(
                f"Expected close date of {names_of(deals)}",
                understand,
                save,
                about=ids_of(deals),
                placeholder="fri, 3, +2w, 12 dec, eom; none",
                hint=f"now {describe_date(present, today)}" if present else "none yet",
            )

    def action_snooze(self) -> None:
        """Not stuck until a day; a snoozed deal can be woken."""
        deals, today, order = self.meant(), self.context.today, self.context.settings.date_order

        def understand(text: str) -> Understood[date | None]:
            if text.strip().casefold() in NO_DAY:
                return Understood(None, "awake again")
            day = parse_day(text, today, order)
            if day <= today:
                raise InvalidInput(
                    f"{describe_date(day, today)} is not to come; a deal sleeps until a later day."
                )
            return Understood(day, f"until {describe_date(day, today)}")

        if deals:
            asleep = next((deal.snoozed_until for deal in deals if deal.snoozed_until), None)
            self.ask(
                f"Snooze {names_of(deals)} until…",
                understand,
                lambda day: lambda store, now: store.deals.snooze(ids_of(deals), day, now),
                about=ids_of(deals),
                placeholder="7, fri, +2w, 12 dec",
                hint=f"now until {describe_date(asleep, today)}; none wakes it" if asleep else "",
            )


def _close_dates(deals: Sequence[Deal], today: date) -> dict[str, str]:
    """The close dates of deals in words, to see whether they are changed elsewhere."""
    return {
        f"close date of {deal.name}": describe_date(deal.close_date, today) if deal.close_date else "none"
        for deal in deals
    }
