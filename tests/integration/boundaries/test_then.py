"""An area is followed as its boundary changes: what is exact stays exact, what is shared out adds up and says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.poverty_map.dates.reading import read_dates
from dashboard.pages.poverty_map.dates.table import number_rows, written_rows
from dashboard.pages.poverty_map.dates.view import DatesView
from queries import maps
from registry.db import reading
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from dashboard.pages.poverty_map.dates.reading import Dates

MS = words_of("ms")
AS_OF = date(2026, 6, 20)
_SETS = text("""
    WITH placed AS (
        INSERT INTO ekasih.boundary_set (level, name, source, licence, dated, accuracy_m, approximate, sha256, active)
        SELECT 'district', own.name, own.name, 'public domain', '2025-01-01', 100, false, own.name, own.name = 'baharu'
        FROM (VALUES ('lama'), ('baharu')) AS own (name)
        RETURNING id, name
    ), drawn AS (
        INSERT INTO ekasih.area_boundary (set_id, area_code, geom, inside, radius_m)
        SELECT placed.id, shape.code, ST_Multi(shape.geom), ST_PointOnSurface(shape.geom), 1000
        FROM placed
        JOIN (VALUES
            -- Kampar was a quarter of what Kinta was; its neighbour was drawn a little otherwise, and is what it was
            ('lama', '0803', ST_MakeEnvelope(101.0, 4.0, 101.4, 4.4, 4326)),
            ('lama', '0802', ST_MakeEnvelope(100.5, 4.0, 101.0, 4.4, 4326)),
            ('baharu', '0803', ST_MakeEnvelope(101.0, 4.0, 101.3, 4.4, 4326)),
            ('baharu', '0810', ST_MakeEnvelope(101.3, 4.0, 101.4, 4.4, 4326)),
            ('baharu', '0802', ST_MakeEnvelope(100.5, 4.0, 100.99, 4.4, 4326))
        ) AS shape (name, code, geom) USING (name)
    )
    INSERT INTO ekasih.boundary_activation (level, set_id, activated_at)
    SELECT 'district', placed.id, CASE placed.name WHEN 'lama' THEN timestamptz '2025-01-02' ELSE '2026-02-10' END
    FROM placed
""")


@pytest.fixture
def people(owner: Connection) -> dict[str, Principal]:
    """Twelve tegar of Kinta and nine of its neighbour in 2025; in 2026 seven of Kampar, which was cut from Kinta."""
    for place, (district, households, day) in enumerate(
        [("0803", 12, "2025-03-10"), ("0802", 9, "2025-03-10"), ("0810", 7, "2026-03-10")]
    ):
        for index in range(households):
            add_household(owner, f"B{place}{index}", district=district, income=260, on_date=day)
    owner.execute(text("UPDATE ekasih.boundary_set SET active = false WHERE level = 'district'"))
    owner.execute(text("DELETE FROM ekasih.boundary_activation WHERE level = 'district'"))
    owner.execute(_SETS)
    owner.execute(
        text("""
            INSERT INTO ekasih.setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """),
        {"day": AS_OF.isoformat()},
    )
    close_months(owner, up_to=AS_OF)
    publish(owner)
    found = {
        "national": add_principal(owner, "kebangsaan", Role.NATIONAL),
        "planner": add_principal(owner, "menteri", Role.PLANNER),
    }
    owner.commit()
    return found


def shown(web: Engine, who: Principal, **asked: str) -> Dates:
    given = {"in": "08", "dari": "2025-06", "hingga": "2026-04", **asked}
    with reading(web, who) as connection:
        return read_dates(connection, DatesView.parse(given), who, MS)


def by_code(found: Dates) -> dict[str, list[Any]]:
    return {row[0]: row[2:5] for row in number_rows(found, MS)[1]}


def test_on_todays_areas_figures_of_then_are_shared_out_by_land_and_add_up(
    people: dict[str, Principal], web: Engine
) -> None:
    found = shown(web, people["national"])
    figures = by_code(found)
    assert figures["0803"] == [9, 12, 3]
    assert figures["0810"] == [3, 7, 4]
    assert figures["0802"] == [9, 9, 0]
    written = {row[1]: row[2:] for row in written_rows(found, MS)[1]}
    names = {row[0]: row[1] for row in number_rows(found, MS)[1]}
    assert [written[names[code]][:2] for code in ("0803", "0802")] == [["≈ 9", "12"], ["9", "9"]]


def test_on_the_areas_of_then_each_date_is_exact_and_no_change_joins_two_areas(
    people: dict[str, Principal], web: Engine
) -> None:
    figures = by_code(shown(web, people["national"], sempadan="dahulu"))
    assert figures["0803"] == [12, 12, None]
    assert figures["0802"] == [9, 9, 0]


def test_a_share_of_too_few_is_hidden_from_who_sees_no_persons(people: dict[str, Principal], web: Engine) -> None:
    figures = by_code(shown(web, people["planner"]))
    assert figures["0803"][0] in {9, None}
    assert figures["0810"][0] is None
    assert figures["0810"][2] is None


def test_dates_with_the_boundaries_of_today_are_as_they_are(people: dict[str, Principal], web: Engine) -> None:
    assert shown(web, people["national"], dari="2026-03").former is None


def test_the_day_on_which_boundaries_changed_is_a_break_of_the_series(
    people: dict[str, Principal], web: Engine
) -> None:
    with reading(web, people["planner"]) as connection:
        found = maps.redrawn(connection, level="district", since=date(2025, 1, 1), until=AS_OF)
    assert [(row["on_day"], row["source"]) for row in found] == [(date(2026, 2, 10), "baharu")]
