"""Writes a choropleth as one HTML file, with folium, that opens from a disk with no internet."""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import folium
import shapely
from branca.element import Element, MacroElement
from jinja2 import Template

from layers import bubbles, numbers
from layers.choropleth import ChoroplethLayer, LegendKind
from layers.footnote import footnote, how_classed
from layers.numbers import Words
from layers.palettes import TOKENS, tokens_css

VENDOR = Path(__file__).parent / "vendor" / "leaflet"
STYLES = Path(__file__).parent / "export.css"
SCRIPT = Path(__file__).parent / "export.js"

# About 10 m: finer than any boundary set the map is drawn from, and half the bytes.
DECIMALS = 4
FIRST_COORDINATE = 2

Shapes = Mapping[str, Any]


class NothingToExportError(ValueError):
    """None of the layer's areas has a shape among the boundaries given."""


def export_html(
    layer: ChoroplethLayer, shapes: Shapes, words: Words, *, title: str, lang: str = "ms", circles: bool = False
) -> str:
    """Return a whole HTML page: title, map, legend, table of all areas, footnote.

    ``shapes`` is a GeoJSON FeatureCollection (WGS84 polygons, ``code`` and ``name`` in the properties);
    areas outside the layer are left out. Leaflet and every style are inside the file; nothing is asked
    of any server. Hidden areas are as hidden here as on screen: the file carries what the layer holds.
    With ``circles`` the counts are drawn as such, over plain areas.
    Raises :class:`NothingToExportError`.
    """
    features = _features(layer, shapes)
    if not features:
        raise NothingToExportError
    if circles:
        _round(features, layer)
    plan = folium.Map(
        tiles=None,
        prefer_canvas=True,
        zoom_control="topright",
        attributionControl=False,
        zoomSnap=0.25,
    )
    plan.default_js = []
    plan.default_css = []
    areas = folium.GeoJson({"type": "FeatureCollection", "features": features}, style_function=_style)
    areas.add_to(plan)
    drawn = {"fill": bubbles.fill(layer), "edge": TOKENS["paper"], "hiddenEdge": TOKENS["ink"]} if circles else None
    plan.add_child(_Behaviour(areas.get_name(), plan.get_name(), _bounds(features), words, circles=drawn))
    legend = _legend_of_circles(layer, words) if circles else _legend(layer, words)
    return _page(plan, layer, words, title=title, lang=lang, legend=legend)


class _Behaviour(MacroElement):
    """The view, hatching, tooltips and hover, the same as on screen."""

    _template = Template(
        "{% macro script(this, kwargs) %}({{ this.code }})"
        "({{ this.areas }}, {{ this.plan }}, {{ this.choices | tojson }});{% endmacro %}"
    )

    def __init__(
        self, areas: str, plan: str, bounds: list[list[float]], words: Words, *, circles: dict[str, str] | None
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it bare
        self.code = SCRIPT.read_text(encoding="utf-8").strip()
        self.areas = areas
        self.plan = plan
        self.choices = {
            "hatches": {
                "no_data": [TOKENS["no-data"], TOKENS["no-data-hatch"]],
                "too_few": [TOKENS["too-few"], TOKENS["too-few-hatch"]],
                "apart": [TOKENS["apart"], TOKENS["apart-hatch"]],
            },
            "hot": TOKENS["map-hot"],
            "circles": circles,
            "bounds": bounds,
            "label": words("map.label"),
            "zoomIn": words("map.zoom_in"),
            "zoomOut": words("map.zoom_out"),
            "notes": {kind: words(f"legend.{kind}") for kind in ("no_data", "too_few", "apart")},
            "rank": words("map.ranking"),
        }


def _features(layer: ChoroplethLayer, shapes: Shapes) -> list[dict[str, Any]]:
    place = {code: index for index, code in enumerate(layer.codes)}
    kinds = {row.class_index: row for row in layer.legend_rows}
    features = []
    for shape in shapes["features"]:
        index = place.get(str(shape["properties"].get("code")))
        if index is None or not shape.get("geometry"):
            continue
        row = kinds[layer.classes[index]]
        properties = {
            "code": layer.codes[index],
            "name": layer.names[index],
            "kind": row.kind.value,
            "fill": row.colour,
            "value": layer.written[index],
            "rank": layer.ranks[index],
            "n": layer.ranked,
        }
        features.append(
            {
                "type": "Feature",
                "id": layer.codes[index],
                "properties": properties,
                "geometry": {
                    "type": shape["geometry"]["type"],
                    "coordinates": _coarse(shape["geometry"]["coordinates"]),
                },
            }
        )
    return features


def _round(features: list[dict[str, Any]], layer: ChoroplethLayer) -> None:
    """Give those a circle that have a count to show, the hidden ones their mark, and leave the areas plain."""
    radii = bubbles.radii(layer) | dict.fromkeys(bubbles.marked(layer), bubbles.MARK)
    for feature in features:
        properties = feature["properties"]
        properties["edge"] = TOKENS["line-strong"]
        if properties["kind"] == LegendKind.CLASS.value:
            properties["fill"] = TOKENS["map-zero"]
        if properties["code"] in radii:
            largest = max(shapely.get_parts(shapely.geometry.shape(feature["geometry"])), key=shapely.area)
            inside = shapely.point_on_surface(largest)
            properties["radius"] = round(radii[properties["code"]], 2)
            properties["spot"] = [round(inside.y, DECIMALS), round(inside.x, DECIMALS)]


def _coarse(part: Any) -> Any:
    if isinstance(part[0], int | float):
        return [round(value, DECIMALS) for value in part[:FIRST_COORDINATE]]
    return [_coarse(inner) for inner in part]


def _style(feature: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "color": feature["properties"].get("edge", TOKENS["map-edge"]),
        "weight": 0.8,
        "fillColor": feature["properties"]["fill"],
        "fillOpacity": 1,
    }


def _bounds(features: list[dict[str, Any]]) -> list[list[float]]:
    longitudes: list[float] = []
    latitudes: list[float] = []

    def walk(part: Any) -> None:
        if isinstance(part[0], int | float):
            longitudes.append(part[0])
            latitudes.append(part[1])
        else:
            for inner in part:
                walk(inner)

    for feature in features:
        walk(feature["geometry"]["coordinates"])
    return [[min(latitudes), min(longitudes)], [max(latitudes), max(longitudes)]]


def _page(plan: folium.Map, layer: ChoroplethLayer, words: Words, *, title: str, lang: str, legend: str) -> str:
    root: Any = plan.get_root()
    root.title = escape(title)
    root.header.add_child(Element(f"<style>{_leaflet_css()}\n{tokens_css()}\n{_text(STYLES)}</style>"))
    root.header.add_child(Element(f"<script>{_text(VENDOR / 'leaflet.js')}</script>"))
    page = str(root.render())
    heading = f"<header><h1>{escape(title)}</h1><p>{escape(words(f'measure.{layer.measure.key}'))}</p></header><main>"
    after = f"{legend}</main>{_table(layer, words)}{_foot(layer, words)}"
    page = page.replace("<html>", f'<html lang="{escape(lang)}">', 1)
    page = page.replace("<body>", f"<body>{heading}", 1)
    return page.replace("</body>", f"{after}</body>", 1)


def _legend(layer: ChoroplethLayer, words: Words) -> str:
    rows = "".join(
        f'<li><span class="swatch {row.kind}" style="background-color:{row.colour}"></span>'
        f"<span>{escape(row.label or words(f'legend.{row.kind}'))}</span><span>{row.areas:,}</span></li>"
        for row in layer.legend_rows
    )
    return _aside(how_classed(layer, words), rows, layer, words)


def _legend_of_circles(layer: ChoroplethLayer, words: Words) -> str:
    """Circles as large as on the map with the counts that they stand for, then the mark of what is hidden."""

    def row(radius: float, ground: str, name: str, told: str, areas: str = "") -> str:
        size = f"width:{2 * radius:.0f}px;height:{2 * radius:.0f}px;{ground}"
        return (
            f'<li class="round"><span class="{name}" style="{size}"></span><span>{told}</span><span>{areas}</span></li>'
        )

    ground = f"background-color:{bubbles.fill(layer)}"
    rows = "".join(row(radius, ground, "circle", numbers.count(count)) for count, radius in bubbles.examples(layer))
    hidden = len(bubbles.marked(layer))
    if hidden:
        told = escape(words("legend.too_few"))
        rows += row(bubbles.MARK, "", "circle swatch too_few", told, numbers.count(hidden))
    return _aside(words("legend.circles"), rows, layer, words)


def _aside(how: str, rows: str, layer: ChoroplethLayer, words: Words) -> str:
    title = escape(words(f"measure.{layer.measure.key}"))
    return f'<aside class="legend"><h2>{title}</h2><p>{escape(how)}</p><ul>{rows}</ul></aside>'


def _table(layer: ChoroplethLayer, words: Words) -> str:
    notes = {-1: words("legend.no_data"), -2: words("legend.too_few")}
    rows = sorted(
        zip(layer.ranks, layer.names, layer.written, layer.classes, strict=True),
        key=lambda row: (row[0] is None, row[0] or 0, row[1]),
    )
    body = "".join(
        f"<tr><td>{rank if rank is not None else ''}</td><th scope='row'>{escape(name)}</th>"
        f"<td>{escape(written or notes.get(grade, ''))}</td></tr>"
        for rank, name, written, grade in rows
    )
    heads = "".join(
        f"<th scope='col'>{escape(text)}</th>"
        for text in (words("export.rank"), words("export.area"), words(f"measure.{layer.measure.key}"))
    )
    return (
        f"<details><summary>{escape(words('export.table'))}</summary>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></details>"
    )


def _foot(layer: ChoroplethLayer, words: Words) -> str:
    phrases = [escape(phrase) for phrase in footnote(layer.source, words)]
    if layer.measure.denominator == "census_households" and layer.source.census_year is None:
        phrases.append(escape(words("export.denominator")))
    return f"<footer>{' · '.join(phrases)}</footer>"


def _leaflet_css() -> str:
    # its pictures are for controls and pins that the page does not have; left in, they would be asked for
    return re.sub(r"url\((?:images/[^)]*|#default#VML)\)", "none", _text(VENDOR / "leaflet.css"))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
