"""The measures of the areas on the page as a table to take away: every measure in a column, hidden ones with why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.areas import COUNTRY
from dashboard.taking import TableAsked, file_to_keep
from layers import numbers
from layers.footnote import footnote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.pages.analysis.view import AnalysisView, Read
    from queries.measures import AreaMeasures
    from reports.spreadsheet import Cell
    from words import Words

NAMES = (
    "P0", "P1", "P2", "I", "P0_all", "P1_all", "P2_all", "sen", "watts", "gap_rm", "mean_gap_rm", "mean_income_rm",
    "gini", "theil", "between", *(f"lorenz_{tenth}0" for tenth in range(1, 10)), "H", "A", "MPI", "dropped",
    "households",
)  # fmt: skip


def as_file(state: AnalysisView, found: Read, words: Words, *, kind: str) -> dict[str, Any]:
    """The file: the area itself first, then those that the map shows."""
    codes = [one.code for one in found.structure.computed] if found.structure else []
    header = [
        "kod",
        words("quality.area"),
        *NAMES,
        *(f"sumbangan_{code}" for code in codes),
        "bulan_angka",
        "sebab_kosong",
    ]
    own = [] if any(one.code == found.own.code for one in found.areas) else [found.own]
    rows = (_row(one, found, codes) for one in (*own, *found.areas))
    place = "malaysia" if found.area.code == COUNTRY else found.area.code
    asked = TableAsked(
        kind,
        f"ekasih-analisis-{place}-{found.month:%Y-%m}-{state.basis}",
        words("nav.analysis"),
        notes=(
            words(f"analysis.basis_{state.basis}"),
            numbers.month(found.month, words),
            words("analysis.among"),
            *footnote(found.layer.source, words),
            *([words("analysis.mpi_ours"), found.structure.code] if found.structure else []),
        ),
    )
    return file_to_keep(asked, header, rows, words)


def _row(one: AreaMeasures, found: Read, codes: list[str]) -> list[Cell]:
    def cells() -> Iterator[Cell]:
        yield from (one.value(name) for name in NAMES)
        yield from (one.indicators.get(("contribution", code)) for code in codes)

    reasons = sorted({one.reason(name) for name in NAMES if one.value(name) is None and name in one.reasons})
    month = one.figure_month or found.month
    return [one.code, one.name, *cells(), f"{month:%Y-%m}", ", ".join(reasons)]
