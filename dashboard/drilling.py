"""What pages with a map of an area's parts have in common: its place, how it is drawn, the way up, the trail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol, Self

from dash import ClientsideFunction, Dash, Input, Output, html, no_update

from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, land_url, url_of
from layers.screen import MapIds, map_view, picture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from layers.choropleth import ChoroplethLayer
    from queries.maps import Area
    from words import Words


class Leading(Protocol):
    """A view of a page, which holds an area."""

    @property
    def area(self) -> str:
        """Its code; empty for what is none."""

    def but(self, **changes: Any) -> Self:
        """The same view with something else."""

    def query(self) -> Any:
        """The view as its store holds it."""


class Drilled(Protocol):
    """An area, and the map of the areas of ``level`` inside ``within``; ``box`` is where to look on the country's."""

    @property
    def lineage(self) -> tuple[Area, ...]:
        """The area and those that it lies in, the country first."""

    @property
    def level(self) -> str:
        """Of the areas drawn."""

    @property
    def within(self) -> str:
        """The area that the drawn ones lie in."""

    @property
    def layer(self) -> ChoroplethLayer:
        """What is drawn."""

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north; none where all that is drawn is looked at."""


def map_section(ids: MapIds, words: Words, *, legend: str, title: str, home: Path, also: str = "") -> html.Section:
    """The part of a page that holds the map, with the place ``legend`` over it; ``also`` are further classes."""
    drawing = html.Div(
        [map_view(ids, words, land_url=land_url(home)), html.Div(id=legend)], className=f"ek-quality-map {also}".strip()
    )
    return html.Section([html.H2(title, className="ek-sr"), drawing])


def paints(app: Dash, ids: MapIds) -> None:
    """Let the browser draw the map whenever there is another picture of it."""
    app.clientside_callback(
        ClientsideFunction("ekasih_map", "paint"), Output(ids.status, "data"), Input(ids.picture, "data")
    )


def area_above(code: str) -> str:
    """The area that is a step up from another: from a district its state, else the country."""
    return code[:2] if re.fullmatch(r"\d{4}", code) else COUNTRY


def led_to(view: Leading, picked: Mapping[str, Any] | None, *, up: bool, **also: Any) -> Any:
    """The view after a step on the map: of the area above, or of the one picked; none where that is no area.

    ``also`` is what a step begins anew.
    """
    if up:
        return view.but(area=area_above(view.area), **also).query()
    known = view.but(area=str((picked or {}).get("code") or ""), **also)
    return known.query() if known.area else no_update


def drawn(found: Drilled, words: Words, *, page: str, home: Path) -> dict[str, object] | None:
    """The map as the browser draws it; none where there are no boundaries."""
    file = boundary_file_of(home, level=found.level, within=COUNTRY if found.box else found.within)
    if file is None:
        return None
    corners = None if found.box is None else ((found.box[1], found.box[0]), (found.box[3], found.box[2]))
    shown = picture(found.layer, words, page=page, url=url_of(file), bounds=corners)
    code = found.lineage[-1].code
    shown["hideout"]["picked"] = code if found.within != code else None
    return shown


def area_trail(found: Drilled, words: Words, *, first: str, address: Callable[[str], str]) -> list[dict[str, str]]:
    """The page and the areas down to the one looked at; all but that one lead somewhere."""
    steps = [
        {"label": words("map.country") if area.code == COUNTRY else area.name, "href": address(area.code)}
        for area in found.lineage
    ]
    steps[-1].pop("href")
    return [{"label": words(first)}, *steps]
