"""Reads the areas of a view month by month: what scales over many months, small multiples and changes are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from poverty.months import month_before
from queries import maps, published
from queries.overview import MONTHS
from queries.row_types.published import PublishedMonthRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from queries.maps import Footing
    from queries.overview import Asked

LASTING: Final = frozenset({"state", "district", "mukim"})
"""The levels that have closed months."""
_YEAR: Final = 12
_FIGURES: Final = ("tegar", "miskin", "gap_rm")
_Figures = dict[tuple[str, "date"], "Mapping[str, Any]"]


def months(footing: Footing) -> list[date]:
    """The closed months of the last two years, the first one first; none before a month was closed."""
    if footing.first_month is None or footing.last_month is None:
        return []
    month, oldest = footing.last_month, max(footing.first_month, month_before(footing.last_month, MONTHS))
    found = []
    while month >= oldest:
        found.append(month)
        month = month_before(month, 1)
    return found[::-1]


def read(
    connection: Connection, asked: Asked, footing: Footing, areas: pd.DataFrame, wanted: Sequence[date]
) -> pd.DataFrame:
    """The ``areas`` of a view in each month wanted, as ``read_areas`` has them of one, with ``month``.

    ``areas`` is what ``read_areas`` gives of any moment: codes, names and census are taken from there.
    """
    codes = [str(code) for code in areas["area_code"]]
    if not wanted or not codes:
        return areas.head(0).assign(month=[])
    first, last = month_before(min(wanted), _YEAR), max(wanted)
    figures = (_exact if footing.live else _published)(connection, asked, codes, first=first, last=last)
    begun = footing.first_month or first
    rows = [_row(area, month, figures, begun=begun) for month in wanted for area in areas.to_dict("records")]
    return pd.DataFrame(rows, columns=[*maps.AREA_COLUMNS, "suppressed", "month"], dtype=object)


def _row(area: Mapping[Any, Any], month: date, figures: _Figures, *, begun: date) -> dict[str, Any]:
    now = figures.get((area["area_code"], month), dict.fromkeys(_FIGURES, 0))
    before = month_before(month, _YEAR)
    ago = figures.get((area["area_code"], before), dict.fromkeys(_FIGURES, 0 if before >= begun else None))
    known = {name: now[name] for name in _FIGURES}
    then = {f"{name}_12m_ago": ago[name] for name in ("tegar", "miskin")}
    hidden = now["tegar"] is None or (before >= begun and ago["tegar"] is None) or now["gap_rm"] is None
    return {**area, **known, **then, "suppressed": hidden, "month": month}


def _exact(connection: Connection, asked: Asked, codes: Sequence[str], *, first: date, last: date) -> _Figures:
    found = maps.history(connection, codes=codes, strata=asked.strata, first=first, last=last)
    return {(row["area_code"], row["month"]): row for row in found}


def _published(connection: Connection, asked: Asked, codes: Sequence[str], *, first: date, last: date) -> _Figures:
    cut = asked.strata or published.ALL
    found = rows_as(PublishedMonthRow, connection, "published/months", areas=codes, first_month=first, last_month=last)
    shown = {row["month"] for row in found if row["area_code"] == maps.COUNTRY and row["cut"] == published.ALL}
    # a month that was not published tells nothing, also not that nobody was there
    gone = {
        (code, month_before(last, back)): dict.fromkeys(_FIGURES)
        for code in codes
        for back in range((last.year - first.year) * _YEAR + last.month - first.month + 1)
        if month_before(last, back) not in shown
    }
    return gone | {(row["area_code"], row["month"]): row for row in found if row["cut"] == cut}
