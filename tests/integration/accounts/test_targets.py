"""Administrators set the targets of an area; nobody else does, and nothing is lost when two do it at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dashboard.pages.administration.targets import read_target
from queries import kpi
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.kpi.targets import SetTargets, TargetValues, set_targets
from registry.principals import Principal, Role
from tests.approving import add_proposer, approving_targets

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.accounts.conftest import People

TYPED = {"baseline": "1,500", "baseline_on": "01/01/2026", "target": "900", "due_on": "31/12/2027"}
FIRST = read_target(TYPED, "count")


@pytest.fixture
def indicator(owner: Connection) -> str:
    add_proposer(owner)
    owner.commit()
    return str(owner.scalar(text("SELECT code FROM ekasih.indicator ORDER BY position LIMIT 1")))


def _set(people: People, who: Principal, indicator: str, wanted: TargetValues, seen: TargetValues | None = None) -> int:
    before = {} if seen is None else {indicator: seen}
    with people.writing(who) as session:
        if who.role is Role.ADMINISTRATOR:
            approving_targets(session, who.user_id)
        return set_targets(session, SetTargets(area_code="0803", wanted={indicator: wanted}, seen=before))


def _held(people: People, who: Principal, indicator: str) -> list[tuple[Decimal | None, date | None]]:
    with people.reading(who) as connection:
        found = kpi.indicators(connection, areas=["0803"])
    return [(one.target, one.due_on) for one in found if one.indicator_code == indicator]


def test_what_is_typed_is_read_and_a_share_is_per_cent() -> None:
    assert (
        TargetValues(
            baseline=Decimal(1500), baseline_on=date(2026, 1, 1), target=Decimal(900), due_on=date(2027, 12, 31)
        )
        == FIRST
    )
    assert read_target(TYPED | {"target": "12.5%"}, "syer").target == Decimal("0.125")
    assert read_target(TYPED | {"target": "=1"}, "syer").target is None


def test_a_target_is_set_changed_and_another_day_joins_it(
    people: People, owner: Connection, administrator: Principal, indicator: str
) -> None:
    assert _set(people, administrator, indicator, FIRST) == 1
    assert _held(people, administrator, indicator) == [(Decimal(900), date(2027, 12, 31))]
    assert _set(people, administrator, indicator, FIRST, FIRST) == 0
    lower = read_target(TYPED | {"target": "800"}, "count")
    assert _set(people, administrator, indicator, lower, FIRST) == 1
    later = read_target(TYPED | {"due_on": "31/12/2030"}, "count")
    assert _set(people, administrator, indicator, later, lower) == 1
    kept = text("SELECT target FROM ekasih.target WHERE area_code = '0803' AND indicator_code = :code ORDER BY due_on")
    assert owner.scalars(kept, {"code": indicator}).all() == [800, 900]
    actions = text("SELECT count(*) FROM ekasih.audit_log WHERE action = 'set_targets'")
    assert owner.scalar(actions) == 3


def test_a_target_that_somebody_else_set_meanwhile_is_not_overwritten(
    people: People, administrator: Principal, indicator: str
) -> None:
    _set(people, administrator, indicator, FIRST)
    _set(people, administrator, indicator, read_target(TYPED | {"target": "1"}, "count"), FIRST)
    with pytest.raises(StaleRecord):
        _set(people, administrator, indicator, read_target(TYPED | {"target": "2"}, "count"), FIRST)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [({"target": ""}, ("target", "required")), ({"target": "-1"}, ("target", "number")),
     ({"due_on": "01/01/2025"}, ("due_on", "target_days"))],
)  # fmt: skip
def test_a_target_that_cannot_be_is_refused_at_its_field(
    people: People, administrator: Principal, indicator: str, typed: dict[str, str], problem: tuple[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        _set(people, administrator, indicator, read_target(TYPED | typed, "count"))
    assert refusal.value.problems == {f"{indicator}.{problem[0]}": problem[1]}


@pytest.mark.parametrize("role", [Role.NATIONAL, Role.OFFICER, Role.PLANNER])
def test_nobody_but_an_administrator_sets_targets(people: People, indicator: str, role: Role) -> None:
    who = people.add("ujian.lain", role)
    with pytest.raises(NotPermitted):
        _set(people, who, indicator, FIRST)
    add = text("""
        INSERT INTO ekasih.target (indicator_code, area_code, due_on, baseline, baseline_on, target)
        VALUES (:code, '0803', '2027-12-31', 1, '2026-01-01', 1)
    """)
    with pytest.raises(Exception, match=r"row-level security|may not"), people.writing(who) as session:
        session.execute(add, {"code": indicator})
