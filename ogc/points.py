"""Households as points, for those who see persons: number, status and areas, counted and written down as on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pygeoapi.provider.base import BaseProvider, ProviderInvalidQueryError, ProviderItemNotFoundError
from pygeoapi.provider.tile import ProviderTileNotFoundError

from ogc.collections import HOUSEHOLDS, MALAYSIA
from ogc.deps import asked_words, deps_of_request
from ogc.filters import alternatives
from ogc.paging import AFTER, box_of, chosen, given, next_link
from ogc.tilesets import Tiles
from queries import open_data
from queries.open_data import STATUSES, WantedPoints
from registry.households.sights import note_sight, take_sight

if TYPE_CHECKING:
    from queries.row_types.ogc import OpenHouseholdRow

_FIELDS: Final = {
    "status": "string", "daerah": "string", "mukim": "string", "strata": "string", "ketepatan_m": "integer",
}  # fmt: skip
_ASKED: Final = ("status", "daerah", "mukim")
MOST_IN_TILE: Final = 5000
_COUNTRY: Final = "MY"
_DIGITS: Final = 18


class Points(BaseProvider):  # type: ignore[misc]
    """Households on the register that who asks may see."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        super().__init__(provider_def)
        words = asked_words()
        self._fields = {
            name: {"type": kind, "title": words(f"ogc.field_{name}")} for name, kind in _FIELDS.items()
        }
        self.id_field = None

    def get_fields(self) -> dict[str, dict[str, str]]:
        """The fields and their kinds."""
        return self._fields

    def query(self, **asked: Any) -> dict[str, Any]:
        """A page of households by number; how many there are in all is not counted."""
        if asked.get("offset"):
            raise ProviderInvalidQueryError(user_msg="pages go on by the link next, not by offset")
        if asked.get("resulttype") == "hits":
            raise ProviderInvalidQueryError(user_msg="households are not counted here; areas tell how many there are")
        said = given(asked["properties"], _ASKED)
        begins = _number(said.pop(AFTER, "0"))
        conditions: dict[str, tuple[str, ...]] = {name: (value,) for name, value in said.items()}
        if asked.get("filterq") is not None:
            conditions = alternatives(asked["filterq"], _ASKED) | conditions
        wanted = WantedPoints(
            after=begins,
            box=box_of(asked["bbox"]),
            statuses=tuple(name for name in conditions.get("status", ()) if name in STATUSES) or _none(conditions),
            district=_one(conditions, "daerah"),
            mukim=_one(conditions, "mukim"),
        )
        most = int(asked["limit"])
        found = _seen(wanted, most + 1)
        page = found[:most]
        bare, properties = asked.get("skip_geometry", False), asked.get("select_properties") or ()
        features = [_feature(row, bare=bare, properties=properties) for row in page]
        links = [next_link(HOUSEHOLDS, page[-1]["id"])] if len(found) > len(page) else []
        return {"type": "FeatureCollection", "features": features, "links": links, "numberReturned": len(features)}

    def get(self, identifier: str, **_asked: Any) -> dict[str, Any]:
        """A household by its number."""
        found = _seen(WantedPoints(household=_number(identifier)), 1)
        if not found:
            raise ProviderItemNotFoundError
        return _feature(found[0], bare=False, properties=())


def _seen(wanted: WantedPoints, most: int) -> list[OpenHouseholdRow]:
    """Households, counted and written down with what is told of them in one transaction: no entry, no answer."""
    with deps_of_request().writing() as session:
        take_sight(session)
        found = open_data.households(session.connection(), wanted, most=most)
        west, south, east, north = MALAYSIA
        box = wanted.box or (west, south, east, north)
        note_sight(session, area=wanted.district or _COUNTRY, box=box, one_by_one=len(found), held=len(found))
    return found


def _feature(row: OpenHouseholdRow, *, bare: bool, properties: Any) -> dict[str, Any]:
    placed = row["lon"] is not None and row["lat"] is not None and not bare
    facts = {
        "status": row["status"],
        "daerah": row["district_code"],
        "mukim": row["mukim_code"],
        "strata": row["strata"],
        "ketepatan_m": row["accuracy_m"],
    }
    return {
        "type": "Feature",
        "id": str(row["id"]),
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if placed else None,
        "properties": chosen(facts, properties),
    }


def _none(conditions: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """No status at all where one was asked for that there is none of; every one where none was asked for."""
    return ("",) if "status" in conditions else ()


def _one(conditions: dict[str, tuple[str, ...]], name: str) -> str | None:
    found = conditions.get(name)
    if found is None:
        return None
    if len(found) != 1:
        raise ProviderInvalidQueryError(user_msg="households are asked for by one area at a time")
    return found[0]


def _number(given_number: str) -> int:
    if not (given_number.isascii() and given_number.isdigit() and len(given_number) <= _DIGITS):
        raise ProviderInvalidQueryError(user_msg="a household has a number")
    return int(given_number)


class PointTiles(Tiles):
    """The same as vector tiles, from a zoom at which one is a neighbourhood."""

    def get_layer(self) -> str:
        """The name of the layer in a tile."""
        return HOUSEHOLDS

    def get_tiles(self, *, tileset: Any, z: Any, y: Any, x: Any, **_asked: Any) -> bytes | None:
        """A tile, or none where it holds nobody."""
        tile = self.tile_of(tileset, z, x, y)
        with deps_of_request().writing() as session:
            take_sight(session)
            made, held, box = open_data.household_tile(
                session.connection(), tile=tile, layer=HOUSEHOLDS, most=MOST_IN_TILE + 1
            )
            if held > MOST_IN_TILE:
                raise ProviderTileNotFoundError(user_msg="too many stand in this tile: ask for a higher zoom")
            note_sight(session, area=_COUNTRY, box=box, one_by_one=held, held=held)
        return made or None
