"""A checked file on the map: how much of each area changes, with the outlines of the set that is active now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, shapes_of, url_of
from dashboard.pages.boundaries import ids
from dashboard.pages.boundaries.sending import address_of_shapes
from layers.breaks import Scheme
from layers.choropleth import ChoroplethLayer, Source, choropleth, level_of
from layers.legends import legend
from layers.measures import Kind, Measure
from layers.screen import picture
from registry.areas.boundary_files import FOLDER
from registry.areas.uploads import view_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dash.development.base_component import Component

    from queries.row_types.boundaries import UploadRow
    from words import Words

CHANGED: Final = Measure(key="boundary_change", kind=Kind.RATE, columns=("share",), ramp="cost", zero_class=True)
_BREAKS: Final = (0.01, 0.05, 0.2, 1.0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the map, its legend and its outlines take."""

    picture: dict[str, Any]
    legend: Component
    outline: str | None


def places(home: Path, found: UploadRow) -> list[str]:
    """Where a checked file can be looked at: the country where that is one file, else its states."""
    path = view_of(home, found["stored_name"]) / FOLDER / f"{found['level']}.index.json"
    if found["report"] is None or not path.is_file():
        return []
    parents = json.loads(path.read_text(encoding="utf-8"))["parents"]
    offered = (code for code in parents if level_of([code]) in {"country", "state"})
    return sorted(offered, key=lambda code: (code != COUNTRY, code))


def drawn(home: Path, found: UploadRow, within: str, words: Words) -> Drawn | None:
    """The map of a checked file inside an area; ``None`` where there is nothing to draw."""
    view, level = view_of(home, found["stored_name"]), found["level"]
    file = None if level is None else boundary_file_of(view, level=level, within=within)
    if level is None or file is None or found["report"] is None:
        return None
    layer = _layer(shapes_of(view, file), found, found["report"], level, words)
    now = boundary_file_of(home, level=level, within=within)
    shown = picture(layer, words, page=ids.MAP.page, url=address_of_shapes(found["upload_id"], file.name))
    return Drawn(
        picture=shown,
        legend=legend(layer, words, over_map=True),
        outline=None if now is None else url_of(now),
    )


def _layer(
    shapes: dict[str, Any], found: UploadRow, report: Mapping[str, Any], level: str, words: Words
) -> ChoroplethLayer:
    changes = report["changes"]["areas"]
    areas = [feature["properties"] for feature in shapes["features"]]
    frame = pd.DataFrame(
        {
            "area_code": [one["code"] for one in areas],
            "area_name": [one["name"] for one in areas],
            # an area that the active set does not have is wholly new
            "share": [changes.get(one["code"], [1.0])[0] for one in areas],
        }
    )
    source = Source(
        name=words("boundary.map_source"),
        as_of=(found["reported_at"] or found["uploaded_at"]).date(),
        rule="boundary_change",
        boundary_name=found["source"] or "",
        boundary_accuracy_m=found["accuracy_m"],
    )
    return choropleth(frame, measure=CHANGED, scheme=Scheme.FIXED, fixed_breaks=_BREAKS, source=source, level=level)
