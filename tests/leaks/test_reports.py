"""All editions together, however often a month is reported on and published, tell a planner of no small count."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sqlalchemy import text

from bench.attack import Seen, attack, unprotected
from queries import reporting
from registry import db
from registry.principals import Role
from registry.publishing.publish import publish, read_exact
from registry.reporting.editions import make_edition
from registry.reporting.scope import Asked
from registry.reporting.tables import SaveTable, save_table
from registry.status.months import close_months
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from bench.attack import Pairs

MONTHS = (date(2026, 8, 2), date(2026, 9, 2), date(2026, 10, 2))


class Year:
    """A thin register that grows month by month, with reports of planners after each, of every month told so far."""

    def __init__(self, owner: Connection, web: Engine, home: Any) -> None:
        self.owner, self.web, self.home = owner, web, home
        random = np.random.default_rng(11)
        inside = text("SELECT code FROM area WHERE level = 'district' AND state_code IN ('08', '10', '11', '14', '16')")
        districts = list(owner.scalars(inside))
        self.planner = add_principal(owner, "menteri", Role.PLANNER)
        self.truth: dict[date, Any] = {}
        number = 0
        for today in MONTHS:
            for _ in range(160):
                number += 1
                add_household(
                    owner,
                    f"T{number:04}",
                    district=districts[min(int(random.exponential(6)), len(districts) - 1)],
                    strata="rural" if random.random() < 0.4 else "urban",
                    income=int(random.choice((260, 1500))),
                    # some are registered into a month that was closed and reported on before
                    on_date=f"2026-{today.month - 1 - int(random.random() < 0.3):02}-15",
                )
            close_months(owner, up_to=date(2026, 7, 1))
            close_months(owner, up_to=today)
            publish(owner)
            exact = read_exact(owner, this_month=today.replace(day=1))
            for month, counts in exact.months.items():
                self.truth.setdefault(month, counts)
            owner.commit()
            self._report(today)
        self.now = MONTHS[-1].replace(day=1)

    def _report(self, today: date) -> None:
        spec = {"within": "MY", "level": "district", "measures": ["poor", "tegar", "miskin", "gap_rm"], "months": 6}
        with db.writing(self.web, self.planner) as session:
            tables = [
                save_table(session, SaveTable(name=f"{cut} {today}", spec={**spec, "cut": cut}, language="ms"))
                for cut in ("strata", "ethnicity", "head_sex", "head_age", "disability", "size")
            ]
            months = [row["month"] for row in reporting.months(session.connection())]
            for month in months[:2]:
                for report, area in (("menteri", "MY"), ("negeri", "10"), ("negeri", "08"), ("buku_peta", "10")):
                    make_edition(session, Asked(report=report, area=area, month=month), home=self.home)
            for table in tables:
                make_edition(session, Asked(report="jadual", area="MY", table=table), home=self.home)

    def contents(self) -> list[dict[str, Any]]:
        with db.reading(self.web, self.planner) as connection:
            rows = connection.execute(text("SELECT content FROM ekasih.report_edition ORDER BY id")).scalars()
            return [json.loads(row) for row in rows]

    def told(self) -> dict[date, Pairs]:
        found: dict[date, Pairs] = defaultdict(dict)
        with db.reading(self.web, self.planner) as connection:
            for row in connection.execute(text("SELECT month, area_code, cut, tegar, miskin FROM ekasih.report_count")):
                found[row.month][row.area_code, row.cut] = (row.tegar, row.miskin)
        return found


@pytest.fixture
def year(owner: Connection, web: Engine, cluster: Any) -> Year:
    return Year(owner, web, cluster.home)


def test_what_all_reports_read_gives_no_small_count_away(year: Year) -> None:
    told, hidden = year.told(), 0
    assert len(told) >= 3
    for month, shown in told.items():
        exact = _as_told(year, month)
        taken = attack(exact, Seen({month: shown}, {}, {}))
        hidden += taken.hidden
        assert taken.small == []
    assert hidden > 100
    assert len(attack(exact, unprotected(exact)).small) > 5


def test_no_edition_says_more_of_an_area_than_its_month_was_told(year: Year) -> None:
    told = year.told()
    with db.reading(year.web, year.planner) as connection:
        names = dict(connection.execute(text("SELECT name, code FROM ekasih.area WHERE level = 'district'")).all())
    contents, compared = year.contents(), 0
    assert len({content["number"] for content in contents}) > 20
    for content in contents:
        assert not content["exact"]
        month = date.fromisoformat(content["month"])
        for block in content["blocks"]:
            if block["kind"] != "table" or block["title"] != "Daerah":
                continue
            for row in block["rows"]:
                if row[0][0] in names:
                    compared += 1
                    pair = told[month].get((names[row[0][0]], "all"), (0, 0))
                    assert (row[1][0], row[2][0]) == pair
    assert compared > 30


def test_no_table_of_ones_own_tells_of_fewer_than_five(year: Year) -> None:
    cells = [
        cell[0]
        for content in year.contents() if content["report"] == "jadual"
        for block in content["blocks"] if block["kind"] == "table"
        for row in block["rows"]
        for cell, column in zip(row, block["columns"], strict=True) if column["kind"] == "count"
    ]  # fmt: skip
    assert None in cells
    assert len(cells) > 1000
    assert [cell for cell in cells if cell in range(1, 5)] == []


def _as_told(year: Year, month: date) -> Any:
    """The register with the truth of a month when it was first told."""
    exact = read_exact(year.owner, this_month=year.now)
    return replace(exact, months={month: year.truth[month]}, now={})
