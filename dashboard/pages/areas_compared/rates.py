"""Rates of small areas: as they stand, and what they are drawn to as far as they rest on few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from dashboard.areas import sees_small_counts
from dashboard.pages.areas_compared.view import (
    ARROW,
    DOSM,
    SMALL,
    ComparedView,
    Place,
    Shown,
    Table,
    source_of,
    why_not,
)
from layers import numbers
from layers.breaks import Scheme
from layers.choropleth import choropleth
from layers.measures import Kind, Measure
from poverty.months import month_end
from poverty.small_areas import empirical_bayes, is_small
from queries import areas_compared, maps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.deps import Reads
    from layers.choropleth import Source
    from words import Words

MEASURES: Final = {
    drawn: Measure(key=f"compared_{drawn}", kind=Kind.RATE, columns=(drawn,), ramp="poor", zero_class=True)
    for drawn in ("licin", "mentah")
}
_COLUMNS: Final = ("area", "state", "raw_smoothed", "near", "marked")
_COLUMNS_OF_FILE: Final = ("code", "area", "state", "raw", "smoothed", "near", "marked")


class _Rate(NamedTuple):
    code: str
    name: str
    state: str
    raw: float | None
    smoothed: float | None
    near: float | None
    small: bool


def rates(conn: Reads, state: ComparedView, place: Place, words: Words) -> Shown:
    """The rates of districts as they are kept; of a district of one's own those of its mukim, exact."""
    area = place.area
    if area.level == "district" and state.source != DOSM and sees_small_counts(place.principal, area.code):
        return _of_mukim(conn, state, place, words)
    look = place.looks.get(state.subject)
    found = [
        _Rate(
            row["area_code"], row["area_name"], row["state_name"], row["rate"], row["smoothed"], row["smoothed_near"],
            row["small"],
        )
        for row in areas_compared.rates(conn, subject=state.subject, within=place.within)
    ]  # fmt: skip
    refused = why_not(look, words) if look is None else None
    by_survey = state.source == DOSM
    name = words(f"compared.source_{state.source}", year=str(look["of_day"].year) if look and look["of_day"] else "")
    source = source_of(place, words, name=name, as_of=look["of_day"] if look else None, by_survey=by_survey)
    notes = [words("compared.rates_note_census"), *_notes(words)]
    return _shown(
        state, place, found, words, source=source, level="district", within=place.within, notes=notes, refused=refused
    )


def _of_mukim(conn: Reads, state: ComparedView, place: Place, words: Words) -> Shown:
    """Hardcore poor among the registered of a district's mukim, of the last closed month."""
    footing = maps.footing(conn, level="mukim", live=True)
    month = footing.last_month
    rows = [] if month is None else [
        row
        for row in maps.area_rows(
            conn, levels=["mukim"], within=place.area.code, strata=None, this_month=footing.this_month, month=month
        )
        if not row["area_code"].endswith("00")
    ]  # fmt: skip
    events, bases = [row["tegar"] for row in rows], [row["households"] for row in rows]
    smoothed = empirical_bayes(events, bases).smoothed
    found = [
        _Rate(
            row["area_code"],
            row["area_name"],
            place.area.name,
            event / base if event is not None and base else None,
            drawn,
            None,
            bool(base) and is_small(event, base),
        )
        for row, event, base, drawn in zip(rows, events, bases, smoothed, strict=True)
    ]
    refused = None if rows else (words("compared.not_yet"), words("compared.missed_no_month"))
    day = month_end(month) if month else None
    source = source_of(place, words, name=words("compared.source_mukim"), as_of=day, census=False)
    notes = [words("compared.rates_note_mukim"), *_notes(words)]
    return _shown(
        state, place, found, words, source=source, level="mukim", within=place.area.code, notes=notes, refused=refused
    )


def _shown(
    state: ComparedView,
    place: Place,
    found: Sequence[_Rate],
    words: Words,
    *,
    source: Source,
    level: str,
    within: str,
    notes: Sequence[str],
    refused: tuple[str, str] | None,
) -> Shown:
    frame = pd.DataFrame(
        [
            {
                "area_code": one.code,
                "area_name": one.name,
                "mentah": one.raw,
                "licin": one.smoothed,
                "unsure": one.small,
                # of the register every district has a rate but those whose counts are hidden
                "suppressed": one.raw is None and level == "district" and state.source != DOSM and not refused,
            }
            for one in found
        ],
        columns=["area_code", "area_name", "mentah", "licin", "unsure", "suppressed"],
    )
    layer = choropleth(frame, measure=MEASURES[state.drawn], scheme=Scheme.QUANTILES, source=source, level=level)
    return Shown(
        place.lineage,
        level,
        within,
        layer,
        words("compared.rates_title"),
        _table(found, words, level=level),
        notes=notes,
        lead=words("compared.rates_lead"),
        refused=refused,
        small=any(one.small for one in found),
    )


def _notes(words: Words) -> list[str]:
    return [words(f"compared.rates_note_{name}") for name in ("drawn", "small", "not_worst")]


def _table(found: Sequence[_Rate], words: Words, *, level: str) -> Table:
    known = [one for one in found if one.raw is not None]
    columns = [name for name in _COLUMNS if name != "near" or level == "district"]
    rows = [
        [
            one.name,
            one.state,
            told(one.raw, one.smoothed, small=one.small),
            *([numbers.share(one.near)] if level == "district" else []),
            words("compared.is_small") if one.small else "",
        ]
        for one in known
    ]
    cells = [
        [
            one.code,
            one.name,
            one.state,
            _point(one.raw),
            _point(one.smoothed),
            _point(one.near),
            SMALL if one.small else None,
        ]
        for one in known
    ]
    head = [words(f"compared.column_{name}") for name in columns]
    return Table(head, rows, [words(f"compared.column_{name}") for name in _COLUMNS_OF_FILE], cells)


def told(raw: float | None, smoothed: float | None, *, small: bool) -> str:
    """A rate as it stands, marked where it rests on few, and what it is drawn to."""
    mark = SMALL if small else ""
    if smoothed is None:
        return f"{numbers.share(raw)}{mark}"
    return f"{numbers.share(raw)}{mark} {ARROW} {numbers.share(smoothed)}"


def _point(rate: float | None) -> float | None:
    """A rate to a tenth of a per cent, as it is shown."""
    return None if rate is None else round(rate, 3)
