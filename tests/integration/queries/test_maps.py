"""A view of the map adds up, agrees with the records, and hides small counts alike wherever they would stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.poverty_map.comparing import Side, comparison, read_other
from dashboard.pages.poverty_map.reading import read_figures, read_place
from dashboard.pages.poverty_map.view import MapView
from queries import maps, overview
from queries.overview import Asked, Overview
from registry.db import reading
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household, add_user
from words import words_of

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection, Engine

TEGAR, MISKIN, OUT = 260, 1500, 9000  # RM a month for four
AS_OF = date(2026, 10, 20)


@pytest.fixture
def register(owner: Connection) -> dict[str, Principal]:
    """Kinta: 8 tegar and 6 miskin in two mukim, one more without a mukim; Kampar: 2 miskin; Petaling: 9 tegar."""
    places: list[tuple[str, str | None, str, int, int]] = [
        ("0803", "080305", "rural", TEGAR, 8),
        ("0803", "080301", "urban", MISKIN, 6),
        ("0803", None, "urban", TEGAR, 1),
        ("0803", "080301", "urban", OUT, 5),
        ("0810", None, "rural", MISKIN, 2),
        ("1005", None, "urban", TEGAR, 9),
    ]
    for place, (district, mukim, strata, income, households) in enumerate(places):
        for index in range(households):
            add_household(owner, f"F{place}{index}", district=district, mukim=mukim, strata=strata, income=income)
    owner.execute(
        text("""
            INSERT INTO setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """),
        {"day": AS_OF.isoformat()},
    )
    close_months(owner, up_to=AS_OF)
    publish(owner)
    people = {
        Role.PLANNER: add_user(owner, "menteri", role="planner"),
        Role.COORDINATOR: add_user(owner, "penyelaras", role="coordinator", territory=("0803",)),
        Role.NATIONAL: add_user(owner, "kebangsaan", role="national"),
    }
    owner.commit()
    territory = {Role.COORDINATOR: ("0803",)}
    return {role: Principal(user, role, role, role, territory.get(role, ())) for role, user in people.items()}


@dataclass(frozen=True)
class View:
    """What a view shows: the areas inside, and what is told of the area itself."""

    areas: pd.DataFrame
    figures: Overview


def view_of(web: Engine, who: Principal, area: str, *, level: str, small: bool = False, **asked: Any) -> View:
    with reading(web, who) as connection:
        found = maps.lineage(connection, area)[-1]
        wanted = Asked(area=found, level=level, within=area, strata=asked.get("strata"), month=asked.get("month"))
        footing = maps.footing(connection, level=level, live=small)
        return View(overview.read_areas(connection, wanted, footing), overview.read(connection, wanted, footing))


def counts(view: View, name: str) -> dict[str, int | None]:
    """A column of the areas, zeros left out."""
    return {
        code: None if value != value else int(value)  # noqa: PLR0124 - not a number
        for code, value in zip(view.areas["area_code"], view.areas[name], strict=True)
        if value != 0
    }


@pytest.mark.parametrize("place", ["MY state", "MY district", "08 district", "0803 mukim"])
def test_the_areas_of_a_view_add_up_to_its_totals(register: dict[str, Principal], web: Engine, place: str) -> None:
    area, level = place.split()
    view = view_of(web, register[Role.NATIONAL], area, level=level, small=True)
    assert (view.areas["tegar"].sum(), view.areas["miskin"].sum()) == (
        view.figures.totals.tegar,
        view.figures.totals.miskin,
    )
    assert view.areas["gap_rm"].sum() == view.figures.totals.gap_rm


def test_the_counts_are_those_of_the_records(register: dict[str, Principal], web: Engine) -> None:
    view = view_of(web, register[Role.NATIONAL], "MY", level="state", small=True)
    assert counts(view, "tegar") == {"08": 9, "10": 9}
    assert counts(view, "miskin") == {"08": 8}
    assert counts(view, "households") == {"08": 22, "10": 9}


def test_a_household_without_a_mukim_stands_under_its_district(register: dict[str, Principal], web: Engine) -> None:
    view = view_of(web, register[Role.COORDINATOR], "0803", level="mukim", small=True)
    assert counts(view, "tegar") == {"080300": 1, "080305": 8}


def test_a_strata_alone_counts_only_its_households(register: dict[str, Principal], web: Engine) -> None:
    view = view_of(web, register[Role.COORDINATOR], "0803", level="mukim", small=True, strata="rural")
    assert (view.figures.totals.tegar, view.figures.totals.miskin) == (8, 0)
    assert counts(view, "tegar") == {"080305": 8}


def test_every_breakdown_adds_up_to_the_totals(register: dict[str, Principal], web: Engine) -> None:
    view = view_of(web, register[Role.COORDINATOR], "0803", level="mukim", small=True)
    sums = {
        name: (int(group["tegar"].sum()), int(group["miskin"].sum())) for name, group in view.figures.groups.items()
    }
    assert sums == {"age": (9 * 4, 6 * 4), "ethnicity": (9, 6), "strata": (9, 6)}


def test_the_series_ends_with_the_counts_of_now(register: dict[str, Principal], owner: Connection, web: Engine) -> None:
    add_household(owner, "LATER", mukim="080305", income=TEGAR, on_date="2026-10-10")
    owner.commit()
    view = view_of(web, register[Role.COORDINATOR], "0803", level="mukim", small=True)
    ends = view.figures.series.tail(2)
    assert list(zip(ends["month"], ends["tegar"], strict=True)) == [(date(2026, 9, 1), 9), (date(2026, 10, 1), 10)]


def test_a_month_looked_back_at_shows_what_was_then(
    register: dict[str, Principal], owner: Connection, web: Engine
) -> None:
    add_household(owner, "LATER", mukim="080305", income=TEGAR, on_date="2026-10-10")
    owner.commit()
    view = view_of(web, register[Role.COORDINATOR], "0803", level="mukim", small=True, month=date(2026, 9, 1))
    assert (view.figures.totals.tegar, counts(view, "tegar")) == (9, {"080300": 1, "080305": 8})


def test_the_census_counts_districts_and_what_they_make_up(register: dict[str, Principal], web: Engine) -> None:
    who = register[Role.NATIONAL]
    states = view_of(web, who, "MY", level="state", small=True).areas.set_index("area_code")["census_households"]
    perak = view_of(web, who, "08", level="district", small=True).areas["census_households"]
    mukims = view_of(web, who, "0803", level="mukim", small=True).areas["census_households"]
    assert states["08"] == perak.sum() > 0
    assert mukims.isna().all()


def test_an_unknown_area_has_no_lineage(register: dict[str, Principal], web: Engine) -> None:
    with reading(web, register[Role.PLANNER]) as connection:
        assert maps.lineage(connection, "0899") == ()
        assert [area.code for area in maps.lineage(connection, "080305")] == ["MY", "08", "0803", "080305"]


def test_small_counts_are_hidden_from_those_who_see_no_persons(register: dict[str, Principal], web: Engine) -> None:
    view = view_of(web, register[Role.PLANNER], "08", level="district")
    hidden = view.areas[view.areas["suppressed"]]
    assert "0810" in set(hidden["area_code"])
    assert hidden[["tegar", "miskin", "households", "persons", "gap_rm"]].isna().all(axis=None)


def test_a_hidden_count_does_not_follow_from_its_neighbours(register: dict[str, Principal], web: Engine) -> None:
    view = view_of(web, register[Role.PLANNER], "08", level="district")
    shown = view.areas[~view.areas["suppressed"]]
    left = (view.figures.totals.miskin or 0) - int(shown["miskin"].sum()) if not view.figures.hidden else None
    assert left is None or int(view.areas["suppressed"].sum()) > 1


def test_the_own_totals_of_an_area_are_hidden_where_its_parent_hides_it(
    register: dict[str, Principal], web: Engine
) -> None:
    view = view_of(web, register[Role.PLANNER], "0810", level="mukim")
    assert view.figures.hidden
    assert (view.figures.totals.tegar, view.figures.totals.miskin, view.figures.totals.gap_rm) == (None, None, None)
    assert view.figures.series[["tegar", "miskin"]].isna().all(axis=None)
    assert all(group[["tegar", "miskin"]].sum(axis=None) == 0 for group in view.figures.groups.values())


def test_hiding_takes_nothing_from_the_record_of_large_areas(register: dict[str, Principal], web: Engine) -> None:
    view = view_of(web, register[Role.PLANNER], "MY", level="state")
    assert (view.figures.totals.tegar, view.figures.totals.miskin) == (18, 8)


def test_an_area_without_a_boundary_is_where_its_households_stand_for_those_who_see_them(
    register: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    add_household(owner, "F8", mukim="080305", longitude=101.08, latitude=4.5)
    owner.commit()
    with reading(web, register[Role.COORDINATOR]) as connection:
        box = maps.box(connection, "080305")
    assert box == pytest.approx((101.04 - 0.005, 4.47 - 0.005, 101.08 + 0.005, 4.5 + 0.005))
    with reading(web, register[Role.PLANNER]) as connection:
        assert maps.box(connection, "080305") is None


def compared(web: Engine, who: Principal, address: dict[str, str]) -> tuple[Side, Side | None, str]:
    """The two areas of an address as somebody sees them, and what the panel says of both."""
    words = words_of("ms")
    with reading(web, who) as connection:
        place = read_place(connection, MapView.parse(address), who, words)
        one, other = Side(place, read_figures(connection, place)), read_other(connection, place, who, words)
    return one, other, "" if other is None else str(comparison(one, other, words).to_plotly_json())


def test_a_second_area_stands_beside_the_first_with_its_own_figures(
    register: dict[str, Principal], web: Engine
) -> None:
    one, other, told = compared(web, register[Role.NATIONAL], {"in": "0803", "with": "1005"})
    assert other is not None
    assert (one.figures.totals.tegar, other.figures.totals.tegar) == (9, 9)
    assert (one.figures.totals.miskin, other.figures.totals.miskin) == (6, 0)
    assert told.count("Petaling") > 1


def test_a_second_area_is_told_by_the_same_rules_as_the_first(register: dict[str, Principal], web: Engine) -> None:
    _, hidden, told = compared(web, register[Role.PLANNER], {"in": "0803", "with": "0810"})
    assert hidden is not None
    assert hidden.figures.hidden
    assert (hidden.figures.totals.miskin, hidden.figures.totals.gap_rm) == (None, None)
    assert words_of("ms")("map.few") in told
    own, elsewhere, _ = compared(web, register[Role.COORDINATOR], {"in": "0803", "with": "0810"})
    assert own.figures.totals.tegar == 9
    assert elsewhere is not None
    assert elsewhere.figures.totals.miskin is None


@pytest.mark.parametrize("second", ["", "0803", "0899", "x"])
def test_what_is_no_second_area_is_left_out(register: dict[str, Principal], web: Engine, second: str) -> None:
    assert compared(web, register[Role.NATIONAL], {"in": "0803", "with": second})[1] is None
