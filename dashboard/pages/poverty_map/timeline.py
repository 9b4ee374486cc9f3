"""The map month by month: what the slider says of the months there are, and each month as a small answer of its own.

A frame is painted by the browser on the areas that are drawn already: only colours, words and figures come.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from dash._utils import to_json
from flask import Response, request

from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of
from dashboard.components.breaks import break_texts
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.poverty_map.drawing import legend_of, picture_of
from dashboard.pages.poverty_map.months import has_months
from dashboard.pages.poverty_map.reading import drawable, read_drawing, read_place
from dashboard.pages.poverty_map.table import table_data
from dashboard.pages.poverty_map.view import MapView
from layers import numbers
from poverty.months import month_end
from queries import course, lines, maps, published
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flask import Flask

    from dashboard.deps import Deps
    from dashboard.pages.poverty_map.reading import Drawing, Place
    from words import Words

FRAME_ROUTE: Final = "/peta/bulan"
LINE_ROUTE: Final = "/peta/garis-masa"


def register(server: Flask, deps: Deps) -> None:
    """Add the routes; both take the address of the map, ``month`` naming the frame that is wanted."""
    home = deps.settings.home

    def wanted() -> MapView:
        return drawable(MapView.parse(request.args.to_dict()), home)

    @server.get(FRAME_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    def map_frame() -> Response:
        principal, words = deps.person(), current_words()
        with deps.reading() as conn:
            place = read_place(conn, wanted(), principal, words)
            drawing = read_drawing(conn, place)
            told = _headline(conn, drawing, words)
        file = boundary_file_of(home, level=place.view.level, within=place.view.within)
        answer = {
            "picture": picture_of(drawing, file, words),
            "legend": legend_of(drawing, words),
            "rows": table_data(drawing, words),
            "area": place.view.area,
            "told": told,
        }
        return Response(to_json(answer), mimetype="application/json", headers={"Cache-Control": "no-store"})

    @server.get(LINE_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    def map_months() -> Response:
        principal, words = deps.person(), current_words()
        with deps.reading() as conn:
            place = read_place(conn, wanted(), principal, words)
            answer = _line(conn, place, words) if has_months(place) else {"months": [], "marks": []}
        return Response(to_json(answer), mimetype="application/json", headers={"Cache-Control": "no-store"})


def _line(conn: Any, place: Place, words: Words) -> dict[str, Any]:
    """The months from the first to now, which of them hide the figures of the area, and the breaks between them."""
    months = course.months(place.footing)
    hidden = _hidden(conn, place, months[0], months[-1])
    told = [
        {"value": f"{month:%Y-%m}", "label": numbers.month(month, words), "hidden": month in hidden} for month in months
    ]
    now = {"value": "now", "label": words("time.now", date=numbers.day(place.footing.as_of)), "hidden": False}
    return {
        "months": [*told, now],
        "marks": _marks(conn, place, months[0], words),
        "faded": words("time.hidden_month"),
        # any day is for who sees the persons
        "days": [months[0].isoformat(), place.footing.as_of.isoformat()] if place.footing.live else None,
    }


def _hidden(conn: Any, place: Place, first: date, last: date) -> set[date]:
    """The months in which the figures of the area itself are hidden from who asks."""
    if place.footing.live:
        return set()
    view = place.view
    rows = published.history(conn, area=view.area, strata=view.strata_alone, first=first, last=last)
    return {row["month"] for row in rows if row["tegar"] is None}


def _marks(conn: Any, place: Place, first: date, words: Words) -> list[dict[str, str]]:
    """Where the series breaks: what came after is not told apart from what was before by incomes alone."""
    since, until = month_end(first) + timedelta(days=1), place.footing.as_of
    found: list[tuple[date, str]] = []
    for one in lines.breaks(conn, since=since, until=until):
        found += [(one.on_day, said) for said in break_texts([one], words)]
    for drawn in maps.redrawn(conn, level=place.view.level, since=since, until=until):
        day = numbers.day(drawn["on_day"])
        found.append((drawn["on_day"], words("time.redrawn", day=day, source=drawn["source"])))
    return [{"month": f"{day:%Y-%m}", "text": said} for day, said in sorted(found)]


def _headline(conn: Any, drawing: Drawing, words: Words) -> str:
    """The month and what the map says of its area, in one sentence."""
    place = drawing.place
    month = place.view.month
    day = place.view.day
    when = (
        numbers.day(day)
        if day
        else numbers.month(month, words)
        if month
        else words("time.now", date=numbers.day(place.source.as_of))
    )
    name = words("map.country") if place.area.code == COUNTRY else place.area.name
    counts = _counts(conn, drawing)
    if counts is None:
        return words("time.told_hidden", month=when, area=name)
    tegar, miskin = counts
    figures = {"poor": tegar + miskin, "tegar": tegar, "miskin": miskin}
    return words("time.told", month=when, area=name, **{key: numbers.count(value) for key, value in figures.items()})


def _counts(conn: Any, drawing: Drawing) -> tuple[int, int] | None:
    """Tegar and miskin of the area itself in the month drawn; none where they are hidden or unknown."""
    place = drawing.place
    month = place.view.month or place.footing.this_month
    if not place.footing.live:
        strata = place.view.strata_alone
        rows = published.history(conn, area=place.view.area, strata=strata, first=month, last=month)
        return _known(rows[0]) if rows else None
    areas = drawing.areas
    if place.view.is_among_others:
        areas = areas[areas["area_code"] == place.view.area]
    return _known({name: areas[name].sum(skipna=False) if len(areas) else None for name in ("tegar", "miskin")})


def _known(row: Mapping[str, Any]) -> tuple[int, int] | None:
    counts = row["tegar"], row["miskin"]
    if any(value is None or value != value for value in counts):  # noqa: PLR0124 - not a number
        return None
    return int(counts[0]), int(counts[1])
