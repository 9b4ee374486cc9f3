"""The visits of a case on its page: what was found, where, with which photographs, and what was recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.casework import PHOTO_ROUTE, visit_told
from layers import screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from words import Words

Row = dict[str, Any]


def recorded(made: Sequence[Row], words: Words, *, land_url: str | None) -> Component:
    """Every visit, the latest first, with a map of the latest that has a point."""
    mapped = next((visit["visit_id"] for visit in made if visit["latitude"] is not None), None)
    return html.Div([_visit(visit, words, land_url, mapped=visit["visit_id"] == mapped) for visit in made])


def _visit(visit: Row, words: Words, land_url: str | None, *, mapped: bool) -> Component:
    told = visit_told(visit, words)
    facts = [
        (words("visit.recommendation"), told["recommendation"]),
        (words("visit.reason"), told["reason"]),
        (words("visit.remarks"), told["remarks"]),
        *((words(f"part.{name}"), text) for name, text in told["findings"].items()),
        (words("visit.place"), told["place"]),
    ]
    known = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in facts if text]
    return html.Article(
        [
            html.P([html.Strong(told["at"]), html.Span(told["officer"])], className="ek-visit-head"),
            html.Dl(known, className="ek-case-facts"),
            *([html.Div(_map(visit, words, land_url), className="ek-visit-map")] if mapped else []),
            *([_photographs(visit["photos"], words)] if visit["photos"] else []),
        ],
        className="ek-visit",
    )


def _map(visit: Row, words: Words, land_url: str | None) -> Component:
    return screen.place_view(
        "cases-visit-map",
        "cases-visit-marker",
        words,
        latitude=visit["latitude"],
        longitude=visit["longitude"],
        accuracy_m=visit["accuracy_m"],
        land_url=land_url,
        zoom=12,
    )


def _photographs(photos: Sequence[Row], words: Words) -> Component:
    items = []
    for number, photo in enumerate(photos, start=1):
        address, name = f"{PHOTO_ROUTE}/{photo['photo_id']}", words("visit.photo_named", n=number)
        picture = html.Img(src=address, alt=name, width=photo["width"], height=photo["height"])
        items.append(html.Li(html.A(picture, href=address, target="_blank", rel="noopener")))
    return html.Ul(items, className="ek-visits-photos")
