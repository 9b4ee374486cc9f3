"""How a household's status came about, as the ingredients of one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poverty.lines import Part, PovertyLine, Rule, Status, StatusDecision, Strata, explain
from queries import households
from registry.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

_DERIVED = ("food_household", "pgk_per_capita", "food_per_capita")


def explain_household(conn: Connection, household_id: int) -> tuple[Part, ...]:
    """The ingredients of the sentence about a household's status, free of language.

    Raises:
        NotFound: there is no such household in the acting user's territory.

    """
    record = households.record(conn, household_id)
    if record is None:
        raise NotFound
    return explain(decision_of(record))


def decision_of(record: Mapping[str, Any]) -> StatusDecision:
    """The decision in force of a record as ``queries.households.record`` reads it, with every input it rests on."""
    line = PovertyLine(
        survey_year=record["survey_year"],
        area_code=record["line_area_code"],
        area_name=record["line_area_name"],
        strata=Strata(record["line_strata"]),
        pgk_household_rm=record["pgk_household_rm"],
        food_household_rm=record["food_household_rm"],
        pgk_per_capita_rm=record["pgk_per_capita_rm"],
        food_per_capita_rm=record["food_per_capita_rm"],
        effective_from=record["line_effective_from"],
        derived=frozenset(f"{figure}_rm" for figure in _DERIVED if record[f"{figure}_basis"] == "derived"),
    )
    return StatusDecision(
        status=Status(record["status"]),
        income_rm=record["income_rm"],
        members=record["member_count"],
        line=line,
        rule=Rule(record["rule"]),
        decided_on=record["decided_on"],
        vulnerable_ceiling_rm=record["vulnerable_below_rm"],
    )
