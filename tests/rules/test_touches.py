"""The line of a touch as it is typed on the board. Today is Friday 2026-11-20."""

from __future__ import annotations

from datetime import date

import pytest

from store.errors import InvalidInput
from store.rules.steps import parse_touch
from store.views import TouchKind
from tests.rules.deals import TODAY

CALL, EMAIL, MEETING = TouchKind.CALL, TouchKind.EMAIL, TouchKind.MEETING
THURSDAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("typed", "kind", "text", "on"),
    [
        ("", CALL, "", TODAY),
        ("email asked for a quote", EMAIL, "asked for a quote", TODAY),
        ("yesterday call no answer", CALL, "no answer", THURSDAY),
        ("m -3d wants SSO", MEETING, "wants SSO", date(2026, 11, 17)),
        ("call Ann yesterday, wants SSO", CALL, "Ann, wants SSO", THURSDAY),
        ("meeting Ann yesterday", MEETING, "Ann", THURSDAY),
        ("meeting Ann -1w.", MEETING, "Ann", date(2026, 11, 13)),
        ("call Yesterday", CALL, "", THURSDAY),
        ("call Ann today", CALL, "Ann", TODAY),
        ("yesterday call asked about today", CALL, "asked about today", THURSDAY),
        ("email sent the minutes of yesterday", EMAIL, "sent the minutes of yesterday", TODAY),
        ("call they signed yesterday with Globex", CALL, "they signed yesterday with Globex", TODAY),
        ("call wants 500-3d, not more", CALL, "wants 500-3d, not more", TODAY),
        ("call Ann fri", CALL, "Ann fri", TODAY),
    ],
)
def test_a_touch_has_a_kind_a_text_and_a_day(typed: str, kind: TouchKind, text: str, on: date) -> None:
    touch = parse_touch(typed, TODAY)
    assert (touch.kind, touch.text, touch.on) == (kind, text, on)


def test_the_echo_says_the_day() -> None:
    assert parse_touch("call Ann yesterday, wants SSO", TODAY).describe(TODAY) == (
        "call · Ann, wants SSO · Thu 19 Nov, yesterday"
    )


def test_a_touch_is_not_of_a_day_to_come() -> None:
    with pytest.raises(InvalidInput, match="still to come"):
        parse_touch("call 2026-11-21 Ann", TODAY)
    with pytest.raises(InvalidInput, match="still to come"):
        parse_touch("+3d call", TODAY)
