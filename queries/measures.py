"""Reads how poor, how unequal and how deprived areas were in a closed month: kept rows, exact or as published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from poverty.multidimensional import Counted, Measured, Structure, read_structure
from queries.row_types.measures import KeptMeasureRow, MeasureMonthRow, PublishedMeasureRow, StructureRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from sqlalchemy import Connection

    Number = int | float | Decimal

NO_DATA: Final = "tiada_data"
NOBODY: Final = "penyebut_sifar"
OF_INDICATORS: Final = ("share", "censored", "contribution")


@dataclass(slots=True)
class AreaMeasures:
    """The measures of an area by name (as ``published_poverty`` has them) and, of indicators, by name and indicator.

    What has no value has its reason in ``reasons``; ``figure_month`` is another month where a figure stands.
    """

    code: str
    name: str
    values: dict[str, Number | None] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    indicators: dict[tuple[str, str], Number | None] = field(default_factory=dict)
    structure: str | None = None
    figure_month: date | None = None

    def value(self, name: str) -> Number | None:
        """The value of a measure; none where there is none, for the reason told beside it."""
        return self.values.get(name)

    def reason(self, name: str) -> str:
        """Why there is no value."""
        return self.reasons.get(name, NO_DATA)


def months(connection: Connection, *, area: str, live: bool) -> list[date]:
    """The closed months that have measures, the newest first."""
    return [row["month"] for row in rows_as(MeasureMonthRow, connection, "measures/months", area=area, live=live)]


def structures(connection: Connection) -> dict[str, Structure]:
    """The structures of multidimensional poverty by code, the newest first."""
    return {
        row["code"]: read_structure(row["code"], row["definition"] | {"valid_from": str(row["valid_from"])})
        for row in rows_as(StructureRow, connection, "measures/structures")
    }


def structure_rows(connection: Connection) -> list[StructureRow]:
    """The same as they are kept, with who added them."""
    return rows_as(StructureRow, connection, "measures/structures")


def areas(
    connection: Connection, *, area: str, level: str, within: str, month: date, basis: str, live: bool
) -> dict[str, AreaMeasures]:
    """The measures of an area and of those of a level inside another, by code."""
    asked = {"area": area, "level": level, "within": within, "month": month, "basis": basis}
    if live:
        known = structures(connection)
        rows = rows_as(KeptMeasureRow, connection, "measures/kept", **asked)
        return {row["area_code"]: _exact(row, known) for row in rows}
    found: dict[str, AreaMeasures] = {}
    for row in rows_as(PublishedMeasureRow, connection, "measures/published", **asked):
        one = found.setdefault(row["area_code"], AreaMeasures(row["area_code"], row["area_name"]))
        if row["measure"] is None:
            continue
        if row["indicator"]:
            one.indicators[row["measure"], row["indicator"]] = row["value"]
        else:
            one.values[row["measure"]] = row["value"]
            if row["hidden"]:
                one.reasons[row["measure"]] = row["hidden"]
        one.structure = one.structure or row["structure"]
        one.figure_month = row["figure_month"]
    return found


def _exact(row: KeptMeasureRow, known: dict[str, Structure]) -> AreaMeasures:
    one = AreaMeasures(row["area_code"], row["area_name"])
    if row["households"]:
        one.values = dict(_poverty(row))
        one.reasons = {name: NOBODY for name, value in one.values.items() if value is None}
        if one.values["watts"] is None:
            one.reasons["watts"] = "tiada_pendapatan"
    if row["structure"] and row["structure"] in known:
        _deprived(one, row, known[row["structure"]])
    return one


def _poverty(row: KeptMeasureRow) -> Iterator[tuple[str, Number | None]]:
    total, poor, base = row["total"] or 0, row["poor"] or 0, row["census_base"] or 0
    gap_rm, households = row["gap_rm"], row["poor_households"] or 0
    for name, summed in (("P0", poor), ("P1", row["p1_sum"]), ("P2", row["p2_sum"])):
        yield name, _over(summed, total)
        yield f"{name}_all", _over(summed, base)
    yield from (("F0", _over(row["tegar"], total)), ("F1", _over(row["food_p1_sum"], total)))
    yield from (("F2", _over(row["food_p2_sum"], total)), ("I", _over(row["p1_sum"], poor)))
    for name in ("sen", "watts", "gini", "theil", "without_income", "persons", "gap_rm", "food_gap_rm", "households"):
        yield name, row[name]  # type: ignore[literal-required]
    yield "poor", poor
    yield "mean_gap_rm", None if gap_rm is None or not households else gap_rm / households
    yield "mean_income_rm", None if row["income_rm"] is None or not total else row["income_rm"] / total
    yield "between", _over(row["between"], row["theil"]) if row["between"] is not None else None
    for tenth, share in enumerate(row["lorenz"] or (), start=1):
        yield f"lorenz_{tenth}0", share


def _deprived(one: AreaMeasures, row: KeptMeasureRow, structure: Structure) -> None:
    counts = Counted(
        used=row["used"] or 0,
        dropped=row["dropped"] or 0,
        weight=row["weight"] or 0,
        every=row["every"] or 0,
        poor=row["mpi_poor"] or 0,
        score=row["score"] or 0,
        lower=row["lower"] or 0,
        upper=row["upper"] or 0,
        deprived=tuple(row["deprived"] or ()),
        deprived_poor=tuple(row["deprived_poor"] or ()),
    )
    found = Measured(structure, counts)
    low, high = found.bounds
    one.structure = structure.code
    told = {"H": found.share_poor, "A": found.intensity, "MPI": found.index, "H_lower": low, "H_upper": high}
    one.values |= {name: _number(value) for name, value in told.items()} | {
        "dropped": counts.dropped,
        "used": counts.used,
    }
    one.reasons |= {name: NOBODY for name, value in told.items() if value is None}
    for name, values in zip(OF_INDICATORS, (found.uncensored, found.censored, found.contributions), strict=True):
        one.indicators |= {(name, code): _number(value) for code, value in values.items()}


def _over(part: Number | None, whole: Number | None) -> float | None:
    return float(part) / float(whole) if part is not None and whole else None


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
