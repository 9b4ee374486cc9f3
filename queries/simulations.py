"""Reads what would be if something were so: by area, household by household, or of groups for who sees no persons."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from poverty.lines import PovertyLine, Rule, Strata
from poverty.simulation import Footing, Group, Outcome, of_groups
from poverty.targeting import Targeting
from queries.row_types.simulations import (
    GroupRow,
    MoveRow,
    OutcomeRow,
    SimulatedAreaRow,
    SimulatedLineRow,
    SimulationRow,
    TargetingRow,
)
from queries.statements import rows_as

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from poverty.simulation import Scenario


def outcome(connection: Connection, scenario: Scenario, within: str) -> dict[str, Outcome]:
    """By area inside an area, exactly, for who sees the persons there."""
    found: dict[str, Outcome] = defaultdict(Outcome)
    for row in rows_as(OutcomeRow, connection, "simulations/outcome", scenario=_written(scenario), within=within):
        area = found[row["area_code"]]
        area.households[row["previous"], row["status"]] += row["households"]
        area.persons += row["persons"]
        area.gap_before_rm += row["gap_before_rm"]
        area.gap_after_rm += row["gap_after_rm"]
        area.raised_rm += row["raised_rm"]
        area.paid_rm += row["paid_rm"]
    return dict(found)


def targeting(connection: Connection, conditions: Any, on_day: date, within: str) -> dict[str, Targeting]:
    """Whom conditions would reach by area inside an area; exact, for who sees the persons there and is of no agency."""
    rows = rows_as(
        TargetingRow,
        connection,
        "simulations/targeting",
        conditions=json.dumps(conditions, default=float),
        on_day=on_day,
        within=within,
    )
    return {
        row["area_code"]: Targeting(
            row["met_tegar"],
            row["met_miskin"],
            row["met_others"],
            row["unmet_tegar"],
            row["unmet_miskin"],
            row["persons"],
        )
        for row in rows
    }


def moves(
    connection: Connection, scenario: Scenario, within: str, *, way: str, after: int = 0, most: int = 51
) -> list[MoveRow]:
    """The households that would become poor (``in``) or would not be any more (``out``), after one."""
    params = {"within": within, "way": way, "after_household": after, "row_limit": most}
    return rows_as(MoveRow, connection, "simulations/moves", scenario=_written(scenario), **params)


def lines(connection: Connection, scenario: Scenario) -> list[SimulatedLineRow]:
    """The lines as they are supposed, by state and strata."""
    return rows_as(SimulatedLineRow, connection, "simulations/lines", scenario=_written(scenario))


def grouped(connection: Connection, scenario: Scenario) -> tuple[dict[str, Outcome], date | None]:
    """By state, of groups of thirty households or more, with the closed month that they are of, once there are any."""
    rows = rows_as(GroupRow, connection, "simulations/groups")
    footings = {
        (row["state_code"], row["strata"]): _footing(row)
        for row in rows_as(SimulatedLineRow, connection, "simulations/lines", scenario="{}")
    }
    groups = (
        Group(
            row["state_code"],
            row["strata"],
            row["households"],
            row["per_head_rm"],
            row["members"],
            row["sources_rm"],
            row["earners"],
            row["children"],
        )
        for row in rows
    )
    return of_groups(groups, footings, scenario), max((row["month"] for row in rows), default=None)


def areas(connection: Connection, *, level: str, within: str) -> dict[str, str]:
    """The names of the areas of a level inside an area, by code."""
    found = rows_as(SimulatedAreaRow, connection, "simulations/areas", level=level, within=within)
    return {row["area_code"]: row["area_name"] for row in found}


def saved(connection: Connection) -> list[SimulationRow]:
    """The scenarios that one has named or that are shared, the newest first."""
    return rows_as(SimulationRow, connection, "simulations/saved")


def _footing(row: SimulatedLineRow) -> Footing:
    line = PovertyLine(
        survey_year=row["line_year"],
        area_code=row["state_code"],
        area_name=row["state_name"],
        strata=Strata(row["strata"]),
        pgk_household_rm=row["pgk_household_rm"],
        food_household_rm=row["food_household_rm"],
        pgk_per_capita_rm=row["pgk_per_capita_rm"],
        food_per_capita_rm=row["food_per_capita_rm"],
    )
    return Footing(line, Rule(row["rule"]), row["vulnerable_below_rm"])


def _written(scenario: Scenario) -> Any:
    return json.dumps(scenario.plain())
