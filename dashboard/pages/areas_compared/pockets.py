"""Pockets of poverty: districts that are high among high ones or low among low ones by more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.pages.areas_compared.rates import told
from dashboard.pages.areas_compared.view import DOSM, SMALL, ComparedView, Place, Shown, Table, source_of, why_not
from layers import numbers
from layers.categories import Category, Judged, categories
from layers.palettes import FALL, RISE, UNCHANGED
from poverty.pockets import COLD, HOT, NOT_SIGNIFICANT, QUADRANTS
from queries import areas_compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.deps import Reads
    from queries.row_types.areas_compared import RateRow
    from words import Words

_HIGH, _LOW, _HIGH_AMONG_LOW, _LOW_AMONG_HIGH = QUADRANTS
COLOURS: Final = {
    "lisa": {
        _HIGH: RISE[2],
        _HIGH_AMONG_LOW: RISE[1],
        _LOW: FALL[2],
        _LOW_AMONG_HIGH: FALL[1],
        NOT_SIGNIFICANT: UNCHANGED,
    },
    "gi": {HOT: RISE[2], COLD: FALL[2], NOT_SIGNIFICANT: UNCHANGED},
}
_COLUMNS: Final = ("area", "state", "label", "raw_smoothed", "neighbours", "marked")
_COLUMNS_OF_FILE: Final = ("code", "area", "state", "lisa", "gi", "raw", "smoothed", "neighbours", "marked")


def _judged(rows: Sequence[RateRow], state: ComparedView, *, refused: bool) -> list[Judged]:
    # of the register every district has a rate but those whose counts are hidden
    hides = state.source != DOSM and not refused
    return [
        Judged(
            row["area_code"],
            row["area_name"],
            None if refused else _key(row, state.test),
            hidden=hides and row["rate"] is None,
        )
        for row in rows
    ]


def pockets(conn: Reads, state: ComparedView, place: Place, words: Words) -> Shown:
    """The districts by what pocket they are in, found over the whole country."""
    look = place.looks.get(state.subject)
    refused = why_not(look, words)
    rows = areas_compared.rates(conn, subject=state.subject, within=place.within)
    kinds = [Category(key, colour, label_of(state.test, key, words)) for key, colour in COLOURS[state.test].items()]
    judged = _judged(rows, state, refused=bool(refused))
    others = numbers.count(max(0, (look["areas"] if look else 0) - 1))
    how = words("compared.pockets_how", n=others)
    year = str(look["of_day"].year) if look and look["of_day"] else ""
    source = source_of(
        place,
        words,
        name=words(f"compared.source_{state.source}", year=year),
        as_of=look["of_day"] if look else None,
        by_survey=state.source == DOSM,
    )
    layer = categories(judged, kinds, name=f"compared_{state.test}", source=source, level="district", how=how)
    known = (
        []
        if refused
        else sorted((row for row in rows if row["rate"] is not None), key=lambda row: _order(row, state.test))
    )
    notes = [
        words(f"compared.pockets_note_{name}", n=others)
        for name in ("says", "not_says", "tested", state.test, "small", "few")
    ]
    return Shown(
        place.lineage,
        "district",
        place.within,
        layer,
        words(f"compared.pockets_title_{state.test}"),
        _table(known, state.test, words),
        notes=notes,
        lead=words("compared.pockets_lead"),
        refused=refused,
        small=any(row["small"] for row in known),
    )


def label_of(test: str, key: str | None, words: Words) -> str:
    """What is said of an area by a test."""
    said = "none" if key in {None, NOT_SIGNIFICANT} else str(key).lower()
    return words(f"compared.{test}_{said}")


def _key(row: RateRow, test: str) -> str | None:
    """The kind of an area by a test; none where it has no rate."""
    label = row["gi"] if test == "gi" else row["lisa"]
    return None if row["rate"] is None else label or NOT_SIGNIFICANT


def _order(row: RateRow, test: str) -> tuple[int, str]:
    return list(COLOURS[test]).index(_key(row, test) or NOT_SIGNIFICANT), row["area_code"]


def _table(rows: Sequence[RateRow], test: str, words: Words) -> Table:
    drawn = [
        [
            row["area_name"],
            row["state_name"],
            label_of(test, _key(row, test), words),
            told(row["rate"], row["smoothed"], small=row["small"]),
            numbers.count(row["neighbours"]),
            words("compared.is_small") if row["small"] else "",
        ]
        for row in rows
    ]
    cells = [
        [
            row["area_code"],
            row["area_name"],
            row["state_name"],
            row["lisa"] or NOT_SIGNIFICANT,
            row["gi"] or NOT_SIGNIFICANT,
            None if row["rate"] is None else round(row["rate"], 3),
            None if row["smoothed"] is None else round(row["smoothed"], 3),
            row["neighbours"],
            SMALL if row["small"] else None,
        ]
        for row in rows
    ]
    head = [words(f"compared.column_{name}") for name in _COLUMNS]
    return Table(head, drawn, [words(f"compared.column_{name}") for name in _COLUMNS_OF_FILE], cells)
