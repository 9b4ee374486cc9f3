"""Areas with measures as features and as tiles: what is published, or what who asks may read exactly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import request
from pygeoapi.provider.base import BaseProvider, ProviderInvalidQueryError, ProviderItemNotFoundError

from ogc.collections import AREAS, footing
from ogc.deps import asked_words, deps_of_request, person
from ogc.filters import holds, is_field
from ogc.months import month_of
from ogc.paging import AFTER, box_of, chosen, given, next_link
from ogc.tilesets import Tiles
from queries import open_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection

    from queries.open_data import OpenArea

_NAMES: Final = {level: name for name, level in AREAS.items()}
_NUMBERS: Final = {"kadar": "number", "jurang_rm": "number"}
_WHOLE: Final = ("tegar", "miskin", "jumlah_miskin", "isi_rumah_banci", "tahun_banci")


def fields() -> dict[str, dict[str, str]]:
    """The fields of an area, with what each is."""
    words = asked_words()
    return {
        name: {
            "type": _NUMBERS.get(name, "integer" if name in _WHOLE else "string"),
            "title": words(f"ogc.field_{name}"),
        }
        for name in open_data.FIELDS
    }


class Areas(BaseProvider):  # type: ignore[misc]
    """The areas of a level."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        super().__init__(provider_def)
        self.level: str = self.data
        self._fields = fields()

    def get_fields(self) -> dict[str, dict[str, str]]:
        """The fields and their kinds."""
        return self._fields

    def query(self, **asked: Any) -> dict[str, Any]:
        """A page of areas by code."""
        if asked.get("offset"):
            raise ProviderInvalidQueryError(user_msg="pages go on by the link next, not by offset")
        wanted = given(asked["properties"], open_data.FIELDS)
        box = box_of(asked["bbox"])
        with deps_of_request().reading() as connection:
            month = month_of(asked.get("datetime_"), footing())
            found = self._told(connection, month)
            if box is not None:
                inside = open_data.codes_in_box(connection, level=self.level, box=box)
                found = [area for area in found if area.kod in inside]
            begins = wanted.pop(AFTER, "")
            if wanted or asked.get("filterq") is not None:
                found = [area for area in found if _is_wanted(area, wanted, asked.get("filterq"))]
            matched = len(found)
            rest = [area for area in found if area.kod > begins]
            page = [] if asked.get("resulttype") == "hits" else rest[: asked["limit"]]
            features = self._features(connection, page, asked)
            said = said_of(connection, month, found)
        links = [next_link(_NAMES[self.level], page[-1].kod)] if page and len(rest) > len(page) else []
        answer = {"type": "FeatureCollection", "features": features, "links": links}
        return {**answer, "numberMatched": matched, "numberReturned": len(features), "asas": said}

    def get(self, identifier: str, **_asked: Any) -> dict[str, Any]:
        """An area by its code."""
        with deps_of_request().reading() as connection:
            month = month_of(request.args.get("datetime"), footing())
            found = [area for area in self._told(connection, month) if area.kod == identifier]
            if not found:
                raise ProviderItemNotFoundError
            (feature,) = self._features(connection, found, {})
        return feature

    def _told(self, connection: Connection, month: date) -> list[OpenArea]:
        return open_data.areas(connection, level=self.level, month=month, sees_persons=person().sees_persons)

    def _features(
        self, connection: Connection, found: Sequence[OpenArea], asked: dict[str, Any]
    ) -> list[dict[str, Any]]:
        bare = asked.get("skip_geometry", False)
        codes = [] if bare else [area.kod for area in found]
        shapes = open_data.shapes(connection, level=self.level, codes=codes) if codes else {}
        return [
            {
                "type": "Feature",
                "id": area.kod,
                "geometry": json.loads(shapes[area.kod]["shape"]) if area.kod in shapes else None,
                "properties": chosen(area.facts(), asked.get("select_properties") or ()),
            }
            for area in found
        ]


def _is_wanted(area: OpenArea, wanted: dict[str, str], condition: Any) -> bool:
    facts = area.facts()
    alike = all(is_field(facts, name, value) for name, value in wanted.items())
    return alike and (condition is None or holds(condition, facts) is True)


def said_of(connection: Connection, month: date, found: Sequence[OpenArea]) -> dict[str, Any]:
    """What goes with every figure: where it is from, its month, rule and line year, and how many are hidden."""
    ground = footing()
    line_year, rule = open_data.line_of(connection, month)
    words = asked_words()
    return {
        "sumber": words("ogc.source"),
        "angka": words("ogc.exact" if ground.live else "ogc.published"),
        "bulan": f"{month:%Y-%m}",
        "setakat": ground.as_of.isoformat(),
        "kaedah": rule,
        "tahun_pgk": line_year,
        "data_contoh": ground.sample,
        "sempadan": ground.boundary_source,
        "kawasan": len(found),
        "tidak_dinyatakan": sum(area.sebab is not None for area in found),
    }


class AreaTiles(Tiles):
    """The same as vector tiles, with ``datetime`` as a month."""

    def get_layer(self) -> str:
        """The name of the layer in a tile."""
        return _NAMES[str(self.data)]

    def get_tiles(self, *, tileset: Any, z: Any, y: Any, x: Any, **_asked: Any) -> bytes | None:
        """A tile, or none where it holds no area."""
        tile = self.tile_of(tileset, z, x, y)
        month = month_of(request.args.get("datetime"), footing())
        with deps_of_request().reading() as connection:
            told = open_data.areas(
                connection, level=str(self.data), month=month, sees_persons=person().sees_persons
            )
            made = open_data.area_tile(
                connection, tile=tile, level=str(self.data), layer=self.get_layer(), told=told
            )
        return made or None
