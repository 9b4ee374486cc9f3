"""Who is in the register twice is found, with why, and what was settled stays settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry.cleansing.candidates import find_duplicates
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAIRS = text("SELECT kind, household_a, household_b, score, reasons, state FROM ekasih.duplicate_candidate ORDER BY id")


def household(owner: Connection, file_no: str, people: list[tuple[str, str, str]], **facts: Any) -> int:
    """A household of people given as name, MyKad number, birth date; facts may hold ``phone`` and ``address``."""
    own = {name: facts.pop(name, None) for name in ("phone", "address")}
    made = add_household(owner, file_no, name=people[0][0], members=len(people), **facts)
    for number, (name, id_no, born) in enumerate(people, start=1):
        owner.execute(
            text(
                "UPDATE ekasih.person SET name = :name, name_key = ekasih.name_key(:name), id_no = :id_no,"
                " id_kind = 'mykad', birth_date = CAST(:born AS date) WHERE household_id = :id AND member_no = :no"
            ),
            {"name": name, "id_no": id_no, "born": born, "id": made, "no": number},
        )
    owner.execute(
        text("UPDATE ekasih.household SET phone_key = :phone, address = :address WHERE id = :id"), {**own, "id": made}
    )
    return made


def a_small_register(owner: Connection) -> tuple[int, int, int]:
    first = household(
        owner, "A1", [("Mohd Faizal bin Hassan", "750312085431", "1975-03-12"),
                      ("Rosnah binti Kassim", "780101085422", "1978-01-01")],
        phone="0123456789", address="No. 12, Jalan Melor",
    )  # fmt: skip
    second = household(
        owner, "A2", [("MUHAMMAD FAIZAL B. HASAN", "750312085413", "1975-03-12"),
                      ("Rosnah bt Kasim", "780101085422", "1978-01-01")],
        phone="0123456789", address="12 Jln Melor",
    )  # fmt: skip
    other = household(
        owner, "A3", [("Tan Wei Jie", "800505075555", "1980-05-05"),
                      ("Faizal bin Hassan", "010203085431", "2001-02-03")],
    )  # fmt: skip
    return first, second, other


def test_the_same_family_is_found_in_spite_of_slips_and_it_is_said_why(owner: Connection) -> None:
    first, second, _other = a_small_register(owner)
    found = find_duplicates(owner)
    assert (found.persons, found.households, found.members) == (6, 1, 0)
    row = owner.execute(PAIRS).one()
    assert (row.kind, row.household_a, row.household_b, row.state) == ("household", first, second, "open")
    assert row.score > 0.99
    whys = [set(pair["why"]) for pair in row.reasons]
    assert {"id_no_slip", "name_same", "birth_same", "phone_same", "address_same"} in whys
    assert {"id_no_same", "name_same", "birth_same", "phone_same", "address_same"} in whys


def test_a_member_of_two_households_is_a_pair_of_its_own_kind(owner: Connection) -> None:
    child = ("Nurul Ain binti Faizal", "100607081234", "2010-06-07")
    household(owner, "A1", [("Faizal bin Hassan", "750312085431", "1975-03-12"), child])
    household(owner, "A2", [("Rosnah binti Kassim", "780101085422", "1978-01-01"), child], district="0805")
    find_duplicates(owner)
    assert owner.execute(PAIRS).one().kind == "person"


def test_what_was_settled_stays_settled_and_what_is_put_right_goes(owner: Connection) -> None:
    first, _second, _other = a_small_register(owner)
    find_duplicates(owner)
    owner.execute(text("UPDATE ekasih.duplicate_candidate SET state = 'different'"))
    assert find_duplicates(owner).households == 1
    assert owner.execute(PAIRS).one().state == "different"
    owner.execute(text("UPDATE ekasih.duplicate_candidate SET state = 'open'"))
    owner.execute(text("DELETE FROM ekasih.household WHERE id = :id"), {"id": first})
    assert find_duplicates(owner).forgotten == 1
    assert owner.execute(PAIRS).all() == []


def test_an_empty_register_has_no_pairs(owner: Connection) -> None:
    assert find_duplicates(owner).persons == 0
