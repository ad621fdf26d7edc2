"""Moving deals between stages: by arrows, by number, to any pipeline, won and lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from store import Deal, Done, InvalidInput, Outcome, Pipeline, Stage, Store
from tui.screens.acting import Acting, ids_of, names_of
from tui.screens.losing import Loss, LossScreen
from tui.screens.picking import Choice, PickScreen
from tui.screens.prompt import Understood

Moves = Sequence[tuple[Stage, tuple[int, ...]]]
"""Which deals go to which stage."""


class MoveActions(Acting):
    """The moves of `targets()`. A lost stage asks the reason, a stage that requires evidence asks for it."""

    def action_move_on(self) -> None:
        """To the next stage."""
        self._move_by(1)

    def action_move_back(self) -> None:
        """To the stage before."""
        self._move_by(-1)

    def action_move_to_stage(self, number: int) -> None:
        """To the stage with this number, from the left."""
        deals, stages = self.meant(), self.context.pipeline.stages
        if deals and number > len(stages):
            self.tell(f"There is no stage {number}; this pipeline has {len(stages)}.", wrong=True)
        elif deals:
            self.move(deals, stages[number - 1])

    def action_move_to(self) -> None:
        """To any stage of any pipeline."""
        deals = self.meant()
        if deals:
            self.context.gateway.read(
                lambda store: store.read.pipelines(), lambda pipelines: self._ask_stage(deals, pipelines)
            )

    def action_won(self) -> None:
        """Won, and paid in full."""
        deals = self.meant()
        if deals:
            self.act(lambda store, now: store.deals.win(ids_of(deals), now))

    def action_lost(self) -> None:
        """Lost; the reason is asked."""
        deals = self.meant()
        if deals:
            self._ask_loss(
                deals,
                lambda loss: self.act(
                    lambda store, now: store.deals.lose(ids_of(deals), loss.reason, now, loss.note)
                ),
            )

    def move(self, deals: Sequence[Deal], stage: Stage) -> None:
        """Move these deals to this stage, after asking what the stage wants to know."""
        self._move([(stage, ids_of(deals))], deals)

    def _move_by(self, by: int) -> None:
        deals, stages = self.meant(), self.context.pipeline.stages
        place = {stage.id: at for at, stage in enumerate(stages)}
        goals: dict[int, list[Deal]] = {}
        for deal in deals:
            goal = place[deal.stage_id] + by
            if 0 <= goal < len(stages):
                goals.setdefault(goal, []).append(deal)
        if deals and not goals:
            self.tell(f"There is no stage further {'right' if by > 0 else 'left'}.", wrong=True)
        elif goals:
            self._move([(stages[goal], ids_of(group)) for goal, group in goals.items()], deals)

    def _move(self, moves: Moves, deals: Sequence[Deal]) -> None:
        entered = [
            stage for stage, ids in moves if any(d.id in ids and d.stage_id != stage.id for d in deals)
        ]
        asking = next((stage for stage in entered if stage.evidence_required), None)
        if any(stage.outcome is Outcome.LOST for stage in entered):
            self._ask_loss(deals, lambda loss: self._hand_over(moves, loss=loss))
        elif asking is not None:
            self._ask_evidence(asking, lambda evidence: self._hand_over(moves, evidence=evidence))
        else:
            self._hand_over(moves)

    def _hand_over(self, moves: Moves, *, evidence: str = "", loss: Loss | None = None) -> None:
        reason, note = (loss.reason, loss.note) if loss else (None, "")

        def move(store: Store, now: datetime) -> Done:
            if len(moves) == 1:
                stage, ids = moves[0]
                return store.deals.move(ids, stage.id, now, evidence, reason, note)
            everyone = tuple(deal_id for _, ids in moves for deal_id in ids)
            title = f"move {len(everyone)} deals"
            with store.one_action(title, now) as change:
                for stage, ids in moves:
                    store.deals.move(ids, stage.id, now, evidence, reason, note)
            return change.done(everyone)

        self.act(move)

    def _ask_stage(self, deals: Sequence[Deal], pipelines: Sequence[Pipeline]) -> None:
        own = self.context.pipeline.id
        choices = [
            Choice(stage.name, _about(stage, pipeline, own), stage)
            for pipeline in sorted(pipelines, key=lambda pipeline: pipeline.id != own)
            for stage in pipeline.stages
        ]
        here = next((n for n, choice in enumerate(choices) if choice.value.id == deals[0].stage_id), 0)

        def chosen(stage: Stage | None) -> None:
            if stage is not None:
                self.move(deals, stage)

        start = min(here + 1, len(choices) - 1)
        self.app.push_screen(PickScreen(f"Move {names_of(deals)} to…", choices, start), chosen)

    def _ask_loss(self, deals: Sequence[Deal], then: Callable[[Loss], None]) -> None:
        def chosen(loss: Loss | None) -> None:
            if loss is not None:
                then(loss)

        reasons = self.context.pipeline.lost_reasons or ("other",)
        self.app.push_screen(LossScreen(f"Why was {names_of(deals)} lost?", reasons), chosen)

    def _ask_evidence(self, stage: Stage, then: Callable[[str], None]) -> None:
        def understand(text: str) -> Understood[str]:
            if not text.strip():
                raise InvalidInput(f"{stage.name} asks for evidence: say what the buyer did.")
            return Understood(text, stage.criterion)

        self.ask("What did the buyer do?", understand, then, hint=stage.criterion)


def _about(stage: Stage, pipeline: Pipeline, own: int) -> str:
    chance = f"{stage.probability} %" if stage.outcome is Outcome.OPEN else stage.outcome.value
    return chance if pipeline.id == own else f"{chance} · {pipeline.name}"
