"""Incomes that rose and exits of a random register are what the definition says, counted household by household."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from poverty.kpi.grammar import read_formula
from poverty.months import month_before, month_end
from queries import kpi_months
from registry.status.months import close_months
from registry.status.recount import recount
from tests.integration.kpi.test_measures import decided, exited
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

FIRST, LAST = date(2024, 1, 1), date(2026, 2, 1)
DAYS = (LAST - FIRST).days
CAUSES = ("income_changed", "members_changed", "corrected", "line_changed", "moved")

Decision = tuple[date, int, str]
Exit = tuple[date, "date | None"]


def in_force(decisions: list[Decision], day: date) -> int | None:
    """The income that counts on a day; neither lines nor moves say anything of it."""
    told = [income for on, income, cause in decisions if on <= day and cause not in {"line_changed", "moved"}]
    return told[-1] if told else None


def rose(decisions: list[Decision], month: date) -> bool:
    """Whether three of the twelve months up to one were RM300 above those of a year before, or of registration."""
    months = 0
    for back in range(12):
        own = month_before(month, back)
        now, then = in_force(decisions, month_end(own)), in_force(decisions, month_end(month_before(own, 12)))
        months += now is not None and now - (decisions[0][1] if then is None else then) >= 300
    return months >= 3


def is_out(exits: list[Exit], day: date) -> bool:
    return any(on <= day and (undone is None or undone > day) for on, undone in exits)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_register_is_counted_as_the_definition_says(owner: Connection, seed: int) -> None:
    chance = random.Random(seed)
    everybody: list[tuple[str, list[Decision], list[Exit]]] = []
    for number in range(60):
        district = chance.choice(["0803", "0805", "1308"])
        begun = FIRST + timedelta(days=chance.randrange(300))
        income = chance.randrange(0, 1500, 50)
        household = add_household(owner, f"A{number}", income=income, on_date=begun.isoformat(), district=district)
        decisions: list[Decision] = [(begun, income, "registered")]
        for on in sorted(begun + timedelta(days=chance.randrange(DAYS)) for _ in range(chance.randrange(7))):
            told = chance.randrange(0, 1500, 50)
            cause = chance.choice(CAUSES)
            decided(owner, household, on.isoformat(), told, cause)
            decisions.append((on, told, cause))
        exits: list[Exit] = []
        day = begun + timedelta(days=chance.randrange(500))
        while chance.random() < 0.5:
            undone = None if chance.random() < 0.4 else day + timedelta(days=chance.randrange(120))
            exited(owner, household, day.isoformat(), undone=undone.isoformat() if undone else None)
            exits.append((day, undone))
            if undone is None:
                break
            day = undone + timedelta(days=1 + chance.randrange(60))
        everybody.append((district, decisions, exits))
    close_months(owner, up_to=LAST)
    assert recount(owner) == []

    months = [month_before(LAST, back) for back in range(1, 14)]
    risen, gone = read_formula("income_up_300"), read_formula("total(exits[reason=died], 12)")
    kept = kpi_months.kept(owner, [(risen, None), (gone, None)], areas=None, first=months[-1], last=months[0])
    for month in months:
        for area in ("MY", "08", "13", "0803", "0805", "1308"):
            within = [one for one in everybody if area == "MY" or one[0].startswith(area)]
            up = sum(
                rose(decisions, month) and not is_out(exits, month_end(month))
                for _, decisions, exits in within
                if decisions[0][0] <= month_end(month)
            )
            window = {month_before(month, back) for back in range(12)}
            left = sum(
                on.replace(day=1) in window and (undone is None or undone > month_end(month))
                for _, _, exits in within
                for on, undone in exits
            )
            assert (area, month, kept.value(risen, area, month)) == (area, month, Decimal(up))
            assert (area, month, kept.value(gone, area, month)) == (area, month, Decimal(left))
