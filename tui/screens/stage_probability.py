"""How likely a deal of a stage is won: what the founder thinks of the stage under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import Outcome
from tui.format import counted
from tui.screens.looking import LookActions
from tui.screens.understood import Understood

if TYPE_CHECKING:
    from store import Stage, Store
    from tui.gateway import Write
    from tui.widgets.board_columns import ColumnState


class StageActions(LookActions):
    """The key of a stage's probability. For the screen that has the board and the panel."""

    def action_probability(self) -> None:
        """Ask for the probability of the stage under the cursor; in the panel, of the stage that its deal is in."""
        from tui.percents import whole_percent
        from tui.screens.unchanged import unless_changed

        column = self._column_looked_at
        stage, own = column.stage, sum(deal.own_probability is not None for deal in column.deals)
        if stage.outcome is not Outcome.OPEN:
            self.tell(f"{stage.name} has no probability to set; open stages have.", wrong=True)
            return
        present = stage.probability
        as_it_is = f"stays {present} %"
        kept = f" · {counted(own, 'deal keeps its own', 'deals keep their own')}" if own else ""

        def understand(text: str) -> Understood[int]:
            percent = whole_percent(text) if text.strip() else present
            return Understood(
                percent, as_it_is if percent == present else f"{percent} %, was {present} %{kept}"
            )

        def save(percent: int) -> Write | None:
            if percent == present:
                return None
            return unless_changed(
                lambda store, now: store.pipelines.set_probability(stage.id, percent, now),
                _words(stage),
                lambda store: _words_now(store, stage),
                "% offers yours again",
            )

        self.ask(
            f"Probability of {stage.name}",
            understand,
            save,
            value=str(present),
            placeholder="45 %",
            hint=as_it_is,
        )

    @property
    def _column_looked_at(self) -> ColumnState:
        state = self.board.state
        if self.panel.has_focus and self.panel.entry is not None:
            stage_id = self.panel.entry.deal.stage_id
            return next(column for column in state.columns if column.stage.id == stage_id)
        return state.columns[state.cursor_column]


def _words(stage: Stage, whose: str = "") -> dict[str, str]:
    return {f"probability of {whose or stage.name}": f"{stage.probability} %"}


def _words_now(store: Store, seen: Stage) -> dict[str, str] | None:
    stages = (stage for pipeline in store.read.pipelines() for stage in pipeline.stages)
    return next((_words(stage, seen.name) for stage in stages if stage.id == seen.id), None)
