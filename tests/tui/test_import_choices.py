"""What is said of a file, change by change, and taken back."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from store import IMPORT_FIELDS, ImportOptions
from tui.import_choices import LEFT_OUT, PROPERTY, ImportChoices
from tui.importing import FIELD_WORDS

HEADERS = st.sampled_from(["a", "b", "c"])
USES = st.sampled_from([*IMPORT_FIELDS[:4], "closed_on", PROPERTY, LEFT_OUT, None])
CHANGES: st.SearchStrategy[Callable[[ImportChoices], object]] = st.one_of(
    st.builds(lambda header, use: lambda it: it.say_column(header, use), HEADERS, USES),
    st.builds(
        lambda value, stage: lambda it: it.say_stage(value, stage), HEADERS, st.sampled_from(["x", "y", None])
    ),
    st.builds(
        lambda header, order: lambda it: it.say_dates(header, order), HEADERS, st.sampled_from(["dmy", "mdy", None])
    ),
    st.builds(lambda name: lambda it: it.say_pipeline(named=name), st.sampled_from(["Sales", None])),
    st.builds(lambda name: lambda it: it.say_pipeline(new=name), st.sampled_from(["New", "Newer"])),
    st.builds(lambda update: lambda it: it.say(update=update), st.booleans()),
)  # fmt: skip


def said(*changes: Callable[[ImportChoices], object]) -> ImportOptions:
    choices = ImportChoices(ImportOptions())
    for change in changes:
        change(choices)
    return choices.options


def test_every_field_has_a_word() -> None:
    assert list(FIELD_WORDS) == list(IMPORT_FIELDS)


def test_a_field_goes_over_from_the_column_that_had_it() -> None:
    assert said(lambda it: it.say_column("a", "name"), lambda it: it.say_column("b", "name")).columns == {
        "b": "name"
    }
    both = said(lambda it: it.say_column("a", PROPERTY), lambda it: it.say_column("b", PROPERTY))
    assert both.columns == {"a": PROPERTY, "b": PROPERTY}
    shared = said(lambda it: it.say_column("a", "closed_on"), lambda it: it.say_column("b", "closed_on"))
    assert shared.columns == {"a": "closed_on", "b": "closed_on"}
    assert said(lambda it: it.say_column("a", "name"), lambda it: it.say_column("a", None)).columns == {}


def test_a_value_is_one_whatever_its_case_and_stages_are_those_of_the_pipeline() -> None:
    twice = said(lambda it: it.say_stage("Demo", "x"), lambda it: it.say_stage("DEMO", "y"))
    assert twice.stages == {"DEMO": "y"}
    moved = said(lambda it: it.say_stage("Demo", "x"), lambda it: it.say_pipeline(new="CRM"))
    assert (moved.stages, moved.new_pipeline, moved.pipeline) == ({}, "CRM", None)


@given(st.lists(CHANGES))
def test_all_taken_back_is_the_beginning_and_all_said_again_the_end(
    changes: list[Callable[[ImportChoices], object]],
) -> None:
    choices = ImportChoices(ImportOptions(new_currency="EUR"))
    states = [choices.options]
    for change in changes:
        change(choices)
        if choices.options != states[-1]:
            states.append(choices.options)
        fields = [
            word for word in choices.options.columns.values() if word in IMPORT_FIELDS and word != "closed_on"
        ]
        assert len(set(fields)) == len(fields)
    for state in reversed(states[:-1]):
        assert choices.undo()
        assert choices.options == state
    assert not choices.undo()
    for state in states[1:]:
        assert choices.redo()
        assert choices.options == state
    assert not choices.redo()
