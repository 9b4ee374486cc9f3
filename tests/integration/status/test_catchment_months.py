"""The closed months of a catchment have the households that were in it on their last day, however it is drawn now."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.areas.boundaries import locate_households
from registry.kpi.targets import SetTargets, TargetValues, set_targets
from registry.publishing.publish import publish
from registry.status.months import close_months, months_incomplete, recount_months
from registry.status.recount import recount
from tests.approving import add_proposer, approving_targets
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

OFFICE = "C.PPKB-BATU-GAJAH"
_DRAWN = text("""
    UPDATE area_piece SET geom = ST_SetSRID(ST_GeomFromGeoJSON(:shape), 4326) WHERE area_code = :code
""")
_MONTHS = text("""
    SELECT to_char(month, 'YYYY-MM'), sum(households)::integer FROM headcount_month WHERE area_code = :code
    GROUP BY month ORDER BY month
""")


def draw(owner: Connection, west: float, east: float) -> None:
    """Draw the office's catchment anew between two meridians, and place the households."""
    ring = [[west, 4.4], [east, 4.4], [east, 4.5], [west, 4.5], [west, 4.4]]
    shape = json.dumps({"type": "Polygon", "coordinates": [ring]})
    owner.execute(
        text("DELETE FROM area_piece WHERE area_code = :code AND ctid <> (SELECT min(ctid) FROM area_piece"
             " WHERE area_code = :code)"), {"code": OFFICE}
    )  # fmt: skip
    owner.execute(_DRAWN, {"shape": shape, "code": OFFICE})
    locate_households(owner)


def by_month(owner: Connection) -> dict[str, int]:
    return {str(month): int(count) for month, count in owner.execute(_MONTHS, {"code": OFFICE})}


@pytest.fixture
def households(owner: Connection) -> tuple[int, int]:
    """Two households that were registered two months and one month ago; nothing is drawn around them yet."""
    draw(owner, 110.0, 110.1)
    found = []
    for back, east in ((2, 101.05), (1, 101.25)):
        day = owner.scalar(text("SELECT (date_trunc('month', current_date) - make_interval(months => :n))::date"),
                           {"n": back})  # fmt: skip
        found.append(add_household(owner, f"A{back}", longitude=east, latitude=4.45, on_date=day.isoformat()))
    return found[0], found[1]


def test_a_catchment_that_is_drawn_for_the_first_time_is_given_its_past(
    owner: Connection, households: tuple[int, int]
) -> None:
    assert households
    close_months(owner)
    assert by_month(owner) == {}
    draw(owner, 101.0, 101.3)
    assert list(by_month(owner).values()) == [1, 2]
    assert recount(owner) == []


def test_a_catchment_that_is_drawn_anew_keeps_the_months_that_are_closed(
    owner: Connection, households: tuple[int, int]
) -> None:
    draw(owner, 101.0, 101.1)
    close_months(owner)
    owner.execute(text("UPDATE household_catchment SET from_day = from_day - 1000 WHERE from_day > '0001-01-01'"))
    before = by_month(owner)
    assert list(before.values()) == [1, 1]
    draw(owner, 101.2, 101.3)
    assert owner.scalar(text("SELECT sum(households) FROM headcount WHERE area_code = :code"), {"code": OFFICE}) == 1
    assert by_month(owner) == before
    assert recount(owner) == []
    stays = owner.execute(
        text("SELECT household_id, until_day IS NULL FROM household_catchment ORDER BY household_id")
    ).all()
    assert [tuple(row) for row in stays] == [(households[0], False), (households[1], True)]


def test_a_household_that_comes_and_goes_within_a_day_leaves_no_trace(
    owner: Connection, households: tuple[int, int]
) -> None:
    draw(owner, 101.0, 101.1)
    owner.execute(text("UPDATE household SET catchment_codes = '{C.X}' WHERE id = :id"), {"id": households[1]})
    owner.execute(text("UPDATE household SET catchment_codes = '{}' WHERE id = :id"), {"id": households[1]})
    owner.execute(text("UPDATE household SET catchment_codes = '{C.X}' WHERE id = :id"), {"id": households[1]})
    owner.execute(text("UPDATE household SET catchment_codes = '{}' WHERE id = :id"), {"id": households[1]})
    assert owner.scalar(text("SELECT count(*) FROM household_catchment WHERE code = 'C.X'")) == 0
    owner.execute(text("DELETE FROM household WHERE id = :id"), {"id": households[0]})
    assert owner.scalar(text("SELECT count(*) FROM household_catchment")) == 0


def test_counting_months_anew_finds_and_puts_right_a_catchment(
    owner: Connection, owner_engine: Engine, households: tuple[int, int]
) -> None:
    assert households
    draw(owner, 101.0, 101.3)
    close_months(owner)
    owner.execute(text("UPDATE headcount_month SET households = households + 1 WHERE area_code = :code"),
                  {"code": OFFICE})  # fmt: skip
    assert {difference.area_code for difference in recount(owner)} == {OFFICE}
    owner.execute(text("UPDATE headcount_month SET income_rm = NULL WHERE area_code = :code"), {"code": OFFICE})
    assert months_incomplete(owner)
    owner.commit()
    recount_months(owner_engine)
    assert recount(owner) == []


def test_nothing_of_a_catchment_is_published_month_by_month(owner: Connection, households: tuple[int, int]) -> None:
    assert households
    for number in range(12):
        add_household(owner, f"B{number}", longitude=101.05, latitude=4.45, income=100, on_date="2025-01-15")
    draw(owner, 101.0, 101.3)
    close_months(owner)
    publish(owner)
    published = text("SELECT count(DISTINCT month) FROM published_count WHERE area_code = :code")
    assert owner.scalar(published, {"code": OFFICE}) == 1
    assert owner.scalar(published, {"code": "0803"}) > 1
    assert len(by_month(owner)) > 1


def test_a_target_is_set_for_a_catchment(owner: Connection) -> None:
    who = add_user(owner, "pentadbir", role="administrator")
    add_proposer(owner)
    approving_targets(owner, who)
    wanted = TargetValues(
        due_on=date(2027, 12, 31), baseline=Decimal(10), baseline_on=date(2026, 1, 31), target=Decimal(5)
    )
    with Session(bind=owner) as session:
        command = SetTargets(area_code=OFFICE, wanted={"tegar": wanted}, seen={})
        assert set_targets(session, command) == 1
        session.flush()
    assert owner.scalar(text("SELECT target FROM target WHERE area_code = :code"), {"code": OFFICE}) == 5
