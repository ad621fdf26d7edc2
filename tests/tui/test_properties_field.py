"""The form's line of custom properties: what it writes it reads back as it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store import DealPatch, InvalidInput
from tui.screens.deal_fields import _properties, _written

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from(';=" \n'), max_size=12
)


@given(st.dictionaries(texts, texts, max_size=4))
@example({"stack": "a; b=c"})
@example({'"': '""', "a=b": '"x" y'})
def test_properties_as_the_store_keeps_them_are_read_back_as_they_were(
    given_properties: dict[str, str],
) -> None:
    try:
        kept = DealPatch(properties=given_properties).properties
    except InvalidInput:
        return
    assert isinstance(kept, dict)
    assert _properties(_written(kept))[0] == kept


def test_plain_properties_are_written_plainly() -> None:
    assert _written({"plan": "pro", "seats": "12"}) == "plan=pro; seats=12"
    assert _properties(" plan = pro ;; seats=12; ")[0] == {"plan": "pro", "seats": "12"}


@pytest.mark.parametrize("text", ["pro", "=pro", "plan=pro; seats"])
def test_what_is_no_property_is_said(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not a property"):
        _properties(text)
