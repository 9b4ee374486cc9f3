"""Follows areas whose boundaries changed: figures of then on the areas of today, or on those of then.

Figures are counted by the area that a record names, so they are exact wherever the area is there at both dates, however
it was drawn. Where an area was cut from others, or is no more, those of then are shared out by land.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from queries import boundaries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd

    from queries.row_types.boundaries import RemadeRow

TODAY, THEN = "kini", "dahulu"
FORMER_ROUTE: Final = "/sempadan-dahulu"
_COUNTS: Final = ("tegar", "miskin")
_FIGURES: Final = (*_COUNTS, "gap_rm", "tegar_12m_ago", "miskin_12m_ago")


@dataclass(frozen=True, slots=True)
class Former:
    """A set of boundaries that was in force at a date, and which of its areas are others today."""

    set_id: int
    source: str
    shares: tuple[RemadeRow, ...]

    @property
    def gone(self) -> frozenset[str]:
        """The areas that are no more."""
        return frozenset(row["then_code"] for row in self.shares) - self.made

    @property
    def made(self) -> frozenset[str]:
        """The areas of today that are made of several of then, or of parts of them."""
        return frozenset(row["now_code"] for row in self.shares)

    def url(self, level: str, within: str) -> str:
        """The address of its shapes."""
        return f"{FORMER_ROUTE}/{self.set_id}/{level}/{within}"


def former_on(conn: Any, day: date, *, level: str, within: str) -> Former | None:
    """The boundaries of a day, where areas inside an area are others today; none where they are the same ones."""
    found = boundaries.set_on(conn, level, day)
    if found is None or found["active"]:
        return None
    shares = boundaries.remade(conn, found["set_id"], level=level, within=within)
    return Former(found["set_id"], found["source"], tuple(shares)) if shares else None


def on_today(areas: pd.DataFrame, former: Former, *, least: int = 0) -> pd.DataFrame:
    """The figures of then on the areas of today: of those that were remade shared out by land, rounded; the rest as is.

    What is hidden of then hides all that it would be part of, and so does a share of fewer than ``least`` households.
    """
    rows = {str(row["area_code"]): row for row in areas.to_dict("records")}
    parts = _parts(former.shares)
    told: list[dict[Any, Any]] = []
    for code, row in rows.items():
        if code in former.gone:
            continue
        told.append(dict(row) | _hidden(_shared(parts[code], rows), least) if code in parts else row)
    return type(areas)(told, columns=list(areas.columns), dtype=object)


def without(areas: pd.DataFrame, codes: frozenset[str]) -> pd.DataFrame:
    """The areas without some."""
    return areas[~areas["area_code"].astype(str).isin(codes)].reset_index(drop=True)


def _parts(shares: Sequence[RemadeRow]) -> dict[str, list[tuple[str, float]]]:
    """By area of today: the areas of then that it is made of, with its share of each, which together are all."""
    wholes: dict[str, float] = defaultdict(float)
    for row in shares:
        wholes[row["then_code"]] += row["share"]
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in shares:
        found[row["now_code"]].append((row["then_code"], row["share"] / wholes[row["then_code"]]))
    return found


def _shared(parts: Sequence[tuple[str, float]], rows: Mapping[str, Mapping[Any, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in _FIGURES:
        values = [(rows[code][name], share) for code, share in parts if code in rows]
        known = not any(value is None or value != value for value, _ in values)  # noqa: PLR0124 - not a number
        told[name] = _rounded(sum(float(value) * share for value, share in values)) if known and values else None
    told["suppressed"] = any(bool(rows[code]["suppressed"]) for code, _ in parts if code in rows)
    return told


def _hidden(told: dict[str, Any], least: int) -> dict[str, Any]:
    """The same, all of it hidden where a count is too small to be shown."""
    small = any(told[name] is not None and 0 < told[name] < least for name in _COUNTS)
    return dict.fromkeys(_FIGURES) | {"suppressed": True} if small else told


def _rounded(value: float) -> int:
    return int(Decimal(repr(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
