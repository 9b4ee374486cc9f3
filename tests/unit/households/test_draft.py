"""A registration form is read as it was typed: what is there is judged, what is missing is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cases.draft import (
    AID_FIELDS,
    HOUSEHOLD_FIELDS,
    MEMBER_FIELDS,
    clean,
    completeness,
    head_of,
    read_draft,
    unanswered,
)
from tests.integration.cases.forms import form, with_member

TODAY = date(2026, 11, 23)


def problems(draft: dict[str, Any], *, whole: bool = False) -> dict[str, str]:
    return read_draft(draft, today=TODAY, whole=whole)[1]


def test_what_was_typed_becomes_values() -> None:
    read, found = read_draft(form(), today=TODAY, whole=True)
    assert found == {}
    head, spouse, child = read.members
    assert (head.values["name"], head.values["birth_date"], head.is_head) == ("Ali bin Abu", date(1970, 1, 1), True)
    assert head.income == {"employment": Decimal("500.00"), "self_employment": Decimal(100)}
    assert (spouse.values["id_no"], child.values["birth_date"]) == (None, date(2015, 3, 4))
    assert (read.dwelling["room_count"], read.dwelling["electricity"]) == (3, True)
    assert (read.aid[0]["member"], read.aid[0]["amount_rm"]) == ("m2", Decimal(300))


def test_an_empty_form_has_no_problems_until_it_is_to_be_whole() -> None:
    assert problems({}) == {}
    assert set(problems({}, whole=True)) == {"lokasi.strata", "lokasi.district_code", "peribadi.members"}


@pytest.mark.parametrize(
    ("draft", "place", "problem"),
    [
        (with_member(0, birth_date="31/02/1970"), "m1.birth_date", "date"),
        (with_member(0, birth_date="01/01/2030"), "m1.birth_date", "birth_date_future"),
        (with_member(0, employment="banyak"), "m1.employment", "money"),
        (with_member(0, employment="-5"), "m1.employment", "money_negative"),
        (with_member(1, id_no="700101085551"), "m2.id_no", "id_no_repeated"),
        (with_member(1, id_no="?"), "m2.id_no", "id_no"),
        (with_member(1, relationship="Kawan"), "m2.relationship", "choice"),
        (with_member(2, education_level="Doktor"), "m3.education_level", "choice"),
        (form(lokasi={"postcode": "123"}), "lokasi.postcode", "postcode"),
        (form(lokasi={"strata": "x"}), "lokasi.strata", "choice"),
        (form(lokasi={"longitude": "2.3", "latitude": "48.8"}), "lokasi.longitude", "outside_malaysia"),
        (form(kediaman={"room_count": "banyak"}), "kediaman.room_count", "whole"),
        (form(harta={"land_acres": "-1"}), "harta.land_acres", "land_acres"),
        (form(aid=[{"key": "b1", "agency": "JKM", "programme": "X", "member": "m9"}]), "b1.member", "member_gone"),
        (form(aid=[{"key": "b1", "given_on": "01/01/2030"}]), "b1.given_on", "date_future"),
    ],
)
def test_what_cannot_be_so_is_named_where_it_stands(draft: dict[str, Any], place: str, problem: str) -> None:
    assert problems(draft)[place] == problem


@pytest.mark.parametrize("number", ["A1234567", "RF/12345", "T5512345", ""])
def test_old_police_army_and_no_numbers_are_taken(number: str) -> None:
    assert problems(with_member(1, id_no=number), whole=True) == {}


def test_how_much_is_answered_is_counted_for_every_member() -> None:
    counted = completeness(form(), today=TODAY)
    assert (counted["kediaman"], counted["harta"], counted["pendidikan"]) == ((4, 8), (2, 2), (1, 6))
    assert (counted["pendapatan"], counted["bantuan"]) == ((2, 2), (0, 0)), "the child of eleven is not asked"
    assert completeness({}, today=TODAY)["peribadi"] == (0, 0)


def test_whoever_may_earn_says_an_amount_or_that_there_is_none() -> None:
    unsaid = with_member(1, no_income="")
    assert problems(unsaid) == {}, "a form that is being filled in is not faulted for what is still to come"
    assert problems(unsaid, whole=True) == {"m2.no_income": "income_unsaid"}
    assert problems(with_member(1, no_income="", transfers="0"), whole=True) == {}, "nought was said"
    assert problems(with_member(1, no_income="", transfers="banyak"), whole=True) == {"m2.transfers": "money"}
    assert problems(with_member(1, transfers="50"))["m2.no_income"] == "income_both"


def test_who_is_not_of_an_age_to_earn_is_not_asked_and_whose_age_is_not_known_is() -> None:
    asked = "m3.no_income"
    assert asked not in problems(with_member(2, birth_date="24/11/2011"), whole=True)
    assert asked in problems(with_member(2, birth_date="23/11/2011"), whole=True)
    assert asked in problems(with_member(2, birth_date=""), whole=True)
    assert asked not in problems(with_member(2, birth_date="", id_no="150304-08-0551"), whole=True)


def test_a_component_of_which_nothing_is_answered_is_named() -> None:
    assert unanswered(form(), today=TODAY) == ["pekerjaan", "kesihatan"]
    assert "kediaman" in unanswered(form(kediaman={}), today=TODAY)


def test_the_head_is_whoever_is_said_to_be() -> None:
    assert head_of(form()) == "Ali bin Abu"
    assert head_of({"members": [{"name": "Siti", "relationship": "Anak"}]}) == ""


def test_what_no_form_has_is_left_out() -> None:
    sent = form(sasaran={"x": 1}, harta={"vehicle": "Kereta", "status": "tegar", "land_acres": 7}, members="x")
    kept = clean(sent)
    assert (kept["harta"], kept["members"], "sasaran" in kept) == ({"vehicle": "Kereta"}, [], False)
    assert len(clean({"lokasi": {"address": "x" * 9_000}})["lokasi"]["address"]) == 400


NAMES = sorted(
    {name for part in (*HOUSEHOLD_FIELDS.values(), *MEMBER_FIELDS.values(), AID_FIELDS) for name in part}
    | {*HOUSEHOLD_FIELDS, "members", "aid", "key"}
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8))
def test_whatever_is_sent_it_is_read_and_cleaned_the_same_way_twice(sent: dict[str, Any]) -> None:
    kept = clean(sent)
    assert clean(kept) == kept
    read_draft(sent, today=TODAY, whole=True)
    read_draft(kept, today=TODAY)
    completeness(kept, today=TODAY)
