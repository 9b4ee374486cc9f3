"""What is typed into a form is read forgivingly, and refused at its field where it cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboard.household.answers import command_of, placed
from dashboard.household.parts import HOSTS, PARTS, fields_of
from registry.errors import InvalidInput
from registry.households import saving as services

AT = {"household_id": 7, "version": 3}


@pytest.mark.parametrize("typed", ["31/1/1990", "31-01-1990", "31.01.1990", "1990-01-31", " 31/01/1990 "])
def test_a_date_is_read_in_the_ways_people_write_it(typed: str) -> None:
    command = command_of("bantuan", "", _aid(given_on=typed), **AT)
    assert isinstance(command, services.AddAid)
    assert command.given_on == date(1990, 1, 31)


@pytest.mark.parametrize("typed", ["RM1,200.50", "1200.50", "rm 1,200.50", "1,200.5"])
def test_money_is_read_in_the_ways_people_write_it(typed: str) -> None:
    command = command_of("bantuan", "", _aid(amount_rm=typed), **AT)
    assert isinstance(command, services.AddAid)
    assert command.amount_rm == Decimal("1200.50")


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("given_on", "31/02/1990", "date"),
        ("given_on", "semalam", "date"),
        ("amount_rm", "banyak", "money"),
        ("amount_rm", "NaN", "money"),
        ("agency", " ", "required"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(field: str, typed: str, problem: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        command_of("bantuan", "", _aid(**{field: typed}), **AT)
    assert refusal.value.problems == {f".{field}": problem}


def test_a_table_of_members_becomes_one_command_and_its_problems_name_the_member() -> None:
    typed = {"11.employment": "1,000", "11.transfers": "", "12.employment": "0", ".correction": "yes"}
    command = command_of("pendapatan", "", typed, **AT)
    assert isinstance(command, services.EditIncome)
    assert command.amounts == {11: {"employment": Decimal(1000)}, 12: {"employment": Decimal(0)}}
    assert command.correction
    with pytest.raises(InvalidInput) as refusal:
        command_of("pendapatan", "", typed | {"12.property": "x"}, **AT)
    assert refusal.value.problems == {"12.property": "money"}


def test_the_rest_of_a_district_is_declared_as_no_mukim() -> None:
    typed = {".district_code": "0803", ".mukim_code": "080300", ".strata": "urban", ".address": " No. 1  Jalan "}
    command = command_of("lokasi", "", typed, **AT)
    assert isinstance(command, services.EditLocation)
    assert (command.district_code, command.mukim_code, command.address) == ("0803", None, "No. 1 Jalan")


def test_a_head_keeps_being_head_though_the_form_does_not_ask() -> None:
    command = command_of("peribadi", "12", {"12.name": "Ahmad"}, **AT)
    assert isinstance(command, services.EditMember)
    assert (command.person_id, command.personal.relationship) == (12, "KIR")


def test_a_new_member_brings_his_own_income() -> None:
    typed = {".name": "Siti", ".relationship": "Anak", ".birth_date": "1/2/2010", ".transfers": "40"}
    command = command_of("tambah-ahli", "", typed, **AT)
    assert isinstance(command, services.AddMember)
    assert (command.personal.birth_date, command.income) == (date(2010, 2, 1), {"transfers": Decimal(40)})


@pytest.mark.parametrize("form", sorted(HOSTS))
def test_every_form_asks_for_what_it_requires(form: str) -> None:
    required = {f".{field.name}" for field in fields_of(form) if field.required and form != "pendapatan"}
    typed: dict[str, Any] = {f".{field.name}": None for field in fields_of(form)}
    row = "" if form != "peribadi" else "5"
    typed = {f"{row}{key}": value for key, value in typed.items()}
    if not required:
        command = command_of(form, "5", typed, **AT)
        assert (command.household_id, command.version) == (7, 3)
        return
    with pytest.raises(InvalidInput) as refusal:
        command_of(form, "5", typed, **AT)
    assert refusal.value.problems == {f"{row}{key}": "required" for key in required}


def test_problems_are_placed_at_the_fields_the_form_has_and_others_are_said_in_general() -> None:
    assert placed({"postcode": "postcode", "person_id": "head_stays"}, {".postcode"}) == (
        {".postcode": "postcode"},
        ["head_stays"],
    )


def test_every_component_has_fields_and_no_two_fields_of_one_the_same_name() -> None:
    assert len(PARTS) == 9
    for part in PARTS.values():
        names = [field.name for field in part.fields]
        assert names
        assert len(set(names)) == len(names)


def _aid(**typed: str) -> dict[str, str]:
    return {f".{name}": value for name, value in ({"agency": "JKM", "programme": "Bantuan Am"} | typed).items()}
