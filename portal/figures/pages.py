"""The public map: a release as a map with its table, an area month by month, and the same for other sites to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort

from layers import numbers
from portal.deps import deps_of_request
from portal.figures import drawing, reading
from portal.figures.reading import COUNTRY, MEASURES
from portal.language import current_words
from portal.pages import PREFIX, page
from portal.routes import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Response
    from sqlalchemy import Connection

    from portal.figures.reading import Release, Told
    from words import Words

figures = Blueprint("figures", __name__)
MAPS: Final = f"{PREFIX}/peta"
_STATE: Final = 2
_DISTRICT: Final = 4
_FIRST: Final = "miskin"
_CUTS: Final = (
    ("urban", "rural"),
    ("ethnicity:bumiputera", "ethnicity:chinese", "ethnicity:indian", "ethnicity:other"),
    ("age:age_0_14", "age:age_15_64", "age:age_65_over", "age:age_unknown"),
)
_EMBEDDED: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors {}"
)


@figures.get("/peta")
@shown
def newest() -> Response:
    """The newest release."""
    return _shown(None, COUNTRY, _FIRST)


@figures.get("/peta/<number>")
@shown
def one(number: str) -> Response:
    """A release by its number: what stands here never changes."""
    return _shown(number, COUNTRY, _FIRST)


@figures.get("/peta/<number>/<area>/<measure>")
@shown
def of_area(number: str, area: str, measure: str) -> Response:
    """An area of a release, coloured by a measure."""
    return _shown(number, area, measure)


@figures.get("/sisip")
@shown
def embedded() -> Response:
    """The map of the newest release, for another site to show."""
    return _embedded(COUNTRY, _FIRST)


@figures.get("/sisip/<area>/<measure>")
@shown
def embedded_area(area: str, measure: str) -> Response:
    """The same of an area and a measure."""
    return _embedded(area, measure)


def _shown(number: str | None, area: str, measure: str) -> Response:
    with deps_of_request().reading() as connection:
        found = reading.release(connection, number)
        if found is None and number is None:
            return page("peta_none.html")
        release = _known(found, area, measure)
        values = _values(release, area, measure)
        if len(area) <= _STATE:
            values |= {"cuts": reading.cuts(connection, release, area), "groups": _CUTS}
        values |= {
            "course": _course(connection, release, area, measure),
            "aid": reading.aid(connection, release, area),
            "others": reading.releases(connection),
        }
    return page("peta.html", newest=number is None, **values)


def _embedded(area: str, measure: str) -> Response:
    deps = deps_of_request()
    with deps.reading() as connection:
        found = reading.release(connection, None)
        values = None if found is None else _values(_known(found, area, measure), area, measure)
    answer = page("sisip.html", **values) if values else page("sisip_none.html")
    answer.headers["Content-Security-Policy"] = _EMBEDDED.format(deps.settings.embedded_on)
    answer.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return answer


def _known(release: Release | None, area: str, measure: str) -> Release:
    if release is None or area not in release.areas or measure not in MEASURES:
        abort(404)
    return release


def _values(release: Release, area: str, measure: str) -> dict[str, Any]:
    """What map and table are made of: of a district, those of its state, in which it is marked."""
    words = current_words()
    within = release.areas[area].parent if len(area) == _DISTRICT else area
    return {
        "release": release,
        "area": release.areas[area],
        "area_name": name_of(release, area, words),
        "within": within,
        "within_name": name_of(release, within, words),
        "measure": measure,
        "measures": MEASURES,
        "map": drawing.draw(release, within, measure),
        "rows": [release.areas[within], *release.inside(within)],
        "country": COUNTRY,
        "maps": MAPS,
        "name": lambda code: name_of(release, code, words),
        "told": teller(words),
        "figure": lambda value: figure(value, measure),
        "month": lambda value: numbers.month(value, words),
        "day": numbers.day,
        "money": lambda value: numbers.money(value, sen=False),
    }


def name_of(release: Release, code: str, words: Words) -> str:
    """What an area is called."""
    return words("peta.country") if code == COUNTRY else release.areas[code].name


def teller(words: Words) -> Callable[[Told, str], str]:
    """How a count or a rate is written."""

    def told(one: Told, measure: str) -> str:
        if measure == "kadar":
            return f"{numbers.decimal(one.rate, places=2)} %" if one.rate is not None else "-"
        return numbers.count(one.count) if one.count is not None else words(f"peta.told_{one.how}")

    return told


def figure(value: Any, measure: str) -> str:
    """A bound of a class."""
    return f"{numbers.decimal(value, places=2)} %" if measure == "kadar" else numbers.count(value)


def _course(connection: Connection, release: Release, area: str, measure: str) -> Mapping[str, Any]:
    points = reading.course(connection, release, area, measure)
    return {"points": points, "drawn": drawing.draw_course(points, measure)}
