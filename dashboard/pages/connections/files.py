"""Areas with measures and household points as files, from a route of their own; both are written down."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dash import html
from flask import Response, request

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from layers import numbers
from queries import open_data
from queries.open_data import WantedPoints
from registry.errors import NotFound
from registry.households.sights import note_sight, take_sight
from registry.principals import Permission
from registry.refusals import TooMuchOfTheMap

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask

    from dashboard.deps import Deps
    from queries.maps import Footing
    from queries.row_types.ogc import DistrictInReachRow
    from words import Words

AREAS_ROUTE: Final = "/muat-turun/data-kawasan"
POINTS_ROUTE: Final = "/muat-turun/titik"
LEVELS: Final = {"negeri": "state", "daerah": "district", "mukim": "mukim"}
MOST_POINTS: Final = 20_000
_MALAYSIA: Final = (99.5, 0.8, 119.4, 7.5)
_KINDS: Final = ("gpkg", "parquet", "csvw")
_POINT_KINDS: Final = ("gpkg", "parquet")
_DISTRICT: Final = re.compile(r"\d{4}")
_MONTHS_BACK: Final = 24


def register(server: Flask, deps: Deps) -> None:
    """Add the two routes."""

    @server.get(AREAS_ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def area_file() -> Response:
        level, kind = request.args.get("peringkat", "daerah"), request.args.get("jenis", _KINDS[0])
        if level not in LEVELS or kind not in _KINDS:
            raise NotFound
        return _areas(deps, level, kind, request.args.get("bulan", ""))

    @server.get(POINTS_ROUTE)
    @requires(Permission.READ_PERSONS)
    @limited(DOWNLOADS)
    def point_file() -> Response:
        district, kind = request.args.get("daerah", ""), request.args.get("jenis", _POINT_KINDS[0])
        if not _DISTRICT.fullmatch(district) or kind not in _POINT_KINDS:
            raise NotFound
        return _points(deps, district, kind)


def _areas(deps: Deps, level: str, kind: str, asked: str) -> Response:
    # loaded with the first file asked for: it brings what reads and writes geographic files
    from reports import geo_files  # noqa: PLC0415

    words, sees_persons = current_words(), deps.person().sees_persons
    with deps.reading() as conn:
        ground = open_data.footing(conn, level=LEVELS[level], sees_persons=sees_persons)
        month = _month(asked, ground)
        found = open_data.areas(conn, level=LEVELS[level], month=month, sees_persons=sees_persons)
        codes = [area.kod for area in found]
        shapes = open_data.shapes(conn, level=LEVELS[level], codes=codes) if kind != geo_files.CSVW else {}
        line_year, rule = open_data.line_of(conn, month)
    name = f"ekasih-{level}-{month:%Y-%m}"
    about = _about(f"{words(f'ogc.collection_{level}')}, {month:%Y-%m}", ground, words)
    about |= {"bulan": f"{month:%Y-%m}", "kaedah": rule, "tahun_pgk": str(line_year), "kawasan": str(len(found))}
    rows = [area.facts() for area in found]
    deps.note_read("export", subject="map", facts={"level": LEVELS[level], "kind": kind, "month": f"{month:%Y-%m}"})
    if kind == geo_files.CSVW:
        made = geo_files.csvw(rows, open_data.FIELDS, name, about, words)
    else:
        frame = geo_files.frame_of(rows, [_wkb(shapes, code) for code in codes])
        made = _written(frame, kind, level, about)
    return _file(made, kind, name)


def _points(deps: Deps, district: str, kind: str) -> Response:
    import shapely  # noqa: PLC0415 - as above

    from reports import geo_files  # noqa: PLC0415

    words = current_words()
    with deps.writing() as session:
        take_sight(session)
        conn = session.connection()
        found = open_data.households(conn, WantedPoints(district=district), most=MOST_POINTS + 1)
        if not found:
            raise NotFound
        if len(found) > MOST_POINTS:
            raise TooMuchOfTheMap
        ground = open_data.footing(conn, level="district", sees_persons=True)
        note_sight(session, area=district, box=_MALAYSIA, one_by_one=len(found), held=len(found))
    facts = {"district": district, "kind": kind, "rows": len(found)}
    deps.note_read("export", subject="household_points", facts=facts)
    rows = [
        {"id": row["id"], "status": row["status"], "daerah": row["district_code"], "mukim": row["mukim_code"],
         "strata": row["strata"], "ketepatan_m": row["accuracy_m"]}
        for row in found
    ]  # fmt: skip
    places = [None if row["lon"] is None else shapely.to_wkb(shapely.Point(row["lon"], row["lat"])) for row in found]
    about = _about(words("ogc.collection_isi_rumah"), ground, words) | {"daerah": district, "bilangan": str(len(found))}
    return _file(_written(geo_files.frame_of(rows, places), kind, "isi-rumah", about), kind, f"ekasih-titik-{district}")


def _written(frame: Any, kind: str, layer: str, about: dict[str, str]) -> bytes:
    from reports import geo_files  # noqa: PLC0415 - as above

    if kind == geo_files.GPKG:
        return geo_files.geopackage(frame, layer, about)
    return geo_files.geoparquet(frame, about)


def _wkb(shapes: Any, code: str) -> bytes | None:
    return bytes(shapes[code]["wkb"]) if code in shapes else None


def _about(title: str, ground: Footing, words: Words) -> dict[str, str]:
    """What goes with every file: where it is from, of which day, what is hidden, how it may be used."""
    return {
        "tajuk": title,
        "keterangan": words("ogc.lead"),
        "sumber": words("ogc.source"),
        "angka": words("ogc.exact" if ground.live else "ogc.published"),
        "setakat": ground.as_of.isoformat(),
        "sempadan": ground.boundary_source or "",
        "data_contoh": words("connections.sample") if ground.sample else words("connections.real"),
        "hak": words("connections.rights"),
    }


def _file(made: bytes, kind: str, name: str) -> Response:
    from reports import geo_files  # noqa: PLC0415 - as above

    answer = Response(made, mimetype=geo_files.KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{geo_files.ENDINGS[kind]}"'
    return answer


def _month(asked: str, ground: Footing) -> date:
    """The closed month that is asked for, the last one where none is.

    Raises:
        NotFound: it is none.

    """
    if ground.first_month is None or ground.last_month is None:
        raise NotFound
    if not asked:
        return ground.last_month
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError:
        raise NotFound from None
    if not ground.first_month <= month <= ground.last_month:
        raise NotFound
    return month


def offered(ground: Footing, own: list[DistrictInReachRow], words: Words) -> list[Component]:
    """The files there are, as links: areas by level in the last closed month, points by district."""
    if ground.last_month is None:
        return [html.P(words("connections.no_month"))]
    month = f"{ground.last_month:%Y-%m}"
    styles = [
        html.Li([f"{words(f'ogc.collection_{level}')}: ", *_style_links(level, words)]) for level in LEVELS
    ]
    parts: list[Component] = [
        html.P(words("connections.files_note", month=numbers.month(ground.last_month, words))),
        html.Ul(
            [
                html.Li([words(f"ogc.collection_{level}"), ": ", *_links(AREAS_ROUTE, _KINDS, words,
                                                                       peringkat=level, bulan=month)])
                for level in LEVELS
            ]
        ),
        html.H3(words("connections.styles")),
        html.Ul(styles),
    ]  # fmt: skip
    if own:
        lines = [
            html.Li([f"{row['name']}: ", *_links(POINTS_ROUTE, _POINT_KINDS, words, daerah=row["code"])]) for row in own
        ]
        parts += [
            html.H3(words("ogc.collection_isi_rumah")),
            html.P(words("connections.points_note")),
            html.Details([html.Summary(words("connections.by_district", n=str(len(own)))), html.Ul(lines)]),
        ]
    return parts


def _style_links(level: str, words: Words) -> list[Any]:
    found: list[Any] = []
    for measure in open_data.MEASURES:
        if measure != "kadar" or level != "mukim":  # of which the census tells no households
            address = f"/ogc/collections/{level}/styles/{measure}.qml"
            found += [html.A(words(f"ogc.field_{measure}"), href=address, download=""), " · "]
    return found[:-1]


def _links(route: str, kinds: tuple[str, ...], words: Words, **asked: str) -> list[Any]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    found: list[Any] = []
    for kind in kinds:
        label = words(f"connections.kind_{kind}")
        found += [html.A(label, href=f"{route}?{query}&jenis={kind}", download=""), " · "]
    return found[:-1]
