"""The ways from the map to what is worked out of the same areas: each a map of a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.poverty_map.reading import Place
    from words import Words

_PAGE: Final = "/analisis/kawasan"
_VIEWS: Final = ("kadar", "poket", "capaian", "tercicir")
_LEVELS: Final = frozenset({"state", "district"})


def analyses(place: Place, words: Words) -> Component:
    """Links to the maps of rates, pockets, distance and missed households, of the area and level that are shown.

    Of a mukim, seat or catchment they are of the smallest state or district around it, else of the country.
    """
    area = next((one.code for one in reversed(place.lineage) if one.level in _LEVELS), COUNTRY)
    links = [
        html.Li(
            dcc.Link(
                words(f"compared.view_{view}"),
                href=f"{_PAGE}?{urlencode({'lihat': view, 'in': area, 'level': place.view.level})}",
            )
        )
        for view in _VIEWS
    ]
    label = words("map.analyses")
    return html.Nav([html.Strong(label), html.Ul(links)], className="ek-poverty-map-analyses", **aria(label=label))
