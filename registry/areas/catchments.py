"""The catchment of an office, drawn or put together of areas: sent as a boundary file of one area.

What it would change is shown by the check of boundary files, and it is made active as they are: a new version from
that day on, in which the other catchments stay as they were.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.errors import ShapelyError
from sqlalchemy import text

from registry.areas.uploads import Stated, ask_check, keep_upload, require_right, require_stated
from registry.errors import InvalidInput
from registry.uploads.taking_in import Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

PARTS: Final = ("district", "mukim", "parliament", "dun")
"""Levels of the areas that a catchment may be put together of."""
MOST_PARTS: Final = 60
_LONGEST: Final = 80
_MOST_CORNERS: Final = 20_000
_CODE: Final = re.compile(r"C\.[A-Z0-9\-]{2,30}")
_UNION: Final = text("""
    SELECT ST_AsGeoJSON(ST_Multi(ST_Union(b.geom)), 7) AS shape, count(DISTINCT b.area_code) AS found
    FROM ekasih.boundary_set AS s JOIN ekasih.area_boundary AS b ON b.set_id = s.id
    WHERE s.active AND s.level = ANY (:levels) AND b.area_code = ANY (:codes)
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeCatchment:
    """A catchment by its code and name: drawn (``shape``, GeoJSON), or made of the ``areas`` named.

    ``source``, ``dated`` and ``accuracy_m`` are what is said of it, as of any boundary file.
    """

    code: str
    name: str
    shape: str = ""
    areas: tuple[str, ...] = ()
    source: str
    dated: date | None
    accuracy_m: int | None


def propose_catchment(
    home: Path, writing: Callable[[], AbstractContextManager[Session]], command: ProposeCatchment
) -> int:
    """Keep a catchment as a boundary file and ask for its check, which uses nothing; the upload's number.

    Raises:
        InvalidInput: code, name, area or what is said of it is missing or cannot be so.
        NotPermitted: who acts may not change the country's boundaries.
        TooManyUploads, NoRoom: as for files.

    """
    code, name = command.code.strip().upper(), " ".join(command.name.split())
    problems = {}
    if not _CODE.fullmatch(code):
        problems["code"] = "catchment_code"
    if not name or len(name) > _LONGEST:
        problems["name"] = "required"
    if bool(command.shape) == bool(command.areas) or len(command.areas) > MOST_PARTS:
        problems["shape"] = "catchment_shape"
    stated = Stated(
        level="catchment", source=command.source, licence="—", dated=command.dated, accuracy_m=command.accuracy_m
    )
    with writing() as session:
        require_right(session)
        shape = None if problems else _joined(session, command.areas) if command.areas else _drawn(command.shape)
    require_stated(stated)
    if shape is None:
        raise InvalidInput(problems or {"shape": "catchment_shape"})
    feature = {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": shape}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    upload = Upload(length=len(content), name=f"{code}.geojson", stream=io.BytesIO(content))
    number = keep_upload(home, writing, upload)
    with writing() as session:
        ask_check(session, number, stated)
    return number


def _joined(session: Session, areas: Sequence[str]) -> dict[str, Any] | None:
    """The ground of some areas together; nothing where one of them has no boundary."""
    codes = sorted(set(areas))
    row = session.execute(_UNION, {"levels": list(PARTS), "codes": codes}).one()
    return json.loads(row.shape) if row.found == len(codes) else None


def _drawn(written: str) -> dict[str, Any] | None:
    """The polygon that somebody drew or pasted; nothing for what is none."""
    try:
        found = json.loads(written)
        features = found.get("features")
        if features is not None:
            found = features[0] if len(features) == 1 else {}
        found = found.get("geometry", found)
        shape = shapely.from_geojson(json.dumps(found))
    except (ValueError, AttributeError, IndexError, KeyError, TypeError, ShapelyError):
        return None
    plain = shape.geom_type in {"Polygon", "MultiPolygon"} and shape.is_valid and not shape.is_empty
    return found if plain and shapely.get_num_coordinates(shape) <= _MOST_CORNERS else None
