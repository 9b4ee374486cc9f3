"""What is kept of closed months is exact; what is published of them tells of no few households."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from poverty.shown import Area, Limits, allowed
from queries import measures
from registry.measuring.keeping import keep_months
from tests.integration.measures.conftest import MONTH, NEXT, ONE_DEEP, SIZES
from tests.world import add_household

if TYPE_CHECKING:
    from tests.integration.measures.conftest import Measured

STATE = {"area": "08", "level": "district", "within": "08", "month": MONTH, "basis": "household"}


def published(world: Measured, measure: str, month: date = MONTH) -> dict[str, Decimal | None]:
    asked = text(
        "SELECT area_code, value FROM ekasih.published_poverty"
        " WHERE measure = :measure AND month = :month AND basis = 'household'"
    )
    with world.reading(world.planner) as conn:
        return {row.area_code: row.value for row in conn.execute(asked, {"measure": measure, "month": month})}


def test_what_is_kept_is_a_recount_and_nobody_else_reads_it(measured: Measured) -> None:
    summed = text("""
        SELECT sum(h.gap_rm), avg(h.gap_share) FROM ekasih.household AS h WHERE h.district_code = '0803'
    """)
    gap_rm, gap_share = measured.owner.execute(summed).one()
    with measured.reading(measured.officer) as conn:
        found = measures.areas(conn, **STATE | {"area": "0803", "live": True})
    one = found["0803"]
    poor, others = SIZES["0803"]
    assert (one.value("households"), one.value("poor"), one.value("gap_rm")) == (poor + others, poor, gap_rm)
    assert one.value("P1") == pytest.approx(float(gap_share), abs=1e-6)
    assert found["0801"].values == {}
    with measured.reading(measured.state_office) as conn:
        state = measures.areas(conn, **STATE | {"live": True})
    assert state["08"].value("poor") == sum(poor for code, (poor, _) in SIZES.items() if code.startswith("08"))
    with measured.reading(measured.planner) as conn:
        assert all(not one.values for one in measures.areas(conn, **STATE | {"live": True}).values())


def test_a_month_is_measured_once_and_again_where_its_households_changed(measured: Measured) -> None:
    assert keep_months(measured.owner) == 0
    measured.owner.execute(text("UPDATE ekasih.headcount_month SET gap_rm = gap_rm + 1 WHERE area_code = '0801'"))
    assert keep_months(measured.owner) == 2


def test_gaps_are_of_ten_poor_or_more_of_whom_none_lacks_most_and_inequality_of_thirty(measured: Measured) -> None:
    gaps, ginis, curves = (published(measured, name) for name in ("gap_rm", "gini", "lorenz_50"))
    assert gaps["0806"] is None
    assert gaps[ONE_DEEP] is None
    assert gaps["0803"] is not None
    assert gaps["0803"] % 1_000 == 0
    # the counts of one of few, and of the one that would give it away, are hidden, and all else of them
    assert {code for code, value in ginis.items() if value is not None} == {
        "MY",
        "08",
        "01",
        "0801",
        "0803",
    }
    assert {code for code, value in curves.items() if value is not None} == {"MY", "08", "0803"}


def test_shares_have_as_many_decimals_as_households_bear(measured: Measured) -> None:
    shares = published(measured, "P0")
    told = {code: -value.as_tuple().exponent for code, value in shares.items() if value is not None}
    assert told["0803"] == 2
    assert told["0801"] == 1
    assert told["08"] == 2


def test_a_figure_stands_until_five_households_have_changed(measured: Measured) -> None:
    before = published(measured, "gap_rm")
    for number in range(4):
        add_household(measured.owner, f"V{number}", district="0803", income=100, on_date="2026-10-05")
    for number in range(6):
        add_household(measured.owner, f"W{number}", district="0801", income=100, on_date="2026-10-05")
    measured.close(date(2026, 11, 1))
    after = published(measured, "gap_rm", NEXT)
    assert after["0803"] == before["0803"]
    assert after["0801"] != before["0801"]
    with measured.reading(measured.planner) as conn:
        found = measures.areas(conn, **STATE | {"month": NEXT, "live": False})
    assert (found["0803"].figure_month, found["0801"].figure_month) == (MONTH, NEXT)
    assert published(measured, "gap_rm") == before


def test_what_was_published_of_a_month_is_not_shown_anew_around_one_change(measured: Measured) -> None:
    before = published(measured, "gap_rm"), published(measured, "gini")
    add_household(measured.owner, "X1", district="0803", income=0, on_date="2026-09-20")
    measured.close(NEXT)
    assert (published(measured, "gap_rm"), published(measured, "gini")) == before


def test_what_few_lack_cannot_be_worked_out_by_subtraction(measured: Measured) -> None:
    """A planner takes from a whole what is shown of its parts: what is left is never of one area alone."""
    exact = dict(
        measured.owner.execute(
            text("SELECT area_code, gap_rm FROM ekasih.poverty_month WHERE month = :month AND basis = 'household'"),
            {"month": MONTH},
        ).all()
    )
    bare = {code: gap if SIZES.get(code, (10, 0))[0] >= 10 else None for code, gap in exact.items()}
    assert _taken(bare) == {"0102": exact["0102"], "0806": exact["0806"]}
    assert _taken(published(measured, "gap_rm")) == {}


def test_the_means_and_indices_that_are_shown_are_of_the_same_areas(measured: Measured) -> None:
    """No other measure of the gaps tells what the sum hides."""
    shown = {code for code, value in published(measured, "gap_rm").items() if value is not None}
    for name in ("P1", "P2", "I", "sen", "watts", "mean_gap_rm", "P1_all", "P2_all"):
        assert {code for code, value in published(measured, name).items() if value is not None} <= shown, name


def _taken(shown: dict[str, Decimal | None]) -> dict[str, Decimal]:
    """What is left of each whole for the one part of it that is hidden."""
    found = {}
    for whole in ("01", "08"):
        parts = [code for code in SIZES if code.startswith(whole)]
        held = [code for code in parts if shown.get(code) is None]
        total = shown.get(whole)
        if total is not None and len(held) == 1:
            found[held[0]] = total - sum(value for code in parts if (value := shown.get(code)) is not None)
    return found


def test_deprivation_is_hidden_where_an_indicator_is_of_few(measured: Measured) -> None:
    with measured.reading(measured.planner) as conn:
        found = measures.areas(conn, **STATE | {"live": False})
    # of the dwellings of this register nothing is known, so nobody can be measured and nothing is told
    assert all(one.value("MPI") is None for one in found.values())


def area(code: str, poor: int, *, parent: str = "08", households: int = 200, largest: int = 5) -> Area:
    return Area(code, parent, households, poor, Decimal(poor * 10), Decimal(largest), count_shown=True)


@pytest.mark.parametrize("few", [1, 4, 9])
def test_a_hidden_area_hides_the_smallest_beside_it(few: int) -> None:
    areas = [area("08", 130 + few, parent="MY", households=800), area("0801", few), area("0802", 30), area("0803", 100)]
    found = allowed({one.code: one for one in areas}, Limits())
    assert found.depths == {"08", "0803"}


def test_what_is_hidden_of_a_whole_cannot_be_summed_up_from_its_parts() -> None:
    areas = {
        one.code: one
        for one in (
            area("MY", 400, parent="", households=2_000),
            area("01", 12, parent="MY", largest=100),
            area("02", 40, parent="MY"),
            area("03", 348, parent="MY", households=900),
            *(area(f"02{one:02}", 20, parent="02") for one in (1, 2)),
        )
    }
    found = allowed(areas, Limits())
    assert found.depths & {"01", "02"} == set()
    assert {"0201", "0202"} - found.depths


def test_one_household_that_lacks_most_of_all_hides_what_they_lack_together() -> None:
    alone = area("08", 40, parent="MY", households=90, largest=201)
    assert allowed({"08": alone}, Limits()).depths == set()
    assert allowed({"08": area("08", 40, parent="MY", households=90, largest=200)}, Limits()).depths == {"08"}
