"""The map of projects: marks above the areas of the poverty map, by the colour of a state and the shape of a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_leaflet as dl
from dash import html

from dashboard.areas import COUNTRY, by_catchment, map_source, own_area, sees_small_counts
from dashboard.boundary_files import boundary_file_of, url_of
from dashboard.components.aria import aria
from dashboard.pages.projects import ids
from layers.breaks import Scheme
from layers.choropleth import choropleth, level_of
from layers.legends import FAINT
from layers.measures import MEASURES
from layers.projects import STATE_COLOURS, feature, legend_of, sign
from layers.screen import EMPTY, map_view, picture
from queries import maps, overview
from queries.projects import mark_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.projects import Judged
    from registry.principals import Principal
    from words import Words


def view(words: Words, land_url: str | None) -> Component:
    """The empty map with the layer of projects above the areas."""
    each = {"variable": "ekasih.projects.each"}
    areas = dl.GeoJSON(id=ids.OUTLINES, data=EMPTY, style={"variable": "ekasih.projects.outline"}, onEachFeature=each)
    points = dl.GeoJSON(
        id=ids.MARKS,
        data=EMPTY,
        hideout={},
        cluster=True,
        superClusterOptions={"radius": 55, "maxZoom": 17},
        zoomToBoundsOnClick=True,
        spiderfyOnMaxZoom=True,
        pointToLayer={"variable": "ekasih.projects.mark"},
        clusterToLayer={"variable": "ekasih.projects.cluster"},
        onEachFeature=each,
    )
    drawn = map_view(ids.MAP, words, land_url=land_url, more_layers=[areas, points])
    return html.Div(drawn, className="ek-projects-map")


def collection(found: Sequence[Judged], words: Words) -> dict[str, Any]:
    """The projects that have a place, as the layer takes them."""
    features = [
        feature(
            number=one.row["number"],
            text=" · ".join((one.row["title"], words(f"project.state_{one.row['state']}"))),
            state=one.row["state"],
            shape=one.row["shape"],
            mark=mark_of(one),
            longitude=one.row["longitude"],
            latitude=one.row["latitude"],
            polygon=one.row["polygon"],
        )
        for one in found
        if one.row["longitude"] is not None and one.row["latitude"] is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def apart(drawn: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The points of a collection, which are gathered where many stand together, and the areas, which are not."""
    points = [one for one in drawn["features"] if one["geometry"]["type"] == "Point"]
    rest = [one for one in drawn["features"] if one["geometry"]["type"] != "Point"]
    return drawn | {"features": points}, drawn | {"features": rest}


def areas(conn: Reads, principal: Principal, home: Path, words: Words) -> dict[str, Any] | None:
    """The poor households of the own areas, drawn faintly beneath the projects; ``None`` where nothing can be."""
    code = own_area(principal)
    lineage = maps.lineage(conn, code)
    if not lineage:
        return None
    own = by_catchment(principal.territory)
    level = "catchment" if own else {"country": "state", "state": "district"}.get(level_of([code]), "mukim")
    within = COUNTRY if own else code
    file = boundary_file_of(home, level=level, within=within)
    if file is None:
        return None
    footing = maps.footing(conn, level=level, live=sees_small_counts(principal, code))
    asked = overview.Asked(area=lineage[-1], level=level, within=within, strata=None, month=None)
    layer = choropleth(
        overview.read_areas(conn, asked, footing),
        measure=MEASURES["poor"],
        scheme=Scheme.JENKS,
        source=map_source(footing, level, words),
        level=level,
    )
    box = maps.box(conn, code) if own else None
    bounds = [[box[1], box[0]], [box[3], box[2]]] if box else None
    drawn = picture(layer, words, page=ids.MAP.page, url=url_of(file), bounds=bounds)
    drawn["hideout"]["faint"] = FAINT
    return drawn


def legend(found: Sequence[Judged], words: Words) -> Component:
    """What colours, shapes and rings stand for, of those that are drawn."""
    rows = [
        html.Li([_picture(one), html.Span(words(one.key) if one.key else one.text)])
        for one in legend_of(
            states=[one.row["state"] for one in found],
            types={one.row["shape"]: one.row[f"type_{words.language}"] for one in found},  # type: ignore[literal-required]
        )
    ]
    return html.Ul(rows, className="ek-projects-legend", **aria(label=words("project.legend")))


def _picture(one: Any) -> Component:
    return html.Img(src=sign(one.shape, STATE_COLOURS.get(one.state, STATE_COLOURS["dipohon"]), one.mark), alt="")
