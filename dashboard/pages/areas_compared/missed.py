"""Who is missing from the register: the poor that DOSM's rate leads one to expect against those who are registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.pages.areas_compared.view import Place, Shown, Table, source_of
from layers import numbers
from layers.categories import Category, Judged, categories
from layers.palettes import FALL, RAMPS, UNCHANGED
from poverty.months import month_end
from poverty.unregistered import BEYOND, MISSED, WITHIN, Compared, compared, ranked
from queries import areas_compared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.deps import Reads
    from queries.row_types.areas_compared import ExpectedRow
    from words import Words

_COLOURS: Final = {MISSED: RAMPS["cost"][3], WITHIN: UNCHANGED, BEYOND: FALL[1]}
_COLUMNS: Final = (
    "area",
    "state",
    "rank",
    "rate",
    "households",
    "expected",
    "interval",
    "registered",
    "missing",
    "verdict",
)


def missed(conn: Reads, place: Place, words: Words) -> Shown:
    """The districts, those missing the most first; nothing where the line in force is not that of the survey."""
    rows = areas_compared.expected(conn, within=place.within)
    year = next((row["survey_year"] for row in rows), None)
    refused = _refused(place, rows, year, words)
    found = {} if refused else _compared(rows)
    month = next((row["month"] for row in rows), None)
    day = month_end(month) if month else None
    source = source_of(place, words, name=words("compared.missed_source", year=str(year or "")), as_of=day)
    kinds = [Category(key, colour, words(f"compared.verdict_{key}")) for key, colour in _COLOURS.items()]
    judged = [_judged(row, found.get(row["area_code"]), shown=not refused) for row in rows]
    how = words("compared.missed_how")
    layer = categories(judged, kinds, name="compared_missed", source=source, level="district", how=how)
    n_eff = next((row["n_eff"] for row in rows), 0)
    notes = [words(f"compared.missed_note_{name}", year=str(year or ""), n=numbers.count(n_eff))
             for name in ("years", "lines", "assumed", "ranked", "hidden")]  # fmt: skip
    return Shown(
        place.lineage,
        "district",
        place.within,
        layer,
        words("compared.missed_title"),
        _table(rows, found, words, year=year),
        notes=notes,
        lead=words("compared.missed_lead"),
        refused=refused,
    )


def _refused(place: Place, rows: Sequence[ExpectedRow], year: int | None, words: Words) -> tuple[str, str] | None:
    if year is None or not rows or rows[0]["month"] is None:
        return words("compared.not_yet"), words("compared.missed_no_month")
    line = place.footing.line_year
    if line != year:
        told = {"line": str(line or numbers.MISSING), "year": str(year)}
        return words("compared.missed_other_line"), words("compared.missed_other_line_hint", **told)
    return None


def _compared(rows: Sequence[ExpectedRow]) -> dict[str, Compared]:
    return {
        row["area_code"]: compared(row["rate"], row["households"], row["registered"], row["n_eff"])
        for row in rows
        if row["rate"] is not None and row["households"]
    }


def _judged(row: ExpectedRow, found: Compared | None, *, shown: bool) -> Judged:
    hidden = shown and found is not None and found.verdict is None
    return Judged(row["area_code"], row["area_name"], found.verdict if found else None, hidden=hidden)


def _table(rows: Sequence[ExpectedRow], found: Mapping[str, Compared], words: Words, *, year: int | None) -> Table:
    order = {code: place for place, code in enumerate(ranked(found), start=1)}
    listed = [row for row in rows if row["area_code"] in found]
    known = sorted(listed, key=lambda row: (order.get(row["area_code"], len(rows)), row["area_code"]))
    head = [words(f"compared.column_{name}", year=str(year or "")) for name in _COLUMNS]
    return Table(
        head,
        [_row(row, found[row["area_code"]], order.get(row["area_code"]), words) for row in known],
        [words("compared.column_code"), *head],
        [_cells(row, found[row["area_code"]], order.get(row["area_code"]), words) for row in known],
    )


def _row(row: ExpectedRow, found: Compared, rank: int | None, words: Words) -> list[str]:
    hidden = words("compared.hidden")
    return [
        row["area_name"],
        row["state_name"],
        "" if rank is None else str(rank),
        numbers.share(row["rate"]),
        numbers.count(row["households"]),
        numbers.count(found.expected),
        numbers.span(numbers.count(found.lower), numbers.count(found.upper)),
        hidden if found.registered is None else numbers.count(found.registered),
        hidden if found.missing is None else numbers.count(found.missing),
        hidden if found.verdict is None else words(f"compared.verdict_{found.verdict}"),
    ]


def _cells(row: ExpectedRow, found: Compared, rank: int | None, words: Words) -> list[int | float | str | None]:
    between = numbers.span(numbers.count(found.lower), numbers.count(found.upper))
    return [
        row["area_code"],
        row["area_name"],
        row["state_name"],
        rank,
        row["rate"],
        row["households"],
        round(found.expected, 1),
        between,
        found.registered,
        None if found.missing is None else round(found.missing, 1),
        None if found.verdict is None else words(f"compared.verdict_{found.verdict}"),
    ]
