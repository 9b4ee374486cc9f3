"""The measures a map can show, as data: what each counts, how it is drawn and written."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from layers import numbers

LEAST_BASE = 30
"""How many households a change must start from to be ranked: below it a single one is more than 3 %, so that the list
would be led by the smallest areas, whatever happened in the larger ones."""


class Kind(StrEnum):
    """What is said about the subject."""

    COUNT = "count"
    RATE = "rate"
    CHANGE = "change"
    COST = "cost"
    DISTANCE = "distance"
    INDEX = "index"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: ``key`` names it in addresses and catalogues (``measure.tegar_rate``)."""

    key: str
    kind: Kind
    columns: tuple[str, ...]
    ramp: str
    denominator: str | None = None
    zero_class: bool = False

    @property
    def diverging(self) -> bool:
        """Whether the measure has a middle, zero, and two directions."""
        return self.kind in {Kind.CHANGE, Kind.DIFFERENCE}

    @property
    def whole(self) -> bool:
        """Whether its values are whole numbers."""
        return self.kind in {Kind.COUNT, Kind.DIFFERENCE}

    def values(self, areas: pd.DataFrame) -> "pd.Series[float]":
        """Return one float per row: households, share 0-1, RM a month, or km; NaN where it cannot be said.

        A rate without a census denominator and a change from zero are NaN, never 0.
        """
        now = _total(areas, self.columns)
        if self.denominator is not None:
            return _quotient(now, _number(areas, self.denominator))
        if self.diverging:
            then = _total(areas, tuple(f"{name}_12m_ago" for name in self.columns))
            return now - then if self.kind is Kind.DIFFERENCE else _quotient(now - then, then)
        return now

    def small_base(self, areas: pd.DataFrame) -> "pd.Series[bool]":
        """Return for each row whether a change is from too few to be ranked; never so for other kinds."""
        if self.kind is not Kind.CHANGE:
            return pd.Series(data=False, index=areas.index)
        then = _total(areas, tuple(f"{name}_12m_ago" for name in self.columns))
        return (then < LEAST_BASE).astype(bool)

    def write(self, value: float | None) -> str:
        """Return a value as people read it: ``18,412``, ``3.1%``, ``RM1,234.56``, ``▼ 3.1%``."""
        if self.kind is Kind.RATE:
            return numbers.share(value)
        if self.kind is Kind.CHANGE:
            return numbers.change(value)
        if self.kind is Kind.DISTANCE:
            return numbers.kilometres(value)
        if self.kind is Kind.INDEX:
            return numbers.decimal(value)
        if self.kind is Kind.DIFFERENCE:
            return numbers.change_count(value)
        return numbers.money(value) if self.kind is Kind.COST else numbers.count(value)

    def write_bound(self, value: float, *, places: int) -> str:
        """Return the bound of a class with the decimals (of the unrounded unit) that it was rounded to."""
        if self.kind is Kind.COST:
            return numbers.money(value, sen=places > 0)
        if self.whole:
            return numbers.count(value)
        if self.kind is Kind.DISTANCE:
            return numbers.kilometres(value)
        if self.kind is Kind.INDEX:
            return numbers.decimal(value)
        return numbers.share(value, places=max(1, places - 2))


def _number(areas: pd.DataFrame, column: str) -> "pd.Series[float]":
    if column not in areas:
        return pd.Series(float("nan"), index=areas.index, dtype="float64")
    # None, Decimal and pandas' own integers come mixed out of the database
    return pd.to_numeric(areas[column], errors="coerce").astype("float64")


def _total(areas: pd.DataFrame, columns: tuple[str, ...]) -> "pd.Series[float]":
    # skipna=False: tegar hidden plus miskin shown is not a total
    parts = pd.concat([_number(areas, name) for name in columns], axis="columns")
    return parts.sum(axis="columns", skipna=False)


def _quotient(part: "pd.Series[float]", whole: "pd.Series[float]") -> "pd.Series[float]":
    return part / whole.where(whole != 0)


TEGAR, MISKIN, POOR = ("tegar",), ("miskin",), ("tegar", "miskin")

MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        *(
            Measure(key=name, kind=Kind.COUNT, columns=columns, ramp=name, zero_class=True)
            for name, columns in (("poor", POOR), ("tegar", TEGAR), ("miskin", MISKIN))
        ),
        *(
            Measure(
                key=f"{name}_rate",
                kind=Kind.RATE,
                columns=columns,
                ramp=name,
                denominator="census_households",
                zero_class=True,
            )
            for name, columns in (("poor", POOR), ("tegar", TEGAR), ("miskin", MISKIN))
        ),
        Measure(key="cost", kind=Kind.COST, columns=("gap_rm",), ramp="cost", zero_class=True),
        Measure(key="reach_aided", kind=Kind.COUNT, columns=("aided",), ramp="cost", zero_class=True),
        Measure(
            key="reach_never_share",
            kind=Kind.RATE,
            columns=("never",),
            ramp="cost",
            denominator="poor",
            zero_class=True,
        ),
        Measure(key="reach_amount", kind=Kind.COST, columns=("amount_rm",), ramp="cost", zero_class=True),
        *(
            Measure(key=f"{name}_change", kind=Kind.CHANGE, columns=columns, ramp="change")
            for name, columns in (("poor", POOR), ("tegar", TEGAR), ("miskin", MISKIN))
        ),
    )
}
DEFAULT_MEASURE = MEASURES["poor"]
BETWEEN: dict[str, Measure] = {
    measure.key: measure
    for name, columns in (("poor", POOR), ("tegar", TEGAR), ("miskin", MISKIN))
    for measure in (
        Measure(key=f"{name}_difference", kind=Kind.DIFFERENCE, columns=columns, ramp="change"),
        Measure(key=f"{name}_percent", kind=Kind.CHANGE, columns=columns, ramp="change"),
    )
}
"""Changes between any two months; the earlier one stands in the columns of twelve months ago."""
AID = ("reach_aided", "reach_never_share", "reach_amount")
"""Those of aid: poor households aided in twelve months, the share of the poor never aided, RM of twelve months."""


def measure_named(key: str | None) -> Measure:
    """Return the measure of that key, or the default for one that is unknown."""
    return MEASURES.get(key or "", DEFAULT_MEASURE)
