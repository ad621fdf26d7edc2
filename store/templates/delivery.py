"""The process after the signature: the work itself, until the customer accepts it."""

from __future__ import annotations

from typing import Final

from store.templates.parts import Template, lost_stage, open_stage, won_stage

DELIVERY: Final = Template(
    "Delivery",
    "delivery",
    "For the work after the signature. A signed deal is copied into it and counts until cancelled.",
    (
        open_stage(
            "Handed over",
            100,
            "The customer signed, and named who we work with.",
            ("Pass on everything that was promised in the sale", "Hold the kick-off"),
            ("Get the access and material we need", "Agree on how and when we report"),
            limit=7,
        ),
        open_stage(
            "In progress",
            100,
            "The customer came to the kick-off and agreed to the plan.",
            ("Keep the plan and its dates up to date", "Report where it stands every week"),
            ("Write down every change of scope", "Send the interim invoice"),
        ),
        open_stage(
            "Delivered",
            100,
            "The customer received everything that was agreed.",
            ("Agree on a day for the acceptance", "Fix what the customer reports"),
            ("Show the people who will use it how",),
            limit=7,
        ),
        won_stage(
            "Accepted",
            "The customer accepted the work in writing.",
            ("Send the final invoice", "File the acceptance"),
            ("Ask what we should do better", "Ask for a reference"),
        ),
        lost_stage(
            "Cancelled",
            "The customer called the work off, or both sides agreed to end it.",
            ("Settle in writing what is paid and what is returned", "Note why it ended"),
            ("Close the access we were given",),
        ),
    ),
    (
        "customer changed plans",
        "budget was cut",
        "not what was promised",
        "we could not deliver",
        "not paid",
        "other",
    ),
)
