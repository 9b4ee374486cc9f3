"""A MyKad number suggests a birth date, a sex and a state of birth, and never insists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.mykad import masked, parse, written

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize("text", ["900101-14-5567", "900101145567", " 900101 14 5567 "])
def test_the_number_is_read_with_or_without_dashes_and_blanks(text: str) -> None:
    card = parse(text, today=TODAY)
    assert card is not None
    assert (card.number, card.birth_date, card.sex, card.birth_state_code) == (
        "900101145567", date(1990, 1, 1), "male", "14",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "A1234567", "90010114556", "9001011455678", "Ahmad"])
def test_what_is_not_twelve_digits_is_no_mykad(text: str) -> None:
    assert parse(text, today=TODAY) is None


@pytest.mark.parametrize(("last", "sex"), [("1", "male"), ("9", "male"), ("0", "female"), ("4", "female")])
def test_an_odd_last_digit_is_male_and_an_even_one_female(last: str, sex: str) -> None:
    card = parse(f"90010108500{last}", today=TODAY)
    assert card is not None
    assert card.sex == sex


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("200101085001", date(1920, 1, 1)),  # serials from 5 on were given before 2000
        ("200101080001", date(2020, 1, 1)),
        ("300101080001", date(1930, 1, 1)),  # 2030 has not come
        ("000229080001", date(2000, 2, 29)),
        ("010229085001", None),  # neither 1901 nor 2001 had a 29 February
        ("901301085001", None),
    ],
)
def test_the_serial_number_speaks_for_the_century(number: str, born: date | None) -> None:
    card = parse(number, today=TODAY)
    assert card is not None
    assert card.birth_date == born


@pytest.mark.parametrize(("place", "state"), [("08", "08"), ("36", "08"), ("59", "05"), ("58", "15"), ("71", None)])
def test_every_known_place_has_its_state_and_an_unknown_one_none(place: str, state: str | None) -> None:
    card = parse(f"900101{place}5001", today=TODAY)
    assert card is not None
    assert card.birth_state_code == state


@given(st.dates(date(1930, 1, 1), TODAY), st.sampled_from(["male", "female"]))
def test_declared_facts_agree_with_a_number_made_of_them_and_not_with_others(born: date, sex: str) -> None:
    serial = "5" if born.year < 2000 else "0"
    card = parse(f"{born:%y%m%d}08{serial}00{1 if sex == 'male' else 2}", today=TODAY)
    assert card is not None
    assert card.birth_date == born
    assert card.mismatches(birth_date=born, sex=sex) == ()
    assert card.mismatches(birth_date=None, sex=None) == ()
    other = "female" if sex == "male" else "male"
    assert card.mismatches(birth_date=born + timedelta(days=1), sex=other) == (
        "mykad_tarikh_tidak_padan", "mykad_jantina_tidak_padan",
    )  # fmt: skip


def test_all_but_the_last_four_are_hidden() -> None:
    assert masked("900101145567") == "######-##-5567"
    assert masked("A1234567", kind="other") == "####4567"
    assert masked(None) == ""
    assert written("900101145567") == "900101-14-5567"
    assert written("A1234567", kind="other") == "A1234567"
