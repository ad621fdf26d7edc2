"""The five sales processes one can start with."""

from __future__ import annotations

from typing import Final

from store.templates.parts import Template, lost_stage, open_stage, won_stage

LOST_REASONS: Final = (
    "no commitment from the customer",
    "wrong time",
    "price against budget",
    "chose a competitor",
    "no answer",
    "other",
)
"""The reasons a sales pipeline starts with (`docs/domain.md`, "Moving a deal")."""

BUYERS_JOURNEY: Final = Template(
    "Buyer's journey",
    "buyers-journey",
    "Few stages, each a thing the buyer did. Fits most founders who sell a product or a larger service.",
    (
        open_stage(
            "On radar",
            10,
            "A named person told us about the problem, or asked about the product.",
            ("Note who they are and what they do there", "Write the problem down in their own words"),
            ("Ask what they use today", "Offer a trial or a demo on a date"),
        ),
        open_stage(
            "Product evaluated",
            50,
            "A future user tried the product on a case of their own and said what they would use it for.",
            ("Note what they liked and what they missed", "Ask who decides and who signs"),
            ("Name a price range", "Book the meeting with the person who decides"),
        ),
        open_stage(
            "Decision maker evaluated",
            70,
            "The person who can say yes saw the product and its price and named what is still missing.",
            (
                "Confirm the budget and the day they want to start",
                "List the open points and who settles each",
                "Send the contract",
            ),
            ("Agree on the day they will sign",),
        ),
        won_stage(
            "Contract signed and returned",
            "The buyer signed the contract and sent it back.",
            ("File the signed contract", "Send the first invoice"),
            ("Agree on the first day of work", "Ask who else has the same problem"),
        ),
        lost_stage(
            "Closed lost",
            "The buyer said no, bought elsewhere, or let the last agreed date pass without a word.",
            ("Note the reason in the buyer's own words",),
            ("Agree on when to talk again, if ever",),
        ),
    ),
    LOST_REASONS,
)

SHORT_CYCLE: Final = Template(
    "Short cycle",
    "short-cycle",
    "For sales that are decided in days or a few weeks by one or two people.",
    (
        open_stage(
            "First contact",
            10,
            "The buyer wrote, called, or answered us.",
            ("Ask what they need and by when", "Agree on a day for the demo"),
            ("Ask who else has a say",),
            limit=7,
        ),
        open_stage(
            "Demo done",
            30,
            "The buyer watched the demo to the end and asked for a price.",
            ("Note the one thing that mattered to them", "Ask what a quote must contain"),
            ("Ask who approves the quote",),
            limit=7,
        ),
        open_stage(
            "Quote sent",
            60,
            "The buyer received the quote and confirmed that it covers what they need.",
            ("Agree on the day they will answer", "Put an end date on the quote"),
            ("Ask what could still stop it",),
            limit=5,
        ),
        won_stage(
            "Signed quote received",
            "The buyer signed the quote and sent it back.",
            ("File the signed quote", "Send the invoice"),
            ("Agree on the start date",),
        ),
        lost_stage(
            "Lost",
            "The buyer said no, or did not answer three tries over two weeks.",
            ("Note the reason in the buyer's own words",),
            ("Set a day to ask again, if they agreed",),
        ),
    ),
    LOST_REASONS,
)

CONSULTATIVE: Final = Template(
    "Consultative",
    "consultative",
    "For projects and advice, where the offer is worked out together with the buyer.",
    (
        open_stage(
            "Deal created",
            10,
            "The buyer described a problem they want solved and agreed to a meeting.",
            ("Note the problem and who has it", "Agree on a meeting day"),
            ("Read up on the company", "Ask who should be in the meeting"),
        ),
        open_stage(
            "Demo or meeting held",
            30,
            "The buyer came to the meeting and told us what a solution has to do.",
            ("Write down the result they want", "Ask for the budget and how it is approved"),
            ("Send a one-page summary", "Ask what they have tried before"),
        ),
        open_stage(
            "Quote requested",
            50,
            "The buyer asked for a quote and named its scope.",
            ("Send the quote on the promised day", "Walk them through the quote"),
            ("Offer two sizes of the work", "Agree on the day of the decision"),
            limit=10,
        ),
        open_stage(
            "In negotiation",
            75,
            "The buyer answered the quote with changes to price, scope or terms.",
            ("List the open terms and who settles each", "Write down what we will not give up"),
            ("Get something back for every concession", "Agree on a signing day"),
            limit=7,
        ),
        won_stage(
            "Won",
            "The buyer accepted the last offer in writing.",
            ("File the acceptance", "Send the first invoice"),
            ("Plan the kick-off", "Thank everybody who helped"),
        ),
        lost_stage(
            "Lost",
            "The buyer declined in writing, or gave the work to somebody else.",
            ("Note the reason in the buyer's own words",),
            ("Ask what would have changed it", "Agree on when to talk again, if ever"),
        ),
    ),
    LOST_REASONS,
)

CLASSIC_FUNNEL: Final = Template(
    "Classic funnel",
    "classic-funnel",
    "For longer sales to larger companies, followed until the money has arrived.",
    (
        open_stage(
            "Opportunity",
            0,
            "A company showed a sign of need: a visit, a download, a recommendation, a job advert.",
            ("Note what the sign was", "Check that they could be a customer at all"),
            limit=30,
        ),
        open_stage(
            "Target identified",
            10,
            "A person there confirmed that the problem is theirs to solve.",
            ("Note their name, role and way to reach them", "Write the problem down in their own words"),
            ("Find out what it costs them today",),
        ),
        open_stage(
            "Demo supported",
            30,
            "The buyer brought their own case to a demo and asked questions about it.",
            ("Answer every question that was left open", "Ask who decides and how"),
            ("Send the recording or a summary",),
        ),
        open_stage(
            "Key person reached",
            50,
            "The person who decides spoke with us and named what a yes depends on.",
            ("Write down what the yes depends on", "Confirm that there is a budget"),
            ("Ask about purchasing and legal steps", "Win a second supporter"),
        ),
        open_stage(
            "Terms agreed",
            70,
            "The buyer agreed to scope, price and start in writing.",
            ("Send the contract with exactly these terms", "Ask who signs, and who checks before"),
            ("Agree on a signing day",),
            limit=10,
        ),
        open_stage(
            "Contract signed",
            90,
            "The buyer signed the contract and sent it back.",
            ("Send the invoice", "Confirm who pays and by when"),
            ("Agree on the first day of work",),
            limit=30,
        ),
        won_stage(
            "Paid",
            "The buyer's money arrived in the account.",
            ("Confirm the payment to them", "Agree on the next review"),
            ("Ask for a reference",),
        ),
        lost_stage(
            "Lost",
            "The buyer said no, chose somebody else, or stopped answering after an agreed date.",
            ("Note the reason in the buyer's own words",),
            ("Set a day to ask again, if they agreed",),
        ),
    ),
    LOST_REASONS,
)

SEVEN_STEPS: Final = Template(
    "Seven steps",
    "seven-steps",
    "The textbook sale from prospect to close, for who sells by reaching out.",
    (
        open_stage(
            "Prospect found",
            5,
            "A company that fits said in public, or to somebody we know, that it has the problem.",
            ("Note where they said it", "Find the person to talk to"),
            limit=21,
        ),
        open_stage(
            "Connected and qualified",
            15,
            "A person there talked with us and confirmed the problem and that now is the time.",
            (
                "Their role: what they answer for and decide",
                "The problem: what goes wrong, and what it costs",
                "Why now: what happens if they wait",
            ),
            ("Their day: how they do the work now", "What else they look at: what they like about it"),
        ),
        open_stage(
            "Researched",
            25,
            "The buyer answered our questions about their case, figures and way of deciding.",
            ("Note who decides, who pays and who uses it", "Work out what the problem costs them in a year"),
            ("Find a customer like them to name",),
        ),
        open_stage(
            "Pitch given",
            40,
            "The buyer sat through the pitch, with the person who decides in the room.",
            ("Note every objection, word for word", "Agree on the next meeting before leaving"),
            ("Send the summary the same day",),
            limit=10,
        ),
        open_stage(
            "Objections handled",
            60,
            "The buyer said of each objection that it is settled.",
            ("Send the final offer", "Ask what is left between today and a signature"),
            ("Have a customer like them call",),
            limit=10,
        ),
        open_stage(
            "Closing",
            80,
            "The buyer named the day and the person that will sign.",
            ("Send the contract, ready to sign", "Call on the day before the signing"),
            ("Clear purchasing and legal steps",),
            limit=7,
        ),
        won_stage(
            "Won",
            "The buyer signed and sent the contract back.",
            ("File the signed contract", "Send the first invoice"),
            ("Ask for two introductions",),
        ),
        lost_stage(
            "Lost",
            "The buyer said no, or let two agreed dates pass without a word.",
            ("Note the reason in the buyer's own words",),
            ("Set a day to ask again, if they agreed",),
        ),
    ),
    LOST_REASONS,
)
