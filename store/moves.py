"""Moving deals from stage to stage: `domain.md`, "Moving a deal".

However a move is asked for (to a stage, won, lost, reopened), it is the same: the open visit ends, the next one
begins in the same instant, and the deal follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from store.drafts import notes_of
from store.errors import ChangedElsewhere, InvalidInput
from store.journal import Change
from store.lookup import key_of, named, unique
from store.models import StageRow, VisitRow
from store.move_facts import Facts, Way, facts_of
from store.rules.naming import fold
from store.schema import POSITION_GAP
from store.text import clean_line
from store.views import Done, Outcome


@dataclass(frozen=True, slots=True)
class Move:
    """A move as it is asked for: `skip` says which deals stay as they are, `title` names the action after the moved
    deals and the stage they go to."""

    way: Way
    skip: Callable[[Facts], bool]
    title: Callable[[str, str], str]
    stage_id: int | None = None
    evidence: str = ""
    asks_evidence: bool = True
    lost_reason: str | None = None
    lost_note: str = ""
    seen: Mapping[int, int] | None = None
    """The stage that each deal was in when the move was decided, where that is known."""

    def run(self, change: Change, ids: Sequence[int]) -> Done:
        """Move the deals of `ids` that are not there already: all of them, or none with the reason why.

        A lost deal that stays takes the lost reason that was given, as whoever gives another one means to correct it.
        """
        evidence, note = notes_of(self.evidence, "evidence").strip(), notes_of(self.lost_note, "note")
        found = facts_of(change.session, unique(ids), self.way, self.stage_id)
        moving = [facts for facts in found if not self.skip(facts)]
        for facts in moving:
            self._refuse_unseen(change.session, facts)
        reasons = [self._reason(facts, evidence) for facts in moving]
        corrected = [facts for facts in found if self.skip(facts) and self._corrects(facts, note)]
        if not moving and not corrected:
            return change.done()
        deals = named([facts.deal for facts in moving or corrected])
        change.record(self.title(deals, moving[0].target.name) if moving else f"edit lost reason of {deals}")
        for facts in corrected:
            facts.deal.lost_reason = self._lost_reason(facts)
            facts.deal.lost_note = note or facts.deal.lost_note
        _leave(change, moving)
        for rank, (facts, reason) in enumerate(zip(moving, reasons, strict=True)):
            _enter(change.session, facts, evidence, rank - len(moving))
            facts.deal.lost_reason = reason
            facts.deal.lost_note = note if reason else ""
        change.session.flush()
        return change.done([facts.visit.deal_id for facts in (*moving, *corrected)])

    def _refuse_unseen(self, session: Session, facts: Facts) -> None:
        """Raise `ChangedElsewhere` for a deal that has come to another stage since it was seen."""
        here = facts.deal.stage_id
        if self.seen is None or self.seen.get(facts.visit.deal_id, here) == here:
            return
        stage = session.get_one(StageRow, here)
        raise ChangedElsewhere(
            f"{facts.deal.name} was moved to {stage.name} elsewhere meanwhile; nothing was moved. Look at it again."
        )

    def _corrects(self, facts: Facts, note: str) -> bool:
        """Whether a deal that is lost and stays so was given another reason or note."""
        if facts.outcome is not Outcome.LOST or facts.target.outcome != Outcome.LOST or not self.lost_reason:
            return False
        return facts.deal.lost_reason != self._lost_reason(facts) or note not in ("", facts.deal.lost_note)

    def _reason(self, facts: Facts, evidence: str) -> str | None:
        """The lost reason to be stored, `None` for a stage that is not lost; `InvalidInput` if the move cannot be."""
        target, name = facts.target, facts.deal.name
        if target.evidence_required and self.asks_evidence and not evidence:
            raise InvalidInput(
                f"{name} needs evidence to enter {target.name}: what did the buyer do? {target.criterion}".rstrip(),
                "evidence",
            )
        if target.outcome != Outcome.LOST:
            if self.lost_reason is not None:
                raise InvalidInput(
                    f"{target.name} is not a lost stage; it takes no lost reason.", "lost reason"
                )
            return None
        return self._lost_reason(facts)

    def _lost_reason(self, facts: Facts) -> str:
        """The reason that was given, as the pipeline of the new stage spells it; `InvalidInput` if there is none."""
        given = clean_line(self.lost_reason or "")
        if not given:
            known = ", ".join(facts.reasons)
            raise InvalidInput(
                f"Say why {facts.deal.name} was lost{f': {known}' if known else ''}.", "lost reason"
            )
        return next((reason for reason in facts.reasons if fold(reason) == fold(given)), given)


def _leave(change: Change, moving: Sequence[Facts]) -> None:
    """End the open visits: now, or when they began if the clock has been set back since."""
    for facts in moving:
        facts.visit.left_at = max(change.at, facts.visit.entered_at)
    change.session.flush()  # before the next visits begin, as a deal has one open visit at any time


def _enter(session: Session, facts: Facts, evidence: str, rank: int) -> None:
    """Begin the next visit in the instant in which the last one ended. `rank` puts the deal before the column's
    first: -1 right before it, -2 one further up."""
    deal, stage_id, at = facts.deal, key_of(facts.target), facts.visit.left_at or ""
    visit = VisitRow(deal_id=facts.visit.deal_id, stage_id=stage_id, entered_at=at, evidence=evidence)
    visit.criterion = facts.target.criterion
    session.add(visit)
    deal.stage_id = stage_id
    deal.entered_stage_at = at
    deal.position = facts.first + rank * POSITION_GAP
    deal.closed_at = None if facts.target.outcome == Outcome.OPEN else at
    deal.probability = None
    deal.snoozed_until = None
