"""Who is the same person, and what two records say together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.acquaintance import by_likeness, is_same_person, joined_notes


@dataclass(frozen=True)
class Person:
    name: str
    email: str = ""
    company: str | None = None


ANN = Person("Ann Ito", "ann@acme.com", "Acme")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (ANN, True),
        (Person("ann ITO", "ANN@ACME.COM"), True),
        (Person("Ito Ann", "ann@acme.com"), True),
        (Person("Ann", "ann@acme.com", "Globex"), True),
        (Person("Ann B. Ito", "ann@acme.com"), True),
        (Person("Bob Ito", "ann@acme.com", "Acme"), False),
        (Person("Ann Ito", "ann@home.org", "Acme"), False),
        (Person("Änn Ító", "", "ACME"), True),
        (Person("Ann Ito", "", "Globex"), False),
        (Person("Ann Ito"), False),
        (Person("Ann", "", "Acme"), False),
    ],
)
def test_who_is_the_same(other: Person, same: bool) -> None:
    assert is_same_person(ANN, other) is same


people = st.builds(
    Person,
    st.sampled_from(["Ann", "Ann Ito", "ITO ann", "Bob", ""]),
    st.sampled_from(["", "a@b", "A@B", "c@d"]),
    st.sampled_from([None, "Acme", "ACME"]),
)


@given(people, people)
def test_it_does_not_matter_who_is_asked_about(one: Person, other: Person) -> None:
    assert is_same_person(one, other) is is_same_person(other, one)
    assert is_same_person(one, one)


@given(people, st.lists(people, max_size=6))
def test_all_others_are_ranked_whatever_their_order(one: Person, others: list[Person]) -> None:
    ranked = by_likeness(one, others)
    assert sorted(map(repr, (other for other, _ in ranked))) == sorted(map(repr, others))
    nearly = [is_nearly for _, is_nearly in ranked]
    assert nearly == sorted(nearly, reverse=True)


def test_those_most_alike_come_first() -> None:
    same, mail = Person("ANN ITO", "x@y"), Person("A. I.", "ann@acme.com")
    word, none = Person("Anton Ito"), Person("Bob Ray")
    for others in permutations([same, mail, word, none]):
        ranked = by_likeness(ANN, others)
        assert {other for other, nearly in ranked if nearly} == {same, mail}
        assert [other for other, nearly in ranked if not nearly] == [word, none]


@pytest.mark.parametrize(
    ("kept", "gone", "lost", "joined"),
    [
        ("", "", [], ""),
        ("one", "", [], "one"),
        ("", "two", [], "two"),
        ("one", "two", [], "one\ntwo"),
        ("one\ntwo", "two", [], "one\ntwo"),
        ("one\ntwo\nthree", "two\nthree", [], "one\ntwo\nthree"),
        ("not a champion", "a champion", [], "not a champion\na champion"),
        ("phone: 15", "phone: 1", [], "phone: 15\nphone: 1"),
        ("", "", [("e-mail", "a@b", "c@d"), ("phone", "", "1"), ("company", "Acme", "ACME")], "e-mail: c@d"),
        ("one", "two", [("phone", "1", "2")], "one\ntwo\nphone: 2"),
    ],
)
def test_nothing_that_was_known_is_lost(
    kept: str, gone: str, lost: list[tuple[str, str, str]], joined: str
) -> None:
    assert joined_notes(kept, gone, lost) == joined
