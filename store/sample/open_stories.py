"""The ten deals of the demo that are open. Each of them shows something that the board has to say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Final

from store.dates import month_of, month_range
from store.sample.stories import (
    DECISION,
    TRIAL,
    Expected,
    Moved,
    Planned,
    Rated,
    Snoozed,
    Somebody,
    Story,
    Ticked,
    Touched,
)
from store.views import Role, Stance, TouchKind

_CALL: Final = TouchKind.CALL
_EMAIL: Final = TouchKind.EMAIL
_MEETING: Final = TouchKind.MEETING
_NOTE: Final = TouchKind.NOTE
_CHAMPION: Final = Role.CHAMPION
_DECIDES: Final = Role.DECIDES
_USER: Final = Role.USER
_FOR: Final = Stance.FOR
_AGAINST: Final = Stance.AGAINST

_CHLOE: Final = Somebody("Chloé Martin", _CHAMPION, _FOR, "+33 1 5550 0142")
_ELODIE: Final = Somebody("Élodie Faure", _DECIDES, _FOR)

OLD_CUSTOMERS: Final = {"Café Brûlée": (_CHLOE, _ELODIE)}
"""Who wants it and who decides at companies that bought before and now want more."""

Day = Callable[[int], date]
"""The day so many days from today."""


def open_stories(today: date) -> tuple[Story, ...]:
    """The open deals as of `today`; some are expected to close in its month, however late that is."""

    def day(offset: int) -> date:
        return today + timedelta(days=offset)

    def this_month(offset: int) -> date:
        return min(day(offset), month_range(month_of(today))[1])

    return (
        _idle(day, this_month),
        _late(day),
        _overdue(day),
        _without_step(day),
        _snoozed(day),
        _foreign(day),
        _due_today(day, this_month),
        _unknown(day),
        _undated(day),
        _likely(day, this_month),
    )


def _idle(day: Day, this_month: Day) -> Story:
    return Story(
        "Kessler Optik rollout",
        "Kessler Optik",
        18_400,
        day(-74),
        day(-36),
        "referral",
        ("eu", "multi-site"),
        (
            Somebody(
                "Ann Ito", _CHAMPION, _FOR, "+43 1 5550 0117", "runs the Linz shop, calls back within a day"
            ),
            Somebody("Peter Kessler", _DECIDES, Stance.NEUTRAL),
        ),
        (
            Touched(day(-74), _CALL, "five shops, eye tests are booked by phone in each"),
            Planned(day(-74), "send the demo link", day(-72), day(-72)),
            Touched(day(-66), _EMAIL, "Ann asked for a quote for five shops"),
            Planned(day(-66), "send the quote", day(-64), day(-63)),
            Touched(day(-52), _MEETING, "showed it to the shop managers, they want single sign-on"),
            Expected(day(-40), day(-20)),
            Touched(day(-40), _NOTE, "Peter is at the trade fair for two weeks"),
            Moved(day(-34), TRIAL, "Ann ran the Linz shop on it for a week, three seats"),
            Ticked(day(-34), (0,)),
            Touched(day(-28), _CALL, "Linz is happy, Graz starts next week"),
            Ticked(day(-28), (1,)),
            Expected(day(-21), this_month(9)),
            Touched(day(-21), _EMAIL, "Peter asks for the quote again, split by shop"),
        ),
        {"Locations": "5", "Old tool": "phone and paper"},
        "Ann drives this from the Linz shop.\nPeter buys nothing he has not seen himself.",
    )


def _late(day: Day) -> Story:
    return Story(
        "Harbor Physio three clinics",
        "Harbor Physio",
        12_600,
        day(-58),
        day(-6),
        "inbound",
        ("clinic", "us", "multi-site"),
        (Somebody("Priya Nair", _USER, _FOR), Somebody("Margaret Doyle", _DECIDES)),
        (
            Touched(day(-58), _EMAIL, "wants reminders by text, loses ten slots a week"),
            Planned(day(-57), "call Priya", day(-55), day(-55)),
            Touched(day(-55), _CALL, "Priya does the plan of all three clinics alone"),
            Moved(day(-41), TRIAL, "the Quincy clinic booked forty patients in the trial"),
            Touched(day(-30), _MEETING, "went through data protection with their lawyer"),
            Planned(day(-30), "send the signed data agreement", day(-26), day(-27)),
            Ticked(day(-30), (0, 1, 2)),
            Moved(day(-18), DECISION, "Margaret saw the price and asked for the contract"),
            Touched(day(-4), _CALL, "the lawyer is back tomorrow and has one question left"),
            Planned(day(-4), "call with their lawyer", day(1), due_at=time(10, 30)),
        ),
        {"Locations": "3"},
    )


def _overdue(day: Day) -> Story:
    return Story(
        "Meridian Language School annual plan",
        "Meridian Language School",
        7_200,
        day(-33),
        day(26),
        "podcast",
        ("school", "eu"),
        (Somebody("Ines Duarte", _CHAMPION, _FOR), Somebody("George Abara", _DECIDES)),
        (
            Touched(day(-33), _EMAIL, "heard the interview, has forty teachers to plan"),
            Planned(day(-33), "send two references", day(-31), day(-31)),
            Moved(day(-17), TRIAL, "Ines planned a week for twelve teachers"),
            Touched(day(-9), _CALL, "works, but the rooms have to be in it too"),
            Planned(day(-9), "send the price for forty teachers", day(-2)),
        ),
        {"Old tool": "spreadsheet"},
    )


def _without_step(day: Day) -> Story:
    return Story(
        "Old Mill Brewery tours",
        "Old Mill Brewery",
        3_800,
        day(-6),
        day(40),
        "trade fair",
        ("us",),
        (Somebody("Tom Hargreaves", _CHAMPION, _FOR),),
        (Touched(day(-6), _MEETING, "met at the fair, tours are full and half of the guests do not come"),),
    )


def _snoozed(day: Day) -> Story:
    return Story(
        "Cedar Lane Chiropractic",
        "Cedar Lane Chiropractic",
        5_400,
        day(-38),
        day(61),
        "referral",
        ("clinic", "us"),
        (Somebody("Grace Osei", _CHAMPION, _FOR),),
        (
            Touched(day(-38), _CALL, "sent by Harbor Physio, wants the same"),
            Planned(day(-38), "send the demo link", day(-36), day(-36)),
            Touched(day(-20), _EMAIL, "no budget left this quarter, asks us to come back"),
            Snoozed(day(-20), day(24)),
        ),
    )


def _foreign(day: Day) -> Story:
    return Story(
        "青木歯科 予約サイト",
        "青木歯科医院",
        9_800,
        day(-27),
        day(19),
        "partner",
        ("clinic", "japan"),
        (Somebody("Yuki Mori", _DECIDES), Somebody("Will Tanaka", _CHAMPION, _FOR)),
        (
            Touched(day(-27), _EMAIL, "Will introduced us, four chairs, English is fine"),
            Touched(day(-13), _CALL, "wants the patient pages in Japanese, we have them"),
            Moved(day(-5), TRIAL, "the desk booked a full Saturday in the trial"),
            Planned(day(-5), "見積書を送る", day(3)),
        ),
        {"Locations": "1"},
    )


def _due_today(day: Day, this_month: Day) -> Story:
    return Story(
        "Café Brûlée ☕ second location",
        "Café Brûlée",
        4_600,
        day(-44),
        this_month(6),
        "inbound",
        ("eu", "renewal"),
        (_CHLOE, _ELODIE),
        (
            Touched(day(-44), _EMAIL, "opens a second room in spring, wants the same calendar"),
            Moved(day(-25), TRIAL, "Chloé set up the new room by herself"),
            Touched(day(-12), _MEETING, "tasting course and calendar in one visit, très bien"),
            Moved(day(-3), DECISION, "Élodie asked for the contract with both rooms on it"),
            Touched(day(-3), _EMAIL, "sent the contract"),
            Ticked(day(-3), (0,)),
            Planned(day(-3), "call Élodie about the start date", day(0), due_at=time(14, 30)),
        ),
    )


def _unknown(day: Day) -> Story:
    return Story(
        "Granite Climbing Hall pilot",
        "Granite Climbing Hall",
        None,
        day(-2),
        day(47),
        "inbound",
        ("sports", "us"),
        (Somebody("Marek Zielinski", _CHAMPION, _FOR),),
        (
            Touched(day(-2), _EMAIL, "wrote at night: courses, birthdays and walls, all in one?"),
            Planned(day(-2), "intro call with Marek", day(0)),
        ),
    )


def _undated(day: Day) -> Story:
    return Story(
        "Saffron Cooking School season tickets",
        "Saffron Cooking School",
        6_900,
        day(-16),
        None,
        "cold email",
        ("school", "us"),
        (Somebody("Amira Haddad", _CHAMPION, _FOR), Somebody("Laura Conti", Role.BLOCKS, _AGAINST)),
        (
            Touched(day(-16), _EMAIL, "answered the cold mail, season tickets are sold in a notebook"),
            Touched(day(-8), _CALL, "Laura is against another login, Amira works on her"),
            Planned(day(-8), "ask Amira how it goes with Laura", day(6), repeat_days=7),
            Planned(day(-8), "send the video without a login", day(5)),
            Planned(day(-8), "find a cooking school as a reference", None),
        ),
    )


def _likely(day: Day, this_month: Day) -> Story:
    return Story(
        "Orchard Montessori rollout",
        "Orchard Montessori",
        14_500,
        day(-66),
        day(-9),
        "referral",
        ("school", "us", "multi-site"),
        (Somebody("Hanna Virtanen", _USER, _FOR), Somebody("Ruth Adler", _DECIDES)),
        (
            Touched(day(-66), _CALL, "parents' evenings for six houses, all by e-mail today"),
            Planned(day(-66), "send the demo link", day(-64), day(-65)),
            Moved(day(-47), TRIAL, "Hanna planned one evening, ninety parents booked"),
            Touched(day(-33), _MEETING, "Ruth joined for ten minutes and asked about the price"),
            Expected(day(-15), this_month(4)),
            Moved(day(-8), DECISION, "Ruth confirmed the budget by e-mail"),
            Touched(day(-6), _EMAIL, "contract sent, the board meets next week"),
            Planned(day(-6), "redlines back to Ruth", day(2)),
            Rated(day(-6), 80),
        ),
        {"Locations": "6", "Old tool": "e-mail"},
    )
