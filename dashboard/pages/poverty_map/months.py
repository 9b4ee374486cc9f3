"""One scale for the months of a view: its classes are made over all of them, or are those of one month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.coverage import REST
from layers.breaks import Scheme
from layers.choropleth import Span, choropleth
from layers.scales import positive_breaks, span_layer
from queries import course, overview

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.pages.poverty_map.reading import Place
    from layers.choropleth import ChoroplethLayer


def has_months(place: Place) -> bool:
    """Whether a view can be looked at month by month: its level and its measure have closed months."""
    return place.view.level in course.LASTING and not place.view.of_aid and bool(course.months(place.footing))


def read_scale(conn: Any, place: Place, areas: pd.DataFrame) -> ChoroplethLayer | None:
    """The scale that an address asks for, none where it asks for none; ``areas`` are those of the moment looked at."""
    if not place.view.scale or not has_months(place):
        return None
    now = areas if not place.view.looks_back else overview.read_areas(conn, place.now.asked, place.footing)
    months = course.months(place.footing)
    closed = course.read(conn, place.asked, place.footing, now, months)
    moments = [closed, now.astype(object).assign(month=place.footing.this_month)]
    if place.view.day is not None:
        moments.append(areas.astype(object).assign(month=place.view.day))
    pooled = pd.concat(moments, ignore_index=True)
    return scale_of(place, pooled, months)


def scale_of(place: Place, pooled: pd.DataFrame, months: Sequence[date]) -> ChoroplethLayer:
    """The scale over months, or that of the one which the address names, of areas with their ``month``."""
    view = place.view
    placed = pooled[~pooled["area_code"].astype(str).str.endswith(REST)] if view.level == "mukim" else pooled
    shared: dict[str, Any] = {"measure": view.drawn_measure, "source": place.source, "k": view.k}
    kept = next((month for month in months if f"{month:%Y-%m}" == view.scale), None)
    if kept is None:
        span = Span(months[0], months[-1])
        return span_layer(placed, scheme=Scheme(view.scheme), span=span, **shared)
    alone = choropleth(placed[placed["month"] == kept], scheme=Scheme(view.scheme), level=view.level, **shared)
    breaks = positive_breaks(alone)
    return span_layer(placed, scheme=Scheme.FIXED, fixed_breaks=breaks, span=Span(kept, kept), **shared)
