"""The visits of a case on its page: what was found, where, with which photographs, and what was recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.casework import PHOTO_ROUTE, visit_texts
from layers import screen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.row_types.visits import VisitRow
    from words import Words


def recorded(made: Sequence[VisitRow], words: Words, *, land_url: str | None) -> Component:
    """Every visit, the latest first, with a map of the latest that has a point."""
    mapped = next((visit["visit_id"] for visit in made if visit["latitude"] is not None), None)
    maps = {visit["visit_id"]: _map(visit, words, land_url) for visit in made if visit["visit_id"] == mapped}
    return html.Div([_visit(visit, words, maps.get(visit["visit_id"])) for visit in made])


def _visit(visit: VisitRow, words: Words, drawn: Component | None) -> Component:
    texts = visit_texts(visit, words)
    facts = [
        (words("visit.recommendation"), texts["recommendation"]),
        (words("visit.reason"), texts["reason"]),
        (words("visit.remarks"), texts["remarks"]),
        *((words(f"part.{name}"), text) for name, text in texts["findings"].items()),
        (words("visit.place"), texts["place"]),
    ]
    known = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in facts if text]
    return html.Article(
        [
            html.P([html.Strong(texts["at"]), html.Span(texts["officer"])], className="ek-visit-head"),
            html.Dl(known, className="ek-case-facts"),
            *([html.Div(drawn, className="ek-visit-map")] if drawn is not None else []),
            *([_photographs(visit["photos"], words)] if visit["photos"] else []),
        ],
        className="ek-visit",
    )


def _map(visit: VisitRow, words: Words, land_url: str | None) -> Component | None:
    latitude, longitude = visit["latitude"], visit["longitude"]
    if latitude is None or longitude is None:
        return None
    return screen.place_view(
        "cases-visit-map",
        "cases-visit-marker",
        words,
        latitude=latitude,
        longitude=longitude,
        accuracy_m=visit["accuracy_m"],
        land_url=land_url,
        zoom=12,
    )


def _photographs(photos: Sequence[Mapping[str, Any]], words: Words) -> Component:
    items = []
    for number, photo in enumerate(photos, start=1):
        address, name = f"{PHOTO_ROUTE}/{photo['photo_id']}", words("visit.photo_named", n=number)
        picture = html.Img(src=address, alt=name, width=photo["width"], height=photo["height"])
        items.append(html.Li(html.A(picture, href=address, target="_blank", rel="noopener")))
    return html.Ul(items, className="ek-visits-photos")
