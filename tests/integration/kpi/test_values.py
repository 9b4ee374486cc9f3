"""The indicators of an area are worked out by their formulas, from the figures that who asks may see."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dashboard.pages.kpi.view import KpiView, read_panel
from layers.numbers import MALAYSIA
from poverty.kpi.grammar import read_formula
from poverty.kpi.tree import figures
from queries import kpi
from queries.kpi_course import in_force
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from dashboard.indicators import Measured
    from dashboard.pages.kpi.view import Panel

TODAY = datetime.now(MALAYSIA).date()
LAST = TODAY.replace(day=1) - timedelta(days=1)
EARLIER = LAST.replace(day=1) - timedelta(days=1)


@pytest.fixture
def kinta(owner: Connection) -> Connection:
    """Kinta: two hardcore poor of four, one of them rural and two years unseen; and one poor next door."""
    add_household(owner, "A", income=100, on_date=(TODAY - timedelta(days=900)).isoformat())
    add_household(owner, "B", income=200, strata="rural", on_date=LAST.isoformat())
    add_household(owner, "C", income=9000, on_date=LAST.isoformat(), geom_method="village")
    add_household(owner, "D", income=9000, on_date=LAST.isoformat())
    add_household(owner, "E", income=100, district="0810", on_date=LAST.isoformat())
    close_months(owner)
    owner.commit()
    return owner


def panel_of(web: Engine, owner: Connection, role: Role, area: str, territory: tuple[str, ...] = ()) -> Panel:
    user = add_user(owner, f"ujian.{role.value}", role=role.value, territory=territory)
    owner.commit()
    with web.begin() as connection:
        connection.execute(text("SELECT act_as(:user)"), {"user": user})
        return read_panel(connection, KpiView(area=area), Principal(user, "ujian", "U", role, territory))


def shown(
    web: Engine, owner: Connection, role: Role, area: str, territory: tuple[str, ...] = ()
) -> dict[str, Measured]:
    panel = panel_of(web, owner, role, area, territory)
    return {item.indicator.indicator_code: item for item in panel.measured}


def test_each_is_worked_out_by_its_own_formula(kinta: Connection, web: Engine) -> None:
    found = shown(web, kinta, Role.COORDINATOR, "0803", ("0803",))
    census = kinta.scalar(
        text("SELECT value FROM area_statistic WHERE area_code = '0803' AND measure = 'household_total'")
    )
    survey = "SELECT value FROM area_statistic WHERE area_code = '0803' AND measure = 'poverty_absolute'"
    rate = kinta.scalar(text(f"{survey} ORDER BY year DESC LIMIT 1"))
    sums = kinta.execute(text("SELECT sum(gap_rm), sum(gap_share) FROM household WHERE district_code = '0803'")).one()
    assert {code: item.actual for code, item in found.items() if item.actual is not None} == {
        "tegar": 2,
        "miskin": 2,
        "rate": Decimal(2) / census,
        "gap": sums[0],
        "p1": sums[1] / census,
        "review_overdue": Decimal("0.25"),
        "located": Decimal("0.75"),
        "quality_open": 0,
        "keluar_pendapatan": 0,
        "naik_rm300": 0,
        "rumah_siap": 0,
        "tercicir": round(rate * census / 100, 6) - 2,
    }
    on = {code: item.on for code, item in found.items()}
    assert (on["tegar"], on["review_overdue"]) == (LAST, TODAY)
    assert {code: item.missing for code, item in found.items() if item.actual is None} == {
        "lawatan_14": "penyebut_sifar", "permohonan_masa": "penyebut_sifar"
    }  # fmt: skip


def test_who_is_missing_has_a_range_and_none_where_the_line_is_not_the_survey_s(kinta: Connection, web: Engine) -> None:
    panel = panel_of(web, kinta, Role.COORDINATOR, "0803", ("0803",))
    low, high = panel.course.range("tercicir", "0803")
    (value,) = (item.actual for item in panel.measured if item.indicator.indicator_code == "tercicir")
    assert isinstance(low, Decimal)
    assert isinstance(high, Decimal)
    # worked figures: 3.8 % of 244,648
    assert (round(low), round(value or 0), round(high)) == (5122 - 2, 9297 - 2, 16522 - 2)
    kinta.execute(text("UPDATE area_statistic SET year = 2023 WHERE source = 'dosm_poverty' AND year = 2022"))
    found = shown(web, kinta, Role.OFFICER, "0803", ("0803",))
    assert (found["tercicir"].actual, found["tercicir"].missing) == (None, "tiada_data")


def test_a_mukim_has_the_indicators_that_reach_down_to_it(owner: Connection, web: Engine) -> None:
    add_household(owner, "A", income=100, mukim="080301")
    add_household(owner, "B", income=100, mukim="080301", geom_method="village")
    add_household(owner, "C", income=100)
    close_months(owner)
    owner.commit()
    district = panel_of(web, owner, Role.COORDINATOR, "0803", ("0803",))
    inside = {code: found["tegar"].actual for code, _, found in district.children}
    assert {code: count for code, count in inside.items() if count} == {"080301": 2, "080300": 1}
    found = shown(web, owner, Role.OFFICER, "080301", ("0803",))
    assert {code: item.actual for code, item in found.items() if code != "gap"} == {
        "tegar": 2, "miskin": 2, "located": Decimal("0.5")
    }  # fmt: skip
    # of whom nothing may be shown, nothing is
    assert {item.missing for item in shown(web, owner, Role.PLANNER, "080301").values()} <= {
        "disembunyikan", "tiada_data"
    }  # fmt: skip


def test_a_new_definition_counts_from_its_day_on_and_months_before_keep_theirs(kinta: Connection, web: Engine) -> None:
    defined(kinta, "tegar", "tegar[strata=rural] + mudah_miskin", LAST)
    panel = panel_of(web, kinta, Role.COORDINATOR, "0803", ("0803",))
    found, course = {item.indicator.indicator_code: item for item in panel.measured}, panel.course
    assert (found["tegar"].actual, found["miskin"].actual) == (1, 2)
    assert (found["tegar"].indicator.version, found["tegar"].indicator.valid_from) == (2, LAST)
    assert [value for _, value in course.months("tegar", "0803")][-2:] == [1, 1]
    assert in_force(course.definitions["tegar"], EARLIER).formula == "tegar"


def defined(owner: Connection, code: str, formula: str, valid_from: date) -> None:
    """Another version of an indicator, as the owner of the register enters it."""
    owner.execute(
        text("INSERT INTO indicator_version (indicator_code, version, valid_from, definition, reason)"
             " SELECT v.indicator_code, v.version + 1, CAST(:on AS date),"
             "     v.definition || jsonb_build_object('formula', CAST(:formula AS text)), 'Ujian'"
             " FROM indicator_version AS v WHERE v.indicator_code = :code ORDER BY v.version DESC LIMIT 1"),
        {"code": code, "formula": formula, "on": valid_from},
    )  # fmt: skip
    owner.commit()


def test_what_the_register_does_not_hold_has_a_place_only_where_it_has_a_target(kinta: Connection, web: Engine) -> None:
    kinta.execute(
        text("INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)"
             " VALUES ('belanja', '0803', '2030-01-01', 0, '2026-01-01', 1)")
    )  # fmt: skip
    spent = shown(web, kinta, Role.COORDINATOR, "0803", ("0803",))
    assert (spent["belanja"].actual, spent["belanja"].missing) == (None, "tiada_data")
    assert spent["belanja"].light == "tiada_nilai"
    assert "kunci_baki" not in spent


def test_what_is_hidden_is_said_to_be_hidden_and_never_worked_around(kinta: Connection, web: Engine) -> None:
    defined(kinta, "tegar", "coalesce(tegar, 0) + 0", EARLIER)
    publish(kinta)
    found = shown(web, kinta, Role.PLANNER, "0803")
    hidden = {code for code, item in found.items() if (item.actual, item.missing) == (None, "disembunyikan")}
    assert hidden == found.keys()
    assert {"tegar", "miskin", "rate", "gap", "p1", "keluar_pendapatan"} <= hidden


def test_who_sees_no_persons_has_the_published_figures_of_the_last_closed_month(owner: Connection, web: Engine) -> None:
    for number in range(40):
        add_household(owner, f"A{number}", income=100, on_date="2025-01-15", strata="rural" if number < 20 else "urban")
    close_months(owner)
    publish(owner)
    defined(owner, "tegar", "tegar[strata=rural]", EARLIER)
    defined(owner, "miskin", "poor[strata=rural|urban]", EARLIER)
    add_household(owner, "B", income=100, on_date=TODAY.isoformat())
    found = shown(web, owner, Role.PLANNER, "08")
    assert (found["tegar"].actual, found["tegar"].on) == (20, LAST)
    # both strata together are not published as one figure
    assert found["miskin"].missing == "disembunyikan"
    census = owner.scalar(
        text("SELECT sum(value) FROM area_statistic WHERE left(area_code, 2) = '08' AND measure = 'household_total'")
    )
    assert found["rate"].actual == Decimal(40) / census
    assert found["tercicir"].actual is not None


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
