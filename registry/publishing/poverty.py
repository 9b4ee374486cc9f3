"""Publishes the measures of poverty of the last closed month: rounded, of enough households, never live.

Two looks around one change would give away one household. So what an area was shown stands, dated, until enough of its
households have come, gone or been decided anew; and what was published of a month is not worked out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, text

from poverty.months import month_end
from poverty.multidimensional import Counted, Measured
from poverty.register import COUNTRY
from poverty.shown import (
    DEPTHS,
    HIDDEN,
    LORENZ,
    SPREADS,
    Allowed,
    Area,
    Deprived,
    Limits,
    Shown,
    allowed,
    rounded,
    rounded_mean,
    rounded_number,
    rounded_sum,
)
from registry.measuring.models import MpiMonth, PovertyMonth, PovertyShown, PublishedMpi, PublishedPoverty
from registry.measuring.report import census
from registry.measuring.structures import kept_structures
from registry.publishing.figures import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from sqlalchemy import Connection

    from registry.publishing.figures import Shown as ShownCount

_NEWEST: Final = text("SELECT max(month) FROM ekasih.poverty_month")
_SETTINGS: Final = text("SELECT key, value #>> '{}' AS value FROM ekasih.setting WHERE key LIKE 'measures.%'")
_BEFORE: Final = text("""
    SELECT DISTINCT ON (area_code) area_code, month, figure_month, households FROM ekasih.poverty_shown
    WHERE month <= :month ORDER BY area_code, month DESC
""")
_CHANGES: Final = text("SELECT area_code, households FROM ekasih.changes_between(:first_day, :last_day)")
_HIDE: Final = """
    UPDATE ekasih.{table} AS p SET value = NULL, hidden = 'disembunyikan'
    FROM ekasih.published_count AS c
    WHERE c.area_code = p.area_code AND c.month = p.month AND c.cut = 'all' AND c.tegar IS NULL
        AND p.hidden IS DISTINCT FROM 'disembunyikan'
"""


@dataclass(frozen=True, slots=True)
class _Month:
    """The exact measures of a month, by area and basis."""

    month: date
    poverty: Mapping[tuple[str, str], Any]
    mpi: Mapping[tuple[str, str], Any]
    areas: Mapping[str, Area]
    bases: Mapping[str, tuple[int, int]]
    limits: Limits


def publish_measures(connection: Connection, counts: Sequence[ShownCount]) -> int:
    """Publish the measures of the last closed month; ``counts`` are those that are published. How many are shown."""
    month = connection.scalar(_NEWEST)
    if month is None:
        return 0
    exact = _read(connection, month, {row.area for row in counts if _is_hidden(row, month)})
    may = allowed(exact.areas, exact.limits)
    standing = _standing(connection, exact)
    for table in (PublishedPoverty, PublishedMpi):
        asked = {published for published, _ in standing.values()}
        kept = list(connection.execute(select(table).where(table.month.in_(asked))))
        fresh = list(_poverty(exact, may) if table is PublishedPoverty else _mpi(connection, exact, may))
        rows = _settled(fresh, [dict(row._mapping) for row in kept], standing, month)  # noqa: SLF001 - public
        connection.execute(delete(table).where(table.month == month))
        if rows:
            connection.execute(insert(table), rows)
        connection.execute(text(_HIDE.format(table=table.__tablename__)))
    connection.execute(delete(PovertyShown).where(PovertyShown.month == month))
    shown = [
        {
            "area_code": code,
            "month": month,
            "figure_month": standing[code][1] if code in standing else month,
            "households": area.households,
        }
        for code, area in exact.areas.items()
    ]
    if shown:
        connection.execute(insert(PovertyShown), shown)
    return len(may.depths)


def _is_hidden(row: ShownCount, month: date) -> bool:
    return row.month == month and row.cut == ALL and row.tegar is None


def _read(connection: Connection, month: date, hidden: set[str]) -> _Month:
    poverty = {
        (row.area_code, row.basis): row
        for row in connection.execute(select(PovertyMonth).where(PovertyMonth.month == month))
    }
    deprived = connection.execute(select(MpiMonth).where(MpiMonth.month == month))
    mpi = {(row.area_code, row.basis): row for row in deprived}
    areas = {}
    for (code, basis), row in poverty.items():
        if basis == "household":
            found = mpi.get((code, basis))
            areas[code] = Area(
                code=code,
                parent="" if code == COUNTRY else COUNTRY if len(code) == 2 else code[:2],  # noqa: PLR2004 - a state
                households=row.households,
                poor=row.poor_households,
                gap_rm=row.gap_rm,
                largest_gap_rm=row.largest_gap_rm,
                count_shown=code not in hidden,
                deprived=found
                and Deprived(found.weight, found.poor, found.dropped, found.deprived, found.deprived_poor),
            )
    return _Month(month, poverty, mpi, areas, census(connection), _limits(connection))


def _limits(connection: Connection) -> Limits:
    kept = {row.key.removeprefix("measures."): int(row.value) for row in connection.execute(_SETTINGS)}
    default = Limits()
    return Limits(
        depth=kept.get("depth_from", default.depth),
        spread=kept.get("spread_from", default.spread),
        lorenz=kept.get("lorenz_from", default.lorenz),
        change=kept.get("change_from", default.change),
    )


def _standing(connection: Connection, exact: _Month) -> dict[str, tuple[date, date]]:
    """The areas whose figures stand: with which month they were published, and of which they are."""
    found = {}
    before = {row.area_code: row for row in connection.execute(_BEFORE, {"month": exact.month})}
    changes: dict[date, dict[str, int]] = {}
    for code, area in exact.areas.items():
        last = before.get(code)
        if last is None:
            continue
        if last.figure_month == exact.month:
            # of the same month: merged records and late decisions do not show it anew, a delivery does
            changed = abs(last.households - area.households)
        else:
            if last.figure_month not in changes:
                days = {"first_day": month_end(last.figure_month), "last_day": month_end(exact.month)}
                rows = connection.execute(_CHANGES, days)
                changes[last.figure_month] = {row.area_code: row.households for row in rows}
            changed = changes[last.figure_month].get(code, 0)
        if changed < exact.limits.change:
            found[code] = (last.month, last.figure_month)
    return found


def _settled(
    fresh: Sequence[dict[str, Any]],
    kept: Sequence[dict[str, Any]],
    standing: Mapping[str, tuple[date, date]],
    month: date,
) -> list[dict[str, Any]]:
    """The rows to be shown: of areas that stand those of before, as far as they may be shown now as well."""

    def cell(row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(row.get(name) for name in ("area_code", "basis", "structure", "measure", "indicator"))

    may = {cell(row) for row in fresh if row["value"] is not None}
    rows = [row for row in fresh if row["area_code"] not in standing]
    for row in kept:
        code = row["area_code"]
        if code in standing and row["month"] == standing[code][0]:
            hides = cell(row) not in may
            rows.append(
                row
                | {
                    "month": month,
                    "figure_month": standing[code][1],
                    "value": None if hides else row["value"],
                    "hidden": row["hidden"] or (HIDDEN if hides else None),
                }
            )
    return rows


def _poverty(exact: _Month, may: Allowed) -> Iterator[dict[str, Any]]:
    for (code, basis), row in exact.poverty.items():
        for measure, shown in _measures(exact, row, code, basis):
            hides = (
                not exact.areas[code].count_shown
                or (measure in {"P0", "P0_all"} and code not in may.shares)
                or (measure in DEPTHS and code not in may.depths)
                or (measure in SPREADS and row.households < exact.limits.spread)
                or (measure.startswith(LORENZ) and row.households < exact.limits.lorenz)
            )
            value, hidden = Shown(None, HIDDEN) if hides else shown
            yield {
                "area_code": code,
                "month": exact.month,
                "basis": basis,
                "measure": measure,
                "figure_month": exact.month,
                "value": value,
                "hidden": hidden,
            }


def _measures(exact: _Month, row: Any, code: str, basis: str) -> Iterator[tuple[str, Shown]]:
    """Every measure of an area on a basis, rounded."""
    n, total, poor = row.households, row.total, row.poor
    yield "P0", rounded(poor / total, n)
    yield "P1", rounded(row.p1_sum / total, n)
    yield "P2", rounded(row.p2_sum / total, n)
    yield "I", rounded(row.p1_sum / poor if poor else None, n)
    yield "sen", rounded(row.sen, n)
    # that it has none says that somebody has no income, not how many
    yield "watts", Shown(None, HIDDEN) if row.watts is None else rounded(row.watts, n)
    yield "gini", rounded(row.gini, n)
    yield "mean_income_rm", rounded_mean(row.income_rm / total)
    for tenth, share in enumerate(row.lorenz, start=1):
        yield f"{LORENZ}_{tenth}0", rounded(share, n)
    base = exact.bases.get(code, (0, 0))[basis == "person"]
    if base:
        yield "P0_all", rounded(poor / base, n)
        yield "P1_all", rounded(row.p1_sum / base, n)
        yield "P2_all", rounded(row.p2_sum / base, n)
    if basis == "household":
        yield "households", rounded_number(n)
        yield "gap_rm", rounded_sum(row.gap_rm)
        yield "mean_gap_rm", rounded_mean(row.gap_rm / poor if poor else None)
        yield "theil", rounded(row.theil, n)
        if row.between is not None:
            yield "between", rounded(row.between / row.theil if row.theil else None, n)


def _mpi(connection: Connection, exact: _Month, may: Allowed) -> Iterator[dict[str, Any]]:
    structures = {one.code: one for one in kept_structures(connection)}
    for (code, basis), row in exact.mpi.items():
        structure = structures[row.structure]
        one = Measured(
            structure,
            Counted(
                row.used, row.dropped, row.weight, row.every, row.poor, row.score, row.lower, row.upper,
                tuple(row.deprived), tuple(row.deprived_poor),
            ),
        )  # fmt: skip
        figures = _deprived(one, row.used, heads=code in may.heads, inside=code in may.indicators)
        for (measure, indicator), shown in figures.items():
            yield {
                "area_code": code,
                "month": exact.month,
                "basis": basis,
                "structure": row.structure,
                "measure": measure,
                "indicator": indicator,
                "figure_month": exact.month,
                "value": shown.value,
                "hidden": shown.hidden,
            }


def _deprived(one: Measured, households: int, *, heads: bool, inside: bool) -> dict[tuple[str, str], Shown]:
    """The figures of an area by measure and indicator; ``heads`` and ``inside`` tell what of it may be shown."""
    nothing = Shown(None, HIDDEN)

    def told(value: Fraction | None, *, may: bool) -> Shown:
        return rounded(None if value is None else float(value), households) if may else nothing

    dropped = one.counts.dropped
    figures = {
        ("H", ""): told(one.share_poor, may=heads),
        ("A", ""): told(one.intensity, may=inside),
        ("MPI", ""): told(one.index, may=inside),
        ("dropped", ""): (rounded_number(dropped) if dropped else Shown(Decimal(0))) if heads else nothing,
    }
    for measure, values in (("share", one.uncensored), ("censored", one.censored), ("contribution", one.contributions)):
        figures |= {(measure, indicator): told(value, may=inside) for indicator, value in values.items()}
    return figures
