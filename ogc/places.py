"""Towns and villages of the gazetteer as features; they hold nothing of the register."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pygeoapi.provider.base import BaseProvider, ProviderInvalidQueryError, ProviderItemNotFoundError

from geo.place_names import named_places
from ogc.collections import PLACES
from ogc.deps import asked_words
from ogc.filters import holds, is_field
from ogc.paging import AFTER, box_of, chosen, given, next_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.open_data import Box

_FIELDS: Final = {"nama": "string", "penduduk": "integer"}


@cache
def _places() -> tuple[tuple[dict[str, Any], float, float], ...]:
    return tuple(({"nama": p.name, "penduduk": p.population}, p.longitude, p.latitude) for p in named_places())


class Places(BaseProvider):  # type: ignore[misc]
    """Towns and villages, the most populous first; each is known by its place in that order."""

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
        """A page of places."""
        if asked.get("offset"):
            raise ProviderInvalidQueryError(user_msg="pages go on by the link next, not by offset")
        wanted, box, condition = given(asked["properties"], tuple(_FIELDS)), box_of(asked["bbox"]), asked.get("filterq")
        begins = _number(wanted.pop(AFTER, "0"))
        found = [
            number
            for number, (facts, lon, lat) in enumerate(_places(), start=1)
            if (box is None or _is_inside(lon, lat, box))
            and all(is_field(facts, name, value) for name, value in wanted.items())
            and (condition is None or holds(condition, facts) is True)
        ]
        rest = [number for number in found if number > begins]
        page = [] if asked.get("resulttype") == "hits" else rest[: asked["limit"]]
        features = [_feature(number, asked.get("select_properties") or ()) for number in page]
        links = [next_link(PLACES, page[-1])] if page and len(rest) > len(page) else []
        answer = {"type": "FeatureCollection", "features": features, "links": links}
        return {**answer, "numberMatched": len(found), "numberReturned": len(features)}

    def get(self, identifier: str, **_asked: Any) -> dict[str, Any]:
        """A place by its number."""
        number = _number(identifier)
        if not 1 <= number <= len(_places()):
            raise ProviderItemNotFoundError
        return _feature(number, ())


def _feature(number: int, properties: Sequence[str]) -> dict[str, Any]:
    facts, lon, lat = _places()[number - 1]
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": str(number), "geometry": geometry, "properties": chosen(facts, properties)}


def _number(given_number: str) -> int:
    if not (given_number.isascii() and given_number.isdigit() and len(given_number) <= 9):  # noqa: PLR2004
        raise ProviderInvalidQueryError(user_msg="a place has a number")
    return int(given_number)


def _is_inside(lon: float, lat: float, box: Box) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north
