"""The words of the demo: whom a founder with a booking system for small businesses sells to, and what is said there.

`{who}` is the one who wants it, `{boss}` the one who decides; both by first name.
"""

from __future__ import annotations

from typing import Final

from store.views import Role, TouchKind

CALL, EMAIL, MEETING, NOTE = TouchKind.CALL, TouchKind.EMAIL, TouchKind.MEETING, TouchKind.NOTE

CLOSED: Final = (
    ("Northgate Dental", "booking site", 4_800, "clinic us"),
    ("Tidewater Rowing Club", "season plan", 2_100, "sports us"),
    ("Atelier Moreau", "booking site", 3_200, "eu"),
    ("Pinewood Music School", "annual plan", 5_600, "school us"),
    ("Bluefin Diving", "pilot", 1_500, "sports"),
    ("Hawthorn Clinic", "annual plan", 9_400, "clinic us"),
    ("Fjord Kayaks", "season plan", 2_800, "sports eu"),
    ("Maple & Rye Bakery", "class calendar", 1_200, "us"),
    ("Rowan Veterinary", "two sites", 7_800, "clinic multi-site"),
    ("Castellan Escape Rooms", "booking site", 4_200, "eu"),
    ("Solstice Yoga", "annual plan", 3_600, "sports us"),
    ("Brightwater Swim School", "rollout", 11_500, "school multi-site"),
    ("Nordlicht Sauna", "booking site", 3_900, "eu"),
    ("Copperfield Driving School", "annual plan", 6_200, "school"),
    ("Verde Garden Design", "pilot", 1_800, "eu"),
    ("Café Brûlée", "booking site", 2_400, "eu"),
    ("Juniper Spa", "kiosk", 4_400, "us"),
    ("Zephyr Aero Club", "annual plan", 8_600, "sports eu"),
    ("Ironwood Gym", "three sites", 13_200, "sports multi-site"),
    ("Petra Ceramics", "class calendar", 1_900, "eu"),
    ("Redwood Bike Repair", "pilot", 1_600, "us"),
    ("Halcyon Float Centre", "annual plan", 4_100, "us"),
    ("Lakeview Golf", "kiosk", 7_500, "sports us"),
    ("Bellweather Tailors", "booking site", 2_600, "eu"),
    ("Weststar Coaching", "annual plan", 3_300, "us"),
    ("Dovetail Furniture", "showroom visits", 2_900, "us"),
    ("Marigold Florists", "class calendar", 1_400, "us"),
    ("Quarry Paintball", "season plan", 3_700, "sports eu"),
    ("Thistle Hairdressers", "four salons", 8_900, "multi-site eu"),
    ("Alder Legal Clinic", "pilot", 2_200, "clinic us"),
    ("Fernhill Riding School", "annual plan", 4_900, "school sports"),
    ("Kite & Co Surf", "season plan", 3_100, "sports eu"),
    ("Lindqvist Physio", "annual plan", 5_800, "clinic eu"),
    ("Sandpiper Daycare", "booking site", 3_400, "school us"),
    ("Ostrava Tennis", "season plan", 2_700, "sports eu"),
    ("Birchwood Optics", "rollout", 9_900, "clinic multi-site"),
    ("Little Harbour Ferries", "pilot", 5_200, "eu"),
    ("Gable & Stone Museum", "visitor slots", 12_400, "eu"),
    ("Pacific Flight Sims", "booking site", 4_700, "us"),
    ("Rosewood Nails", "two salons", 3_800, "multi-site us"),
    ("Summit Ski School", "season plan", 6_600, "school sports"),
    ("Brambles Dog Grooming", "annual plan", 2_300, "us"),
    ("Northgate Dental", "SMS add-on", 1_800, "clinic us renewal"),
    ("Solstice Yoga", "second studio", 4_300, "sports us multi-site"),
    ("Hawthorn Clinic", "staff training", 2_500, "clinic us"),
    ("Pinewood Music School", "renewal", 5_900, "school us renewal"),
    ("Fjord Kayaks", "waiver forms", 1_700, "sports eu"),
    ("Castellan Escape Rooms", "voucher add-on", 2_000, "eu renewal"),
    ("Rowan Veterinary", "renewal", 8_100, "clinic multi-site renewal"),
    ("Ironwood Gym", "class calendar", 5_200, "sports multi-site"),
)
"""Company, what they want, dollars, tags: the deals that are over by now, in the order in which they began."""

SOURCES: Final = (
    *(
        "referral",
        "referral",
        "inbound",
        "inbound",
        "inbound",
        "trade fair",
        "cold email",
        "podcast",
        "partner",
    ),
)

FIRST_NAMES: Final = (
    *(
        "Marco",
        "Priya",
        "Tom",
        "Lea",
        "Jonas",
        "Sofia",
        "Ines",
        "Will",
        "Grace",
        "Katya",
        "Ben",
        "Amira",
        "Nils",
    ),
    *(
        "Chloe",
        "Diego",
        "Hanna",
        "Sam",
        "Julia",
        "Ravi",
        "Ruth",
        "Peter",
        "Margaret",
        "Henrik",
        "Laura",
        "George",
    ),
    *(
        "Carmen",
        "Frank",
        "Elena",
        "Oscar",
        "Nadia",
        "Maya",
        "Lucas",
        "Freya",
        "Omar",
        "Alice",
        "Viktor",
        "Rosa",
    ),
)
LAST_NAMES: Final = (
    *(
        "Bianchi",
        "Nair",
        "Hargreaves",
        "Fischer",
        "Berg",
        "Reyes",
        "Duarte",
        "Tanaka",
        "Osei",
        "Orlova",
        "Whitlock",
    ),
    *("Haddad", "Holm", "Martin", "Salas", "Virtanen", "Okafor", "Novak", "Menon", "Adler", "Doyle", "Dahl"),
    *(
        "Conti",
        "Abara",
        "Vidal",
        "Weston",
        "Petrova",
        "Lindgren",
        "Rahman",
        "Castro",
        "Keller",
        "Sato",
        "Byrne",
    ),
)
WANTING_ROLES: Final = (Role.CHAMPION, Role.CHAMPION, Role.USER, Role.INFLUENCES)

FIRST_TOUCHES: Final = (
    (EMAIL, "asked what it costs for two people at the desk"),
    (CALL, "takes bookings on paper and by phone, loses about one a day"),
    (EMAIL, "saw us at a friend's studio, wants a look"),
    (CALL, "no-shows are the pain, roughly one in eight"),
    (MEETING, "met at the fair, their present tool has no waiting list"),
    (EMAIL, "{who} asks whether it talks to their calendar"),
    (CALL, "{who} does the schedule every Sunday night, three hours"),
    (NOTE, "came by way of a customer, mention them"),
)
TRIAL_TOUCHES: Final = (
    (MEETING, "showed it on their own week, {who} drove"),
    (EMAIL, "{who} likes the reminders, misses group bookings"),
    (CALL, "two of the desk use it already, one is waiting for a laptop"),
    (MEETING, "went through the import of 1,400 customers"),
    (EMAIL, "asked for a quote with and without the kiosk"),
    (CALL, "the trial is half used, {who} was ill last week"),
    (NOTE, "{boss} signs, but only after the bookkeeper has looked"),
    (EMAIL, "sent the page about data protection"),
)
DECISION_TOUCHES: Final = (
    (MEETING, "{boss} went through the price line by line, no shock"),
    (EMAIL, "sent the contract, {boss} wants quarterly payment"),
    (CALL, "{boss} asks for a month's notice instead of three"),
    (EMAIL, "the bookkeeper wants our VAT number on the order form"),
    (CALL, "{boss} wants to start with the new season"),
    (MEETING, "walked through the move from the old tool, one weekend"),
)
TRIAL_EVIDENCE: Final = (
    "{who} booked three real customers in the trial",
    "the desk ran a whole Saturday on it",
    "{who} set up all services without our help",
    "joined the trial call with three of the team",
    "imported their price list and asked for reminders",
    "{who} showed it to the team and sent a list of wishes",
)
DECISION_EVIDENCE: Final = (
    "{boss} saw the price and asked for the contract",
    "{boss} sat in the demo and said yes, if the data moves over",
    "{boss} called back with two questions about the terms",
    "{boss} confirmed the budget by e-mail",
    "{boss} named the day they want to start",
)
WON_EVIDENCE: Final = (
    "signed and sent back by {boss}",
    "signed order form came by e-mail",
    "{boss} signed on the phone, PDF arrived an hour later",
    "contract came back with the first payment",
)
STEPS: Final = (
    ("call {who}", "send the demo link", "ask who decides", "send two references"),
    (
        "send the quote",
        "check on the trial",
        "book {boss} for half an hour",
        "answer the questions of the desk",
    ),
    ("send the contract", "call {boss} about the terms", "send the VAT number", "chase the signature"),
)
"""What the next step is called, by stage."""

LOST: Final = {
    "no commitment from the customer": (
        "likes it, never finds an hour to try it",
        "three friendly meetings and no date",
        "nobody there wanted to own it",
    ),
    "wrong time": (
        "asks us to call again after the season",
        "moving to new rooms first",
        "new manager starts in spring, nothing before that",
    ),
    "price against budget": (
        "had a third of it in mind",
        "would pay monthly for one desk only",
        "the owner capped all tools for this year",
    ),
    "chose a competitor": (
        "took the one their till comes with",
        "stays with the old tool, got a discount",
        "a cousin builds it for them",
    ),
    "no answer": (
        "five tries, no word since the demo",
        "the number rings out, the mailbox is full",
        "read every mail, answered none",
    ),
    "other": ("the business was sold", "closed the second location"),
}
LOST_IN: Final = (
    ("no answer", "no answer", "wrong time", "no commitment from the customer"),
    ("chose a competitor", "price against budget", "no commitment from the customer", "no answer"),
    ("price against budget", "chose a competitor", "wrong time", "other"),
)
"""Why deals are lost, by the stage they were lost in."""
