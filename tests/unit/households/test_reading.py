"""What a record shows: marked matches, bars within bounds, a question read as what it can be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.household import texts
from dashboard.household.parts import PARTS, completeness
from dashboard.household.results import bar, marked
from dashboard.pages.households.asked import filters_of
from queries.households import Filters, Question

if TYPE_CHECKING:
    from decimal import Decimal


def test_the_words_asked_for_are_marked_even_misspelt() -> None:
    pieces = marked("Ahmad Razak bin Osman", ("RAZK", "AHMAD"))
    assert [text for text, matches in pieces if matches] == ["Ahmad", " ", "Razak"]
    assert "".join(text for text, _ in pieces) == "Ahmad Razak bin Osman"


@given(
    st.text(st.sampled_from("abc dé"), max_size=40), st.lists(st.text(st.sampled_from("ABC"), min_size=1), max_size=3)
)
def test_marking_loses_no_word(text: str, asked: list[str]) -> None:
    assert "".join(piece for piece, _ in marked(text, tuple(asked))).split() == text.split()


@given(st.decimals(0, 10**6, places=2), st.integers(1, 15), st.decimals(1, 5000, places=2))
def test_a_bar_stays_within_its_length_and_its_marks_in_order(income: Decimal, members: int, pgk: Decimal) -> None:
    found = {"income_rm": income, "member_count": members, "pgk_per_capita_rm": pgk, "food_per_capita_rm": pgk / 2}
    share, food, line = bar(found)
    assert 0 <= share <= 100
    assert 0 <= food <= line <= 100


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("", Question()),
        (" - ", Question()),
        ("800101-08-5001", Question(number="800101085001", phone="800101085001", file_no="800101085001")),
        ("+6012 123 4567", Question(number="60121234567", phone="0121234567", file_no="60121234567")),
        ("a1234567", Question(name="A1234567", words=("A1234567",), number="A1234567", file_no="A1234567")),
        ("Siti binti Ali", Question(name="SITI BINTI ALI", words=("SITI", "ALI"))),
        ("bin", Question(name="BIN", words=("BIN",))),
    ],
)
def test_a_question_is_read_as_what_it_can_be(typed: str, question: Question) -> None:
    assert Question.parse(typed) == question


@given(st.dictionaries(st.sampled_from(["daerah", "mukim", "status", "strata", "lain"]), st.text(max_size=20)))
def test_an_address_gives_only_filters_that_there_are(query: dict[str, str]) -> None:
    filters = filters_of(query)
    assert filters.status in {None, "tegar", "miskin", "mudah_miskin", "terkeluar"}
    assert filters.strata in {None, "urban", "rural"}
    assert all(code is None or code.isdigit() for code in (filters.district, filters.mukim))
    assert filters.asks is (filters != Filters())


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
        (None, date(2026, 1, 1), None),
    ],
)
def test_an_age_is_in_whole_years_of_life(born: date | None, on: date, years: int | None) -> None:
    assert texts.age(born, on) == years


def test_completeness_counts_what_is_known_of_every_member() -> None:
    members = [{"education_level": "SPM", "in_school": False}, {"education_level": None, "in_school": None}]
    assert completeness(PARTS["pendidikan"], {}, members) == (2, 4)
    assert completeness(PARTS["bantuan"], {}, members) == (0, 0)


@pytest.mark.parametrize(("metres", "written"), [(0, "0 m"), (999, "999 m"), (1500, "1.5 km"), (15000, "15 km")])
def test_a_distance_is_in_metres_or_kilometres(metres: int, written: str) -> None:
    assert texts.distance(metres) == written
