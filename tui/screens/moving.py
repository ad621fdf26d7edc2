"""Moving deals between stages: by arrows, by number, to any pipeline, won and lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store import Outcome
from tui.screens.acting import Acting, ids_of, names_of

if TYPE_CHECKING:
    from store import Deal, DealMove, Done, Pipeline, Stage
    from tui.gateway import Write
    from tui.screens.leaving import Undone
    from tui.screens.losing import Loss
    from tui.screens.understood import Understood


class Goal(NamedTuple):
    """Deals on their way to a stage. `pipeline` is the stage's, whose reasons a deal is lost for there."""

    deals: tuple[Deal, ...]
    stage: Stage
    pipeline: Pipeline

    @property
    def entering(self) -> tuple[Deal, ...]:
        """The deals that are not there yet: the stage asks only about those."""
        return tuple(deal for deal in self.deals if deal.stage_id != self.stage.id)

    @property
    def leaving(self) -> tuple[Deal, ...]:
        """The open deals that go on: what their stage wants done should be done. One that is lost leaves it undone, and
        one that is reopened was done with."""
        if self.stage.outcome is Outcome.LOST:
            return ()
        return tuple(deal for deal in self.entering if deal.outcome is Outcome.OPEN)

    @property
    def question(self) -> tuple[object, ...]:
        """What the stage asks, and about which deals: by this the answer is kept until it is saved."""
        return ("move", self.stage.id, *ids_of(self.entering))

    def move(self, loss: Loss | None, evidence: Mapping[int, str]) -> DealMove:
        """The move with what was answered; `evidence` is by stage."""
        from store import DealMove

        reason, note = (loss.reason, loss.note) if loss and self.stage.outcome is Outcome.LOST else (None, "")
        seen = {deal.id: deal.stage_id for deal in self.deals}
        return DealMove(
            ids_of(self.deals), self.stage.id, evidence.get(self.stage.id, ""), reason, note, seen
        )


class MoveActions(Acting):
    """The moves of `targets()`. A stage with a criterion asks what the buyer did, a lost one the reason; what is left
    undone in a stage is said."""

    def action_move_on(self) -> None:
        """To the next stage."""
        self._move_by(1)

    def action_move_back(self) -> None:
        """To the stage before."""
        self._move_by(-1)

    def action_move_to_stage(self, number: int) -> None:
        """To the stage with this number, from the left."""
        deals, stages = self.meant(), self.pipeline.stages
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
        self._close(
            Outcome.WON, lambda it: lambda store, now: store.deals.win(it.ids, now, it.evidence, it.seen)
        )

    def action_lost(self) -> None:
        """Lost; the reason is asked."""

        def lose(it: DealMove) -> Write:
            reason, note = it.lost_reason or "", it.lost_note
            return lambda store, now: store.deals.lose(it.ids, reason, now, note, it.evidence, it.seen)

        self._close(Outcome.LOST, lose)

    def move(self, deals: Sequence[Deal], stage: Stage, pipeline: Pipeline | None = None) -> None:
        """Move these deals to this stage (of their own pipeline, if no other is named), after asking what the stage
        wants to know.
        """
        self._move([Goal(tuple(deals), stage, pipeline or self.pipeline)])

    def _move_by(self, by: int) -> None:
        deals, stages = self.meant(), self.pipeline.stages
        place = {stage.id: at for at, stage in enumerate(stages)}
        goals: dict[int, list[Deal]] = {}
        for deal in deals:
            goal = place.get(deal.stage_id, len(stages)) + by
            if 0 <= goal < len(stages):
                goals.setdefault(goal, []).append(deal)
        if deals and not goals:
            self.tell(f"There is no stage further {'right' if by > 0 else 'left'}.", wrong=True)
        elif goals:
            self._move([Goal(tuple(group), stages[goal], self.pipeline) for goal, group in goals.items()])

    def _close(self, outcome: Outcome, close: Callable[[DealMove], Write]) -> None:
        """Ask what the first won or lost stage wants to know of the deals that are not closed so, and close them."""
        deals = self.meant()
        closing = tuple(deal for deal in deals if deal.outcome is not outcome)
        stage = next(stage for stage in self.pipeline.stages if stage.outcome is outcome)
        if closing:
            goal = Goal(closing, stage, self.pipeline)
            self._ask_for([goal], ids_of(deals), lambda moves: close(moves[0]))
        elif deals:
            self.tell(f"{names_of(deals)}: {outcome.value} already.", wrong=True)

    def _move(self, goals: Sequence[Goal]) -> None:
        everyone = tuple(deal.id for goal in goals for deal in goal.deals)
        self._ask_for(goals, everyone, lambda moves: lambda store, now: store.deals.move_many(moves, now))

    def _ask_for(
        self, goals: Sequence[Goal], ids: Sequence[int], write: Callable[[Sequence[DealMove]], Write]
    ) -> None:
        """Ask all that the stages want to know, one sheet after the other, and do what `write` makes of the answers;
        Esc in any of them leaves all as it is. What was typed is kept until it is saved.
        """

        def then(moves: Sequence[DealMove]) -> None:
            self.act(write(moves), ids, saved)

        def saved(_: Done) -> None:
            for goal in goals:
                self.context.unsaved_lines.pop(goal.question, None)

        asking = {stage.id for stage in self.pipeline.stages if stage.has_required_items}
        leaving = [deal for goal in goals for deal in goal.leaving if deal.stage_id in asking]
        if not leaving:
            self._ask_entering(goals, None, then)
            return
        from tui.screens.leaving import undone

        undone_in = ids_of(leaving)
        self.context.gateway.read(
            lambda store: store.read.unticked(undone_in),
            lambda found: self._ask_entering(goals, undone(leaving, self.pipeline, found), then),
        )

    def _ask_entering(
        self, goals: Sequence[Goal], left: Undone | None, then: Callable[[Sequence[DealMove]], None]
    ) -> None:
        """Ask what the new stages want to know, and whether to move though something is `left` undone."""
        entered = [goal for goal in goals if goal.entering]
        lost = next((goal for goal in entered if goal.stage.outcome is Outcome.LOST), None)
        asking = [goal for goal in entered if goal.stage.asks_evidence]

        def told_why(loss: Loss | None) -> None:
            self._ask_evidence(asking, left, {}, lambda said: then([goal.move(loss, said) for goal in goals]))

        def go() -> None:
            if lost is None:
                told_why(None)
            else:
                self._ask_loss(lost, told_why)

        if left is None or asking:
            go()
        else:
            self._ask_leaving(goals, left, go)

    def _ask_stage(self, deals: Sequence[Deal], pipelines: Sequence[Pipeline]) -> None:
        from tui.screens.picking import Choice, PickScreen

        own = self.pipeline.id
        choices = [
            Choice(stage.name, _about(stage, pipeline, own), (stage, pipeline))
            for pipeline in sorted(pipelines, key=lambda pipeline: pipeline.id != own)
            for stage in pipeline.stages
        ]
        here = next((n for n, choice in enumerate(choices) if choice.value[0].id == deals[0].stage_id), 0)

        def chosen(place: tuple[Stage, Pipeline] | None) -> None:
            if place is not None:
                self.move(deals, *place)

        start = min(here + 1, len(choices) - 1)
        self.app.push_screen(PickScreen(f"Move {names_of(deals)} to…", choices, start), chosen)

    def _ask_loss(self, goal: Goal, then: Callable[[Loss], None]) -> None:
        from tui.screens.losing import LossScreen

        lines = self.context.unsaved_lines

        def chosen(loss: Loss | None) -> None:
            lines.pop(goal.question, None)
            if loss is not None:
                self.keep_line(goal.question, loss.note)
                then(loss)

        reasons = goal.pipeline.lost_reasons or ("other",)
        title, note = f"Why was {names_of(goal.entering)} lost?", lines.get(goal.question, "")
        self.app.push_screen(LossScreen(title, reasons, note), chosen)

    def _ask_leaving(self, goals: Sequence[Goal], left: Undone, then: Callable[[], None]) -> None:
        from tui.screens.leaving import LeavingScreen

        def answered(moves: bool | None) -> None:
            if moves:
                then()

        deals = [deal for goal in goals for deal in goal.entering]
        self.app.push_screen(
            LeavingScreen(f"Move {names_of(deals)} to {goals[0].stage.name}?", left), answered
        )

    def _ask_evidence(
        self,
        goals: Sequence[Goal],
        left: Undone | None,
        said: Mapping[int, str],
        then: Callable[[Mapping[int, str]], None],
    ) -> None:
        """Ask for the evidence of each goal's stage in turn; the first question says what is `left` undone. `then` gets
        the answers by stage."""
        if not goals:
            then(said)
            return
        from tui.screens.evidence import EvidenceScreen

        goal, *others = goals
        lines = self.context.unsaved_lines

        def answered(answer: Understood[str] | None) -> None:
            lines.pop(goal.question, None)
            if answer is not None:
                self.keep_line(goal.question, answer.text)
                self._ask_evidence(others, None, {**said, goal.stage.id: answer.value}, then)

        self.app.push_screen(EvidenceScreen(goal.stage, left, lines.get(goal.question, "")), answered)


def _about(stage: Stage, pipeline: Pipeline, own: int) -> str:
    chance = f"{stage.probability} %" if stage.outcome is Outcome.OPEN else stage.outcome.value
    return chance if pipeline.id == own else f"{chance} · {pipeline.name}"
