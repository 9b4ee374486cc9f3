"""What is held is listed for who settles it, with what stands in its way; double aid is told to both agencies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import given_aid
from queries.given_aid import HeldFilters
from registry.principals import Role
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.aid.importing import AidReport
    from registry.principals import Principal

    Imported = Callable[..., AidReport]


@pytest.fixture
def held(families: dict[str, int], imported: Imported) -> dict[str, int]:
    """One row that overlaps with another agency's, and one whose name does not agree."""
    imported(AidDelivery("SATU", "1").line("S1"))
    imported(AidDelivery("DUA", "1").line("D1").line("D2", kod_program="DUA-SEKOLAH", nama="Orang Lain Sama Sekali"))
    return families


def _agency(owner: Connection, login: str, code: str) -> Principal:
    found = add_principal(owner, login, Role.AGENCY, "0803")
    owner.execute(
        text("UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = :code) WHERE id = :id"),
        {"code": code, "id": found.user_id},
    )
    return found


def test_what_is_held_is_listed_by_reason_for_who_settles_it(
    owner: Connection, web: Engine, held: dict[str, int]
) -> None:
    del held
    own = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    other = add_principal(owner, "lain", Role.OFFICER, "0805")
    owner.commit()
    with Served(web=web).reading(own) as conn:
        rows, total = given_aid.held(conn, HeldFilters(), limit=10)
        counts = {row["code"]: row["held"] for row in given_aid.held_counts(conn, HeldFilters())}
        named, _total = given_aid.held(conn, HeldFilters(reason="nama_tidak_padan", agency="DUA"), limit=10)
        none, _total = given_aid.held(conn, HeldFilters(agency="SATU"), limit=10)
    assert ([row["reference"] for row in rows], total) == (["D2", "D1"], 2)
    assert counts == {"pertindihan_antara_agensi": 1, "nama_tidak_padan": 1}
    assert ([row["reference"] for row in named], none) == (["D2"], [])
    with Served(web=web).reading(other) as conn:
        assert given_aid.held(conn, HeldFilters(), limit=10) == ([], 0)


def test_a_row_shows_what_meets_its_need_already(owner: Connection, web: Engine, held: dict[str, int]) -> None:
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    row = owner.scalar(text("SELECT id FROM ekasih.aid_row WHERE reference = 'D1'"))
    owner.commit()
    with Served(web=web).reading(officer) as conn:
        found = given_aid.held_one(conn, int(row or 0))
        way = given_aid.in_the_way(conn, int(row or 0), held["K0001"], None)
        free = given_aid.in_the_way(conn, int(row or 0), held["K0002"], None)
    assert found is not None
    assert (found["given"]["nama"], found["household_id"]) == ("Ali bin Abu", held["K0001"])
    assert [(one["reference"], one["begins"], one["ends"]) for one in way] == [
        ("S1", date(2026, 6, 1), date(2026, 6, 30))
    ]
    assert free == []


def test_each_agency_is_told_of_double_aid_and_of_its_own_reference_alone(
    owner: Connection, web: Engine, held: dict[str, int]
) -> None:
    del held
    first, second = _agency(owner, "satu", "SATU"), _agency(owner, "dua", "DUA")
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    month = owner.scalar(text("SELECT date_trunc('month', max(found_on))::date FROM ekasih.aid_pair"))
    owner.commit()
    told = []
    for who in (first, second, officer):
        with Served(web=web).reading(who) as conn:
            [pair], _total = given_aid.pairs(conn, month, limit=10)
            assert [row["month"] for row in given_aid.pair_months(conn)] == [month]
        told.append((pair["standing_reference"], pair["other_reference"], pair["household_id"] is not None))
    assert told == [("S1", None, False), (None, "D1", False), ("S1", "D1", True)]
