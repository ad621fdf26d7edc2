"""The pipelines one can start with, as data: stages named after what the buyer did, with what lets a deal in
and what is to be done there.

An entry criterion says what the *buyer* did, in the past tense and so that somebody else could check it.
A checklist is what the founder does while a deal is in the stage. Probabilities are first guesses.
"""

from __future__ import annotations

from typing import Final

from store.rules.naming import pick
from store.templates.delivery import DELIVERY
from store.templates.parts import ChecklistTemplate, StageTemplate, Template
from store.templates.selling import (
    BUYERS_JOURNEY,
    CLASSIC_FUNNEL,
    CONSULTATIVE,
    LOST_REASONS,
    SEVEN_STEPS,
    SHORT_CYCLE,
)

__all__ = [
    "DEFAULT",
    "LOST_REASONS",
    "TEMPLATES",
    "ChecklistTemplate",
    "StageTemplate",
    "Template",
    "template",
]

TEMPLATES: Final = (BUYERS_JOURNEY, SHORT_CYCLE, CONSULTATIVE, CLASSIC_FUNNEL, SEVEN_STEPS, DELIVERY)
"""All templates, in the order in which they are offered."""

DEFAULT: Final = BUYERS_JOURNEY
"""What a new store starts with when nothing else is chosen."""


def template(name: str) -> Template:
    """The template that `name` means, by its slug or its name, typed in part too.

    Raises `NotFound` or `Ambiguous` naming the templates there are.
    """
    asked = name.strip().casefold()
    for each in TEMPLATES:
        if each.slug == asked:
            return each
    return TEMPLATES[pick(name.replace("-", " "), [each.name for each in TEMPLATES], "template")]
