"""The indicators of an area are worked out by their formulas, from the figures that who asks may see."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dashboard.pages.kpi.view import KpiView, read_panel
from poverty.kpi.grammar import read_formula
from poverty.kpi.tree import figures
from queries import kpi
from registry.principals import Principal, Role
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from dashboard.indicators import Measured

TODAY = date.today()  # noqa: DTZ011 - the day of the machine, as the database has it


@pytest.fixture
def kinta(owner: Connection) -> Connection:
    """Kinta: two hardcore poor of four, one of them rural and two years unseen; and one poor next door."""
    add_household(owner, "A", income=100, on_date=(TODAY - timedelta(days=900)).isoformat())
    add_household(owner, "B", income=200, strata="rural", on_date=TODAY.isoformat())
    add_household(owner, "C", income=9000, on_date=TODAY.isoformat(), geom_method="village")
    add_household(owner, "D", income=9000, on_date=TODAY.isoformat())
    add_household(owner, "E", income=100, district="0810", on_date=TODAY.isoformat())
    owner.commit()
    return owner


def shown(
    web: Engine, owner: Connection, role: Role, area: str, territory: tuple[str, ...] = ()
) -> dict[str, Measured]:
    user = add_user(owner, f"ujian.{role.value}", role=role.value, territory=territory)
    owner.commit()
    with web.begin() as connection:
        connection.execute(text("SELECT act_as(:user)"), {"user": user})
        panel = read_panel(connection, KpiView(area=area), Principal(user, "ujian", "U", role, territory))
    return {item.indicator.indicator_code: item for item in panel.measured}


def test_each_is_worked_out_by_its_own_formula(kinta: Connection, web: Engine) -> None:
    found = shown(web, kinta, Role.COORDINATOR, "0803", ("0803",))
    census = kinta.scalar(
        text("SELECT value FROM area_statistic WHERE area_code = '0803' AND measure = 'household_total'")
    )
    sums = kinta.execute(text("SELECT sum(gap_rm), sum(gap_share) FROM household WHERE district_code = '0803'")).one()
    assert {code: item.actual for code, item in found.items()} == {
        "tegar": 2,
        "miskin": 2,
        "rate": Decimal(2) / census,
        "gap": sums[0],
        "p1": sums[1] / census,
        "review_overdue": Decimal("0.25"),
        "located": Decimal("0.75"),
        "quality_open": 0,
    }


def test_a_definition_that_is_changed_changes_the_value_and_nothing_else(kinta: Connection, web: Engine) -> None:
    kinta.execute(text("UPDATE indicator SET formula = 'tegar[strata=rural] + mudah_miskin' WHERE code = 'tegar'"))
    found = shown(web, kinta, Role.COORDINATOR, "0803", ("0803",))
    assert (found["tegar"].actual, found["miskin"].actual) == (1, 2)


def test_what_the_register_does_not_hold_has_a_place_only_where_it_has_a_target(kinta: Connection, web: Engine) -> None:
    kinta.execute(
        text("INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)"
             " VALUES ('belanja', '0803', '2030-01-01', 0, '2026-01-01', 1)")
    )  # fmt: skip
    spent = shown(web, kinta, Role.COORDINATOR, "0803", ("0803",))
    assert (spent["belanja"].actual, spent["belanja"].missing) == (None, "tiada_data")
    assert spent["belanja"].light == "tiada_nilai"
    assert "rumah_siap" not in spent


def test_what_is_hidden_is_said_to_be_hidden_and_never_worked_around(kinta: Connection, web: Engine) -> None:
    kinta.execute(text("UPDATE indicator SET formula = 'coalesce(tegar, 0) + 0' WHERE code = 'tegar'"))
    found = shown(web, kinta, Role.PLANNER, "0803")
    hidden = {code for code, item in found.items() if (item.actual, item.missing) == (None, "disembunyikan")}
    assert {"tegar", "miskin", "rate", "gap"} <= hidden
    assert "p1" not in found


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("households", 4),
        ("persons", 16),
        ("tegar", 2),
        ("terkeluar[strata=urban]", 2),
        ("terkeluar[strata=rural]", 0),
        ("poor[strata=rural|urban]", 2),
        ("households[status=tegar]", 2),
        ("households[status=tegar,strata=rural]", 1),
        ("with_point", 3),
        ("income_rm[status=tegar]", 300),
        ("ago(poor, 3)", None),
        ("total(exits, 3)", None),
    ],
)
def test_a_base_measure_is_summed_over_the_households_that_are_meant(
    kinta: Connection, figure: str, value: int | None
) -> None:
    rows = kpi.stocks(kinta, areas=["0803"])
    (asked,) = figures(read_formula(figure))
    assert kpi.stock(rows, asked) == value
