"""Who manages programmes changes them: what is new begins on a day, and what was there ends the day before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.household.conditions import standings
from queries import households, programmes
from registry.errors import InvalidInput, NotPermitted
from registry.principals import Role
from registry.programmes.administration import (
    AddConditions,
    AddProgramme,
    AddRate,
    SetState,
    add_conditions,
    add_programme,
    add_rate,
    set_state,
)
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_principal
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.aid.importing import AidReport
    from registry.principals import Principal

    Imported = Callable[..., AidReport]

POOREST = [{"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar"]}]
OLD = [{"pada": "kir", "medan": "umur", "op": ">=", "nilai": 60}]
BEGINS = date(2026, 1, 1)


@pytest.fixture
def manager(owner: Connection, families: dict[str, int], imported: Imported) -> Principal:
    """Somebody of the first agency who manages its programmes."""
    del families
    imported(AidDelivery("SATU", "1").line("S1"))
    found = add_principal(owner, "satu", Role.AGENCY, "08")
    owner.execute(
        text("UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = :code) WHERE id = :id"),
        {"id": found.user_id, "code": "SATU"},
    )
    owner.commit()
    return found


def _id(owner: Connection, statement: str) -> int:
    found = owner.scalar(text(statement))
    owner.rollback()
    return int(found or 0)


def _programme(owner: Connection, code: str) -> int:
    return _id(owner, f"SELECT id FROM ekasih.aid_programme WHERE code = '{code}'")


def test_a_new_rate_ends_the_former_one_the_day_before(owner: Connection, web: Engine, manager: Principal) -> None:
    programme = _programme(owner, "SATU-HIDUP")
    kind = _id(owner, f"SELECT id FROM ekasih.aid_kind WHERE programme_id = {programme}")
    rate: dict[str, Any] = {"kind_id": kind, "ceiling_rm": Decimal("350.50"), "source": "Pekeliling 1/2026"}
    with Served(web=web).writing(manager) as session:
        add_rate(session, AddRate(from_date=BEGINS, **rate))
    with Served(web=web).writing(manager) as session, pytest.raises(InvalidInput):
        add_rate(session, AddRate(from_date=date(2025, 6, 1), **rate))
    with Served(web=web).reading(manager) as conn:
        kept = [(row["from_date"], row["until_date"], row["ceiling_rm"]) for row in programmes.rates(conn, programme)]
    assert kept == [
        (BEGINS, None, Decimal("350.50")),
        (date(2025, 1, 1), date(2025, 12, 31), Decimal("300.00")),
    ]
    assert _id(owner, "SELECT count(*) FROM ekasih.audit_log WHERE action = 'add_aid_rate'") == 1


def test_new_conditions_leave_the_former_ones_as_they_were(owner: Connection, web: Engine, manager: Principal) -> None:
    programme = _programme(owner, "SATU-HIDUP")
    for day, conditions in ((date(2025, 1, 1), POOREST), (BEGINS, OLD)):
        with Served(web=web).writing(manager) as session:
            add_conditions(session, AddConditions(programme_id=programme, from_date=day, conditions=conditions))
    with Served(web=web).reading(manager) as conn:
        found = programmes.conditions(conn, programme)
    kept = [(row["from_date"], row["until_date"], row["conditions"]) for row in found]
    assert kept == [(BEGINS, None, OLD), (date(2025, 1, 1), date(2025, 12, 31), POOREST)]


def test_nobody_changes_what_another_agency_gives(owner: Connection, web: Engine, manager: Principal) -> None:
    other = _programme(owner, "DUA-HIDUP")
    agency = _id(owner, "SELECT id FROM ekasih.agency WHERE code = 'DUA'")
    new = AddProgramme(
        agency_id=agency, code="DUA-X", name_ms="X", name_en="X", valid_from=BEGINS, need_code="MAKANAN",
        form="barangan", recipient="isi_rumah", frequency="sekali", coverage="bulan",
    )  # fmt: skip
    for act in (
        lambda session: set_state(session, SetState(programme_id=other, state="ditutup")),
        lambda session: add_conditions(
            session, AddConditions(programme_id=other, from_date=BEGINS, conditions=POOREST)
        ),
        lambda session: add_programme(session, new),
    ):
        with Served(web=web).writing(manager) as session, pytest.raises(NotPermitted):
            act(session)


def test_a_new_programme_is_a_draft_with_one_kind(owner: Connection, web: Engine, manager: Principal) -> None:
    agency = _id(owner, "SELECT id FROM ekasih.agency WHERE code = 'SATU'")
    values: dict[str, Any] = {
        "agency_id": agency, "name_ms": "Bakul", "name_en": "", "valid_from": BEGINS, "need_code": "MAKANAN",
        "form": "barangan", "recipient": "isi_rumah", "frequency": "sekali", "coverage": "bulan", "unit": "bakul",
    }  # fmt: skip
    with Served(web=web).writing(manager) as session:
        made = add_programme(session, AddProgramme(code="satu-bakul", **values))
    with Served(web=web).writing(manager) as session, pytest.raises(InvalidInput) as refused:
        add_programme(session, AddProgramme(code="SATU-BAKUL", **values))
    assert refused.value.problems == {"code": "taken"}
    with Served(web=web).reading(manager) as conn:
        found = programmes.programme(conn, made)
        [kind] = programmes.rates(conn, made)
    assert found is not None
    assert (found["code"], found["state"], found["manages"]) == ("SATU-BAKUL", "draf", True)
    assert (kind["unit"], kind["ceiling_rm"]) == ("bakul", None)


def test_why_not_names_the_condition_that_fails_with_what_the_record_says(
    owner: Connection, web: Engine, manager: Principal, families: dict[str, int]
) -> None:
    for code, conditions in (("SATU-HIDUP", OLD), ("SATU-RUMAH", [])):
        with Served(web=web).writing(manager) as session:
            add_conditions(
                session,
                AddConditions(programme_id=_programme(owner, code), from_date=BEGINS, conditions=conditions),
            )
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    owner.execute(text("UPDATE ekasih.person SET birth_date = '1970-01-01' WHERE is_head"))
    owner.commit()
    home = families["K0001"]
    with Served(web=web).reading(officer) as conn:
        found = standings(conn, home, households.members(conn, home), date(2026, 6, 1), words_of("ms"))
    failing = {one.programme["code"]: one.failing for one in found}
    assert failing["SATU-RUMAH"] == ()
    [told] = failing["SATU-HIDUP"]
    assert "56" in told
    assert "60" in told


@pytest.mark.parametrize(("role", "over"), [(Role.AGENCY, False), (Role.COUNCIL, False), (Role.NATIONAL, True)])
def test_an_account_of_an_agency_that_has_none_yet_is_over_no_agency(
    owner: Connection, web: Engine, manager: Principal, role: Role, *, over: bool
) -> None:
    del manager
    who = add_principal(owner, "semua", role)
    owner.execute(
        text("INSERT INTO ekasih.role_permission (role, permission) VALUES (:role, 'manage_programmes'), "
             "(:role, 'read_ledger') ON CONFLICT DO NOTHING"),
        {"role": role.value},
    )  # fmt: skip
    owner.execute(
        text("INSERT INTO ekasih.office (code, agency_id, name_ms, name_en) "
             "SELECT 'PEJ', id, 'P', 'O' FROM ekasih.agency WHERE code = 'SATU'")
    )  # fmt: skip
    owner.commit()
    asked = text("""
        SELECT ekasih.oversees_agency(a.id), ekasih.manages_programmes_of(a.id),
            EXISTS (SELECT FROM ekasih.ledger_places() AS l)
        FROM ekasih.agency AS a WHERE a.code = 'SATU'
    """)
    with Served(web=web).reading(who) as conn:
        assert tuple(conn.execute(asked).one()) == (over, over, over)
