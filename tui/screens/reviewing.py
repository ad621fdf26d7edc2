"""How the morning review begins, from wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tui.screens.acting import Acting

if TYPE_CHECKING:
    from datetime import date

    from store import DealPage, MorningList, Pipeline, Review, Store, StuckList

PLACE: Final = "review"
"""The setting that keeps the place for the day."""


class Begun(NamedTuple):
    """A review, and the page of the first deal, so that it opens with what it shows."""

    review: Review
    page: DealPage | None


def begun(
    store: Store, pipeline: Pipeline, today: date, listed: StuckList | MorningList | None = None
) -> Begun:
    """The review of a pipeline as of `today`, taken up where it was left if that was on the same day.

    `listed` is the morning's list, where the caller has it already.
    """
    from store import Review, resume

    if listed is None:
        listed = store.read.stuck(pipeline.id, today)
    review = Review(pipeline, store.read.rates(pipeline.currency), listed)
    resume(review, store.read.setting(PLACE), today)
    return Begun(review, store.read.deal_page(review.current.id, today) if review.current else None)


class ReviewActions(Acting):
    """The key of the review."""

    @property
    def morning_list(self) -> StuckList | None:
        """What is stuck, where the screen knows that."""
        return None

    def action_review(self) -> None:
        """The morning review of the pipeline."""
        from tui.screens.review import ReviewScreen

        pipeline, today, listed = self.pipeline, self.context.today, self.morning_list

        def show(found: Begun) -> None:
            self.app.push_screen(ReviewScreen(self.context, found))

        self.context.gateway.read(lambda store: begun(store, pipeline, today, listed), show)
