"""Reads the areas of a view at two dates, or in twelve months, and makes their layers on one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.pages.poverty_map.dates.bounds import THEN, former_on, on_today, without
from dashboard.pages.poverty_map.dates.view import CHANGE, FEW, MONTHS
from dashboard.pages.poverty_map.reading import read_place
from geo.coverage import REST
from layers import numbers
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, Span, choropleth
from layers.scales import on_scale, span_layer
from poverty.months import month_end
from queries import course, overview

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.pages.poverty_map.dates.bounds import Former
    from dashboard.pages.poverty_map.dates.view import DatesView
    from dashboard.pages.poverty_map.reading import Place
    from queries.maps import Footing
    from registry.principals import Principal
    from words import Words


@dataclass(frozen=True, slots=True)
class Moment:
    """The areas of a view in a closed month, or now, and the layer that they make; ``named`` says when.

    ``former`` are the boundaries of then, where areas are others today.
    """

    month: date | None
    named: str
    areas: pd.DataFrame
    layer: ChoroplethLayer
    former: Former | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """What the page shows: two moments or many, and what changed between the first and the last of them."""

    view: DatesView
    place: Place
    months: tuple[date, ...]
    moments: tuple[Moment, ...]
    change: ChoroplethLayer

    @property
    def former(self) -> Former | None:
        """The boundaries of the first moment at which areas were others than today."""
        return next((moment.former for moment in self.moments if moment.former), None)

    @property
    def layers(self) -> tuple[ChoroplethLayer, ...]:
        """What is drawn: the change alone, or each moment."""
        return (self.change,) if self.view.mode == CHANGE else tuple(moment.layer for moment in self.moments)


def read_dates(conn: Any, view: DatesView, principal: Principal, words: Words) -> Dates:
    """The two moments of a view, or its twelve months, as the person asking may see them."""
    plain = view.but(month_text="", day_text="", scale="", measure=view.drawn_measure.key)
    place = read_place(conn, plain, principal, words)
    now = overview.read_areas(conn, place.asked, place.footing)
    months = course.months(place.footing)
    first, second = view.moments(months)
    wanted = _wanted(view, months, first, second)
    closed = [month for month in wanted if month is not None]
    pooled = course.read(conn, place.asked, place.footing, now, closed)
    frames = [now if month is None else pooled[pooled["month"] == month].reset_index(drop=True) for month in wanted]
    formers = _formers(conn, place, wanted)
    moments = _on_one_scale(place, wanted, _bounded(view.bounds, place.footing, frames, formers), formers, words)
    return Dates(view, place, tuple(months), moments, _change(view, place, moments))


def _wanted(view: DatesView, months: Sequence[date], first: date | None, second: date | None) -> list[date | None]:
    if view.mode != MONTHS or not months:
        return [first, second]
    last = len(months) if second is None else months.index(second) + 1
    found: list[date | None] = list(months[max(0, last - FEW) : last])
    return found


def _formers(conn: Any, place: Place, wanted: Sequence[date | None]) -> list[Former | None]:
    """The boundaries of each moment, where they are not those of today."""
    view = place.view
    return [
        None if month is None else former_on(conn, month_end(month), level=view.level, within=view.within)
        for month in wanted
    ]


def _bounded(
    bounds: str, footing: Footing, frames: Sequence[pd.DataFrame], formers: Sequence[Former | None]
) -> list[pd.DataFrame]:
    """The areas of each moment: on the areas of today where that is asked for, without those that are no more."""
    if bounds == THEN:
        return list(frames)
    least = 0 if footing.live else footing.threshold
    gone: frozenset[str] = frozenset().union(*(former.gone for former in formers if former))
    placed = [
        on_today(frame, former, least=least) if former else frame for frame, former in zip(frames, formers, strict=True)
    ]
    return [without(frame, gone) for frame in placed]


def named(month: date | None, place: Place, words: Words) -> str:
    """When a moment is."""
    return words("time.now", date=numbers.day(place.footing.as_of)) if month is None else numbers.month(month, words)


def _on_one_scale(
    place: Place,
    wanted: Sequence[date | None],
    frames: Sequence[pd.DataFrame],
    formers: Sequence[Former | None],
    words: Words,
) -> tuple[Moment, ...]:
    view = place.view
    made = [_layer(place, month, frame) for month, frame in zip(wanted, frames, strict=True)]
    days = [month or place.footing.this_month for month in wanted]
    # before a month was closed both dates are now
    by_day = dict(zip(days, frames, strict=True))
    parts = [frame.astype(object).assign(month=day) for day, frame in by_day.items()]
    pooled = pd.concat(parts, ignore_index=True)
    scale = span_layer(
        pooled[~_apart(place, pooled)],
        measure=view.drawn_measure,
        scheme=Scheme(view.scheme),
        source=place.source,
        k=view.k,
        span=Span(min(days), max(days), ends=len(days) == 2),  # noqa: PLR2004 - two dates
    )
    return tuple(
        Moment(month, named(month, place, words), frame, on_scale(layer, scale), former)
        for month, frame, layer, former in zip(wanted, frames, made, formers, strict=True)
    )


def _layer(place: Place, month: date | None, frame: pd.DataFrame) -> ChoroplethLayer:
    view = place.view
    source = replace(place.source, as_of=month_end(month)) if month else place.source
    return choropleth(
        frame,
        measure=view.drawn_measure,
        scheme=Scheme(view.scheme),
        k=view.k,
        source=source,
        level=view.level,
        apart=list(frame["area_code"][_apart(place, frame)]),
    )


def _apart(place: Place, frame: pd.DataFrame) -> pd.Series[bool]:
    """Records that have no place of the level."""
    return frame["area_code"].astype(str).str.endswith(REST) & (place.view.level == "mukim")


def _change(view: DatesView, place: Place, moments: Sequence[Moment]) -> ChoroplethLayer:
    """What changed from the first moment to the last; hidden where either is."""
    earlier, later = moments[0], moments[-1]
    before = earlier.areas[["tegar", "miskin", "suppressed"]].copy()
    if view.bounds == THEN and earlier.former:
        # the area of then and that of today are two areas
        other = earlier.areas["area_code"].astype(str).isin(earlier.former.made | earlier.former.gone)
        before.loc[other, ["tegar", "miskin"]] = None
    frame = later.areas.assign(
        tegar_12m_ago=before["tegar"].to_numpy(),
        miskin_12m_ago=before["miskin"].to_numpy(),
        suppressed=later.areas["tegar"].isna().to_numpy() | before["tegar"].isna().to_numpy(),
    )
    days = [moment.month or place.footing.this_month for moment in (earlier, later)]
    layer = choropleth(
        frame,
        measure=view.between,
        scheme=Scheme(view.scheme),
        k=view.k,
        source=later.layer.source,
        level=place.view.level,
        apart=list(frame["area_code"][_apart(place, frame)]),
    )
    return replace(layer, span=Span(days[0], days[1], ends=True))
