"""The areas of a view month by month are what each month says by itself, exact and published alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.poverty_map.reading import read_drawing, read_place
from dashboard.pages.poverty_map.view import MapView
from queries import course, maps, overview
from queries.overview import Asked
from registry.db import reading
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection, Engine

TEGAR, MISKIN = 260, 1500
AS_OF = date(2026, 10, 20)
COLUMNS = (
    "area_code",
    "tegar",
    "miskin",
    "gap_rm",
    "tegar_12m_ago",
    "miskin_12m_ago",
    "census_households",
    "suppressed",
)


@pytest.fixture
def people(owner: Connection) -> dict[str, Principal]:
    """Kinta grows by eight tegar in 2025 and by three miskin in 2026; Kampar has two, Petaling twelve and six."""
    grows = [
        ("0803", "080305", TEGAR, 9, "2025-03-10"),
        ("0803", "080301", TEGAR, 8, "2025-09-10"),
        ("0803", "080301", MISKIN, 3, "2026-02-10"),
        ("0810", None, MISKIN, 2, "2025-05-05"),
        ("1005", None, TEGAR, 12, "2025-04-01"),
        ("1005", None, MISKIN, 6, "2026-06-30"),
    ]
    for place, (district, mukim, income, households, day) in enumerate(grows):
        for index in range(households):
            strata = "urban" if index % 2 else "rural"
            facts: dict[str, Any] = {"district": district, "mukim": mukim, "income": income, "strata": strata}
            add_household(owner, f"F{place}{index}", on_date=day, **facts)
    owner.execute(
        text("""
            INSERT INTO setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """),
        {"day": AS_OF.isoformat()},
    )
    close_months(owner, up_to=AS_OF)
    publish(owner)
    found = {
        "planner": add_principal(owner, "menteri", Role.PLANNER),
        "national": add_principal(owner, "kebangsaan", Role.NATIONAL),
    }
    owner.commit()
    return found


def rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    def plain(value: Any) -> Any:
        return None if value is None or value != value else value  # noqa: PLR0124 - not a number

    return [tuple(plain(row[name]) for name in COLUMNS) for row in frame.to_dict("records")]


@pytest.mark.parametrize("who", ["planner", "national"])
def test_each_month_of_the_course_is_that_month(people: dict[str, Principal], web: Engine, who: str) -> None:
    with reading(web, people[who]) as connection:
        for area, level, strata in (("MY", "state", None), ("08", "district", "rural"), ("0803", "mukim", None)):
            footing = maps.footing(connection, level=level, live=who == "national")
            found = maps.lineage(connection, area)[-1]
            now = Asked(area=found, level=level, within=area, strata=strata, month=None)
            months = course.months(footing)
            assert (months[0], months[-1]) == (date(2025, 3, 1), date(2026, 9, 1))
            pooled = course.read(connection, now, footing, overview.read_areas(connection, now, footing), months)
            for month in months:
                asked = Asked(area=found, level=level, within=area, strata=strata, month=month)
                alone = overview.read_areas(connection, asked, footing)
                assert rows(pooled[pooled["month"] == month]) == rows(alone), (area, month)


def test_on_one_scale_every_month_has_the_same_classes(people: dict[str, Principal], web: Engine) -> None:
    words, seen = words_of("ms"), set()
    with reading(web, people["national"]) as connection:
        for month in ("2025-03", "2026-01", ""):
            for scale in ("all", "2026-09", "1999-99"):
                view = MapView.parse({"level": "district", "month": month, "scale": scale})
                place = read_place(connection, view, people["national"], words)
                layer = read_drawing(connection, place).layer
                seen.add((view.scale, layer.breaks, layer.colours, layer.labels, layer.span))
    kept = [entry for entry in seen if entry[0]]
    assert sorted(entry[0] for entry in kept) == ["2026-09", "all"]
