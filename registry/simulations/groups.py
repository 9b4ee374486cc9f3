"""Makes the groups of households that who sees no persons simulates with: once for each month that is closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import text

from poverty.disclosure import rounded_count
from poverty.simulation import OLDEST_CHILD, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection

LEAST: Final = 30
"""Households of a group at least: below it no mean of incomes is shown."""
_STEP_RM: Final = 10
_TENTH: Final = Decimal("0.1")
_DUE: Final = text("""
    SELECT max(c.month) AS month FROM ekasih.published_count AS c
    WHERE c.area_code = 'MY' AND c.cut = 'all'
        AND c.month < date_trunc('month', coalesce((SELECT max(p.as_of) FROM ekasih.publication AS p), current_date))
        AND c.month > coalesce((SELECT max(g.month) FROM ekasih.simulation_group AS g), '-infinity')
""")
# only where a state's poor of a strata are told for that month is anything told of the strata
_STEPS: Final = text("""
    SELECT * FROM ekasih.simulation_steps(CAST(:month AS date))
""")
_CLEARED: Final = text("""
    DELETE FROM ekasih.simulation_group AS g WHERE g.state_code || g.strata = ANY (CAST(:cells AS text[]))
""")
_ADDED: Final = text("""
    INSERT INTO ekasih.simulation_group (state_code, strata, no, month, made_at, households, per_head_rm, members,
        sources_rm, earners, children)
    VALUES (:state_code, :strata, :no, :month, now(), :households, :per_head_rm, :members, :sources_rm, :earners,
        :children)
""")


@dataclass(slots=True)
class Step:
    """Households of a state, strata and status whose income a head is within RM10: how many, and their sums."""

    step: int
    households: int
    members: int
    sources_sen: list[int]
    earners: list[int]
    children: list[int]


@dataclass(slots=True)
class _Sum:
    """Steps put together."""

    steps: list[Step] = field(default_factory=list)

    @property
    def households(self) -> int:
        return sum(step.households for step in self.steps)


class Made(NamedTuple):
    """A group as it is kept."""

    households: int
    per_head_rm: Decimal
    members: Decimal
    sources_rm: list[Decimal]
    earners: list[Decimal]
    children: list[Decimal]


def make_groups(connection: Connection) -> int:
    """Make the groups of the month that was closed last, where they are not made yet; how many there are.

    Those of a state and strata stay as they are where fewer than five of its households were decided, came or went
    since: two looks around one change would tell of one household.
    """
    month: date | None = connection.scalar(_DUE)
    if month is None:
        return 0
    cells: dict[tuple[str, str], dict[int, list[Step]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(_STEPS, {"month": month}):
        step = Step(row.step, row.households, row.members, list(row.sources_sen), list(row.earners), list(row.children))
        cells[row.state_code, row.strata][row.status].append(step)
    if not cells:
        return 0
    connection.execute(_CLEARED, {"cells": [f"{state}{strata}" for state, strata in cells]})
    made = 0
    for (state, strata), statuses in cells.items():
        groups = [group for steps in statuses.values() for group in grouped(steps)]
        for no, group in enumerate(groups):
            values: dict[str, Any] = group._asdict()
            connection.execute(_ADDED, {"state_code": state, "strata": strata, "no": no, "month": month, **values})
        made += len(groups)
    return made


def grouped(steps: Iterable[Step], *, least: int = LEAST) -> list[Made]:
    """Steps of one status put together, from the poorest up, until each has enough; none where all are too few."""
    sums = [_Sum()]
    for step in sorted(steps, key=lambda one: one.step):
        if sums[-1].households >= least:
            sums.append(_Sum())
        sums[-1].steps.append(step)
    if len(sums) > 1 and sums[-1].households < least:
        last = sums.pop()
        sums[-1].steps += last.steps
    return [_made(one) for one in sums if one.households >= least]


def _made(one: _Sum) -> Made:
    n = one.households
    low, high = one.steps[0].step, one.steps[-1].step + 1
    children = [sum(step.children[age] for step in one.steps) for age in range(OLDEST_CHILD)]
    return Made(
        households=rounded_count(n) or 0,
        per_head_rm=Decimal((low + high) * _STEP_RM) / 2,
        members=_mean(sum(step.members for step in one.steps), n),
        sources_rm=[_tens(sum(step.sources_sen[at] for step in one.steps), n) for at in range(len(SOURCES))],
        earners=[_mean(sum(step.earners[at] for step in one.steps), n) for at in range(len(SOURCES))],
        children=[_mean(count, n) for count in children],
    )


def _mean(count: int, n: int) -> Decimal:
    return (Decimal(count) / n).quantize(_TENTH, ROUND_HALF_UP)


def _tens(sen: int, n: int) -> Decimal:
    """A mean of money to the nearest RM10."""
    return (Decimal(sen) / 100 / n / _STEP_RM).quantize(Decimal(1), ROUND_HALF_UP) * _STEP_RM
