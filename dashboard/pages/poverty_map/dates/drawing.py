"""The page of two dates as pictures: what the script draws, and the sheet that is looked at, printed and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.areas import COUNTRY
from dashboard.boundary_files import boundary_file_of, shapes_of, url_of
from dashboard.pages.poverty_map.dates import ids
from dashboard.pages.poverty_map.dates.bounds import THEN
from dashboard.pages.poverty_map.dates.view import CHANGE, MONTHS
from layers.many import many
from layers.screen import picture
from registry.areas.boundary_files import web_files
from registry.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.pages.poverty_map.dates.reading import Dates
    from layers.drawn import Sheet
    from words import Words


def pictures(found: Dates, home: Path, words: Words) -> list[dict[str, Any] | None]:
    """What is drawn on the two maps of the page; none on one that is not used."""
    view = found.place.view
    file = boundary_file_of(home, level=view.level, within=view.within)
    if file is None or found.view.mode == MONTHS:
        return [None, None]
    drawn: list[dict[str, Any] | None] = []
    for place, (layer, key) in enumerate(zip(found.layers, (ids.ONE.page, ids.OTHER.page), strict=False)):
        former = found.moments[place].former
        own = former is not None and found.view.bounds == THEN and found.view.mode != CHANGE
        url = former.url(view.level, view.within) if own and former else url_of(file)
        made = picture(layer, words, page=key, url=url)
        made["place"] = view.area
        drawn.append(made)
    return [*drawn, None][:2]


def dates_sheet(found: Dates, home: Path, words: Words, *, size: tuple[float, float]) -> Sheet:
    """The sheet with the maps of a view.

    Raises:
        NotFound: there are no boundaries to draw.

    """
    view = found.place.view
    files = web_files(home, level=view.level, parent=view.within)
    if not files:
        raise NotFound
    # the plainest outlines: a dozen maps on a sheet have no room for finer ones
    file = files[0] if found.view.mode == MONTHS else boundary_file_of(home, level=view.level, within=view.within)
    shapes = shapes_of(home, file or files[0])
    if found.view.mode == CHANGE:
        named = [(between_text(found, words), found.change)]
    else:
        named = [(moment.named, moment.layer) for moment in found.moments]
    return many(named, shapes, words, title=title_of(found, words), size=size)


def title_of(found: Dates, words: Words) -> str:
    """Where the page looks, and at which areas: "Perak: Daerah"."""
    place = found.place
    name = words("map.country") if place.area.code == COUNTRY else place.area.name
    level, strata = words(f"level.{place.view.level}"), place.view.strata_alone
    return f"{name}: {level}" if strata is None else f"{name}: {level}, {words(f'strata.{strata}')}"


def between_text(found: Dates, words: Words) -> str:
    """Between which two moments."""
    return words("time.between", first=found.moments[0].named, second=found.moments[-1].named)
