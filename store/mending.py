"""Putting rows right that contradict each other, by rules that invent nothing: as statements, in the order in which
they are run. What a deal tells of itself follows its stays in the stages; what is right is not touched.
"""

from __future__ import annotations

from typing import Final

from store.reads.soundness import FURTHEST_POSITION, VISITS
from store.schema import POSITION_GAP

_LAST: Final = """
    SELECT id FROM visits AS v WHERE v.deal_id = d.id
    ORDER BY v.entered_at DESC, v.left_at IS NULL DESC, v.left_at DESC, v.id DESC LIMIT 1
"""
_NO_PRESENT: Final = "NOT EXISTS (SELECT 1 FROM visits AS v WHERE v.deal_id = d.id AND v.left_at IS NULL)"
_OUTCOME: Final = "(SELECT s.outcome FROM stages AS s WHERE s.id = deals.stage_id)"
_PRESENT: Final = "FROM visits AS v WHERE v.deal_id = deals.id AND v.left_at IS NULL"

OF_DEALS: Final = (
    # A stay ends when the next one begins: of two that go on, the one that began last does.
    f"""
    UPDATE visits SET left_at = mended.next_at FROM ({VISITS}) AS mended
    WHERE mended.id = visits.id AND mended.next_at < ifnull(visits.left_at, '9')
    """,
    # A deal without a present stay is in its stage still, if it was there last ...
    f"""
    UPDATE visits SET left_at = NULL FROM deals AS d
    WHERE visits.id = ({_LAST}) AND visits.stage_id = d.stage_id AND {_NO_PRESENT}
    """,
    # ... else it has been there since it left the other one.
    f"""
    INSERT INTO visits (deal_id, stage_id, entered_at)
    SELECT d.id, d.stage_id, ifnull((SELECT max(left_at) FROM visits WHERE deal_id = d.id), d.entered_stage_at)
    FROM deals AS d WHERE {_NO_PRESENT}
    """,
    f"""
    UPDATE deals SET (stage_id, entered_stage_at) = (SELECT v.stage_id, v.entered_at {_PRESENT})
    WHERE EXISTS (SELECT 1 {_PRESENT} AND (v.stage_id, v.entered_at) <> (deals.stage_id, deals.entered_stage_at))
    """,
    f"""
    UPDATE deals SET closed_at = CASE {_OUTCOME} WHEN 'open' THEN NULL ELSE entered_stage_at END
    WHERE (closed_at IS NULL) <> ({_OUTCOME} = 'open')
    """,
    f"""
    UPDATE deals SET lost_reason = NULL, lost_note = ''
    WHERE {_OUTCOME} <> 'lost' AND (lost_reason IS NOT NULL OR lost_note <> '')
    """,
    f"""
    UPDATE deals SET position = ranked.place * {POSITION_GAP} FROM (
        SELECT id, row_number() OVER (PARTITION BY stage_id ORDER BY position, id) AS place FROM deals
        WHERE stage_id IN (SELECT stage_id FROM deals
            WHERE position NOT BETWEEN -{FURTHEST_POSITION} AND {FURTHEST_POSITION})
    ) AS ranked WHERE ranked.id = deals.id
    """,
    """
    UPDATE stages SET position = ranked.place - 1 FROM (
        SELECT id, row_number() OVER (PARTITION BY pipeline_id ORDER BY position, id) AS place FROM stages
        WHERE pipeline_id IN (SELECT pipeline_id FROM stages GROUP BY pipeline_id, position HAVING count(*) > 1)
    ) AS ranked WHERE ranked.id = stages.id
    """,
)
"""What `store.reads.soundness` finds in deals and stages, and calls repairable."""
