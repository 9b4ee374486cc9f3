"""Targets of every kind are shared out by one rule, down to the mukim: what adds up, rates by their numerator."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from layers.numbers import MALAYSIA
from registry import db
from registry.kpi.target_trees import SetByHand, ShareOut, Tree, set_by_hand, share_out
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
STAND = text("""
    SELECT t.area_code, t.target, t.baseline, t.numerator, t.denominator FROM ekasih.target AS t
    WHERE t.indicator_code = :code AND t.due_on = :due ORDER BY t.area_code
""")
SUMS = text("""
    SELECT count(*) FROM ekasih.target AS whole
    CROSS JOIN LATERAL (
        SELECT sum(coalesce(p.numerator, p.target)) AS units, count(*) AS parts FROM ekasih.target AS p
        JOIN ekasih.area AS a ON a.code = p.area_code AND a.level IN ('state', 'district', 'mukim')
        WHERE a.parent_code = whole.area_code AND p.indicator_code = :code) AS inside
    WHERE whole.indicator_code = :code AND inside.parts > 0 AND inside.units <> coalesce(whole.numerator, whole.target)
""")
CENSUS = text("""
    INSERT INTO area_statistic (area_code, source, measure, year, value)
    VALUES ('0803', 'census_2020', 'household_total', 2020, 1200),
        ('0805', 'census_2020', 'household_total', 2020, 800),
        ('1308', 'census_2020', 'household_total', 2020, 333)
""")

ALONE = text("""
    INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)
    VALUES ('located', 'MY', '2031-12-31', 0.8, '2026-01-01', 0.9)
""")


@pytest.fixture
def administrator(owner: Connection) -> Principal:
    """Who administers, in a country with 8 poor: 3 in one mukim of Kinta, 1 in none, 2 in Kuala Kangsar, 2 in Miri."""
    placed = [("0803", "080301")] * 3 + [("0803", None)] + [("0805", "080501")] * 2 + [("1308", None)] * 2
    for number, (district, mukim) in enumerate(placed):
        add_household(owner, f"A{number}", income=100 + 10 * number, district=district, mukim=mukim)
    owner.execute(text("DELETE FROM area_statistic WHERE source = 'census_2020' AND measure = 'household_total'"))
    owner.execute(CENSUS)
    close_months(owner)
    found = add_principal(owner, "ujian.pentadbir", Role.ADMINISTRATOR)
    add_proposer(owner)
    owner.commit()
    return found


@contextmanager
def acting(web: Engine, who: Principal) -> Iterator[Any]:
    with db.writing(web, who) as session:
        yield approving_targets(session, who.user_id)


def shared(indicator: str, target: str, how: Any, version: int = 0) -> ShareOut:
    tree = Tree(indicator_code=indicator, due_on=DUE, seen_version=version)
    return ShareOut(tree=tree, baseline_on=LAST, target=Decimal(target), how=how, reason="Sasaran")


def stand(owner: Connection, indicator: str) -> dict[str, Any]:
    owner.rollback()
    return {row.area_code: row for row in owner.execute(STAND, {"code": indicator, "due": DUE})}


def test_all_mukim_and_who_has_none_add_up_to_their_district(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared("tegar", "4", "syer"))
    found = stand(owner, "tegar")
    assert {code: row.target for code, row in found.items() if row.target and len(code) == 6} == {
        "080301": 2, "080501": 1, "130800": 1}  # fmt: skip
    assert (found["080300"].baseline, found["080300"].target) == (1, 0)
    assert len([code for code in found if code.startswith("0803")]) > 10
    by_hand = SetByHand(tree=Tree(indicator_code="tegar", due_on=DUE, seen_version=1), area_code="080300",
                        target=1, reason="Tiada mukim")  # fmt: skip
    with acting(web, administrator) as session:
        set_by_hand(session, by_hand)
    found = stand(owner, "tegar")
    assert [found[code].target for code in ("0803", "080300", "080301")] == [2, 1, 1]
    assert owner.scalar(SUMS, {"code": "tegar"}) == 0
    with pytest.raises(TargetsDoNotAddUp), refusals_named(owner):
        owner.execute(text("UPDATE target SET target = target + 1 WHERE area_code = '080301'"))
        owner.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    owner.rollback()
    with pytest.raises(TargetsDoNotAddUp), refusals_named(owner):
        owner.execute(text("DELETE FROM target WHERE area_code = '080301'"))
        owner.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_a_rate_is_shared_out_by_its_numerator(administrator: Principal, web: Engine, owner: Connection) -> None:
    with acting(web, administrator) as session:
        # 0.2 % of 2,333 households are 4.67: five, over 4, 2 and 2 poor
        share_out(session, shared("rate", "0.002", "syer"))
    found = stand(owner, "rate")
    told = {code: (row.numerator, row.denominator) for code, row in found.items() if row.numerator}
    assert told == {
        "MY": (5, 2333), "08": (4, 2000), "13": (1, 333), "0803": (3, 1200), "0805": (1, 800),
        "1308": (1, 333)}  # fmt: skip
    assert (found["MY"].target, found["0803"].target) == (Decimal("0.002"), Decimal("0.0025"))
    assert not [code for code in found if len(code) == 6]
    tree = Tree(indicator_code="rate", due_on=DUE, seen_version=1)
    with acting(web, administrator) as session:
        # a quarter of a per cent of 800 households is two of them
        set_by_hand(session, SetByHand(tree=tree, area_code="0805", target=Decimal("0.0025"), reason="Daerah"))
    found = stand(owner, "rate")
    assert [found[code].numerator for code in ("08", "0803", "0805")] == [4, 2, 2]
    assert owner.scalar(SUMS, {"code": "rate"}) == 0
    assert owner.scalar(text("SELECT pins FROM target_tree ORDER BY version DESC LIMIT 1")) == {"0805": 2}


def test_a_rate_of_service_is_the_same_for_all_and_nothing_is_added_up(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared("located", "0.92", "sama"))
        tree = Tree(indicator_code="located", due_on=DUE, seen_version=1)
        set_by_hand(session, SetByHand(tree=tree, area_code="0803", target=Decimal("0.95"), reason="Daerah"))
    found = stand(owner, "located")
    assert {code: found[code].target for code in ("MY", "08", "0803", "080301", "0805")} == {
        "MY": Decimal("0.92"), "08": Decimal("0.92"), "0803": Decimal("0.95"), "080301": Decimal("0.95"),
        "0805": Decimal("0.92")}  # fmt: skip
    assert found["0803"].baseline == 1
    with acting(web, administrator) as session:
        set_by_hand(session, SetByHand(tree=Tree(indicator_code="located", due_on=DUE, seen_version=2),
                                       area_code="0803", target=None, reason="Semula"))  # fmt: skip
    assert {row.target for row in stand(owner, "located").values()} == {Decimal("0.92")}


def test_what_counts_what_is_done_is_shared_out_by_need_where_it_is_more_that_is_wanted(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        share_out(session, shared("naik_rm300", "100", "keperluan"))
        share_out(session, shared("rumah_siap", "10", "keperluan"))
    for indicator, target in (("naik_rm300", 100), ("rumah_siap", 10)):
        found = stand(owner, indicator)
        assert found["MY"].target == found["08"].target + found["13"].target == target
        assert found["0803"].target > found["0805"].target > 0
        assert owner.scalar(SUMS, {"code": indicator}) == 0


def test_a_baseline_that_was_exact_is_told_to_nobody_who_sees_no_persons(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    with acting(web, administrator) as session:
        for indicator, target, how in (("tegar", "4", "syer"), ("located", "0.92", "sama"), ("rate", "0.002", "syer")):
            share_out(session, shared(indicator, target, how))
    planner = add_principal(owner, "ujian.perancang", Role.PLANNER)
    owner.commit()
    owner.execute(text("INSERT INTO published_share VALUES ('MY', 'located', 0.95)"))
    owner.execute(ALONE)
    owner.commit()
    with db.reading(web, planner) as connection:
        seen = connection.execute(text("SELECT area_code, due_on FROM ekasih.target")).all()
    assert [tuple(row) for row in seen] == [("MY", date(2031, 12, 31))]
