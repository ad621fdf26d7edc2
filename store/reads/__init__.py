"""The reads: plain SQL over the standard `sqlite3`, one function per question, rows straight into views.

Each takes the connection first. A question may take several statements, so that whoever asks holds a transaction
around it (`store.reading` does) where other writers are about.
"""

from store.reads.board import board
from store.reads.deal_page import deal_page
from store.reads.deals import deals, find_deal, list_deals
from store.reads.forecast import forecast
from store.reads.lists import companies, counts, setting, sources, tags
from store.reads.pipelines import goals, lost_reasons, pipeline, pipelines, rate_table, rates
from store.reads.stuck import stuck

__all__ = [
    "board",
    "companies",
    "counts",
    "deal_page",
    "deals",
    "find_deal",
    "forecast",
    "goals",
    "list_deals",
    "lost_reasons",
    "pipeline",
    "pipelines",
    "rate_table",
    "rates",
    "setting",
    "sources",
    "stuck",
    "tags",
]
