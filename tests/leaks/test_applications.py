"""What an agency, another one, the own district and a foreign one read of an application at each of its stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.applications.models import STATES
from registry.principals import Role
from tests.leaks.world import HERE, THERE, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from tests.leaks.conftest import World

ROUTED = tuple(state for state in STATES if state != "draf")
ENDED = ("ditolak", "ditolak_muktamad", "ditarik", "luput")
_STAGE = text("""
    UPDATE ekasih.aid_application SET state = :state, state_since = current_date - CAST(:days AS integer),
        period = '[2026-01-01,2026-02-01)', amount_rm = 100
    WHERE id = :application
""")
_OTHER = text("""
    INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash, agency_id)
    SELECT 'leak.other', 'leak.other', 'agency', '{}', '!', a.id FROM ekasih.agency AS a WHERE a.code = 'A0805'
    RETURNING id
""")


def staged(world: World, state: str, *, days: int = 0) -> str:
    """Put the application of the own district at a stage that it came into so many days ago; its number."""
    with world.owner.begin() as owner:
        made = numbers_of(owner, HERE)["application"]
        owner.execute(_STAGE, {"state": state, "days": days, "application": made})
        owner.execute(
            text(
                "UPDATE ekasih.aid_claim SET period = daterange(current_date, current_date + 30), ended_at = NULL"
                " WHERE override_id IS NULL"
            )
        )
    return f"B{made:08}"


def seen(connection: Connection, number: str) -> dict[str, bool]:
    """Which of the ways by which an application is told of tell anything."""
    asked = {
        "row": "SELECT count(*) FROM ekasih.aid_application WHERE number = :n",
        "steps": "SELECT count(*) FROM ekasih.aid_step AS s JOIN ekasih.aid_application AS a"
        " ON a.id = s.application_id AND a.number = :n",
        "record": "SELECT count(*) FROM ekasih.application_record(:n)",
        "needs": "SELECT count(*) FROM ekasih.application_needs(:n)",
        "ended": "SELECT count(*) FROM ekasih.ended_application(:n)",
    }
    return {name: bool(connection.scalar(text(statement), {"n": number})) for name, statement in asked.items()}


@pytest.fixture
def other(whole: World) -> int:
    """Somebody of the other agency."""
    with whole.owner.begin() as owner:
        return int(owner.execute(_OTHER).scalar_one())


def acting_as(world: World, user: int) -> Iterator[Connection]:
    with world.engine.connect() as connection, connection.begin() as transaction:
        connection.execute(text("SELECT ekasih.act_as(:user)"), {"user": user})
        yield connection
        transaction.rollback()


@pytest.mark.parametrize("state", STATES)
def test_at_each_stage_it_is_told_to_whom_it_belongs_and_to_nobody_else(whole: World, other: int, state: str) -> None:
    number = staged(whole, state)
    nothing = dict.fromkeys(("row", "steps", "record", "needs", "ended"), False)
    routed = dict.fromkeys(("row", "steps", "record", "needs"), state in ROUTED) | {"ended": False}
    with whole.acting(Role.AGENCY) as connection:
        assert seen(connection, number) == routed
    for connection in acting_as(whole, other):
        assert seen(connection, number) == nothing
    with whole.acting(Role.OFFICER) as connection:
        assert seen(connection, number) == nothing | dict.fromkeys(("row", "steps", "record", "needs"), True)
    for role in (Role.PLANNER, Role.AUDITOR, Role.ENUMERATOR, Role.COORDINATOR):
        with whole.acting(role) as connection:
            assert seen(connection, number) == nothing, role
    with whole.owner.connect() as owner:
        there = f"B{numbers_of(owner, THERE)['application']:08}"
    for role in (Role.AGENCY, Role.COUNCIL, Role.OFFICER, Role.STATE_OFFICE):
        with whole.acting(role) as connection:
            assert seen(connection, there) == nothing, role


@pytest.mark.parametrize("state", ENDED)
def test_30_days_after_it_ended_an_agency_is_told_number_day_and_reason(whole: World, state: str) -> None:
    number = staged(whole, state, days=30)
    with whole.acting(Role.AGENCY) as connection:
        assert seen(connection, number)["row"]
    number = staged(whole, state, days=31)
    with whole.acting(Role.AGENCY) as connection:
        assert seen(connection, number) == dict.fromkeys(("row", "steps", "record", "needs"), False) | {"ended": True}
        told = connection.execute(text("SELECT * FROM ekasih.ended_application(:n)"), {"n": number}).mappings().one()
        assert set(told) == {"number", "state", "ended_on", "code", "reason"}
    with whole.acting(Role.OFFICER) as connection:
        assert seen(connection, number)["row"]


@pytest.mark.parametrize("state", ["selesai", "dibatalkan"])
def test_what_was_granted_is_told_for_90_days_after_its_end(whole: World, state: str) -> None:
    for days, told in ((90, True), (91, False)):
        number = staged(whole, state, days=days)
        with whole.acting(Role.AGENCY) as connection:
            assert (seen(connection, number)["row"], seen(connection, number)["ended"]) == (told, not told)


def test_an_agency_is_told_the_components_that_the_conditions_use_and_no_other(whole: World) -> None:
    number = staged(whole, "disemak")
    with whole.acting(Role.AGENCY) as connection:
        rows = connection.execute(text("SELECT * FROM ekasih.application_record(:n)"), {"n": number}).mappings().all()
    assert {row["component"] for row in rows} == {"pendapatan"}
    assert {row["field"] for row in rows} == {"status", "pendapatan_isirumah", "pendapatan_perkapita"}


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        ('[{"pada": "kir", "medan": "umur", "op": ">=", "nilai": 60}]', {("umur", 1), ("bil_ahli", None)}),
        ('[{"pada": "ahli", "medan": "oku", "op": "kosong", "nilai": false}]', {("oku", 1), ("oku", 4)}),
        ('[{"atau": [{"pada": "kir", "medan": "agama", "op": "=", "nilai": "Islam"}]}]', {("agama", 1), ("umur", 1)}),
    ],
)
def test_of_members_those_are_told_whom_the_conditions_ask_about_and_what_is_sensitive_only_where_named(
    whole: World, conditions: str, told: set[tuple[str, int | None]]
) -> None:
    number = staged(whole, "diterima")
    with whole.owner.begin() as owner:
        owner.execute(text("UPDATE ekasih.aid_conditions SET conditions = CAST(:c AS jsonb)"), {"c": conditions})
    with whole.acting(Role.AGENCY) as connection:
        rows = connection.execute(text("SELECT * FROM ekasih.application_record(:n)"), {"n": number}).mappings().all()
    found = {(row["field"], row["member_no"]) for row in rows}
    assert told <= found
    sensitive = {name for name in ("etnik", "agama", "oku", "penyakit_kronik") if name not in conditions}
    assert not sensitive & {field for field, _ in found}
    if '"kir"' in conditions:
        assert {no for _, no in found} <= {1, None}
