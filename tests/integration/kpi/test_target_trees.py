"""The country's target is shared out so that every level adds up, and each change is one version of the whole."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from layers.numbers import MALAYSIA
from registry import db
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.kpi.target_trees import SetByHand, ShareOut, TargetsNotShared, Tree, set_by_hand, share_out
from registry.kpi.targets import SetTargets, TargetValues, set_targets
from registry.principals import Principal, Role
from registry.refusals import TargetsDoNotAddUp, refusals_named
from registry.status.months import close_months
from tests.approving import add_proposer, approving_targets
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

DUE = date(2030, 12, 31)
LAST = datetime.now(MALAYSIA).date().replace(day=1) - timedelta(days=1)
TARGETS = text("""
    SELECT area_code, target FROM ekasih.target WHERE indicator_code = :code AND due_on = :due
        AND length(area_code) < 5 AND (target <> 0 OR area_code = '13')
""")


@pytest.fixture
def administrator(owner: Connection) -> Principal:
    """Who administers, in a country with 8 hardcore poor: 4 in Kinta, 2 in Kuala Kangsar, 2 in Miri."""
    for number, district in enumerate(["0803"] * 4 + ["0805"] * 2 + ["1308"] * 2):
        add_household(owner, f"A{number}", income=100 + 10 * number, district=district)
    close_months(owner)
    found = add_principal(owner, "ujian.pentadbir", Role.ADMINISTRATOR)
    add_proposer(owner)
    owner.commit()
    return found


def tree(version: int, indicator: str = "tegar") -> Tree:
    return Tree(indicator_code=indicator, due_on=DUE, seen_version=version)


def shared(version: int, target: int, **more: Any) -> ShareOut:
    values = {"baseline_on": LAST, "how": "syer", "reason": "Sasaran baharu", **more}
    return ShareOut(tree=tree(version, values.pop("indicator", "tegar")), target=target, **values)


def by_hand(version: int, area: str, target: int | None) -> SetByHand:
    return SetByHand(tree=tree(version), area_code=area, target=target, reason="Keputusan negeri")


@contextmanager
def acting(web: Engine, who: Principal) -> Iterator[Any]:
    with db.writing(web, who) as session:
        yield approving_targets(session, who.user_id) if who.role is Role.ADMINISTRATOR else session


def stand(owner: Connection, indicator: str = "tegar") -> dict[str, Any]:
    owner.rollback()
    return dict(owner.execute(TARGETS, {"code": indicator, "due": DUE}).all())


def test_each_level_adds_up_and_a_version_keeps_what_was_before(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        assert share_out(session, shared(0, 4)) == 1
    assert stand(owner) == {"MY": 4, "08": 3, "13": 1, "0803": 2, "0805": 1, "1308": 1}
    with acting(web, administrator) as session:
        assert share_out(session, shared(1, 2)) == 2
    assert stand(owner) == {"MY": 2, "08": 2, "13": 0, "0803": 1, "0805": 1}
    kept = owner.execute(text("SELECT before, after, reason, decided_by FROM target_tree WHERE version = 2")).one()
    assert (kept.before["0803"], kept.after["0803"]) == ("2", "1")
    assert (kept.reason, kept.decided_by) == ("Sasaran baharu", administrator.user_id)
    log = text("SELECT after ->> 'version' FROM audit_log WHERE action = 'share_targets' ORDER BY id")
    assert owner.scalars(log).all() == ["1", "2"]


def test_a_fall_goes_to_where_the_need_is(administrator: Principal, web: Engine, owner: Connection) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared(0, 7, how="keperluan"))
    found = stand(owner)
    assert (found["MY"], found["08"] + found["13"]) == (7, 7)
    assert found["0803"] == 3


def test_money_is_shared_out_in_hundreds(administrator: Principal, web: Engine, owner: Connection) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared(0, 5000, indicator="gap"))
    found = stand(owner, "gap")
    assert found["08"] + found["13"] == found["MY"] == 5000
    assert all(target % 100 == 0 for target in found.values())


def test_what_is_set_by_hand_stands_until_it_is_let_go(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared(0, 4))
        set_by_hand(session, by_hand(1, "0805", 2))
    assert stand(owner) == {"MY": 4, "08": 3, "13": 1, "0803": 1, "0805": 2, "1308": 1}
    with acting(web, administrator) as session:
        share_out(session, shared(2, 3))
    assert stand(owner)["0805"] == 2
    with acting(web, administrator) as session:
        set_by_hand(session, by_hand(3, "0805", None))
    assert stand(owner) == {"MY": 3, "08": 2, "13": 1, "0803": 1, "0805": 1, "1308": 1}


def test_pins_above_what_there_is_are_named_and_nothing_changes(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared(0, 4))
        set_by_hand(session, by_hand(1, "0805", 2))
    before = stand(owner)
    with pytest.raises(TargetsNotShared) as refused, acting(web, administrator) as session:
        share_out(session, shared(2, 1))
    assert [(one.area, one.by, dict(one.pins)) for one in refused.value.excesses] == [("08", 1, {"0805": 2})]
    assert stand(owner) == before


def test_who_has_seen_an_earlier_version_changes_nothing(administrator: Principal, web: Engine) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared(0, 4))
    with pytest.raises(StaleRecord), acting(web, administrator) as session:
        share_out(session, shared(0, 3))


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"indicator": "tercicir"}, "indicator"),
        ({"how": "sama"}, "how"),
        ({"baseline_on": LAST - timedelta(days=1)}, "baseline_on"),
        ({"baseline_on": date(2019, 12, 31)}, "baseline_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_shared_out_is_refused_at_its_field(
    administrator: Principal, web: Engine, more: dict[str, Any], problem: str
) -> None:
    with pytest.raises(InvalidInput) as refused, acting(web, administrator) as session:
        share_out(session, shared(0, 4, **more))
    assert set(refused.value.problems) == {problem}


@pytest.mark.parametrize("role", [Role.NATIONAL, Role.PLANNER, Role.COORDINATOR])
def test_nobody_but_an_administrator_shares_targets_out(
    administrator: Principal, web: Engine, owner: Connection, role: Role
) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared(0, 4))
    other = add_principal(owner, "ujian.lain", role, *(["0803"] if role is Role.COORDINATOR else []))
    owner.commit()
    with pytest.raises(NotPermitted), acting(web, other) as session:
        share_out(session, shared(1, 3))
    with db.reading(web, other) as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.target_tree")) == 0


def test_the_database_refuses_a_tree_that_does_not_add_up(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared(0, 4))
    owner.rollback()
    with pytest.raises(TargetsDoNotAddUp), refusals_named(owner):
        owner.execute(
            text("UPDATE target SET target = target + 1 WHERE area_code = '0803' AND indicator_code = 'tegar'")
        )
        owner.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def typed(target: str | None, baseline: str = "8") -> TargetValues:
    number = None if target is None else Decimal(target)
    return TargetValues(due_on=DUE, baseline=Decimal(baseline), baseline_on=LAST, target=number)


def test_the_form_shares_the_countrys_target_out_and_makes_pins_of_others(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    def put(area: str, wanted: TargetValues, seen: TargetValues | None, reason: str = "Mesyuarat") -> int:
        before = {} if seen is None else {"tegar": seen}
        with acting(web, administrator) as session:
            command = SetTargets(area_code=area, wanted={"tegar": wanted}, seen=before, reason=reason)
            return set_targets(session, command)

    assert put("MY", typed("4"), None) == 1
    assert stand(owner)["0803"] == 2
    with pytest.raises(InvalidInput) as refused:
        put("0805", typed("2", baseline="2"), typed("1", baseline="2"), reason="")
    assert refused.value.problems == {"reason": "required"}
    put("0805", typed("2", baseline="2"), typed("1", baseline="2"))
    assert stand(owner) == {"MY": 4, "08": 3, "13": 1, "0803": 1, "0805": 2, "1308": 1}
    with pytest.raises(InvalidInput) as refused:
        put("0805", typed("2", baseline="3"), typed("2", baseline="2"))
    assert refused.value.problems == {"tegar.baseline": "target_shared"}
    put("0805", typed(None, baseline="2"), typed("2", baseline="2"))
    assert stand(owner)["0805"] == 1


def test_a_target_whose_baseline_is_not_of_the_register_stands_alone(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        set_targets(session, SetTargets(area_code="MY", wanted={"tegar": typed("4", baseline="9")}, seen={}))
    assert stand(owner) == {"MY": 4}
